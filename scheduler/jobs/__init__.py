"""The table of ticks."""
