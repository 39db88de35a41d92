"""The template of a lead-up: steps and pieces of every coming year."""
