"""Titles that a paper edited after it had published: the new one is shown, both are kept in the history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.text import fold
from content.publications.models import Publication

EDITED, CHANGED = "publication.retitled", "publication.change"


@dataclass(frozen=True)
class Retitled:
    """A publication that a feed now shows under another title."""

    publication_id: int
    title: str
    summary: str


def keep_edits(
    session: Session, edits: Sequence[Retitled], *, actor: audit.Actor, now: datetime
) -> list[Publication]:
    """Take over edited titles and return whose; one audit entry with both titles for each.

    What a person typed stays: the titles of links logged by hand, of our own slots and of what somebody changed.
    So does a title when the other one was there before: two feeds of one paper may each show their own.
    """
    wanted = {one.publication_id: one for one in edits}
    told, by_hand = _history(session, wanted) if wanted else ({}, set())
    due = [
        one
        for number, one in sorted(wanted.items())
        if number not in by_hand and one.title not in told.get(number, ())
    ]
    if not due:
        return []
    # Locked where the database can: somebody who changes one of them in this moment comes before or after.
    asked = select(Publication).where(
        Publication.id.in_([one.publication_id for one in due]),
        Publication.slot_id.is_(None),
        Publication.logged_by_id.is_(None),
    )
    rows = list(session.scalars(asked.order_by(Publication.id).with_for_update(of=Publication)))
    for row in rows:
        one, before = wanted[row.id], row.title
        row.title, row.title_folded, row.summary = one.title, fold(one.title), one.summary or row.summary
        details = {"before": before, "title": row.title}
        audit.record(session, actor, EDITED, row, at=now, details=details)
    session.flush()
    return rows


def _history(session: Session, ids: Collection[int]) -> tuple[dict[int, set[str]], set[int]]:
    """The titles that each publication had before, and those whose title somebody changed by hand."""
    entry = audit.AuditEntry
    asked = select(entry.subject_id, entry.action, entry.details).where(
        entry.subject_type == Publication.__tablename__,
        entry.subject_id.in_(ids),
        entry.action.in_((EDITED, CHANGED)),
    )
    told: dict[int, set[str]] = {}
    by_hand: set[int] = set()
    for number, action, details in session.execute(asked):
        if action == CHANGED:
            by_hand.add(number)
        else:
            told.setdefault(number, set()).update((details.get("before", ""), details.get("title", "")))
    return told, by_hand
