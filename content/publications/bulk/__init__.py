"""What is done to many publications at once."""
