"""One row of a list."""
