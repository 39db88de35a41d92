"""Claim, prepare, commit, confirm, reap; each attempt on record."""
