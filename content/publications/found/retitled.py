"""Titles that a paper edited after it had published: the new one is shown, both are kept in the history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
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
) -> list[int]:
    """Take over edited titles and return whose; one audit entry with both titles for each.

    What a person typed stays: the titles of links logged by hand, of our own slots and of what somebody changed.
    So does a title when the other one was there before: two feeds of one paper may each show their own.
    """
    if not edits:
        return []
    ids = {one.publication_id for one in edits}
    asked = select(Publication.id, Publication.title, Publication.version).where(
        Publication.id.in_(ids), Publication.slot_id.is_(None), Publication.logged_by_id.is_(None)
    )
    present = {number: (title, version) for number, title, version in session.execute(asked)}
    told, by_hand = _history(session, present)
    changed: list[int] = []
    for one in edits:
        if one.publication_id not in present or one.publication_id in by_hand:
            continue
        before, version = present[one.publication_id]
        if one.title in {before, *told.get(one.publication_id, ())}:
            continue
        if _write(session, one, version):
            present[one.publication_id] = (one.title, version + 1)
            told.setdefault(one.publication_id, set()).add(before)
            changed.append(one.publication_id)
            _tell(session, one, before, actor=actor, now=now)
    return changed


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


def _write(session: Session, one: Retitled, version: int) -> bool:
    """Change the row unless somebody changed it in the same moment: then the next poll will tell again."""
    statement = (
        update(Publication)
        .where(Publication.id == one.publication_id, Publication.version == version)
        .values(
            title=one.title,
            title_folded=fold(one.title),
            summary=one.summary or Publication.summary,
            version=version + 1,
        )
        .returning(Publication.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(statement) is not None


def _tell(session: Session, one: Retitled, before: str, *, actor: audit.Actor, now: datetime) -> None:
    session.add(
        audit.AuditEntry(
            at=now,
            actor_id=actor.id,
            actor_name=actor.name,
            action=EDITED,
            subject_type=Publication.__tablename__,
            subject_id=one.publication_id,
            details={"before": before, "title": one.title},
        )
    )
