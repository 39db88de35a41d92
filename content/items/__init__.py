"""Items from idea to archive: revisions, review, approval."""
