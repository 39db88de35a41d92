"""A plan and the texts that come after it: compared three ways, accepted in one step, remembered."""
