"""One folder a kind: package, send, probe, map errors."""
