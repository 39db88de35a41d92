"""Reading issued plans: text in, draft with provenance out. Pure."""
