"""The pieces of the year as they stand in words/pieces.txt, and the day of each around a present day. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import gcd

from campaigns.demo import words
from content.items.models import ItemType

FIRST, LAST = -335, 62  # days from today between which the year lies
GAP = (-3, 22)  # what lies between is written with its day: the present looks as it was meant
POOL = "kho"
KINDS = {
    "bài": ItemType.ARTICLE,
    "đồ họa": ItemType.INFOGRAPHIC,
    "mạng xã hội": ItemType.SOCIAL_POST,
    "video": ItemType.VIDEO_SCRIPT,
    "loa": ItemType.LOUDSPEAKER_BULLETIN,
    "tờ gấp": ItemType.LEAFLET,
    "thông cáo": ItemType.PRESS_RELEASE,
}
EVERY_DAY = (ItemType.LOUDSPEAKER_BULLETIN, ItemType.SOCIAL_POST)  # these go out at weekends too


@dataclass(frozen=True)
class Written:
    """One line of the file: *when* is empty, "18/5", "+3 chờ duyệt" or "kho"; *headline* is what others made of it."""

    theme: str
    kind: ItemType
    story: str
    unit: str
    when: str
    title: str
    headline: str


@dataclass(frozen=True)
class Dated:
    """A piece with its local day (None in the pool), and what becomes of it where that is said."""

    written: Written
    day: date | None
    fate: str = ""


@cache
def all_written() -> tuple[Written, ...]:
    """Every piece of the file."""
    found: list[Written] = []
    theme = ""
    for line in words.lines("pieces.txt"):
        if line.startswith("=="):
            theme = line.strip("= ").split()[0]
            continue
        kind, story, unit, when, title = (cell.strip() for cell in line.split("|"))
        own, _, other = title.partition("//")
        found.append(Written(theme, KINDS[kind], story, unit, when, own.strip(), other.strip()))
    return tuple(found)


def dated(today: date) -> list[Dated]:
    """Every piece with its day around *today*, the earliest first; those of the pool at the end."""
    found = [*_by_day(today), *_spread(today)]
    placed = sorted((one for one in found if one.day), key=lambda one: (one.day or today, one.written.title))
    return [*placed, *(one for one in found if one.day is None)]


def _by_day(today: date) -> Iterator[Dated]:
    """Pieces whose day is said."""
    for one in all_written():
        day, _, fate = one.when.partition(" ")
        if day == POOL:
            yield Dated(one, None)
        elif "/" in day:
            if (held := _of_the_year(day, today)) is not None:
                yield Dated(one, held)
        elif day:
            yield Dated(one, today + timedelta(days=int(day)), fate)


def _of_the_year(written: str, today: date) -> date | None:
    """The "18/5" that lies in the year shown; None where it does not (a year is longer than what is shown)."""
    day, month = map(int, written.split("/"))
    near = (date(today.year + more, month, day) for more in (-1, 0, 1))
    return next((one for one in near if FIRST <= (one - today).days <= LAST), None)


def _spread(today: date) -> Iterator[Dated]:
    """The others, their themes mixed, evenly over the year around the gap."""
    mixed = _mixed([one for one in all_written() if not one.when])
    days = [*range(FIRST, GAP[0]), *range(GAP[1], LAST + 1)]
    for number, one in enumerate(mixed):
        day = today + timedelta(days=days[number * len(days) // len(mixed)])
        yield Dated(one, day if one.kind in EVERY_DAY else _working(day))


def _mixed(pieces: list[Written]) -> list[Written]:
    """Each theme's pieces spread over the whole, so that no month belongs to one theme or one type."""
    placed: list[tuple[float, str, Written]] = []
    for theme in dict.fromkeys(one.theme for one in pieces):
        own = [one for one in pieces if one.theme == theme]
        step = next(number for number in (7, 5, 3, 11, 13, 1) if gcd(number, len(own)) == 1)
        placed += [
            ((place + 0.5) / len(own), theme, own[place * step % len(own)]) for place in range(len(own))
        ]
    return [one for _, _, one in sorted(placed, key=lambda row: row[:2])]


def _working(day: date) -> date:
    """*day*, or the Friday before or the Monday after a weekend."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))
