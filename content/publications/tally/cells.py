"""What a counted publication adds to which cell: the one rule that counts, in SQL, for few rows and for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Select, String, cast, func, literal, select
from sqlalchemy.orm import Session, aliased

from content.items.models import Item, ItemType
from content.publications.models import COUNTED, HOLDS, Match, Publication

MOST_AT_ONCE = 500  # keys in one IN


class Cell(NamedTuple):
    """What is counted together; *month* is its first day, *item_type* "" where no item of ours was carried."""

    theme_id: int
    outlet_id: int
    month: date
    item_type: str


def type_carried() -> ColumnElement[ItemType]:
    """The type of the item that a publication carries: of the first match, should several hold."""
    carries = aliased(Match)
    return (
        select(Item.type)
        .join(carries, carries.item_id == Item.id)
        .where(carries.publication_id == Publication.id, carries.decision.in_(HOLDS))
        .order_by(carries.id)
        .limit(1)
        .correlate(Publication)
        .scalar_subquery()
    )


def is_counted() -> tuple[ColumnElement[bool], ...]:
    """What makes a match with a theme count; of Match joined with Publication."""
    return (
        Publication.status.in_(COUNTED),
        Match.theme_id.is_not(None),
        Match.decision.in_(HOLDS),
    )


def cells_of(session: Session, publication_ids: Collection[int]) -> dict[int, Counter[Cell]]:
    """What each of these publications adds to which cells now."""
    found: dict[int, Counter[Cell]] = {key: Counter() for key in publication_ids}
    ids = sorted(found)
    for begin in range(0, len(ids), MOST_AT_ONCE):
        asked = (
            select(
                Publication.id,
                Match.theme_id,
                Publication.outlet_id,
                Publication.published_on,
                type_carried(),
            )
            .join(Publication, Publication.id == Match.publication_id)
            .where(Publication.id.in_(ids[begin : begin + MOST_AT_ONCE]), *is_counted())
        )
        for key, theme_id, outlet_id, day, item_type in session.execute(asked):
            if theme_id is not None:
                found[key][Cell(theme_id, outlet_id, day.replace(day=1), item_type or "")] += 1
    return found


def recounted(dialect: str) -> Select[int | None, int, date, str, int]:
    """Every cell counted from the rows: theme, outlet, month, type and count."""
    month: ColumnElement[date] = (
        cast(func.date_trunc("month", Publication.published_on), Date)
        if dialect == "postgresql"
        else func.date(Publication.published_on, "start of month", type_=Date)
    )
    rows = (
        select(
            Match.theme_id,
            Publication.outlet_id,
            month.label("month"),
            func.coalesce(cast(type_carried(), String(40)), literal("")).label("item_type"),
        )
        .join(Publication, Publication.id == Match.publication_id)
        .where(*is_counted())
        .subquery()
    )
    return select(*rows.c, func.count()).group_by(*rows.c)
