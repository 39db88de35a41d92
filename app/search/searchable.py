"""What a room says of its rows so that they can be found. The wings name theirs in ``Feature.search``."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.db import Base
from app.feature import features, load

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Hit:
    """One thing that was found: its title, the page it leads to, and what stands below the title.

    *facts* are names, days, or values with a Word; *state* is a value with a Word, shown as a badge.
    """

    ref_id: int
    title: str
    endpoint: str
    values: Mapping[str, Any]
    facts: tuple[str | date | enum.StrEnum, ...] = ()
    state: enum.StrEnum | None = None


@dataclass(frozen=True)
class Searchable:
    """How the rows of one class are found.

    *number* (1 to 31) is part of the entries' keys and is never given to another; the more rows a kind has, the
    lower it is, since the index is read from its end. *order* is its place on a page. *rows* selects the key, the day
    that orders them (a day, a moment, or NULL), the title, and any further texts. *watched* are the attributes
    that the entry is made of; *also* are further classes it is made of, each with its attribute that holds the key.
    *visible* is the condition on the row under which somebody may know of it, None when nothing of it is theirs.
    *hits* tells the lines of these keys, which were allowed already. *is_narrow* says that this person may know
    of a small part of very many rows; the day of *rows* must then be a day, and never NULL.
    """

    number: int
    order: int
    model: type[Base]
    rows: Select[*tuple[Any, ...]]
    visible: Callable[[Access], ColumnElement[bool] | None]
    hits: Callable[[Session, Access, Sequence[int]], Iterable[Hit]]
    label: str
    icon: str
    watched: frozenset[str] = frozenset()
    also: Mapping[type[Base], str] = field(default_factory=dict)
    is_narrow: Callable[[Access], bool] = lambda access: False


def in_order(rows: Iterable[Row], ids: Sequence[int]) -> list[Row]:
    """*rows* in the order of *ids*; a key without a row is left out."""
    found = {row.id: row for row in rows}  # type: ignore[attr-defined]  # every row of ours has a key
    return [found[one] for one in ids if one in found]


@cache
def searchables() -> dict[str, Searchable]:
    """Everything that can be found, by kind, in the order in which a page shows it."""
    return {kind: load(name) for feature in features() for kind, name in feature.search.items()}
