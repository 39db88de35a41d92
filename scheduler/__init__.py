"""The clock and the wires: a process of its own that sends what is due."""
