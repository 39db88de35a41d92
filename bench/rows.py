"""A desk of the size of a province's year, or the large one that is promised, put in by the thousand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.text import fold
from campaigns.board.models import Placement
from campaigns.plans.models import Task
from content.channels.models import ChannelKind
from content.items.models import Item, ItemTheme, ItemType, Revision, Stage, Variant
from content.outlets.feeds.models import Feed, FeedOutage
from content.outlets.models import Outlet
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.tally.services import rebuild_tally
from content.slots.models import Slot, SlotState
from tests.factories import (
    make_campaign,
    make_channel,
    make_organisation,
    make_outlet,
    make_person,
    make_plan,
    make_series,
    make_target,
    make_theme,
)


@dataclass(frozen=True)
class Size:
    """How many rows there are of each kind; slots are spread over the pieces."""

    items: int
    publications: int
    slots: int


YEAR = Size(items=2_000, publications=5_000, slots=600)
LARGE = Size(items=20_000, publications=200_000, slots=50_000)
AT_ONCE = 10_000  # rows of one insert
STAGES = (Stage.IDEA, Stage.DRAFTING, Stage.IN_REVIEW, Stage.APPROVED, Stage.APPROVED, Stage.APPROVED)


def fill(session: Session, *, now: datetime, size: Size = YEAR) -> Person:
    """Fill an empty database around the moment *now* and return a coordinator."""
    units = [make_organisation(session) for _ in range(20)]
    coordinator = make_person(session, Role.COORDINATOR, organisation=units[0])
    themes = [make_theme(session, colour=1 + number % 12) for number in range(12)]
    outlets = [make_outlet(session, organisation=unit) for unit in units for _ in range(2)]
    make_plan(session, tasks=6, confirmed_by=coordinator)
    tasks = tuple(session.scalars(select(Task)))
    items = _items(
        session, units=[one.id for one in units], author_id=coordinator.id, now=now, count=size.items
    )
    _themes(session, items, [one.id for one in themes])
    for number in range(30):
        campaign = make_campaign(
            session, themes=(themes[number % 12],), tasks=tasks[:2], organisation=units[0]
        )
        series = make_series(session, themes[number % 12], campaign=campaign, outlets=(outlets[number],))
        make_target(session, themes[number % 12], campaign=campaign, outlet=outlets[number])
        placed = items[number * 40 : number * 40 + 40]
        session.execute(
            insert(Placement),
            [{"campaign_id": campaign.id, "series_id": series.id, "item_id": one} for one in placed],
        )
    _slots(session, items, coordinator.id, now=now, count=size.slots)
    _publications(session, [one.id for one in outlets], now=now, count=size.publications)
    _matches(session, [one.id for one in themes], items, now=now)
    _feeds(session, outlets[::2], now=now)
    rebuild_tally(session)
    return coordinator


def _bulk(session: Session, kind: type[Any], rows: Iterable[dict[str, Any]]) -> list[int]:
    """Insert rows and return their keys in order."""
    made, rest = insert(kind).returning(kind.id, sort_by_parameter_order=True), iter(rows)
    keys: list[int] = []
    while some := list(islice(rest, AT_ONCE)):
        keys += session.scalars(made, some)
    return keys


def _day(number: int, now: datetime) -> date:
    """A day of the year around *now*, the same for the same number."""
    return clock.local_day(now) + timedelta(days=number * 7 % 365 - 180)


def _digest(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def _items(session: Session, *, units: list[int], author_id: int, now: datetime, count: int) -> list[int]:
    """Pieces with one revision each."""
    title: Callable[[int], str] = "Chuyển đổi số đến từng thôn, bản: chuyện thứ {}".format
    ids = _bulk(
        session,
        Item,
        (
            {
                "type": list(ItemType)[number % 7],
                "stage": STAGES[number % 6],
                "title": title(number),
                "title_folded": fold(title(number)),
                "brief": "",
                "language": "vi",
                "organisation_id": units[number % 20],
                "author_id": author_id,
                "planned_on": None if number % 11 == 0 else _day(number, now),
                "revision_no": 1,
                "created_at": now,
                "version": 1,
            }
            for number in range(count)
        ),
    )
    _bulk(
        session,
        Revision,
        (
            {
                "item_id": one,
                "number": 1,
                "title": title(one),
                "summary": "",
                "body": "Nội dung. " * 60,
                "html": "<p>" + "Nội dung. " * 60 + "</p>",
                "sha256": _digest("revision", one),
                "author_id": author_id,
                "created_at": now,
            }
            for one in ids
        ),
    )
    return ids


def _themes(session: Session, items: list[int], themes: list[int]) -> None:
    session.execute(
        insert(ItemTheme), [{"item_id": one, "theme_id": themes[one % len(themes)]} for one in items]
    )


def _slots(session: Session, items: list[int], person_id: int, *, now: datetime, count: int) -> None:
    """Booked and published slots of a year around today."""
    channel, items = make_channel(session), items[:count]
    variants = _bulk(
        session,
        Variant,
        ({"item_id": one, "channel_kind": ChannelKind.SITE, "language": "vi"} for one in items),
    )
    revisions = {item: key for key, item in session.execute(select(Revision.id, Revision.item_id))}
    step = timedelta(days=min(300, count / 24)) / count
    _bulk(
        session,
        Slot,
        (
            {
                "variant_id": variants[number % len(variants)],
                "channel_id": channel.id,
                "revision_id": revisions[items[number % len(items)]],
                "revision_sha256": _digest("revision", items[number % len(items)]),
                "due_at": moment,
                "due_on": clock.local_day(moment),
                "not_before": moment,
                "state": SlotState.PUBLISHED if moment < now else SlotState.SCHEDULED,
                "attempts": 0,
                "run_no": 1,
                "idem_key": _digest("slot", number),
                "lease_token": 0,
                "booked_by_id": person_id,
                "booked_at": now,
                "recorded_at": now if moment < now else None,
                "version": 1,
            }
            for number, moment in ((one, now + step * (one - count // 2)) for one in range(count))
        ),
    )


def _publications(session: Session, outlets: list[int], *, now: datetime, count: int) -> None:
    """Logged publications over a year; of the newest some were found by watching and wait for a word."""
    _bulk(
        session,
        Publication,
        (
            {
                "outlet_id": outlets[number * 7 % len(outlets)],
                "title": f"Bản tin số {number} về chuyển đổi số",
                "title_folded": fold(f"Bản tin số {number} về chuyển đổi số"),
                "summary": "",
                "address": f"https://bao.example.vn/{number}",
                "address_key": _digest("address", number),
                "is_on_air": False,
                "is_matched": False,
                "published_at": moment,
                "published_on": clock.local_day(moment),
                "note": "",
                "status": PublicationStatus.FOUND
                if number % 400 == 1 and number < 20_000
                else PublicationStatus.LOGGED,
                "logged_at": now,
                "version": 1,
            }
            for number, moment in (
                (one, now - timedelta(minutes=one * 525_600 // count)) for one in range(count)
            )
        ),
    )


def _matches(session: Session, themes: list[int], items: list[int], *, now: datetime) -> None:
    """A theme or two for each publication, an item for one in three; one in 400 matches nothing yet."""
    said = {
        "decision": MatchDecision.CONFIRMED,
        "score": 1.0,
        "reason": "Người ghi chọn",
        "decided_at": now,
        "item_id": None,
        "theme_id": None,
    }
    chance = Random(2026)

    def rows() -> Iterator[dict[str, Any]]:
        for key in session.scalars(select(Publication.id).order_by(Publication.id)).all():
            if key % 400 == 2:
                continue
            # The first themes are talked of much, the last ones seldom.
            first = min(int(chance.expovariate(0.35)), len(themes) - 1)
            yield {**said, "publication_id": key, "theme_id": themes[first]}
            if key % 2:
                yield {**said, "publication_id": key, "theme_id": themes[(first + 1) % len(themes)]}
            if key % 3 == 0:
                yield {**said, "publication_id": key, "item_id": items[key % len(items)]}

    rest = rows()
    while some := list(islice(rest, AT_ONCE)):
        session.execute(insert(Match), some)


def _feeds(session: Session, outlets: list[Outlet], *, now: datetime) -> None:
    """Feeds watched for a year, every fourth with outages."""
    for number, outlet in enumerate(outlets):
        began_at = now - timedelta(days=400)
        feed = Feed(
            outlet_id=outlet.id,
            address=f"https://bao.example.vn/{outlet.id}.rss",
            address_key=_digest("feed", outlet.id),
            host="bao.example.vn",
            next_poll_at=now,
            watched_since=began_at,
            answered_at=now,
            newest_entry_at=now,
        )
        session.add(feed)
        session.flush()
        if number % 4 == 0:
            session.add_all(
                FeedOutage(
                    feed_id=feed.id,
                    began_at=now - timedelta(days=30 * month + 5),
                    ended_at=now - timedelta(days=30 * month),
                    failure="Trang không trả lời",
                )
                for month in range(12)
            )
    session.flush()
