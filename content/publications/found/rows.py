"""Rows written in bulk, where another writer may have written the same a moment before: twice is once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db import Base


def add_new(
    session: Session,
    table: type[Base],
    rows: Sequence[dict[str, Any]],
    *,
    giving: Sequence[InstrumentedAttribute[Any]] = (),
) -> list[tuple[Any, ...]]:
    """Write those of *rows* whose unique keys are free; what *giving* names of each that was written."""
    if not rows:
        return []
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(table).on_conflict_do_nothing()
    if giving:
        return [tuple(row) for row in session.execute(statement.returning(*giving), rows)]
    session.execute(statement, rows)
    return []
