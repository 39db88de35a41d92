"""Pieces of a campaign: items placed in it."""
