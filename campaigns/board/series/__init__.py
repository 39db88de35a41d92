"""Series of a campaign: recurring columns with a quota."""
