"""The Vietnamese lunar calendar (reckoned at UTC+7) and the public holidays; the one home of both libraries.

Lunar days come from ``lunar-vn``: of what is on PyPI only it and ``holidays`` agree with the astronomy of Vietnam in
the years whose Tết differs from the Chinese new year (1985, 2007, 2030, 2053); tests hold a table of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from lunar_vn import SUPPORTED_YEAR_RANGE, convert_lunar_to_solar, convert_solar_to_lunar

if TYPE_CHECKING:
    from holidays.holiday_base import HolidayBase

FIRST_YEAR, LAST_YEAR = SUPPORTED_YEAR_RANGE
LONGEST_MONTH = 30  # lunar months have 29 or 30 days
_LANGUAGES = {"vi": "vi", "en": "en_US"}
# The library lists 24/11 (Ngày Văn hóa Việt Nam) and its make-up days from 2026 on, but the amendment of the Labour
# Code that would make it a paid holiday is not confirmed. No other holiday lies in November.
_UNCONFIRMED_MONTH = 11


@dataclass(frozen=True)
class Lunar:
    """A day of the Vietnamese lunar calendar; *is_leap* marks the second month of a doubled one."""

    day: int
    month: int
    year: int
    is_leap: bool = False


def lunar_of(day: date) -> Lunar | None:
    """The lunar day of *day*; None outside the years that the calendar is reckoned for (1900 to 2100)."""
    try:
        found = convert_solar_to_lunar(day.day, day.month, day.year)
    except ValueError:
        return None
    return Lunar(found.day, found.month, found.year, found.leap)


def solar_of(lunar_year: int, month: int, day: int, *, is_leap: bool = False) -> date | None:
    """The day of that lunar day; None when there is none (a 30th of a short month, a month not doubled)."""
    try:
        found: date = convert_lunar_to_solar(day, month, lunar_year, int(is_leap))
    except ValueError:
        return None
    # The library carries a 30th that is not there into the next month, and takes any month for a leap one.
    return found if lunar_of(found) == Lunar(day, month, lunar_year, is_leap) else None


def tet_of(year: int) -> date | None:
    """The first day of the lunar year that begins in *year*."""
    return solar_of(year, 1, 1)


@lru_cache(maxsize=64)
def holidays_of(year: int, language: str = "vi") -> Mapping[date, str]:
    """The public holidays of *year* with their names, make-up days and swapped days among them.

    A starting point: swaps are decided yearly, so an office may set each day by hand over it (``DayOff``).
    """
    found = _calendar(year, language)
    kept = {day: name for day, name in sorted(found.items()) if day.month != _UNCONFIRMED_MONTH}
    return MappingProxyType(kept)


@lru_cache(maxsize=64)
def make_up_days_of(year: int) -> frozenset[date]:
    """Days of a weekend in *year* that are worked for a holiday that was swapped."""
    worked = _calendar(year, "vi").weekend_workdays  # whichever year it is asked for
    return frozenset(day for day in worked if day.year == year)


def _calendar(year: int, language: str) -> HolidayBase:
    """The library's calendar of one year; imported here because its first import takes a third of a second."""
    from holidays import country_holidays  # noqa: PLC0415

    return country_holidays("VN", years=year, language=_LANGUAGES.get(language, "vi"), expand=False)
