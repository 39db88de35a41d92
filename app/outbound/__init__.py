"""The one guarded door to the network (docs/adr/0007-outbound.md)."""
