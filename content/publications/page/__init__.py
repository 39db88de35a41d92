"""The page of one publication, and what is done there."""
