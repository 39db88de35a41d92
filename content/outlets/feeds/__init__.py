"""Feeds of outlets: where the scheduler looks for what an outlet published."""
