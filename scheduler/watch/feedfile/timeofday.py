"""The time of day and the zone inside a written date, apart from its day."""

from __future__ import annotations

import re
from datetime import time, timedelta, timezone, tzinfo

from app import clock
from scheduler.watch.feedfile.datewords import ZONES

_TIME = re.compile(
    r"(?<![\d/.-])(\d{1,2}) *(?::|h|giờ) *(\d{2})(?: *(?::|phút) *(\d{2})(?:[.,]\d+)?| phút)?"
    r"(?: *(a\.?m\.?|p\.?m\.?|sa|ch|sáng|chiều|tối)(?![^\W\d_]))?"
)
_OFFSET = re.compile(r"(?:\b(?:gmt|utc|ut|z) *)?([+-]) ?(\d{1,2})(?::?(\d{2}))?(?![\d/-])")
_PLACE = re.compile(r"\b[a-z]+/[a-z_]+(?:/[a-z_]+)?\b")
_WORD = re.compile(r"[^\W\d_]+")
_AFTERNOON = {"pm", "ch", "chiều", "tối"}
_MORNING = {"am", "sa", "sáng"}
FARTHEST = timedelta(hours=16)  # no zone on earth is farther from UTC


def time_and_zone(text: str) -> tuple[time | None, tzinfo | None, str]:
    """The time of day (midnight where none stands, None where it is impossible), the zone, and the rest of *text*."""
    found = _TIME.search(text)
    if found is None:
        zone, rest = _zone_at_end(text)
        return time(), zone, rest
    hour, minute, second = int(found[1]), int(found[2]), min(int(found[3] or 0), 59)
    half = (found[4] or "").replace(".", "")
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    zone, after = _zone(text[found.end() :])
    before = text[: found.start()]
    if zone is None:
        zone, before = _zone_at_end(before)
    if hour > 23 or minute > 59:
        return None, None, ""
    return time(hour, minute, second), zone, f"{before} {after}"


def offset(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    """An offset from UTC; None if it is none on earth."""
    span = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-span if sign == "-" else span) if span <= FARTHEST else None


def _zone(text: str) -> tuple[tzinfo | None, str]:
    """The zone that stands after a time, and what remains of *text*."""
    if found := _OFFSET.search(text):
        return offset(found[1], found[2], found[3]), _without(text, found)
    if (found := _PLACE.search(text)) and (place := clock.zone_named(found[0])):
        return place, _without(text, found)
    for word in _WORD.finditer(text):
        if word[0] in ZONES:
            return timezone(timedelta(hours=ZONES[word[0]])), _without(text, word)
    return None, text


def _zone_at_end(text: str) -> tuple[tzinfo | None, str]:
    """The zone of a date without a time ("26 sep 2022 gmt"), and what remains."""
    before, _, last = text.strip().rpartition(" ")
    if last in ZONES:
        return timezone(timedelta(hours=ZONES[last])), before
    if last.startswith(("gmt", "utc")) and (found := _OFFSET.fullmatch(last)):
        return offset(found[1], found[2], found[3]), before
    return None, text


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
