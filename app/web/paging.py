"""Keyset pages: the next page begins after the last row seen, so a million rows cost what fifty do."""

from __future__ import annotations

import base64
import binascii
import enum
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import N_, Invalid

Row = TypeVar("Row")
SIZE = 50
LONGEST = 4_000  # of a cursor; a title at most and a number


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows and the cursor of the one after it, None on the last."""

    rows: Sequence[Row]
    following: str | None


def paginate(
    session: Session,
    asked: Select[Row],
    keys: Sequence[InstrumentedAttribute[Any]],
    *,
    cursor: str | None,
    descending: bool = True,
    size: int = SIZE,
) -> Page[Row]:
    """One page of *asked* ordered by *keys*, beginning after *cursor*.

    The keys must be columns of the row's class, together unique (end with the primary key) and without NULL.

    Raises:
        Invalid: the cursor is not one that we made.
    """
    if cursor:
        bound = tuple_(*_decode(cursor, keys), types=[key.type for key in keys])
        asked = asked.where(tuple_(*keys) < bound if descending else tuple_(*keys) > bound)
    order = [key.desc() if descending else key.asc() for key in keys]
    found = session.scalars(asked.order_by(*order).limit(size + 1)).unique().all()
    rows = found[:size]
    following = _encode([getattr(rows[-1], key.key) for key in keys]) if len(found) > size else None
    return Page(rows, following)


def _encode(values: Sequence[object]) -> str:
    """Values of the last row as a short opaque word."""
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def _decode(cursor: str, keys: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    """The values that ``_encode`` was given."""
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor[:LONGEST] + "=" * (-len(cursor) % 4)))
        return [_read(key, value) for key, value in zip(keys, plain, strict=True)]
    except (ValueError, TypeError, binascii.Error, OverflowError, RecursionError) as fault:
        raise Invalid(N_("Địa chỉ trang không đúng. Hãy mở lại danh sách từ đầu.")) from fault


def _read(key: InstrumentedAttribute[Any], value: object) -> Any:
    """A value of this column, read back from text.

    Raises:
        ValueError, TypeError: it is none that the column could hold.
    """
    kind: type[Any] = getattr(key.type, "impl_instance", key.type).python_type  # ours wrap a plain type
    if issubclass(kind, datetime):
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment.astimezone(UTC)
    if issubclass(kind, date):
        return date.fromisoformat(str(value))
    if issubclass(kind, enum.Enum):
        return kind(value)
    if type(value) is not kind or (isinstance(value, int) and not abs(value) < 2**63):
        raise TypeError(value)
    return value
