"""The day inside a written date, apart from its time: in words, or in numbers that may mean two days."""

from __future__ import annotations

import re
from datetime import date

from scheduler.watch.feedfile.datewords import MONTHS, WEEKDAYS

Days = tuple[date | None, date | None]  # day first, month first


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_WEEKDAY = re.compile(rf"\b({_any_of(WEEKDAYS)})\b")
_NAMED = re.compile(rf"\b({_any_of(MONTHS)})\b")
_NUMBERED = re.compile(r"\b(?:tháng|thg) ?(\d{1,2})\b")
_NUMBER = re.compile(r"\d{1,4}")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})(?:([/.-])(\d{1,2})\2(\d{2,4})| (\d{1,2}) (\d{4}))(?!\d)")


def days_of(text: str) -> Days | None:
    """The days that *text* can mean; None if it means none."""
    weekday = None
    if found := _WEEKDAY.search(text):
        weekday = WEEKDAYS[found[1]]
        text = f"{text[: found.start()]} {text[found.end() :]}"
    days = _named(text) or _numeric(text)
    if days and weekday is not None and days[0] != days[1]:
        fitting = {day for day in days if day and day.weekday() == weekday}
        if len(fitting) == 1:  # the day of the week tells the order
            only = fitting.pop()
            return only, only
    return days


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named(text: str) -> Days | None:
    """A day whose month is a word, or follows the word "tháng"."""
    named = list(_NAMED.finditer(text))
    if named:
        found = named[-1]  # the last: "mar., 01 déc. 2020" begins with a Tuesday
        month = MONTHS[found[1]]
    elif numbered := _NUMBERED.search(text):
        found, month = numbered, int(numbered[1])
    else:
        return None
    before = [int(one) for one in _NUMBER.findall(text[: found.start()])]
    after = [int(one) for one in _NUMBER.findall(text[found.end() :])]
    if len(before) >= 2 and before[-2] > 31:  # 2026 5 oct
        year, day = before[-2:]
    elif before and after:  # 5 oct 2026
        day, year = before[-1], after[0]
    elif len(after) >= 2:  # oct 5 2026
        day, year = after[:2]
    elif after and after[0] > 31:  # oct 2026
        day, year = 1, after[0]
    else:
        return None
    if day > 31:  # 2026 oct 5
        day, year = year, day
    only = day_or_none(_full(year), month, day)
    return (only, only) if only else None


def _numeric(text: str) -> Days | None:
    """The days that a numeric date can be."""
    found = _NUMERIC.search(text)
    if found is None:
        return None
    first, second, third = int(found[1]), int(found[3] or found[5]), int(found[4] or found[6])
    if len(found[1]) >= 3:
        day_first = month_first = day_or_none(first, second, third)
    else:
        year = _full(third)
        day_first, month_first = day_or_none(year, second, first), day_or_none(year, first, second)
        if found[2] == "." and day_first:  # with dots the day always stands first
            month_first = day_first
    return (day_first, month_first) if day_first or month_first else None


def _full(year: int) -> int:
    """A year of two digits with its century, which turns where POSIX has it turn."""
    return year if year > 99 else year + (2000 if year < 69 else 1900)
