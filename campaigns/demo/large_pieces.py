"""Pieces of the large demonstration, with their themes, texts and approvals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.audit import AuditEntry
from campaigns.demo.large_years import Years
from content.items.hashing import fingerprint
from content.items.models import Approval, Decision, Item, ItemTheme, Revision, Stage

Row = dict[str, Any]
DONE = (Stage.APPROVED, Stage.ARCHIVED)


def add_pieces(years: Years) -> None:
    """Pieces with their themes, one text each, and the approval of those that have one."""
    years.items = years.bulk.keys(Item, years.counts.items)
    revisions = years.bulk.keys(Revision, years.counts.items)
    numbers = range(years.counts.items)
    years.bulk.put(Item, (_item(years, number) for number in numbers))
    years.bulk.put(ItemTheme, _themes(years))
    years.bulk.put(Revision, (_revision(years, number, revisions[number]) for number in numbers))
    done = (number for number in numbers if years.stage_of(number) in DONE)
    years.bulk.put(Approval, (_approval(years, number, revisions[number]) for number in done))
    years.bulk.put(AuditEntry, (_deed(years, number) for number in numbers))


def planned_at(years: Years, number: int) -> datetime:
    """The moment at which the piece was planned."""
    begun = (
        clock.start_of(years.day_of(number)) - timedelta(days=12) + timedelta(hours=9, seconds=number % 3600)
    )
    return min(begun, years.now)


def unit_of(years: Years, number: int) -> tuple[int, int, int]:
    """Organisation, writer and approver of a piece."""
    return years.units[years.texts[number % len(years.texts)].written.unit]


def _item(years: Years, number: int) -> Row:
    title, stage = years.title_of(number), years.stage_of(number)
    body, writer, approver = unit_of(years, number)
    is_in_pool = stage is Stage.IDEA and number % 10 == 1
    return {
        "id": years.items[number],
        "type": years.type_of(number),
        "stage": stage,
        "title": title,
        "title_folded": years.folded_of(number),
        "brief": "Có số liệu, nguồn và thời điểm; gặp ít nhất một người dân.",
        "language": "vi",
        "organisation_id": body,
        "author_id": writer,
        "reviewer_id": None if stage in {Stage.IDEA, Stage.DRAFTING} else approver,
        "planned_on": None if is_in_pool else years.day_of(number),
        "revision_no": 1,
        "submitted_at": planned_at(years, number) if stage is Stage.IN_REVIEW else None,
        "created_at": planned_at(years, number),
        "version": 1,
    }


def _themes(years: Years) -> Iterator[Row]:
    """One theme for each piece, a second for every fourth."""
    others = list(years.themes.values())
    for number, item_id in enumerate(years.items):
        first, second = years.theme_of(number), others[number // 4 % len(others)]
        yield {"item_id": item_id, "theme_id": first}
        if number % 4 == 0 and second != first:
            yield {"item_id": item_id, "theme_id": second}


def sha256_of(years: Years, number: int) -> str:
    """The hash of the piece's text, as its approval and its slots name it."""
    text = years.texts[number % len(years.texts)].text
    return fingerprint(years.title_of(number), text.summary, text.body, None)


def _revision(years: Years, number: int, key: int) -> Row:
    shared = years.texts[number % len(years.texts)]
    return {
        "id": key,
        "item_id": years.items[number],
        "number": 1,
        "title": years.title_of(number),
        "summary": shared.text.summary,
        "body": shared.text.body,
        "html": shared.html,
        "asset_id": None,
        "sha256": sha256_of(years, number),
        "author_id": unit_of(years, number)[1],
        "created_at": planned_at(years, number),
    }


def _approval(years: Years, number: int, revision_id: int) -> Row:
    return {
        "revision_id": revision_id,
        "sha256": sha256_of(years, number),
        "decision": Decision.APPROVED,
        "reason": "",
        "decided_by_id": unit_of(years, number)[2],
        "decided_at": planned_at(years, number),
    }


def _deed(years: Years, number: int) -> Row:
    """The audit's entry of the day on which the piece was planned."""
    return {
        "at": planned_at(years, number),
        "actor_id": unit_of(years, number)[1],
        "actor_name": "Phạm Thị Ngọc Hà",
        "action": "item.draft",
        "subject_type": Item.__tablename__,
        "subject_id": years.items[number],
        "details": {"type": years.type_of(number).value},
    }
