"""Targets of a campaign: what was promised by when."""
