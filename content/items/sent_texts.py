"""The approved texts that may have gone out around a day, as plain values: what watching recognises ours by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app import clock
from content.items.models import Approval, Decision, Item, Revision, Stage

BEFORE, AFTER = (
    timedelta(days=60),
    timedelta(days=7),
)  # how long a text may be picked up; how early it may be out
_AT_ONCE = 500  # keys in one query


@dataclass(frozen=True)
class ApprovedText:
    """One approved text of an item: its revision never changes; *first* and *last* are the days it belongs to."""

    item_id: int
    revision_id: int
    first: date
    last: date


def list_approved_texts(session: Session, *, today: date) -> list[ApprovedText]:
    """The newest approved text of each item decided on or planned from 60 days before *today* on."""
    since = today - BEFORE
    decided = func.max(Approval.decided_at)
    asked = (
        select(Item.id, Revision.id, Item.planned_on, decided)
        .join(Revision, (Revision.item_id == Item.id) & (Revision.number == Item.revision_no))
        .join(Approval, Approval.revision_id == Revision.id)
        .where(
            Approval.decision == Decision.APPROVED,
            Item.stage.in_((Stage.APPROVED, Stage.ARCHIVED)),
            or_(Approval.decided_at >= clock.start_of(since), Item.planned_on >= since),
        )
        .group_by(Item.id, Revision.id, Item.planned_on)
    )
    found = []
    for item_id, revision_id, planned_on, decided_at in session.execute(asked):
        days = [clock.local_day(decided_at), *([planned_on] if planned_on else [])]
        found.append(ApprovedText(item_id, revision_id, min(days), max(days)))
    return found


def read_texts(session: Session, revision_ids: Collection[int]) -> Iterator[tuple[int, str, str, str]]:
    """Key, title, summary and body (Markdown) of these revisions, some hundreds in one query."""
    wanted = sorted(revision_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        asked = select(Revision.id, Revision.title, Revision.summary, Revision.body)
        for row in session.execute(asked.where(Revision.id.in_(some))):
            yield row[0], row[1], row[2], row[3]
