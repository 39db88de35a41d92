"""What stands on the days themselves: lunar dates, days off, and occasions as bands across their window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.clock import Period
from app.lunar import lunar_of
from campaigns.occasions.days import days_off
from campaigns.occasions.queries import list_occurrences, themes_of

FULL_MOON = 15


@dataclass(frozen=True)
class Sky:
    """A day's lunar date, 26/3 ("" where none is reckoned); *is_marked* on the first and the full moon."""

    lunar: str
    is_marked: bool


@dataclass(frozen=True)
class Off:
    """What is known of a day beside its weekday: a holiday, or worked although it is a weekend."""

    name: str
    is_off: bool


@dataclass(frozen=True)
class Band:
    """An occasion of a year: the day that is kept, and the days through which it is communicated."""

    id: int
    occasion_id: int
    name: str
    slogan: str
    held_on: date
    first: date
    last: date
    colour: int | None  # of its first theme


@dataclass(frozen=True)
class Days:
    """The days of a period."""

    skies: dict[date, Sky]
    off: dict[date, Off]
    bands: Sequence[Band]

    def is_off(self, day: date) -> bool:
        """Whether nobody works on *day*."""
        info = self.off.get(day)
        return day.weekday() > 4 if info is None else info.is_off


def days_of(session: Session, period: Period, *, language: str = "vi") -> Days:
    """What stands on the days of *period*, in three queries."""
    off = days_off(session, period, language=language)
    return Days(
        {day: _sky(day) for day in period.days()},
        {day: Off(info.name, info.is_off) for day, info in off.items()},
        _bands(session, period),
    )


def _sky(day: date) -> Sky:
    lunar = lunar_of(day)
    if lunar is None:
        return Sky("", is_marked=False)
    return Sky(f"{lunar.day}/{lunar.month}", is_marked=lunar.day in (1, FULL_MOON))


def _bands(session: Session, period: Period) -> list[Band]:
    found = list_occurrences(session, period)
    themes = themes_of(session, {one.occasion_id for one in found}) if found else {}
    return [
        Band(
            id=one.id,
            occasion_id=one.occasion_id,
            name=one.occasion.name,
            slogan=one.slogan,
            held_on=one.held_on,
            first=one.first_on,
            last=one.last_on,
            colour=next((theme.colour for theme in themes[one.occasion_id]), None),
        )
        for one in found
    ]
