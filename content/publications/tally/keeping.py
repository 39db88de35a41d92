"""Keeps the counts right by itself: whatever a session changes of publications shows in them at its commit.

No service has to remember it. Before a flush changes a publication, its matches, or the type of an item that
publications carry, their cells are read; before the commit they are read again and the difference is moved, in one
order of cells, so that two who confirm whole lists at once do not wait for each other. Item lies below publications
and knows nothing of them; the session is where both meet. Rows written past the session (``insert(Match)``) are not
seen: ``rebuild_tally`` is for those who do that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, SessionTransaction

from content.items.models import Item
from content.publications.models import HOLDS, Match, Publication
from content.publications.tally.cells import Cell, cells_of
from content.publications.tally.services import hold_still, mark_matched, move_counts

_BEFORE = (
    "tally_before"  # in session.info: by publication, the (sub)transaction that read it and what it counted
)
Before = dict[int, tuple[SessionTransaction | None, Counter[Cell]]]


@event.listens_for(Session, "before_flush")
def _note_before(session: Session, context: object, instances: object) -> None:
    """Read what the publications count that this flush is about to change."""
    touched = [one for one in (*session.new, *session.dirty, *session.deleted) if _matters(session, one)]
    if not touched:
        return
    items = [one.id for one in touched if isinstance(one, Item)]
    hold_still(session, alone=bool(items))
    ids = {key for one in touched for key in _publications_of(one)}
    if items:
        carrying = select(Match.publication_id).where(Match.item_id.in_(items), Match.decision.in_(HOLDS))
        ids.update(session.scalars(carrying))
    _note(session, ids - _before(session).keys())


def _note(session: Session, ids: set[int]) -> None:
    """Lock publications (PostgreSQL) and keep what each counts."""
    if not ids:
        return
    locked = select(Publication.id).where(Publication.id.in_(ids)).order_by(Publication.id)
    session.execute(locked.with_for_update(key_share=True)).all()
    here = session.get_nested_transaction() or session.get_transaction()
    _before(session).update({key: (here, cells) for key, cells in cells_of(session, ids).items()})


@event.listens_for(Session, "after_flush")
def _note_new(session: Session, context: object) -> None:
    """A publication that was just written counted nothing before."""
    for one in session.new:
        if isinstance(one, Publication):
            _before(session).setdefault(one.id, (None, Counter()))


@event.listens_for(Session, "before_commit")
def settle(session: Session) -> None:
    """Move the counts by what this transaction changed. Callable before, for who reads them in the same transaction."""
    if session.in_nested_transaction():
        return
    session.flush()
    before: Before = session.info.pop(_BEFORE, {})
    if before:
        moved: Counter[Cell] = Counter()
        for cells in cells_of(session, before).values():
            moved.update(cells)
        for _, cells in before.values():
            moved.subtract(cells)
        move_counts(session, moved)
        mark_matched(session, before)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, ended: SessionTransaction) -> None:
    """What was read in a transaction that is undone was read under locks that are gone."""
    before = _before(session)
    for key in [key for key, (owner, _) in before.items() if _lies_within(owner, ended)]:
        del before[key]


def _lies_within(owner: SessionTransaction | None, ended: SessionTransaction) -> bool:
    """Whether *owner* is *ended* or was begun inside it; new rows have no owner and simply count nothing."""
    while owner is not None and owner is not ended:
        owner = owner.parent
    return owner is ended or ended.parent is None


def _before(session: Session) -> Before:
    found: Before = session.info.setdefault(_BEFORE, {})
    return found


def _matters(session: Session, one: object) -> bool:
    """Whether a change of this row may move a count."""
    if isinstance(one, Item):
        return one not in session.new and inspect(one).attrs["type"].history.has_changes()
    return isinstance(one, Publication | Match)


def _publications_of(one: Any) -> Iterator[int]:
    """The keys of the publications that a publication or a match is about, before the change and after it."""
    if isinstance(one, Publication) and one.id is not None:
        yield one.id
    elif isinstance(one, Match):
        past = inspect(one).attrs["publication_id"].history
        yield from (
            key for key in (*(past.deleted or ()), *(past.unchanged or ()), *(past.added or ())) if key
        )
