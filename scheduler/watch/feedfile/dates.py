"""Dates as feeds and pages write them, into aware UTC.

Rules in this order: RFC 822 with any spelling of the offset; ISO 8601; seconds of the epoch; words of the week in
Vietnamese; numeric dates, whose order of day and month is learned from all dates of the feed. Without a zone a date
is Vietnam's own (+07:00), never UTC.

The twelve forms of Vietnamese papers that every reader run for us read wrongly or not at all, each a test:

1. ``Mon, 05 Oct 2026 11:07:00 +07`` (GenK)              7. ``05/10/2026 11:07`` day first
2. ``Mon, 05 Oct 2026 11:07:00 GMT+7`` (VnExpress)       8. ``05-10-2026 11:07:00``
3. ``Mon, 05 Oct 2026 11:07:00 GMT+07:00``               9. ``Thứ Hai, 05/10/2026 - 11:07``
4. ``Mon, 05 Oct 2026 11:07:00`` without a zone          10. ``Thứ năm, 17/9/2026, 07:31 (GMT+7)`` (VnExpress's pages)
5. ``Mon, 05 Oct 26 14:10:00 +0700`` (Thanh Niên)        11. ``2026-10-05 11:07:00`` without a zone
6. ``10/5/2026 11:00:00 AM`` (Tuổi Trẻ, month first)     12. ``05/10/2026 11:07:00 SA``, ``CH`` (morning, afternoon)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from app import clock
from app.text import nfc
from content.outlets.feeds.order import DateOrder
from scheduler.watch.feedfile.datewords import MONTHS, WEEKDAYS, ZONES

LONGEST = 120  # characters of a date; what is longer is none
FIRST_YEAR = 1970  # before it there were no feeds: 0001-01-01 is what an empty field becomes in .NET
AHEAD = timedelta(days=1)  # a clock that is a little fast is not yet a wrong order

_RFC = re.compile(
    r"(?:[a-z]{3}, *)?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (?:([+-])(\d{2}):?(\d{2})|gmt|utc|z)"
)
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[t ]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d*)?)?)? *(?:(z|utc|gmt)|([+-])(\d{2}):?(\d{2})?z?)?"
)
_EPOCH = re.compile(r"(\d{9,10}|\d{13})(?:\.\d+)?")
_TIME = re.compile(
    r"(?<![\d/.-])(\d{1,2}) *(?::|h|giờ) *(\d{2})(?: *(?::|phút) *(\d{2})(?:[.,]\d+)?| phút)?"
    r"(?: *(a\.?m\.?|p\.?m\.?|sa|ch|sáng|chiều|tối)(?![^\W\d_]))?"
)
_OFFSET = re.compile(r"(?:\b(?:gmt|utc|ut|z) *)?([+-]) ?(\d{1,2})(?::?(\d{2}))?(?![\d/-])")
_PLACE = re.compile(r"\b[a-z]+/[a-z_]+(?:/[a-z_]+)?\b")
_WORD = re.compile(r"[^\W\d_]+")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})(?:([/.-])(\d{1,2})\2(\d{2,4})| (\d{1,2}) (\d{4}))(?!\d)")
_NAMED = re.compile(r"\b(" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\b")
_THANG = re.compile(r"(?:tháng|thg) ?(\d{1,2})\b")
_DAY = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, (name for name in WEEKDAYS)), key=len, reverse=True)) + r")\b"
)


@dataclass(frozen=True)
class Written:
    """A date taken apart: the days that it can mean, by order where that matters, and the rest of the moment."""

    day_first: date | None
    month_first: date | None
    at: time
    zone: tzinfo | None

    @property
    def is_open(self) -> bool:
        """Whether it can be read in two ways."""
        return self.day_first is not None and self.month_first is not None and self.day_first != self.month_first

    def moment(self, order: DateOrder | None) -> datetime | None:
        """Aware UTC under *order*; the only day that exists where there is one; day first otherwise."""
        days = (self.day_first, self.month_first)
        first, second = days if order is not DateOrder.MONTH_FIRST else days[::-1]
        day = first or second
        if day is None or day.year < FIRST_YEAR:
            return None
        wall = datetime.combine(day, self.at)
        try:
            return wall.replace(tzinfo=self.zone).astimezone(UTC) if self.zone else clock.from_local(wall)
        except (OverflowError, ValueError):
            return None


def read_moment(raw: str, *, order: DateOrder | None = None) -> datetime | None:
    """The moment that *raw* means, aware UTC; None if it means none."""
    written = take_apart(raw)
    return written.moment(order) if written else None


def learn_order(written: Iterable[Written | None], *, now: datetime) -> DateOrder | None:
    """The order of day and month in which the dates of one poll make sense; None if they do not tell.

    A date that exists in one order only decides. Else the order wins that gives no future date, then fewer steps
    out of line, then the newest date nearest to *now*.
    """
    dates = [one for one in written if one is not None]
    numeric = [one for one in dates if one.day_first != one.month_first]
    if not numeric:
        return None
    sure = sum((one.month_first is None) - (one.day_first is None) for one in numeric)
    if sure:
        return DateOrder.DAY_FIRST if sure > 0 else DateOrder.MONTH_FIRST
    day_first = _strangeness([one.moment(DateOrder.DAY_FIRST) for one in dates], now)
    month_first = _strangeness([one.moment(DateOrder.MONTH_FIRST) for one in dates], now)
    if day_first == month_first:
        return None
    return DateOrder.DAY_FIRST if day_first < month_first else DateOrder.MONTH_FIRST


def _strangeness(moments: list[datetime | None], now: datetime) -> tuple[int, int, timedelta]:
    """How odd a feed with these moments would be: future dates, steps out of line, distance of the newest."""
    found = [one for one in moments if one is not None]
    if not found:
        return 0, 0, timedelta.max
    ahead = sum(one > now + AHEAD for one in found)
    pairs = list(zip(found, found[1:], strict=False))
    out_of_line = min(sum(a < b for a, b in pairs), sum(a > b for a, b in pairs))
    return ahead, out_of_line, abs(now - max(found))


def take_apart(raw: str) -> Written | None:
    """*raw* as far as it can be understood; None if it is no date."""
    if len(raw) > LONGEST * 3:
        return None
    text = " ".join(nfc(raw).lower().replace("\\n", " ").split())
    if not text or len(text) > LONGEST:
        return None
    for form, read in ((_RFC, _from_rfc), (_ISO, _from_iso), (_EPOCH, _from_epoch)):
        if (found := form.fullmatch(text)) and (written := read(found)):
            return written
    return _from_words(text)


def _from_rfc(found: re.Match[str]) -> Written | None:
    month = MONTHS.get(found[2])
    zone = _offset(found[7], found[8], found[9]) if found[7] else UTC
    return _made(_day(int(found[3]), month or 0, int(found[1])), found[4], found[5], found[6], zone) if month else None


def _from_iso(found: re.Match[str]) -> Written | None:
    zone = UTC if found[7] else _offset(found[8], found[9], found[10]) if found[8] else None
    return _made(_day(int(found[1]), int(found[2]), int(found[3])), found[4], found[5], found[6], zone)


def _from_epoch(found: re.Match[str]) -> Written | None:
    seconds = int(found[1]) // (1000 if len(found[1]) == 13 else 1)
    moment = datetime.fromtimestamp(seconds, UTC)
    return Written(moment.date(), moment.date(), moment.time(), UTC)


def _made(day: date | None, hour: str | None, minute: str | None, second: str | None, zone: tzinfo | None) -> Written | None:
    """A date whose day is certain."""
    hours = int(hour or 0)
    if day is None or hours > 24 or int(minute or 0) > 59:
        return None
    if hours == 24:
        day, hours = day + timedelta(days=1), 0
    return Written(day, day, time(hours, int(minute or 0), min(int(second or 0), 59)), zone)


def _from_words(text: str) -> Written | None:
    """Any other form: time and zone are found first, what remains is the day."""
    text = text.replace("(", " ").replace(")", " ")
    at, zone, rest = _time_and_zone(text)
    if at is None:
        return None
    weekday = None
    if found := _DAY.search(rest):
        weekday = WEEKDAYS[found[1]]
        rest = rest[: found.start()] + " " + rest[found.end() :]
    days = _named_day(rest) or _numeric_days(rest)
    if days is None:
        return None
    if weekday is not None and days[0] and days[1] and days[0] != days[1]:
        fitting = [day for day in days if day.weekday() == weekday]  # the day of the week tells the order
        if len(fitting) == 1:
            days = (fitting[0], fitting[0])
    return Written(days[0], days[1], at, zone)


def _time_and_zone(text: str) -> tuple[time | None, tzinfo | None, str]:
    """The time of day (midnight where none stands, None where it is impossible), the zone, and the rest."""
    found = _TIME.search(text)
    if found is None:
        zone, rest = _zone_at_end(text)
        return time(), zone, rest
    hour, minute, second = int(found[1]), int(found[2]), min(int(found[3] or 0), 59)
    half = (found[4] or "").replace(".", "")
    if half in {"pm", "ch", "chiều", "tối"} and hour < 12:
        hour += 12
    elif half in {"am", "sa", "sáng"} and hour == 12:
        hour = 0
    zone, after = _zone(text[found.end() :])
    before = text[: found.start()]
    if zone is None:
        zone, before = _zone_at_end(before)
    if hour > 23 or minute > 59:
        return None, None, ""
    return time(hour, minute, second), zone, f"{before} {after}"


def _zone(text: str) -> tuple[tzinfo | None, str]:
    """The zone that a text after a time names, and what remains of the text."""
    if found := _OFFSET.search(text):
        return _offset(found[1], found[2], found[3]), text[: found.start()] + " " + text[found.end() :]
    if (found := _PLACE.search(text)) and (zone := clock.zone_named(found[0])):
        return zone, text.replace(found[0], " ")
    for word in _WORD.finditer(text):
        if word[0] in ZONES:
            return _hours(ZONES[word[0]]), text[: word.start()] + " " + text[word.end() :]
    return None, text


def _zone_at_end(text: str) -> tuple[tzinfo | None, str]:
    """The zone of a date without a time ("26 sep 2022 gmt"), and what remains."""
    words = text.split()
    if words and words[-1] in ZONES:
        return _hours(ZONES[words[-1]]), " ".join(words[:-1])
    if words and (found := re.fullmatch(r"(?:gmt|utc)([+-])(\d{1,2})(?::?(\d{2}))?", words[-1])):
        return _offset(found[1], found[2], found[3]), " ".join(words[:-1])
    return None, text


def _named_day(text: str) -> tuple[date | None, date | None] | None:
    """A day whose month is a word, or follows the word "tháng"."""
    if found := _NAMED.search(text):
        month = MONTHS[found[1]]
    elif found := _THANG.search(text):
        month = int(found[1])
    else:
        return None
    before = [int(one) for one in re.findall(r"\d{1,4}", text[: found.start()])]
    after = [int(one) for one in re.findall(r"\d{1,4}", text[found.end() :])]
    if len(before) >= 2 and before[-2] > 31:
        year, day = before[-2], before[-1]
    elif before and after:
        day, year = before[-1], after[0]
        if day > 31:
            day, year = year, day
    elif len(after) >= 2:
        day, year = after[0], after[1]
    elif after and after[0] > 31:
        day, year = 1, after[0]
    else:
        return None
    only = _day(_full(year), month, day)
    return (only, only) if only else None


def _numeric_days(text: str) -> tuple[date | None, date | None] | None:
    """The days that a numeric date can be: day first, and month first."""
    found = _NUMERIC.search(text)
    if found is None:
        return None
    first, second, third = int(found[1]), int(found[3] or found[5]), found[4] or found[6]
    if len(found[1]) >= 3:
        only = _day(first, second, int(third))
        return (only, only) if only else None
    year = _full(int(third))
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if found[2] == "." and day_first:  # with dots the day always stands first
        month_first = day_first
    return (day_first, month_first) if day_first or month_first else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full(year: int) -> int:
    """A year of two digits as RFC 2822 reads it, with the turn where POSIX has it."""
    return year if year > 99 else year + (2000 if year < 69 else 1900)


def _offset(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    """An offset, or None if it is none on earth or near it."""
    span = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if span > timedelta(hours=16):
        return None
    return timezone(-span if sign == "-" else span)


def _hours(hours: int) -> tzinfo:
    return timezone(timedelta(hours=hours))
