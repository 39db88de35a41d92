"""Days without a year: a rule, its occurrences, and the lead-up that each occurrence brings."""
