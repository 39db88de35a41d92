"""What watching found and nobody has decided on yet: confirmed, corrected or dismissed with one key."""
