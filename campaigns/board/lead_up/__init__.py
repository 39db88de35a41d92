"""The lead-up of an occurrence: its campaign, its steps, its pieces, and how far they are."""
