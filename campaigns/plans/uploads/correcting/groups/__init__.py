"""A group of tasks."""
