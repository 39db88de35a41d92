"""Texts handed in: read, corrected, confirmed."""
