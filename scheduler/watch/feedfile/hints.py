"""How often a feed asks to be read."""

from __future__ import annotations

from scheduler.watch.feedfile.draft import Draft
from scheduler.watch.feedfile.feed import Hints

HOUR = 3600
PERIODS = {
    "always": HOUR,  # Báo Kon Tum declares it
    "hourly": HOUR,
    "daily": 24 * HOUR,
    "weekly": 7 * 24 * HOUR,
    "monthly": 30 * 24 * HOUR,
    "yearly": 365 * 24 * HOUR,
}
LONGEST = 365 * 24 * HOUR


def hints_of(feed: Draft) -> Hints:
    """What ``<ttl>`` (minutes) and ``sy:updatePeriod`` say, in seconds."""
    minutes = _number(feed.values.get("ttl", ""))
    period = PERIODS.get(feed.values.get("sy:updateperiod", "").strip().lower())
    times = _number(feed.values.get("sy:updatefrequency", "")) or 1
    return Hints(
        ttl=min(minutes * 60, LONGEST) if minutes else None,
        period=max(period // times, 1) if period else None,
    )


def _number(text: str) -> int:
    """A count, or 0."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
