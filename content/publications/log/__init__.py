"""Logging by hand: one publication, or many at once."""
