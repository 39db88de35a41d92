"""Forms in which what was read is corrected."""
