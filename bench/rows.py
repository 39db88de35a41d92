"""A desk of the size of a province's year: 2,000 pieces, 5,000 publications, put in by the thousand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
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
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
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

ITEMS, PUBLICATIONS, SLOTS = 2_000, 5_000, 600
STAGES = (Stage.IDEA, Stage.DRAFTING, Stage.IN_REVIEW, Stage.APPROVED, Stage.APPROVED, Stage.APPROVED)


def fill(session: Session, *, now: datetime) -> Person:
    """Fill an empty database around the moment *now* and return a coordinator."""
    units = [make_organisation(session) for _ in range(20)]
    coordinator = make_person(session, Role.COORDINATOR, organisation=units[0])
    themes = [make_theme(session, colour=1 + number % 12) for number in range(12)]
    outlets = [make_outlet(session, organisation=unit) for unit in units for _ in range(2)]
    make_plan(session, tasks=6, confirmed_by=coordinator)
    tasks = tuple(session.scalars(select(Task)))
    items = _items(session, units=[one.id for one in units], author_id=coordinator.id, now=now)
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
    _slots(session, items[:SLOTS], coordinator.id, now=now)
    _publications(session, [one.id for one in outlets], [one.id for one in themes], now=now)
    return coordinator


def _bulk(session: Session, kind: type[Any], rows: Iterable[dict[str, Any]]) -> list[int]:
    """Insert rows and return their keys in order."""
    return list(session.scalars(insert(kind).returning(kind.id, sort_by_parameter_order=True), list(rows)))


def _day(number: int, now: datetime) -> date:
    """A day of the year around *now*, the same for the same number."""
    return clock.local_day(now) + timedelta(days=number * 7 % 365 - 180)


def _digest(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def _items(session: Session, *, units: list[int], author_id: int, now: datetime) -> list[int]:
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
            for number in range(ITEMS)
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


def _slots(session: Session, items: list[int], person_id: int, *, now: datetime) -> None:
    """Booked and published slots around today."""
    channel = make_channel(session)
    variants = _bulk(
        session,
        Variant,
        ({"item_id": one, "channel_kind": ChannelKind.SITE, "language": "vi"} for one in items),
    )
    revisions = {item: key for key, item in session.execute(select(Revision.id, Revision.item_id))}
    due = [now + timedelta(hours=number - SLOTS // 2) for number in range(len(items))]
    _bulk(
        session,
        Slot,
        (
            {
                "variant_id": variant,
                "channel_id": channel.id,
                "revision_id": revisions[item],
                "revision_sha256": _digest("revision", item),
                "due_at": moment,
                "due_on": clock.local_day(moment),
                "not_before": moment,
                "state": SlotState.PUBLISHED if moment < now else SlotState.SCHEDULED,
                "attempts": 0,
                "run_no": 1,
                "idem_key": _digest("slot", variant),
                "lease_token": 0,
                "booked_by_id": person_id,
                "booked_at": now,
                "version": 1,
            }
            for variant, item, moment in zip(variants, items, due, strict=True)
        ),
    )


def _publications(session: Session, outlets: list[int], themes: list[int], *, now: datetime) -> None:
    """Logged publications over half a year, each matched to a theme."""
    ids = _bulk(
        session,
        Publication,
        (
            {
                "outlet_id": outlets[number % len(outlets)],
                "title": f"Bản tin số {number} về chuyển đổi số",
                "title_folded": fold(f"Bản tin số {number} về chuyển đổi số"),
                "address": f"https://bao.example.vn/{number}",
                "address_key": _digest("address", number),
                "is_on_air": False,
                "published_at": now - timedelta(hours=number % 4_300),
                "published_on": clock.local_day(now - timedelta(hours=number % 4_300)),
                "note": "",
                "status": PublicationStatus.LOGGED,
                "logged_at": now,
                "version": 1,
            }
            for number in range(PUBLICATIONS)
        ),
    )
    session.execute(
        insert(Match),
        [
            {
                "publication_id": one,
                "theme_id": themes[one % len(themes)],
                "decision": MatchDecision.CONFIRMED,
                "score": 1.0,
                "reason": "Người ghi chọn",
                "decided_at": now,
            }
            for one in ids
        ],
    )
