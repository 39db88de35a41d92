"""People, their roles in organisations, sign-in and sessions."""
