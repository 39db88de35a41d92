"""Days are days in Vietnam."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app import clock
from app.clock import Period


def test_a_quarter_past_five_in_vietnam_is_that_day_though_utc_is_a_day_behind() -> None:
    moment = datetime(2026, 5, 17, 22, 15, tzinfo=UTC)
    assert clock.local(moment).strftime("%d/%m %H:%M") == "18/05 05:15"
    assert clock.local_day(moment) == date(2026, 5, 18)
    assert clock.from_local(datetime(2026, 5, 18, 5, 15)) == moment  # noqa: DTZ001 - a wall clock
    assert clock.start_of(date(2026, 5, 18)) == datetime(2026, 5, 17, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.month(date(2026, 2, 10)), date(2026, 2, 1), date(2026, 2, 28)),
        (Period.month(date(2028, 2, 29)), date(2028, 2, 1), date(2028, 2, 29)),
        (Period.month(date(2026, 12, 31)), date(2026, 12, 1), date(2026, 12, 31)),
        (Period.quarter(date(2026, 1, 1)), date(2026, 1, 1), date(2026, 3, 31)),
        (Period.quarter(date(2026, 6, 30)), date(2026, 4, 1), date(2026, 6, 30)),
        (Period.quarter(date(2026, 8, 15)), date(2026, 7, 1), date(2026, 9, 30)),
        (Period.quarter(date(2026, 12, 31)), date(2026, 10, 1), date(2026, 12, 31)),
        (Period.year(date(2026, 5, 18)), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_are_whole_days(period: Period, first: date, last: date) -> None:
    assert (period.first, period.last) == (first, last)
    assert first in period
    assert last in period
    assert len(list(period.days())) == (last - first).days + 1


def test_a_period_ends_at_the_midnight_after_its_last_day() -> None:
    may = Period.month(date(2026, 5, 18))
    assert may.starts_at == datetime(2026, 4, 30, 17, tzinfo=UTC)
    assert may.ends_at == datetime(2026, 5, 31, 17, tzinfo=UTC)


def test_months_of_a_period_are_whole_and_in_order() -> None:
    months = list(Period(date(2025, 12, 20), date(2026, 2, 3)).months())
    assert [one.first for one in months] == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert months[-1].last == date(2026, 2, 28)


def test_a_zone_is_found_by_its_place_in_any_case() -> None:
    brussels = clock.zone_named("europe/brussels")
    assert datetime(2016, 2, 25, tzinfo=brussels).astimezone(UTC) == datetime(2016, 2, 24, 23, tzinfo=UTC)
    assert clock.zone_named("America/Los_Angeles") is not None
    for name in ("z/updated", "america", "america/argentina", "../etc/passwd", "", "/", "a/b/c"):
        assert clock.zone_named(name) is None
