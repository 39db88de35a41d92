"""What is promised in figures."""
