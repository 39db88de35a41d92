"""Rows by the thousand, past the services: for sizes that nobody types."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Insert, String, bindparam, func, insert, select, text
from sqlalchemy.orm import Session

from app.db import NfcString

AT_ONCE = 2_000  # rows in one statement


class Bulk:
    """Writes rows whose keys are given out beforehand, so that what refers to them can be made beside them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.filled: dict[str, type[Any]] = {}

    def keys(self, kind: type[Any], count: int) -> range:
        """So many keys that follow those of the table."""
        last = self.session.scalar(select(func.max(kind.id))) or 0
        return range(last + 1, last + 1 + count)

    def put(self, kind: type[Any], rows: Iterable[dict[str, Any]]) -> int:
        """Write the rows as they come, all with the same columns; how many there were."""
        self.filled[kind.__tablename__] = kind
        coming, written, statement = iter(rows), 0, None
        while chunk := list(islice(coming, AT_ONCE)):
            if statement is None:
                statement = _statement(kind, chunk[0])
            self.session.execute(statement, chunk)
            written += len(chunk)
        return written

    def close(self) -> None:
        """Let the database go on counting where the rows end, and look at what it now holds."""
        if self.session.get_bind().dialect.name == "postgresql":
            for name, kind in self.filled.items():
                if hasattr(kind, "id"):
                    last = self.session.scalar(select(func.max(kind.id)))
                    set_next = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
                    self.session.execute(set_next, {"name": f'"{name}"', "last": last})
        self.session.execute(text("ANALYZE"))


def _statement(kind: type[Any], row: dict[str, Any]) -> Insert:
    """The INSERT of such rows. Text is taken as it is: cleaning our own half a million times takes half the time."""
    columns = {name: kind.__table__.columns[name].type for name in row}
    plain = {
        name: bindparam(name, type_=String() if isinstance(of, NfcString) else of)
        for name, of in columns.items()
    }
    return insert(kind.__table__).values(plain)
