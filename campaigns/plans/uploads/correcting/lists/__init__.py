"""Lists of a draft: rows to change, drop and add."""
