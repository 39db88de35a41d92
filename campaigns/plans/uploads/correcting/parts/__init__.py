"""What all parts of a draft have in common, and the simple ones."""
