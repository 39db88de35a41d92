"""Schema revisions by Alembic, configured in code; run by command, never at import."""
