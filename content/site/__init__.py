"""Our own public site: the peer of the built-in channel, its pages and its feed."""
