"""Sending an item up, deciding on it, withdrawing and archiving it."""
