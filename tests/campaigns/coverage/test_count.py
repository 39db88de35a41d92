"""The rules of counting, by tables of cases."""

from __future__ import annotations

from datetime import date

import pytest

from app.clock import Period
from campaigns.board.models import Cadence
from campaigns.coverage.count import (
    Count,
    Coverage,
    Fact,
    Promise,
    Source,
    count_coverage,
    dues_of_series,
    last_day,
)
from content.items.models import ItemType
from content.outlets.models import OutletKind

PAPER, RIVAL, LOUD = 1, 2, 3
KINDS = {PAPER: OutletKind.NEWSPAPER, RIVAL: OutletKind.NEWSPAPER, LOUD: OutletKind.LOUDSPEAKER}
THEME = 7
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
SOURCE = Source("target", 1, "Chiến dịch", 1, "Chiến dịch")
ARTICLE, VIDEO = ItemType.ARTICLE, ItemType.VIDEO_SCRIPT


def promise(
    count: int,
    *,
    outlet: int | None = None,
    kind: OutletKind | None = None,
    type_: ItemType | None = None,
    due: date = date(2026, 5, 10),
) -> Promise:
    return Promise(THEME, outlet, KINDS[outlet] if outlet else kind, type_, due, count, SOURCE)


def fact(outlet: int, count: int, *, month: date = MAY, type_: ItemType | None = None) -> Fact:
    return Fact(THEME, outlet, month, count, type_)


def counted(promises: list[Promise], facts: list[Fact], *, today: date = date(2026, 5, 20)) -> Coverage:
    months = list(Period(MAY, date(2026, 6, 30)).months())
    return count_coverage(promises, facts, kinds=KINDS, months=months, today=today)


@pytest.mark.parametrize(
    ("first", "last", "month", "days"),
    [
        # Sundays of May 2026: 3, 10, 17, 24, 31.
        (date(2026, 1, 1), date(2026, 12, 31), date(2026, 5, 1), [3, 10, 17, 24, 31]),
        (date(2026, 5, 4), date(2026, 5, 24), date(2026, 5, 1), [10, 17, 24]),
        (
            date(2026, 5, 4),
            date(2026, 5, 23),
            date(2026, 5, 1),
            [10, 17],
        ),  # the last week's Sunday is outside
        (date(2026, 5, 3), date(2026, 5, 3), date(2026, 5, 1), [3]),
        # The week from 29/12/2025 to Sunday 4/1/2026 belongs to January.
        (date(2025, 12, 29), date(2026, 12, 31), date(2026, 1, 1), [4, 11, 18, 25]),
        (date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 1), [7, 14, 21, 28]),
        (date(2026, 6, 1), date(2026, 6, 30), date(2026, 5, 1), []),
    ],
)
def test_a_weekly_quota_falls_due_on_each_sunday_of_the_month_within_its_days(
    first: date, last: date, month: date, days: list[int]
) -> None:
    dues = dues_of_series(Cadence.WEEKLY, first, last, [Period.month(month)])
    assert dues == [month.replace(day=day) for day in days]


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2026, 12, 31), date(2026, 2, 28)),  # one day is a touch
        (date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 1)),  # due on its last day
        (date(2026, 3, 1), date(2026, 12, 31), None),
        (date(2025, 1, 1), date(2026, 1, 31), None),
    ],
)
def test_a_monthly_quota_falls_due_in_each_month_that_its_days_touch(
    first: date, last: date, due: date | None
) -> None:
    dues = dues_of_series(Cadence.MONTHLY, first, last, [Period.month(date(2026, 2, 10))])
    assert dues == ([] if due is None else [due])


@pytest.mark.parametrize(
    ("archived", "last"),
    [
        ([None, None], date(2026, 12, 31)),
        ([date(2026, 5, 9), None], date(2026, 5, 9)),
        ([date(2026, 5, 9), date(2026, 4, 1)], date(2026, 4, 1)),
        ([date(2027, 1, 1), None], date(2026, 12, 31)),
    ],
)
def test_what_is_archived_promises_nothing_after_that_day(archived: list[date | None], last: date) -> None:
    assert last_day(date(2026, 12, 31), *archived) == last


@pytest.mark.parametrize(
    ("promises", "facts", "total"),
    [
        ([], [], Count()),
        ([promise(4, outlet=PAPER)], [], Count(4, 0, 4)),
        ([promise(4, outlet=PAPER)], [fact(PAPER, 3)], Count(4, 3, 1)),
        ([promise(4, outlet=PAPER)], [fact(PAPER, 9)], Count(4, 9, 0)),
        # Another outlet, another month: does not heal.
        ([promise(4, outlet=PAPER)], [fact(RIVAL, 4)], Count(4, 4, 4)),
        ([promise(4, outlet=PAPER)], [fact(PAPER, 4, month=JUNE)], Count(4, 4, 4)),
        # On a kind, or anywhere: any outlet of that kind, any outlet.
        ([promise(4, kind=OutletKind.NEWSPAPER)], [fact(PAPER, 2), fact(RIVAL, 1)], Count(4, 3, 1)),
        ([promise(4, kind=OutletKind.NEWSPAPER)], [fact(LOUD, 4)], Count(4, 4, 4)),
        ([promise(4)], [fact(PAPER, 1), fact(LOUD, 3)], Count(4, 4, 0)),
        # A surplus on one outlet does not hide what another owes.
        ([promise(2, outlet=PAPER), promise(2, outlet=RIVAL)], [fact(PAPER, 5)], Count(4, 5, 2)),
        # A publication is set against one promise, the narrowest first.
        (
            [promise(2, outlet=PAPER), promise(3, kind=OutletKind.NEWSPAPER)],
            [fact(PAPER, 4)],
            Count(5, 4, 1),
        ),
        ([promise(2, outlet=PAPER), promise(1)], [fact(PAPER, 1), fact(LOUD, 1)], Count(3, 2, 1)),
        # By type of item.
        ([promise(2, type_=ARTICLE)], [fact(PAPER, 5)], Count(2, 5, 2)),
        ([promise(2, type_=ARTICLE)], [fact(PAPER, 1, type_=ARTICLE), fact(PAPER, 5)], Count(2, 6, 1)),
        ([promise(2, type_=ARTICLE)], [fact(PAPER, 2, type_=VIDEO)], Count(2, 2, 2)),
        (
            [promise(2, outlet=PAPER, type_=ARTICLE), promise(3, outlet=PAPER)],
            [fact(PAPER, 2, type_=ARTICLE)],
            Count(5, 2, 3),
        ),
        # What any piece can meet is met first by a piece that no other promise asks for.
        (
            [promise(1, outlet=PAPER), promise(1, kind=OutletKind.NEWSPAPER, type_=ARTICLE)],
            [fact(PAPER, 1, type_=ARTICLE), fact(PAPER, 1)],
            Count(2, 2, 0),
        ),
    ],
)
def test_what_is_late_is_what_was_due_and_not_published_in_its_month(
    promises: list[Promise], facts: list[Fact], total: Count
) -> None:
    found = counted(promises, facts)
    assert found.total == total
    assert sum(lack.late for lack in found.lacks) == total.late


@pytest.mark.parametrize(
    ("due", "today", "late"),
    [
        (date(2026, 5, 20), date(2026, 5, 20), 0),  # due today is not late yet
        (date(2026, 5, 19), date(2026, 5, 20), 1),
        (date(2026, 5, 31), date(2026, 5, 31), 0),
        (date(2026, 5, 31), date(2026, 6, 1), 1),
        (date(2026, 6, 1), date(2026, 5, 31), 0),
    ],
)
def test_a_promise_is_late_from_the_day_after_it_was_due(due: date, today: date, late: int) -> None:
    assert counted([promise(1, outlet=PAPER, due=due)], [], today=today).total == Count(1, 0, late)


def test_what_is_not_due_yet_takes_nothing_from_what_is_late() -> None:
    promises = [promise(3, outlet=PAPER, due=date(2026, 5, 31)), promise(2, kind=OutletKind.NEWSPAPER)]
    assert counted(promises, [fact(PAPER, 2)]).total.late == 0


def test_every_level_sums_what_lies_in_it() -> None:
    promises = [
        promise(2, outlet=PAPER),
        promise(2, outlet=RIVAL),
        promise(1, outlet=LOUD),
        promise(3, kind=OutletKind.NEWSPAPER),
        promise(2),
    ]
    found = counted(promises, [fact(PAPER, 4), fact(LOUD, 2)])
    assert found.counts[THEME, PAPER, MAY] == Count(2, 4, 0)
    assert found.counts[THEME, RIVAL, MAY] == Count(2, 0, 2)
    assert found.counts[THEME, LOUD, MAY] == Count(1, 2, 0)
    assert found.counts[THEME, OutletKind.NEWSPAPER, MAY] == Count(7, 4, 3)
    assert found.counts[THEME, OutletKind.LOUDSPEAKER, MAY] == Count(1, 2, 0)
    assert found.counts[THEME, None, MAY] == Count(10, 6, 4)


def test_december_and_january_are_two_months() -> None:
    months = list(Period(date(2025, 12, 1), date(2026, 1, 31)).months())
    promises = [
        promise(1, outlet=PAPER, due=date(2025, 12, 31)),
        promise(1, outlet=PAPER, due=date(2026, 1, 1)),
    ]
    facts = [fact(PAPER, 2, month=date(2026, 1, 1))]
    found = count_coverage(promises, facts, kinds=KINDS, months=months, today=date(2026, 2, 1))
    assert found.counts[THEME, None, date(2025, 12, 1)] == Count(1, 0, 1)
    assert found.counts[THEME, None, date(2026, 1, 1)] == Count(1, 2, 0)
