"""Moments and days. The only home of Asia/Ho_Chi_Minh: elsewhere a moment is aware UTC and a day is a local day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
YEARS = range(1900, 2201)  # days beyond are slips of the hand, and arithmetic with them overflows


def now() -> datetime:
    """The present moment, aware UTC. Called by views, jobs and commands only; all else gets it handed in."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """*moment* (aware) on the clocks of Vietnam."""
    return moment.astimezone(ZONE)


def local_day(moment: datetime) -> date:
    """The day in Vietnam on which *moment* (aware) lies; 05:15 there is still the day before in UTC."""
    return local(moment).date()


def from_local(wall: datetime) -> datetime:
    """Aware UTC of a wall-clock time in Vietnam as a person typed it (naive)."""
    return wall.replace(tzinfo=ZONE).astimezone(UTC)


def start_of(day: date) -> datetime:
    """Aware UTC of midnight in Vietnam at which *day* begins."""
    return from_local(datetime.combine(day, time.min))


def zone_named(name: str) -> ZoneInfo | None:
    """The time zone that a place names, in any case ("europe/brussels"); None if there is no such zone."""
    parts = name.split("/")
    try:
        return ZoneInfo("/".join("_".join(word.capitalize() for word in part.split("_")) for part in parts))
    except (KeyError, ValueError, OSError):
        return None


@dataclass(frozen=True)
class Period:
    """Whole local days from *first* to *last*, both included."""

    first: date
    last: date

    @classmethod
    def month(cls, day: date) -> Period:
        """The calendar month that holds *day*."""
        first = day.replace(day=1)
        return cls(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))

    @classmethod
    def quarter(cls, day: date) -> Period:
        """The calendar quarter that holds *day*."""
        first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
        return cls(first, cls.month(first + timedelta(days=62)).last)

    @classmethod
    def year(cls, day: date) -> Period:
        """The calendar year that holds *day*."""
        return cls(day.replace(month=1, day=1), day.replace(month=12, day=31))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def starts_at(self) -> datetime:
        """Aware UTC of the first midnight."""
        return start_of(self.first)

    @property
    def ends_at(self) -> datetime:
        """Aware UTC of the midnight after the last day; not part of the period."""
        return start_of(self.last + timedelta(days=1))

    def months(self) -> Iterator[Period]:
        """The calendar months that the period touches, in order, each whole."""
        month = Period.month(self.first)
        while month.first <= self.last:
            yield month
            month = Period.month(month.last + timedelta(days=1))

    def days(self) -> Iterator[date]:
        """Each local day of the period, in order."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)
