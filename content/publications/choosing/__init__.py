"""Choosing by hand what a publication matches, on its own page and in the queue."""
