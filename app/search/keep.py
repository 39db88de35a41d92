"""Entries are kept with their rows: at each flush for what it touched, and by ``rebuild`` for everything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, delete, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.clock import local_day
from app.db import Base
from app.search.models import INDEX, TABLE, SearchEntry, place
from app.search.searchable import Searchable, searchables
from app.search.words import indexed

BATCH = 1_000  # rows read, and entries written, at a time


@cache
def _of_class() -> dict[type[Base], list[tuple[Searchable, str, frozenset[str]]]]:
    """By class of a row: what is made of it, the attribute with its key, and the attributes that matter."""
    found: dict[type[Base], list[tuple[Searchable, str, frozenset[str]]]] = {}
    for one in searchables().values():
        found.setdefault(one.model, []).append((one, "id", one.watched))
        for other, attribute in one.also.items():
            found.setdefault(other, []).append((one, attribute, frozenset()))
    return found


@event.listens_for(Session, "after_flush")
def _keep(session: Session, context: object) -> None:
    """Write the entries of what this flush touched, on its own connection: no service has to remember."""
    touched: dict[int, set[int]] = {}
    gone: dict[int, set[int]] = {}
    kinds = {one.number: one for one in searchables().values()}
    for row, is_new in [*((row, True) for row in session.new), *((row, False) for row in session.dirty)]:
        for one, attribute, watched in _of_class().get(type(row), ()):
            if is_new or _changed(row, watched):
                touched.setdefault(one.number, set()).add(getattr(row, attribute))
    for row in session.deleted:
        for one, attribute, _ in _of_class().get(type(row), ()):
            bucket = gone if isinstance(row, one.model) else touched
            bucket.setdefault(one.number, set()).add(getattr(row, attribute))
    for number, keys in gone.items():
        _forget(session.connection(), kinds[number], keys)
    for number, keys in touched.items():
        renew(session.connection(), kinds[number], keys - gone.get(number, set()))


def _changed(row: object, watched: frozenset[str]) -> bool:
    """Whether a watched attribute of a changed row has another value now."""
    state = inspect(row)
    return not watched or any(state.attrs[name].history.has_changes() for name in watched)


def _forget(connection: Connection, one: Searchable, keys: Collection[int]) -> None:
    connection.execute(
        delete(SearchEntry).where(SearchEntry.kind == one.number, SearchEntry.ref_id.in_(keys))
    )


def renew(connection: Connection, one: Searchable, keys: Collection[int]) -> None:
    """Write the entries of these rows as the rows are now."""
    key = one.rows.selected_columns[0]
    for part in _parts(sorted(keys)):
        _write(connection, one, connection.execute(one.rows.where(key.in_(part))))


def _parts(keys: list[int]) -> Iterator[list[int]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))


def _write(connection: Connection, one: Searchable, rows: Iterable[Row[*tuple[Any, ...]]]) -> None:
    """Insert or replace one entry for each of *rows*."""
    made = [_entry(one, row[0], row[1], row[2:]) for row in rows]
    if not made:
        return
    kind = sqlite if connection.dialect.name == "sqlite" else postgresql
    asked = kind.insert(SearchEntry)
    names = ("id", "folded", "exact")
    connection.execute(
        asked.on_conflict_do_update(
            index_elements=["kind", "ref_id"], set_={name: asked.excluded[name] for name in names}
        ),
        made,
    )


def _entry(one: Searchable, key: int, day: date | None, texts: Iterable[str | None]) -> dict[str, object]:
    exact, folded = indexed(*texts)
    on = local_day(day) if isinstance(day, datetime) else day
    return {
        "id": place(one.number, on, key),
        "kind": one.number,
        "ref_id": key,
        "folded": folded,
        "exact": exact,
    }


def rebuild(session: Session, kinds: Collection[str] | None = None) -> int:
    """Make the entries of these kinds (all unless named) anew from their rows; returns how many there are.

    To be called after rows were written past the ORM (``session.execute(insert(...))``), in the same transaction.
    """
    return rebuild_on(session.connection(), kinds)


def rebuild_on(connection: Connection, kinds: Collection[str] | None = None) -> int:
    """``rebuild`` on a connection."""
    chosen = [one for kind, one in searchables().items() if kinds is None or kind in kinds]
    if kinds is not None:
        connection.execute(delete(SearchEntry).where(SearchEntry.kind.in_([one.number for one in chosen])))
        return sum(_fill(connection, one) for one in chosen)
    with_index = _without_index(connection)
    next(with_index)
    connection.execute(delete(SearchEntry))
    count = sum(_fill(connection, one) for one in chosen)
    next(with_index, None)
    return count


def _fill(connection: Connection, one: Searchable) -> int:
    """Write an entry for every row of a kind, read in order of its key."""
    key: Any = one.rows.selected_columns[0]
    count, last = 0, 0
    while True:
        asked = one.rows.where(key > last).order_by(key).limit(BATCH)
        rows = connection.execute(asked).all()
        _write(connection, one, rows)
        count += len(rows)
        if len(rows) < BATCH:
            return count
        last = rows[-1][0]


def _without_index(connection: Connection) -> Iterator[None]:
    """Fill the table first and index it as a whole then: SQLite's triggers rest between the two steps."""
    if connection.dialect.name != "sqlite":
        yield
        return
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    triggers = connection.execute(text(asked), {"table": TABLE}).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    connection.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608 - our own name
    for _, statement in triggers:
        connection.exec_driver_sql(statement)
