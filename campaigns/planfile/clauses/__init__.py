"""What a document says that only changes another."""
