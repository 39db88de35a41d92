"""Publications of the large demonstration: our own, and what a hundred outlets published beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from app import clock
from app.text import fold
from campaigns.demo import words
from campaigns.demo.large_slots import Sent
from campaigns.demo.large_years import AFTER, BEFORE, Years
from content.publications import sent as sending
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus

Row = dict[str, Any]
PROPOSED: Row = {"decision": MatchDecision.PROPOSED, "score": 0.6, "reason": "Có cụm từ của chủ đề"}
UNMATCHED = 1.5  # days: what is newer waits for a person
FOUND = 60  # of the newest, so many were found by watching


def add_publications(years: Years, sent: list[Sent]) -> None:
    """Our own by their slots, then others until the number is reached; each with what it matches."""
    total = max(years.counts.publications, len(sent))
    keys = years.bulk.keys(Publication, total)
    others = range(len(sent), total)
    years.bulk.put(Publication, (_own(years, keys[place], one) for place, one in enumerate(sent)))
    years.bulk.put(
        Publication, (_other(years, keys[place], place - len(sent), len(others)) for place in others)
    )
    years.bulk.put(Match, _own_matches(years, keys, sent))
    years.bulk.put(Match, _other_matches(years, keys, len(sent), total))


def _own(years: Years, key: int, sent: Sent) -> Row:
    title = years.title_of(sent.number)
    return {
        "id": key,
        "outlet_id": years.channel.outlet_id,
        "title": title,
        "title_folded": years.folded_of(sent.number),
        "summary": "",
        "address": sent.address,
        "address_key": hashlib.sha256(sent.address.encode()).hexdigest(),
        "is_on_air": False,
        "published_at": sent.moment,
        "published_on": clock.local_day(sent.moment),
        "note": "",
        "status": PublicationStatus.CONFIRMED,
        "slot_id": sent.slot_id,
        "logged_by_id": None,
        "logged_at": sent.moment,
        "version": 1,
    }


def _moment(years: Years, place: int, count: int) -> datetime:
    """Evenly over the years past, in order."""
    return (
        years.now - timedelta(days=BEFORE) + timedelta(days=BEFORE) * (place / count) - timedelta(minutes=30)
    )


def _other(years: Years, key: int, place: int, count: int) -> Row:
    number, moment = _piece_near(years, place, count), _moment(years, place, count)
    title, folded = _title(years, place, number)
    address = f"https://bao.example/minh-hoa/{place}.html"
    return {
        "id": key,
        "outlet_id": years.outlets[place * 7 % len(years.outlets)],
        "title": title,
        "title_folded": folded,
        "summary": "",
        "address": address,
        "address_key": hashlib.sha256(address.encode()).hexdigest(),
        "is_on_air": False,
        "published_at": moment,
        "published_on": clock.local_day(moment),
        "note": "",
        "status": _status(place, count),
        "slot_id": None,
        "logged_by_id": years.units["K"][1],
        "logged_at": moment + timedelta(minutes=20),
        "version": 1,
    }


def _status(place: int, count: int) -> PublicationStatus:
    """Logged; one of sixty put aside; the newest found."""
    if place >= count - FOUND:
        return PublicationStatus.FOUND
    return PublicationStatus.DISMISSED if place % 60 == 59 else PublicationStatus.LOGGED


@cache
def _headlines() -> list[tuple[str, str]]:
    """Titles of others, and as they are searched."""
    return [(title, fold(title)) for theme, title, _ in words.rows("headlines.txt", 3) if theme != "!"]


def _title(years: Years, place: int, number: int) -> tuple[str, str]:
    """Two of five take our piece over with its title; the others have one of their own, each another."""
    if place % 5 < 2:
        return years.title_of(number), years.folded_of(number)
    title, folded = _headlines()[place % len(_headlines())]
    where = place * 7 % len(years.places)
    return (
        f"{title}: ghi ở {years.places[where]} ({place})",
        f"{folded}: ghi o {years.folded[where]} ({place})",
    )


def _piece_near(years: Years, place: int, count: int) -> int:
    """A piece whose day lies about where the publication lies."""
    past = years.counts.items * BEFORE // (BEFORE + AFTER)
    return min(place * past // count, years.counts.items - 1)


def _match(years: Years, publication_id: int, moment: datetime, **of: int | None) -> Row:
    return {
        "publication_id": publication_id,
        "item_id": of.get("item_id"),
        "theme_id": of.get("theme_id"),
        "decision": MatchDecision.CONFIRMED,
        "score": 1.0,
        "reason": sending.REASON,
        "decided_by_id": None,
        "decided_at": moment,
    }


def _own_matches(years: Years, keys: range, sent: list[Sent]) -> Iterator[Row]:
    for place, one in enumerate(sent):
        yield _match(years, keys[place], one.moment, item_id=years.items[one.number])
        yield _match(years, keys[place], one.moment, theme_id=years.theme_of(one.number))


def _other_matches(years: Years, keys: range, first: int, total: int) -> Iterator[Row]:
    """Each to a theme, two of five to a piece, one in 400 to nothing; the newest wait with what they may match."""
    count, themes = total - first, list(years.themes.values())
    for place in range(count):
        moment = _moment(years, place, count)
        if place >= count - FOUND:
            yield _match(years, keys[first + place], moment, theme_id=years.theme_of(place)) | PROPOSED
            continue
        if (years.now - moment) < timedelta(days=UNMATCHED) or place % 400 == 2:
            continue
        number = _piece_near(years, place, count)
        if place % 5 < 2:
            yield _match(years, keys[first + place], moment, item_id=years.items[number])
            yield _match(years, keys[first + place], moment, theme_id=years.theme_of(number))
        else:
            yield _match(years, keys[first + place], moment, theme_id=themes[place % len(themes)])
