"""Links between documents as people set and remove them."""
