"""Publications counted at save: what coverage reads instead of the rows."""
