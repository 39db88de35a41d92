"""Theme x outlet x month: promised, done, late."""
