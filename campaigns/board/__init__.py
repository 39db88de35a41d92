"""Campaigns, series, targets, placements."""
