"""The fields of one proposal, of each kind."""
