"""The planner's desk: plans, campaigns, coverage."""
