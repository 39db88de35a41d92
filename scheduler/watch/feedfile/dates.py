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
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app import clock
from app.text import nfc
from content.outlets.feeds.order import DateOrder
from scheduler.watch.feedfile.calendarday import day_or_none, days_of
from scheduler.watch.feedfile.datewords import MONTHS
from scheduler.watch.feedfile.timeofday import offset, time_and_zone

LONGEST = 120  # characters of a date; what is longer is none
FIRST_YEAR = 1970  # before it there were no feeds: 0001-01-01 is what an empty field becomes in .NET

_RFC = re.compile(
    r"(?:[a-z]{3}, *)?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (?:([+-])(\d{2}):?(\d{2})|gmt|utc|z)"
)
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[t ]*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d*)?)?)?"
    r" *(?:(z|utc|gmt)|([+-])(\d{2}):?(\d{2})?z?)?"
)
_EPOCH = re.compile(r"(\d{9,10}|\d{13})(?:\.\d+)?")
_HALF = re.compile(r"\d *(?:([ap]\.?m)|sa|ch)\b")


@dataclass(frozen=True)
class Written:
    """A date taken apart: the day that it means with the day first, and with the month first; time and zone."""

    day_first: date | None
    month_first: date | None
    at: time
    zone: tzinfo | None
    shape: str = ""  # dates of one shape are written by one hand: "am" (AM, PM), "sa" (SA, CH), or neither

    @property
    def leaning(self) -> DateOrder:
        """Day first, as in Vietnam; but who writes AM and PM runs a server set to American English."""
        return DateOrder.MONTH_FIRST if self.shape == "am" else DateOrder.DAY_FIRST

    def moment(self, order: DateOrder | None) -> datetime | None:
        """Aware UTC under *order*, or under its leaning; where only one day exists, that one."""
        days = (self.day_first, self.month_first)
        first, second = days[::-1] if (order or self.leaning) is DateOrder.MONTH_FIRST else days
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
    zone = offset(found[7], found[8], found[9]) if found[7] else UTC
    day = day_or_none(int(found[3]), MONTHS.get(found[2], 0), int(found[1]))
    return _certain(day, found[4], found[5], found[6], zone)


def _from_iso(found: re.Match[str]) -> Written | None:
    zone = UTC if found[7] else offset(found[8], found[9], found[10]) if found[8] else None
    day = day_or_none(int(found[1]), int(found[2]), int(found[3]))
    return _certain(day, found[4], found[5], found[6], zone)


def _from_epoch(found: re.Match[str]) -> Written | None:
    seconds = int(found[1]) // (1000 if len(found[1]) == 13 else 1)
    moment = datetime.fromtimestamp(seconds, UTC)
    return Written(moment.date(), moment.date(), moment.time(), UTC)


def _certain(
    day: date | None, hour: str | None, minute: str | None, second: str | None, zone: tzinfo | None
) -> Written | None:
    """A date whose day is certain; 24:00 is the midnight after it, and a leap second the one before."""
    hours, minutes = int(hour or 0), int(minute or 0)
    if day is None or hours > 24 or minutes > 59 or (hours == 24 and day == date.max):
        return None
    if hours == 24:
        day, hours = day + timedelta(days=1), 0
    return Written(day, day, time(hours, minutes, min(int(second or 0), 59)), zone)


def _from_words(text: str) -> Written | None:
    """Any other form: time and zone are found first, what remains is the day."""
    text = text.replace("(", " ").replace(")", " ")
    at, zone, rest = time_and_zone(text)
    days = days_of(rest) if at is not None else None
    if at is None or days is None:
        return None
    half = _HALF.search(text)
    return Written(*days, at, zone, "" if not half else "am" if half[1] else "sa")
