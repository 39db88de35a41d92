"""Channels: where we can send, with limits and settings (data only)."""
