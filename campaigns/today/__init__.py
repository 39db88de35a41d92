"""Hôm nay beyond what needs me now: the next two weeks, series behind their pace, days that come."""
