"""Days off: public holidays with what the office says over them, and counting in working days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import lunar
from app.clock import Period
from app.errors import N_
from campaigns.occasions.models import DayOff

MADE_UP = N_("Ngày làm bù")
SATURDAY = 5
LONGEST_REST = 60  # days; more than any run of days off


@dataclass(frozen=True)
class DayOffInfo:
    """What is known of one day: off, or (``is_off`` false) worked although it is a weekend or a holiday."""

    name: str
    is_off: bool
    is_set_by_hand: bool = False


def days_off(session: Session, period: Period, *, language: str = "vi") -> dict[date, DayOffInfo]:
    """Holidays, days worked for swapped ones, and what the office set by hand, by day in order.

    Plain weekends are not among them: ``is_working`` knows them by their weekday.
    """
    found = _holidays(period, language)
    by_hand = select(DayOff).where(DayOff.day.between(period.first, period.last))
    for one in session.scalars(by_hand):
        found[one.day] = DayOffInfo(one.name, one.is_off, is_set_by_hand=True)
    return dict(sorted(found.items()))


def _holidays(period: Period, language: str) -> dict[date, DayOffInfo]:
    """The holidays of the calendar within *period*, and the weekend days worked for them."""
    found: dict[date, DayOffInfo] = {}
    for year in range(period.first.year, period.last.year + 1):
        found |= {day: DayOffInfo(MADE_UP, is_off=False) for day in lunar.make_up_days_of(year)}
        found |= {
            day: DayOffInfo(name, is_off=True) for day, name in lunar.holidays_of(year, language).items()
        }
    return {day: info for day, info in found.items() if day in period}


def is_working(day: date, off: Mapping[date, DayOffInfo]) -> bool:
    """Whether *day* is worked: what *off* says of it, else Monday to Friday."""
    info = off.get(day)
    return day.weekday() < SATURDAY if info is None else not info.is_off


def working_day(day: date, off: Mapping[date, DayOffInfo], *, step: int) -> date:
    """*day* when it is worked, else the nearest working day before (step -1) or after it (step 1)."""
    for distance in range(LONGEST_REST):
        found = day + timedelta(days=step * distance)
        if is_working(found, off):
            return found
    return day


def add_working_days(day: date, days: int, off: Mapping[date, DayOffInfo]) -> date:
    """The day that lies *days* working days from *day* (before it when negative); *day* itself is not counted."""
    step, left, found = (1 if days > 0 else -1), abs(days), day
    while left:
        found += timedelta(days=step)
        left -= is_working(found, off)
    return found


def count_working_days(first: date, last: date, off: Mapping[date, DayOffInfo]) -> int:
    """How many working days lie from *first* to *last*, both included; 0 when *last* is earlier."""
    return sum(is_working(day, off) for day in Period(first, last).days())
