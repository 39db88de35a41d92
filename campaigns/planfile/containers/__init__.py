"""The opening of every container in which a plan is handed in: bytes in, source text out, no I/O."""
