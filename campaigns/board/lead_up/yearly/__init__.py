"""Yearly days as people set them up: the rule, the window, who leads."""
