"""Counting what was published against what was promised. Pure: no database, no clock.

What is promised
    A target promises ``count`` publications of its theme by ``due_on``; it belongs to the month of that day. A
    weekly series promises its quota for each outlet in each ISO week whose Sunday lies in the month and within the
    series' days, due on that Sunday; a monthly one in each month that its days touch, due on the last of them.
    What was archived promises nothing after that day.

What is done
    A publication counts once for each of its themes, on the local day on which it went out.

What is late
    Of what was due before today in a month, what was not published in that month. Each publication is set against
    one promise, the narrowest first: its outlet's, then its kind's, then the theme's; a promise of a type of item
    before one of any type. So a surplus on one outlet never hides what another one owes, and the late number of a
    total is the sum of those it holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from app.clock import Period
from campaigns.board.models import Cadence
from content.items.models import ItemType
from content.outlets.models import OutletKind

SUNDAY = 7  # of date.isoweekday
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Source:
    """Where a promise comes from: ``target`` or ``series``, its key and name, and its campaign."""

    table: str
    id: int
    name: str
    campaign_id: int
    campaign: str


@dataclass(frozen=True)
class Promise:
    """So many publications of a theme by a day: on one outlet, on a kind, or anywhere; perhaps of one type."""

    theme_id: int
    outlet_id: int | None
    outlet_kind: OutletKind | None  # the outlet's own kind when an outlet is named
    item_type: ItemType | None
    due_on: date
    count: int
    source: Source

    @property
    def month(self) -> date:
        """The first day of the month it belongs to."""
        return self.due_on.replace(day=1)


class Fact(NamedTuple):
    """Publications of one theme on one outlet in the month that begins on ``month``.

    ``item_type`` is that of the item they carry, None when they carry none or no promise asks for a type.
    """

    theme_id: int
    outlet_id: int
    month: date
    count: int = 1  # type: ignore[assignment]  # a tuple counts too; ours is a number
    item_type: ItemType | None = None


class Count(NamedTuple):
    """Three numbers of one cell."""

    promised: int = 0
    done: int = 0
    late: int = 0

    def __add__(self, other: Count) -> Count:  # type: ignore[override]
        return Count(self[0] + other[0], self[1] + other[1], self[2] + other[2])


@dataclass(frozen=True)
class Lack:
    """What one scope still owes of a month: promised and due, set against it, and the rest (never 0)."""

    theme_id: int
    outlet_id: int | None
    outlet_kind: OutletKind | None
    item_type: ItemType | None
    month: date
    due: int
    late: int


Place = int | OutletKind | None  # an outlet's key, a kind of outlet, or all of them


@dataclass(frozen=True)
class Coverage:
    """Counts by (theme, place, month), and what is late, scope by scope."""

    counts: Mapping[tuple[int, Place, date], Count]
    lacks: Sequence[Lack]

    @property
    def total(self) -> Count:
        """All themes and months together; a publication of two themes counts for each."""
        return sum((count for (_, place, _), count in self.counts.items() if place is None), Count())

    @cached_property
    def of_span(self) -> dict[tuple[int, Place], Count]:
        """The counts of all months together by (theme, place)."""
        found: dict[tuple[int, Place], Count] = {}
        for (theme, place, _), count in self.counts.items():
            before = found.get((theme, place))
            found[theme, place] = count if before is None else before + count
        return found


def dues_of_series(cadence: Cadence, first: date, last: date, months: Iterable[Period]) -> list[date]:
    """The days on which a series' quota falls due in *months*; its days run from *first* to *last*."""
    dues = []
    for month in months:
        if cadence is Cadence.WEEKLY:
            sunday = month.first + timedelta(days=SUNDAY - month.first.isoweekday())
            while sunday <= month.last:
                dues += [sunday] if first <= sunday <= last else []
                sunday += WEEK
        elif first <= month.last and last >= month.first:
            dues.append(min(month.last, last))
    return dues


def last_day(ends_on: date, *archived_on: date | None) -> date:
    """The last day on which something promises: its own end, or the day it was archived."""
    return min([ends_on, *(day for day in archived_on if day is not None)])


def month_of(day: date) -> date:
    """The first day of the month that holds *day*."""
    return day.replace(day=1)


def count_coverage(
    promises: Iterable[Promise],
    facts: Iterable[Fact],
    *,
    kinds: Mapping[int, OutletKind],
    months: Iterable[Period],
    today: date,
) -> Coverage:
    """Count *facts* against *promises* in *months*; *kinds* says of each outlet in either what kind it is."""
    wanted = {month.first for month in months}
    kept = [one for one in promises if one.month in wanted]
    done = [one for one in facts if one.month in wanted]
    lacks = _lacks([one for one in kept if one.due_on < today], done, kinds)
    promised_at: Counter[tuple[int, Place, date]] = Counter()
    done_at: Counter[tuple[int, Place, date]] = Counter()
    late_at: Counter[tuple[int, Place, date]] = Counter()
    for one in kept:
        month = one.month
        for place in _places(one.outlet_id, one.outlet_kind):
            promised_at[one.theme_id, place, month] += one.count
    for theme, outlet, month, count, _ in done:
        done_at[theme, outlet, month] += count
        done_at[theme, kinds[outlet], month] += count
        done_at[theme, None, month] += count
    for lack in lacks:
        for place in _places(lack.outlet_id, lack.outlet_kind):
            late_at[lack.theme_id, place, lack.month] += lack.late
    counts = {at: Count(0, number, 0) for at, number in done_at.items()}
    for at, number in promised_at.items():
        counts[at] = Count(number, done_at[at], late_at[at])
    return Coverage(counts, lacks)


def _places(outlet_id: int | None, kind: OutletKind | None) -> Iterator[Place]:
    """Where a promise is counted: on its outlet, in its kind, and in all."""
    if outlet_id is not None:
        yield outlet_id
    if kind is not None:
        yield kind
    yield None


_Published = dict[int, dict[ItemType | None, int]]  # by outlet and type
Scope = tuple[int | None, OutletKind | None]  # outlet and kind; (None, None) is anywhere


def _lacks(due: Iterable[Promise], facts: Iterable[Fact], kinds: Mapping[int, OutletKind]) -> list[Lack]:
    """What is late, theme by theme and month by month."""
    promised: dict[tuple[int, date], dict[Scope, Counter[ItemType | None]]] = defaultdict(dict)
    for one in due:
        scopes = promised[one.theme_id, one.month]
        scope = (one.outlet_id, one.outlet_kind)
        scopes.setdefault(scope, Counter())[one.item_type] += one.count
    published: dict[tuple[int, date], _Published] = {key: {} for key in promised}
    for theme, outlet, month, count, item_type in facts:
        if (there := published.get((theme, month))) is not None:
            at = there.setdefault(outlet, {})
            at[item_type] = at.get(item_type, 0) + count
    found: list[Lack] = []
    for (theme, month), scopes in sorted(promised.items()):
        stock = _Stock(published[theme, month], kinds)
        for scope in sorted(scopes, key=_narrowness):
            for kind_of_item in sorted(scopes[scope], key=lambda one: (one is None, one or "")):
                count = scopes[scope][kind_of_item]
                late = count - stock.take(scope, kind_of_item, count, wider=_asked_types(scopes, scope))
                if late:
                    found.append(Lack(theme, *scope, kind_of_item, month, count, late))
    return found


def _narrowness(scope: Scope) -> tuple[int, int, str]:
    """Outlets first, kinds next, anywhere last."""
    outlet, kind = scope
    return (0 if outlet is not None else 1 if kind is not None else 2, outlet or 0, kind or "")


def _asked_types(scopes: Mapping[Scope, Counter[ItemType | None]], scope: Scope) -> set[ItemType | None]:
    """The types that other scopes still ask for: what any piece can meet is met by other pieces first."""
    return {one for other in scopes if other != scope for one in scopes[other] if one is not None}


class _Stock:
    """Publications of one theme in one month that are not yet set against a promise; *published* is used up."""

    def __init__(self, published: _Published, kinds: Mapping[int, OutletKind]) -> None:
        self.left, self.kinds = published, kinds

    def take(
        self, scope: Scope, item_type: ItemType | None, wanted: int, *, wider: set[ItemType | None]
    ) -> int:
        """Set up to *wanted* publications against a promise, and say how many there were."""
        outlet, kind = scope
        taken = 0
        for place in sorted(self.left):
            if outlet not in (None, place) or (outlet is None and kind not in (None, self.kinds[place])):
                continue
            counts = self.left[place]
            usable = (
                [item_type]
                if item_type is not None
                else sorted(counts, key=lambda one: (one in wider, one is not None, one or ""))
            )
            for one in usable:
                step = min(counts.get(one, 0), wanted - taken)
                if step:
                    counts[one] -= step
                    taken += step
        return taken
