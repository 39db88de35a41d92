"""What waits and matches nothing, left out in one go after a look at it."""
