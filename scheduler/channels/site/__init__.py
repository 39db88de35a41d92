"""The built-in channel: our own public site."""
