"""The counts of publications, moved in the transaction that moves what they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from sqlalchemy import Insert, Update, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from content.items.models import Item
from content.publications.models import COUNTED, HOLDS, Match, Publication
from content.publications.tally.models import Tally


class Cell(NamedTuple):
    """What is counted together; *month* is its first day, *item_type* "" where no item of ours was carried."""

    theme_id: int
    outlet_id: int
    month: date
    item_type: str


@contextmanager
def counted_anew(session: Session, publication_ids: Collection[int]) -> Iterator[None]:
    """Let a change of these publications or of their matches show in the counts, in the same transaction.

    Who changes them holds their version (Versioned), so that of two changes at once one is refused whole.
    """
    before = cells_of(session, publication_ids)
    yield
    session.flush()
    after = cells_of(session, publication_ids)
    after.subtract(before)
    move_counts(session, after)


def count_new(session: Session, publication_ids: Collection[int]) -> None:
    """Count publications that were written in this transaction with their matches."""
    session.flush()
    move_counts(session, cells_of(session, publication_ids))


def cells_of(session: Session, publication_ids: Collection[int]) -> Counter[Cell]:
    """What these publications add to each cell now."""
    carried = aliased(Match)
    asked = (
        select(Match.theme_id, Publication.outlet_id, Publication.published_on, Item.type)
        .join(Publication, Publication.id == Match.publication_id)
        .join(
            carried,
            and_(
                carried.publication_id == Publication.id,
                carried.item_id.is_not(None),
                carried.decision.in_(HOLDS),
            ),
            isouter=True,
        )
        .join(Item, Item.id == carried.item_id, isouter=True)
        .where(
            Publication.id.in_(publication_ids),
            Publication.status.in_(COUNTED),
            Match.theme_id.is_not(None),
            Match.decision.in_(HOLDS),
        )
    )
    found: Counter[Cell] = Counter()
    for theme_id, outlet_id, day, item_type in session.execute(asked) if publication_ids else ():
        if theme_id is not None:
            found[Cell(theme_id, outlet_id, day.replace(day=1), item_type.value if item_type else "")] += 1
    return found


def move_counts(session: Session, moved: Counter[Cell]) -> None:
    """Add *moved* (which may hold negative numbers) to the table, cell by cell in one order: no deadlock."""
    for cell in sorted(moved):
        if moved[cell]:
            session.execute(_moved(session, cell, moved[cell]))


def _moved(session: Session, cell: Cell, by: int) -> Insert | Update:
    """Add to a cell, or make it; what goes down is there already (a check would refuse to make it below zero)."""
    if by < 0:
        same = [getattr(Tally, name) == value for name, value in cell._asdict().items()]
        return update(Tally).where(*same).values(count=Tally.count + by)
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    made = make(Tally).values(**cell._asdict(), count=by)
    keys = [Tally.theme_id, Tally.outlet_id, Tally.month, Tally.item_type]
    return made.on_conflict_do_update(index_elements=keys, set_={"count": Tally.count + by})
