"""Watching outlets' feeds: what was published, where and when."""
