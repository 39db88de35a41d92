"""Writing: the editor of a piece, its preview, its details and its day."""
