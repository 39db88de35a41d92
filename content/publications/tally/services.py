"""The counts of publications: moved by what changed, made anew from the rows, and compared with them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, Table, delete, exists, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from content.publications.models import HOLDS, LOOSE, Match, Publication
from content.publications.tally.cells import MOST_AT_ONCE, Cell, recounted
from content.publications.tally.models import Tally

_TALLY: Table = Tally.metadata.tables["tally"]
_PUBLICATION: Table = Publication.metadata.tables["publication"]
_KEYS = ("theme_id", "outlet_id", "month", "item_type")
_LOCK = 0x10A5C0E  # PostgreSQL advisory lock: who changes publications shares it, who must see them stand still has it alone
log = logging.getLogger("loa.tally")


def hold_still(session: Session, *, alone: bool) -> None:
    """On PostgreSQL: let no recount and no new type of an item come between reading and moving the counts.

    SQLite has one writer at a time and needs no lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        session.execute(text(f"SELECT {lock}(:lock)"), {"lock": _LOCK})


def move_counts(session: Session, moved: Counter[Cell]) -> None:
    """Add *moved* (which may hold negative numbers) to the table, cell by cell in one order: no deadlock."""
    for cell in sorted(moved):
        if moved[cell] > 0:
            _raise(session, cell, moved[cell])
        elif moved[cell] < 0:
            _lower(session, cell, -moved[cell])


def _raise(session: Session, cell: Cell, by: int) -> None:
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    made = make(_TALLY).values(**cell._asdict(), count=by)
    session.execute(
        made.on_conflict_do_update(index_elements=_KEYS, set_={"count": _TALLY.c.count + made.excluded.count})
    )


def _lower(session: Session, cell: Cell, by: int) -> None:
    """Take from a cell; one that holds less than it should (rows written past the session) is counted anew."""
    same = [_TALLY.c[name] == value for name, value in cell._asdict().items()]
    left = update(_TALLY).where(*same, _TALLY.c.count >= by).values(count=_TALLY.c.count - by)
    if session.connection().execute(left).rowcount == 0:
        log.warning("cell %s held too little and is counted anew; run: python -m app coverage recount", cell)
        session.execute(delete(_TALLY).where(*same))
        session.execute(insert(_TALLY).from_select([*_KEYS, "count"], _recount_of(session, cell)))


def _recount_of(session: Session, cell: Cell) -> Select[*tuple[Any, ...]]:
    every = recounted(session.get_bind().dialect.name).subquery()
    same = [every.c[name] == value for name, value in cell._asdict().items()]
    return select(*every.c).where(*same)


def mark_matched(session: Session, publication_ids: Collection[int]) -> None:
    """Write on these publications whether they match anything; their version stays, this is nobody's change."""
    table, ids = _PUBLICATION, sorted(publication_ids)
    holds = exists(
        select(Match.id).where(Match.publication_id == table.c.id, Match.decision.not_in(LOOSE))
    ).correlate(table)
    for begin in range(0, len(ids), MOST_AT_ONCE):
        some = table.c.id.in_(ids[begin : begin + MOST_AT_ONCE])
        session.execute(update(table).where(some, table.c.is_matched != holds).values(is_matched=holds))


def rebuild_tally(session: Session) -> int:
    """Count everything anew from the rows, for who wrote publications past the session (bulk inserts); the cells made.

    Which publications match anything is written anew too.
    """
    session.flush()
    hold_still(session, alone=True)
    session.execute(delete(_TALLY))
    counted = recounted(session.get_bind().dialect.name)
    session.execute(insert(_TALLY).from_select([*_KEYS, "count"], counted))
    # One statement each way: "<> (id IN ...)" would make PostgreSQL walk all matches for each publication.
    matching = select(Match.publication_id).where(Match.decision.in_(HOLDS))
    is_in, is_held = _PUBLICATION.c.id.in_(matching), _PUBLICATION.c.is_matched
    session.execute(update(_PUBLICATION).where(~is_held, is_in).values(is_matched=True))
    lost = ~exists(matching.where(Match.publication_id == _PUBLICATION.c.id))
    session.execute(update(_PUBLICATION).where(is_held, lost).values(is_matched=False))
    return session.scalar(select(func.count()).select_from(_TALLY)) or 0


def compare_tally(session: Session) -> dict[Cell, tuple[int, int]]:
    """The cells in which the table differs from a recount: what it holds, and what it should hold."""
    held = _as_cells(session, select(*(_TALLY.c[key] for key in _KEYS), _TALLY.c.count))
    right = _as_cells(session, recounted(session.get_bind().dialect.name))
    differing = [cell for cell in held.keys() | right.keys() if held.get(cell, 0) != right.get(cell, 0)]
    return {cell: (held.get(cell, 0), right.get(cell, 0)) for cell in sorted(differing)}


def _as_cells(session: Session, asked: Select[*tuple[Any, ...]]) -> dict[Cell, int]:
    return {Cell(*row[:4]): row[4] for row in session.execute(asked) if row[4]}
