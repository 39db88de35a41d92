"""Days offered to an office: the usual ones, and those that a plan names."""
