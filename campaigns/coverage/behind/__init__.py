"""The lists behind the numbers: what was published, what is promised, what is late."""
