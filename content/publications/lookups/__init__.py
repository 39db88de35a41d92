"""Links that somebody pasted and the scheduler looks up: a page never waits for the network."""
