"""Which themes a confirmed plan serves: chosen, added, taken off."""
