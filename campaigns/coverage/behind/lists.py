"""The lists behind the numbers of coverage: what is promised, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import N_, Invalid
from campaigns.coverage.count import Promise, Source
from campaigns.coverage.queries import Covered
from content.items.models import ItemType
from content.outlets.models import Outlet, OutletKind
from content.themes.models import Theme

SIZE = 50  # rows of one page


@dataclass(frozen=True)
class Listed:
    """One page of a list behind a number: the number, its rows, and the cursor of the next page."""

    number: int
    rows: Sequence[object]
    following: str | None


@dataclass(frozen=True)
class PromisedRow:
    """What one target or series promises of one month on one outlet, kind, or anywhere."""

    theme: Theme
    outlet: Outlet | None
    outlet_kind: OutletKind | None
    item_type: ItemType | None
    month: date
    dues: Sequence[date]
    count: int
    source: Source


@dataclass(frozen=True)
class LateRow:
    """What is late of one month on one outlet, kind, or anywhere."""

    theme: Theme
    outlet: Outlet | None
    outlet_kind: OutletKind | None
    item_type: ItemType | None
    month: date
    due: int
    late: int


def list_promised(found: Covered, *, cursor: str) -> Listed:
    """The promises behind a "promised" number; the counts of all rows add up to it."""
    asked = found.asked
    themes = {theme.id: theme for theme in found.themes}
    grouped: dict[tuple[object, ...], list[Promise]] = {}
    for one in found.promises:
        if asked.holds(one.outlet_id, one.outlet_kind):
            key = (one.source, one.outlet_id, one.outlet_kind, one.item_type, one.theme_id, one.month)
            grouped.setdefault(key, []).append(one)
    rows = [
        PromisedRow(
            theme=themes[group[0].theme_id],
            outlet=found.outlets.get(group[0].outlet_id or 0),
            outlet_kind=group[0].outlet_kind,
            item_type=group[0].item_type,
            month=group[0].month,
            dues=[one.due_on for one in group],
            count=sum(one.count for one in group),
            source=group[0].source,
        )
        for group in grouped.values()
    ]
    rows.sort(
        key=lambda row: (
            row.month,
            row.dues[0],
            row.theme.sort_key,
            row.source.id,
            row.source.table,
            _place(row.outlet),
        )
    )
    return _sliced(sum(row.count for row in rows), rows, cursor)


def list_late(found: Covered, *, cursor: str) -> Listed:
    """What is behind a "late" number; what is late in all rows adds up to it."""
    asked = found.asked
    themes = {theme.id: theme for theme in found.themes}
    rows = [
        LateRow(
            theme=themes[one.theme_id],
            outlet=found.outlets.get(one.outlet_id or 0),
            outlet_kind=one.outlet_kind,
            item_type=one.item_type,
            month=one.month,
            due=one.due,
            late=one.late,
        )
        for one in found.coverage.lacks
        if asked.holds(one.outlet_id, one.outlet_kind)
    ]
    rows.sort(key=lambda row: (row.month, row.theme.sort_key, _place(row.outlet), row.outlet_kind or ""))
    return _sliced(sum(row.late for row in rows), rows, cursor)


def _place(outlet: Outlet | None) -> str:
    return outlet.sort_key if outlet else ""


def _sliced(number: int, rows: Sequence[object], cursor: str) -> Listed:
    """One page of rows that were computed; the cursor says how many came before."""
    if cursor and not (cursor.isdecimal() and len(cursor) < 10):
        raise Invalid(N_("Địa chỉ trang không đúng. Hãy mở lại danh sách từ đầu."))
    begin = int(cursor or 0)
    end = begin + SIZE
    return Listed(number, rows[begin:end], str(end) if end < len(rows) else None)
