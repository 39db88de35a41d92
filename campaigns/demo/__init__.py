"""The demonstration: Quảng Ngãi at work for a year around today, built through the real services."""
