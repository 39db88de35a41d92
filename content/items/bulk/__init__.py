"""What is done to many items at once."""
