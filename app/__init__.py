"""The ground: clock, text, database, people, pages. It knows no wing; wings are found by name (app/feature.py)."""
