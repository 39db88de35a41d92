"""Official documents by number, issuer and date; the grammar of their numbers."""
