"""Days as plans print them: "20/6", "20/6/2026", "20 tháng 6 năm 2026"; patterns and the day behind a match."""

import re

from campaigns.planfile.draft import DayKind, KeyDate
from campaigns.planfile.text.block import cut
from campaigns.planfile.text.paragraphs import Paragraph

MONTH_YEAR = (
    r"(?:\s*/\s*(?P<month>\d{1,2})(?:(?:\s*/\s*|\s+năm\s+)(?P<year>\d{4}))?(?![\d/])"
    r"|\s+tháng\s+(?P<word>\d{1,2})(?:\s+năm\s+(?P<full>\d{4}))?)"
)
"""Pattern of month and year behind the figure of a day."""

SPELT = rf"(?P<day>\d{{1,2}}){MONTH_YEAR}"
"""Pattern of a day, the year left out or not."""

HOUR = r"(?:\d{1,2}\s*(?:h|giờ|g)\s*(?:\d{2})?(?:\s*phút)?,?\s*)?"
"""Pattern of an hour before a day, maybe none."""


def last_of(month: int, year: int | None = None) -> int:
    """Return the last day of a month; February has 29 where no year is named."""
    if month == 2:
        is_short = year is not None and (year % 4 != 0 or (year % 100 == 0 and year % 400 != 0))
        return 28 if is_short else 29
    return 30 if month in (4, 6, 9, 11) else 31


def is_day(day: int | None, month: int, year: int | None = None) -> bool:
    """Tell whether the calendar has such a day, or such a month where *day* is None: there is no 31/2."""
    return 1 <= month <= 12 and year != 0 and (day is None or 1 <= day <= last_of(month, year))


def figures(found: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    """Return day, month and year that a match of the patterns above names; each may be missing."""
    groups = found.groupdict()
    month, year = groups.get("month") or groups.get("word"), groups.get("year") or groups.get("full")
    day = groups.get("day")
    return int(day) if day else None, int(month) if month else None, int(year) if year else None


def is_valid(found: re.Match[str]) -> bool:
    """Tell whether a match of the patterns above names a day or a month of the calendar."""
    day, month, year = figures(found)
    return is_day(day, month or 0, year)


def key_date(paragraph: Paragraph, found: re.Match[str], kind: DayKind, name: str, sure: float) -> KeyDate:
    """Return the day of a match as a key date with the lines that it stands in."""
    day, month, year = figures(found)
    traced = cut(paragraph, found.start(), found.end(), " ".join(name.split()), sure)
    return KeyDate(day, month or 0, year, traced, kind)
