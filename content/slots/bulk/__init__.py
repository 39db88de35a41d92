"""What is done to many slots at once."""
