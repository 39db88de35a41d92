"""The table of a coverage page: rows are themes, columns are outlets by kind or the months of a year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.coverage.asked import Asked, Span, months_of
from campaigns.coverage.count import Count, Coverage
from campaigns.coverage.queries import Covered
from content.outlets.models import Outlet, OutletKind
from content.themes.models import Theme

WIDEST = 30  # outlets side by side; with more of them the kinds stand alone until one is chosen


@dataclass(frozen=True)
class Column:
    """One column: an outlet, a kind's subtotal, a month, or the total (none of the three)."""

    outlet: Outlet | None = None
    kind: OutletKind | None = None
    month: Span | None = None

    @property
    def is_sum(self) -> bool:
        """Whether other columns are contained in it."""
        return self.outlet is None and self.month is None


@dataclass(frozen=True)
class Cell:
    """Three numbers and the address (after ``?``) of the lists behind them."""

    count: Count
    query: str


@dataclass(frozen=True)
class Line:
    """One row; without a theme it is the total of all rows."""

    theme: Theme | None
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """The whole table. ``is_folded`` says that there are too many outlets to stand side by side."""

    columns: Sequence[Column]
    lines: Sequence[Line]
    total: Line
    is_folded: bool


Counter = Callable[[int, Column], Count]


def by_outlet(found: Covered) -> Table:
    """Theme x outlet, with a subtotal for each kind and the total."""
    columns, is_folded = _columns_of_outlets(found)
    months = [month.first for month in found.asked.span.period.months()]
    counts = found.coverage

    def count(theme_id: int, column: Column) -> Count:
        return sum((_in_month(counts, theme_id, column, month, found.asked) for month in months), Count())

    return _filled(found, columns, count, is_folded=is_folded)


def by_month(found: Covered) -> Table:
    """Theme x month of the span, with the total."""
    columns = [Column(month=month) for month in months_of(found.asked.span)]
    months = [column.month.period.first for column in columns if column.month is not None]

    def count(theme_id: int, column: Column) -> Count:
        chosen = months if column.month is None else [column.month.period.first]
        return sum(
            (_in_month(found.coverage, theme_id, Column(), month, found.asked) for month in chosen), Count()
        )

    return _filled(found, [Column(), *columns], count, is_folded=False)


def _in_month(counts: Coverage, theme_id: int, column: Column, month: date, asked: Asked) -> Count:
    """The numbers of one theme in one month, for that column and the kind that was asked for."""
    if column.outlet is not None:
        return counts.outlets.get((theme_id, column.outlet.id, month), Count())
    kind = column.kind or asked.kind
    if kind is not None:
        return counts.kinds.get((theme_id, kind, month), Count())
    return counts.themes.get((theme_id, month), Count())


def _columns_of_outlets(found: Covered) -> tuple[list[Column], bool]:
    """Outlets that promise or published something, grouped by kind in the order of kinds, then the total."""
    asked = found.asked
    used = sorted(found.outlets.values(), key=lambda one: (one.sort_key, one.id))
    kinds = {one.kind for one in used} | {kind for _, kind, _ in found.coverage.kinds}
    chosen = [kind for kind in OutletKind if kind in kinds and asked.kind in (None, kind)]
    is_folded = asked.kind is None and len(used) > WIDEST
    columns: list[Column] = []
    for kind in chosen:
        if not is_folded:
            columns += [Column(outlet=one, kind=kind) for one in used if one.kind is kind]
        # A kind with one outlet is that outlet; but a promise to the kind itself must have its column.
        alone = sum(one.kind is kind for one in used) == 1 and not _is_promised(found, kind)
        if asked.kind is None and (is_folded or not alone):
            columns.append(Column(kind=kind))
    return [Column(), *columns], is_folded


def _is_promised(found: Covered, kind: OutletKind) -> bool:
    """Whether something is promised on any outlet of that kind."""
    return any(one.outlet_id is None and one.outlet_kind is kind for one in found.promises)


def _filled(found: Covered, columns: Sequence[Column], count: Counter, *, is_folded: bool) -> Table:
    """Every cell, and the sums of all rows."""
    lines, sums = [], [Count() for _ in columns]
    for theme in found.themes:
        counts = [count(theme.id, column) for column in columns]
        sums = [before + here for before, here in zip(sums, counts, strict=True)]
        lines.append(Line(theme, _cells(found.asked, columns, counts, theme)))
    return Table(columns, lines, Line(None, _cells(found.asked, columns, sums, None)), is_folded)


def _cells(
    asked: Asked, columns: Sequence[Column], counts: Sequence[Count], theme: Theme | None
) -> list[Cell]:
    made = []
    for column, count in zip(columns, counts, strict=True):
        at = asked.at(
            theme_id=theme.id if theme else None,
            kind=column.kind if column.outlet is None else None,
            outlet_id=column.outlet.id if column.outlet else None,
            span=column.month,
        )
        made.append(Cell(count, at.query))
    return made
