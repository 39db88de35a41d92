"""The Vietnamese lunar calendar against known days, and the public holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.lunar import Lunar, holidays_of, lunar_of, make_up_days_of, solar_of, tet_of


@pytest.mark.parametrize(
    "day",
    [
        # Years in which the Chinese new year is another day stand among them: 1985, 2007, 2030, 2053.
        date(1985, 1, 21),
        date(2007, 2, 17),
        date(2024, 2, 10),
        date(2025, 1, 29),
        date(2026, 2, 17),
        date(2027, 2, 6),
        date(2028, 1, 26),
        date(2029, 2, 13),
        date(2030, 2, 2),
        date(2053, 2, 18),
    ],
)
def test_tet_is_the_day_of_vietnam(day: date) -> None:
    assert tet_of(day.year) == day
    assert lunar_of(day) == Lunar(1, 1, day.year)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2026, 3, 10, date(2026, 4, 26)),  # Giỗ Tổ
        (2027, 3, 10, date(2027, 4, 16)),
        (2037, 3, 10, date(2037, 4, 24)),  # the Chinese calendar says a day later
        (2038, 3, 10, date(2038, 4, 13)),
        (2027, 1, 15, date(2027, 2, 20)),
        (2027, 4, 15, date(2027, 5, 20)),
        (2027, 7, 15, date(2027, 8, 16)),
        (2027, 8, 15, date(2027, 9, 15)),
        (2026, 3, 16, date(2026, 5, 2)),
        (2026, 12, 23, date(2027, 1, 30)),  # a lunar year ends in the next solar one
    ],
)
def test_lunar_feasts_fall_on_their_days(year: int, month: int, day: int, expected: date) -> None:
    assert solar_of(year, month, day) == expected
    assert lunar_of(expected) == Lunar(day, month, year)


def test_a_doubled_month_is_told_from_the_first_one() -> None:
    assert solar_of(2025, 6, 1) == date(2025, 6, 25)
    assert solar_of(2025, 6, 1, is_leap=True) == date(2025, 7, 25)
    assert lunar_of(date(2025, 7, 25)) == Lunar(1, 6, 2025, is_leap=True)


@pytest.mark.parametrize("day", [(2025, 11, 1), (2026, 6, 1), (2024, 12, 1)])
def test_a_month_that_is_not_doubled_has_no_second_one(day: tuple[int, int, int]) -> None:
    assert solar_of(*day, is_leap=True) is None


def test_a_short_month_has_no_thirtieth_day() -> None:
    assert [solar_of(2027, month, 30) is None for month in (1, 12)] == [False, True]
    assert solar_of(2026, 13, 1) is None


def test_every_day_of_a_century_goes_there_and_back() -> None:
    day, wrong = date(2000, 1, 1), []
    while day < date(2100, 1, 1):
        moon = lunar_of(day)
        if moon is None or solar_of(moon.year, moon.month, moon.day, is_leap=moon.is_leap) != day:
            wrong.append(day)
        day += timedelta(days=7)
    assert wrong == []


def test_years_out_of_reach_have_no_lunar_day() -> None:
    assert lunar_of(date(2150, 1, 1)) is None
    assert solar_of(2150, 1, 1) is None


def test_the_holidays_of_2026_are_those_of_the_law() -> None:
    days = holidays_of(2026)
    assert [day for day in days if day.month == 2] == [date(2026, 2, number) for number in range(16, 21)]
    assert days[date(2026, 4, 27)] == "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"
    assert date(2026, 8, 31) in days
    assert make_up_days_of(2026) == {date(2026, 8, 22)}


def test_a_holiday_that_is_not_confirmed_is_left_out() -> None:
    assert not [day for year in range(2026, 2032) for day in holidays_of(year) if day.month == 11]


def test_holidays_have_english_names() -> None:
    assert holidays_of(2026, "en")[date(2026, 2, 17)] == "Lunar New Year"
