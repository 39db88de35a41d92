"""Documents and the links between them, drawn and listed."""
