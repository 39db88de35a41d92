"""The table of a coverage page: rows are themes, columns are outlets by kind or the months of a year. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.clock import Period
from campaigns.coverage.asked import Asked, Span, months_of
from campaigns.coverage.count import Count, Place
from campaigns.coverage.queries import Covered
from campaigns.coverage.silence import Silence, Why
from content.outlets.models import Outlet, OutletKind
from content.themes.models import Theme

WIDEST = 10  # outlets side by side; with more of them the kinds stand alone until one is chosen
MOST_IDLE = 24  # outlets of a chosen kind up to which those without anything stand in the table too


@dataclass(frozen=True)
class Column:
    """One column: an outlet, a kind's subtotal, a month, or the total (none of the three).

    *outlet_ids* are the outlets that it holds, for who asks what their silence is worth.
    """

    outlet: Outlet | None = None
    kind: OutletKind | None = None
    month: Span | None = None
    outlet_ids: tuple[int, ...] = ()

    @property
    def is_sum(self) -> bool:
        """Whether other columns are contained in it."""
        return self.outlet is None and self.month is None

    @property
    def place(self) -> Place:
        """Where its counts are kept."""
        return self.outlet.id if self.outlet is not None else self.kind


@dataclass(frozen=True)
class Cell:
    """Three numbers, what silence is worth where nothing is done, and the address (after ``?``) of the lists behind."""

    count: Count
    query: str
    silences: Sequence[Silence] = ()

    @cached_property
    def silence(self) -> Silence | None:
        """What the silence of all outlets in the cell is worth: known only when each one's is."""
        order = list(Why)
        unknown = [one for one in self.silences if not one.is_known]
        return min(unknown or self.silences, key=lambda one: order.index(one.why), default=None)

    @property
    def unknown(self) -> int:
        """Of how many outlets the silence is not known."""
        return sum(not one.is_known for one in self.silences)

    @property
    def share(self) -> float | None:
        """Done of promised, 1.0 is all; None where nothing is promised."""
        return self.count.done / self.count.promised if self.count.promised else None


@dataclass(frozen=True)
class Line:
    """One row; without a theme it is the total of all rows. *trend* is twelve months."""

    theme: Theme | None
    cells: Sequence[Cell]
    trend: Sequence[int] = ()


@dataclass(frozen=True)
class Table:
    """The whole table. ``is_folded`` says that there are too many outlets to stand side by side."""

    columns: Sequence[Column]
    lines: Sequence[Line]
    total: Line
    is_folded: bool


Counter = Callable[[int, Column], Count]


def elapsed(period: Period, today: date) -> float:
    """How much of *period* has passed with *today*: 0.0 to 1.0."""
    days = (period.last - period.first).days + 1
    return min(max((today - period.first).days + 1, 0), days) / days


def by_outlet(found: Covered) -> Table:
    """Theme x outlet, with a subtotal for each kind and the total."""
    columns, is_folded = _columns_of_outlets(found)
    counts, nothing = found.coverage.of_span, Count()

    def count(theme_id: int, column: Column) -> Count:
        place = column.place if column.place is not None else found.asked.kind
        return counts.get((theme_id, place), nothing)

    return _filled(found, columns, count, is_folded=is_folded)


def by_month(found: Covered) -> Table:
    """Theme x month of the span, with the total."""
    columns = [Column(month=month) for month in months_of(found.asked.span)]
    months = [column.month.period.first for column in columns if column.month is not None]
    counts, nothing = found.coverage.counts, Count()

    def count(theme_id: int, column: Column) -> Count:
        chosen = months if column.month is None else [column.month.period.first]
        return sum((counts.get((theme_id, found.asked.kind, month), nothing) for month in chosen), nothing)

    return _filled(found, [Column(), *columns], count, is_folded=False)


def _columns_of_outlets(found: Covered) -> tuple[list[Column], bool]:
    """Outlets grouped by kind in the order of kinds, the total first."""
    kind_asked = found.asked.kind
    used = _sorted(found.outlets.values(), kind_asked)
    every = _sorted([*found.outlets.values(), *found.idle], kind_asked)
    kinds = {one.kind for one in every}
    kinds |= {place for _, place, _ in found.coverage.counts if isinstance(place, OutletKind)}
    is_folded = kind_asked is None and len(every) > WIDEST
    beside = every if len(every) <= (WIDEST if kind_asked is None else MOST_IDLE) else used
    columns = [Column(outlet_ids=_keys(every))]
    for kind in [one for one in OutletKind if one in kinds and kind_asked in (None, one)]:
        if not is_folded:
            columns += [
                Column(outlet=one, kind=kind, outlet_ids=(one.id,)) for one in beside if one.kind is kind
            ]
        # A kind with one outlet is that outlet; but a promise to the kind itself must have its column.
        alone = sum(one.kind is kind for one in every) == 1 and not _is_promised(found, kind)
        if kind_asked is None and (is_folded or not alone):
            columns.append(Column(kind=kind, outlet_ids=_keys(one for one in every if one.kind is kind)))
    return columns, is_folded


def _sorted(outlets: Iterable[Outlet], kind: OutletKind | None) -> list[Outlet]:
    """Those of the kind that was asked for, in Vietnamese order."""
    chosen = [one for one in outlets if kind in (None, one.kind)]
    return sorted(chosen, key=lambda one: (one.sort_key, one.id))


def _keys(outlets: Iterable[Outlet]) -> tuple[int, ...]:
    return tuple(one.id for one in outlets)


def _is_promised(found: Covered, kind: OutletKind) -> bool:
    """Whether something is promised on any outlet of that kind."""
    return any(one.outlet_id is None and one.outlet_kind is kind for one in found.promises)


def _filled(found: Covered, columns: Sequence[Column], count: Counter, *, is_folded: bool) -> Table:
    """Every cell, and the sums of all rows."""
    lines, sums = [], [Count() for _ in columns]
    for theme in found.themes:
        counts = [count(theme.id, column) for column in columns]
        sums = [before + here for before, here in zip(sums, counts, strict=True)]
        lines.append(Line(theme, _cells(found, columns, counts, theme), found.trend.get(theme.id, ())))
    trend = [sum(months) for months in zip(*found.trend.values(), strict=True)]
    return Table(columns, lines, Line(None, _cells(found, columns, sums, None), trend), is_folded)


def _cells(
    found: Covered, columns: Sequence[Column], counts: Sequence[Count], theme: Theme | None
) -> list[Cell]:
    made, asked = [], found.asked
    themes = [theme.id] if theme else [one.id for one in found.themes]
    for column, count in zip(columns, counts, strict=True):
        query = _query(asked, column, theme)
        silences = () if count.done else found.silences.of(themes, column.outlet_ids)
        made.append(Cell(count, query, silences))
    return made


def _query(asked: Asked, column: Column, theme: Theme | None) -> str:
    return asked.at(
        theme_id=theme.id if theme else None,
        kind=column.kind if column.outlet is None else None,
        outlet_id=column.outlet.id if column.outlet else None,
        span=column.month,
    ).query
