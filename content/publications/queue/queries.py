"""What can be asked about the queue of found publications."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session, joinedload

from app.audit import AuditEntry
from app.web.paging import Page, paginate
from content.items.models import Item
from content.publications.found.models import Sighting
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.queries import matches_of

SIZE = 20  # entries on one page: each shows an excerpt and its candidates
MOST_AT_ONCE = 5_000  # dismissed by one deed
Asked = TypeVar("Asked", bound="Select[*tuple[Any, ...]]")
# What the watcher itself notes; decisions of people are all else.
_NOTES = ("publication.found", "publication.retitled")
_DECISIONS = ("publication.match", "publication.dismiss")


@dataclass(frozen=True)
class QueueFilter:
    """What the queue is narrowed to; empty narrows nothing."""

    outlet_id: int | None = None
    theme_id: int | None = None
    unmatched: bool = False


@dataclass(frozen=True)
class Waiting:
    """A found publication with what it may match, the surest first; ``item`` is the one of ``item_match``."""

    publication: Publication
    item_match: Match | None
    item: Item | None
    themes: Sequence[Match]


def is_found() -> ColumnElement[bool]:
    """Waits for a decision. The value is written out, so that the database sees that the index is for it."""
    found = bindparam("found", PublicationStatus.FOUND, Publication.status.type, literal_execute=True)
    return Publication.status == found


def _proposed() -> Select[int]:
    return select(Match.id).where(
        Match.publication_id == Publication.id, Match.decision == MatchDecision.PROPOSED
    )


def _narrowed(asked: Asked, wanted: QueueFilter) -> Asked:
    asked = asked.where(is_found())
    if wanted.outlet_id is not None:
        asked = asked.where(Publication.outlet_id == wanted.outlet_id)
    if wanted.theme_id is not None:
        asked = asked.where(exists(_proposed().where(Match.theme_id == wanted.theme_id)))
    return asked.where(~exists(_proposed())) if wanted.unmatched else asked


def page_of_queue(session: Session, wanted: QueueFilter, *, cursor: str | None) -> Page[Waiting]:
    """One page of what waits, newest first."""
    page = paginate(
        session,
        _narrowed(select(Publication), wanted),
        [Publication.published_at, Publication.id],
        cursor=cursor,
        size=SIZE,
    )
    return Page(waiting_of(session, page.rows), page.following)


def waiting_of(session: Session, rows: Sequence[Publication]) -> list[Waiting]:
    """These publications with what they may match."""
    proposed = {
        number: [one for one in found if one.decision is MatchDecision.PROPOSED]
        for number, found in matches_of(session, [row.id for row in rows]).items()
    }
    keys = {one.item_id for found in proposed.values() for one in found if one.item_id is not None}
    items = _items(session, keys)
    made = []
    for row in rows:
        found = sorted(proposed[row.id], key=lambda one: (-one.score, one.id))
        match = next((one for one in found if one.item_id is not None), None)
        item = items.get(match.item_id or 0) if match else None
        made.append(Waiting(row, match, item, [one for one in found if one.theme_id is not None]))
    return made


def _items(session: Session, keys: Collection[int]) -> dict[int, Item]:
    if not keys:
        return {}
    return {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(keys))).unique()}


def count_queue(session: Session, wanted: QueueFilter | None = None) -> int:
    """How many publications wait."""
    asked = select(func.count()).select_from(Publication)
    return session.scalar(_narrowed(asked, wanted or QueueFilter())) or 0


def ids_in_queue(session: Session, wanted: QueueFilter, *, up_to: int | None = None) -> list[int]:
    """Keys of what waits, at most ``MOST_AT_ONCE``, those found first first; none found after key *up_to*."""
    asked = _narrowed(select(Publication.id), wanted)
    if up_to is not None:
        asked = asked.where(Publication.id <= up_to)
    return list(session.scalars(asked.order_by(Publication.id).limit(MOST_AT_ONCE)))


def titles_in_queue(session: Session, wanted: QueueFilter, *, most: int) -> list[Publication]:
    """The newest that wait."""
    asked = _narrowed(select(Publication), wanted)
    asked = asked.order_by(Publication.published_at.desc(), Publication.id.desc()).limit(most)
    return list(session.scalars(asked))


def last_decision(session: Session, publication: Publication) -> AuditEntry | None:
    """The decision that took *publication* out of the queue, while nothing was done to it since; else None."""
    asked = (
        select(AuditEntry)
        .where(
            AuditEntry.subject_type == Publication.__tablename__,
            AuditEntry.subject_id == publication.id,
            AuditEntry.action.not_in(_NOTES),
        )
        .order_by(AuditEntry.id.desc())
        .limit(2)
    )
    deeds = list(session.scalars(asked))
    was_waiting = publication.logged_by_id is None and publication.slot_id is None
    if not (was_waiting and deeds and deeds[0].action in _DECISIONS):
        return None
    return deeds[0] if len(deeds) == 1 or deeds[1].action == "publication.undo" else None


def proposed_ids(session: Session, publication: Publication) -> tuple[int | None, set[int]]:
    """The item (the surest) and the themes that a publication may match."""
    [found] = waiting_of(session, [publication])
    item_id = found.item_match.item_id if found.item_match else None
    return item_id, {one.theme_id for one in found.themes if one.theme_id is not None}


def sightings_of(session: Session, publication: Publication) -> list[Sighting]:
    """Where a publication was seen, first first."""
    asked = (
        select(Sighting)
        .where(Sighting.publication_id == publication.id)
        .options(joinedload(Sighting.feed))
        .order_by(Sighting.seen_at, Sighting.entry_key)
        .limit(10)
    )
    return list(session.scalars(asked))
