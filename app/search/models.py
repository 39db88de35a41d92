"""One entry for each thing that can be found: its syllables, exact and folded, and a key that is its place in order.

The index over it is the database's own affair and lies beside the model: on SQLite the FTS5 table ``search_fts``
kept by triggers, on PostgreSQL the generated column ``words`` (weight A the folded, weight B the exact syllables).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, NfcText

TABLE = "search_entry"
INDEX = "search_fts"  # and the tables of SQLite's own that begin so
_REF_BITS, _DAY_BITS = 36, 22
REF = (1 << _REF_BITS) - 1


class SearchEntry(Base):
    """What can be found of one row. The id is made of kind, day and key, so that the newest of a kind is the highest."""

    __tablename__ = TABLE
    __table_args__ = (UniqueConstraint("kind", "ref_id"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    kind: Mapped[int]  # the Searchable's number
    ref_id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    folded: Mapped[str] = mapped_column(NfcText)
    exact: Mapped[str] = mapped_column(NfcText)


def place(kind: int, day: date | None, ref_id: int) -> int:
    """The id of an entry: higher is newer within its kind; what has no day stands behind all that have."""
    return kind << (_REF_BITS + _DAY_BITS) | (day.toordinal() if day else 0) << _REF_BITS | ref_id


def read_place(entry: int) -> tuple[date, int]:
    """The day and the key of an entry that has a day."""
    return date.fromordinal(entry >> _REF_BITS & (1 << _DAY_BITS) - 1 or 1), entry & REF


def places(kind: int) -> tuple[int, int]:
    """The lowest and the highest id of a kind."""
    return place(kind, None, 0), place(kind + 1, None, 0) - 1


def is_index(name: str | None) -> bool:
    """Whether a table, column or index of that name belongs to a database's own search index, not to the models."""
    return bool(name) and str(name).startswith((INDEX, "search_words"))
