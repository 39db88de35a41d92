"""What an archive says of itself, and how its members are named, ordered and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, MetaData, Table

from app.search.models import TABLE, is_index

FORMAT = 1
MANIFEST = "manifest.json"
REVISIONS = "alembic_version"
DERIVED = (TABLE,)  # made anew from the other rows: never kept
BATCH = 500  # rows of one INSERT, and rows read at a time
BLOCK = 1 << 20  # bytes read at a time
SETTINGS = ("loa.toml", "secret_key")


@dataclass(frozen=True)
class TableInfo:
    """One table of the archive: its columns in the order of each line's values, and how many lines."""

    name: str
    columns: list[str]
    rows: int


@dataclass(frozen=True)
class Manifest:
    """What the archive says of itself; *members* are all other members with their SHA-256 and size in bytes."""

    format: int
    made_at: str
    database: str
    revision: str
    tables: list[TableInfo]
    members: dict[str, tuple[str, int]]

    @classmethod
    def read(cls, raw: bytes) -> Manifest:
        """The manifest of a JSON text.

        Raises:
            ValueError, KeyError, TypeError: it is none.
        """
        given = json.loads(raw)
        return cls(
            format=int(given["format"]),
            made_at=str(given["made_at"]),
            database=str(given["database"]),
            revision=str(given["revision"]),
            tables=[TableInfo(str(t["name"]), list(t["columns"]), int(t["rows"])) for t in given["tables"]],
            members={str(name): (str(sha), int(size)) for name, (sha, size) in given["members"].items()},
        )


def reflect(connection: Connection) -> MetaData:
    """The tables as the database has them; what a search index keeps for itself is none of ours."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not is_index(name))
    return found


def tables_of(connection: Connection) -> list[Table]:
    """The tables that are kept, in the order in which they can be filled."""
    left_out = (REVISIONS, *DERIVED)
    return in_order(table for name, table in reflect(connection).tables.items() if name not in left_out)


def in_order(tables: Iterable[Table]) -> list[Table]:
    """*tables*, each after those it refers to; itself and circles cannot be helped."""
    waiting, done = sorted(tables, key=lambda table: table.name), list[Table]()
    while waiting:
        names = {table.name for table in done}
        ready = [
            table
            for table in waiting
            if {key.column.table.name for key in table.foreign_keys} <= names | {table.name}
        ]
        done += ready or waiting[:1]
        names = {table.name for table in done}
        waiting = [table for table in waiting if table.name not in names]
    return done


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    with path.open("rb") as file:
        return digest(file)


def digest(content: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of what can be read, block by block."""
    total, size = hashlib.sha256(), 0
    while block := content.read(BLOCK):
        total.update(block)
        size += len(block)
    return total.hexdigest(), size
