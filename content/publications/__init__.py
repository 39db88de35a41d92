"""What outlets published, and what it matches."""
