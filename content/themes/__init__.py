"""Themes: what publications are counted by."""
