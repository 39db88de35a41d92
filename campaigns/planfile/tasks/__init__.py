"""Groups of tasks, rows of annexes and duties, with whom they charge."""
