"""Printed names of a plan met with the chart of organisations."""
