"""Rules of days, days off and templates as tables: no database."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import Invalid
from campaigns.occasions.days import (
    DayOffInfo,
    add_working_days,
    count_working_days,
    is_working,
    working_day,
)
from campaigns.occasions.models import OffDayRule, RuleKind, StepKind
from campaigns.occasions.rules import LAST, Rule, check_rule, day_of, falls_short, shifted, window
from campaigns.occasions.template import (
    DEFAULT,
    PiecePlan,
    StepPlan,
    Template,
    check_template,
    fill_in,
    piece_day,
    reach,
    step_day,
)
from campaigns.occasions.words import rule_said, short_said
from content.items.models import ItemType

TET = {date(2026, 2, day): DayOffInfo("Tết", is_off=True) for day in range(16, 21)}
SWAPPED = {
    date(2026, 8, 31): DayOffInfo("Nghỉ hoán đổi", is_off=True),
    date(2026, 8, 22): DayOffInfo("Ngày làm bù", is_off=False),
}


def solar(day: int, month: int) -> Rule:
    return Rule(RuleKind.SOLAR, month, day)


def lunar(day: int, month: int) -> Rule:
    return Rule(RuleKind.LUNAR, month, day)


def nth(number: int, weekday: int, month: int) -> Rule:
    return Rule(RuleKind.WEEKDAY, month, nth=number, weekday=weekday)


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        (solar(18, 5), 2026, date(2026, 5, 18)),
        (solar(29, 2), 2028, date(2028, 2, 29)),
        (solar(29, 2), 2027, date(2027, 2, 28)),
        (lunar(10, 3), 2027, date(2027, 4, 16)),
        (lunar(1, 1), 2030, date(2030, 2, 2)),
        (lunar(23, 12), 2026, date(2027, 1, 30)),
        (lunar(30, 12), 2027, date(2028, 1, 25)),  # the last day of that year is its 29th
        (lunar(10, 6), 2025, date(2025, 7, 4)),  # doubled: kept the first time
        (nth(1, 0, 5), 2026, date(2026, 5, 4)),
        (nth(3, 6, 5), 2026, date(2026, 5, 17)),
        (nth(5, 4, 5), 2026, date(2026, 5, 29)),
        (nth(5, 2, 5), 2026, date(2026, 5, 27)),  # four Wednesdays: the last one
        (nth(LAST, 6, 5), 2026, date(2026, 5, 31)),
        (nth(LAST, 0, 2), 2027, date(2027, 2, 22)),
    ],
)
def test_a_rule_gives_its_day(rule: Rule, year: int, expected: date) -> None:
    check_rule(rule)
    assert day_of(rule, year) == expected


def test_a_year_that_lacks_the_day_is_told() -> None:
    assert falls_short(solar(29, 2), 2027)
    assert not falls_short(solar(29, 2), 2028)
    assert falls_short(lunar(30, 12), 2027)
    assert not falls_short(lunar(10, 3), 2027)


@pytest.mark.parametrize(
    "rule",
    [
        solar(31, 4),
        solar(30, 2),
        solar(0, 5),
        Rule(RuleKind.SOLAR, 5),
        lunar(31, 1),
        Rule(RuleKind.LUNAR, 13, 1),
        nth(6, 0, 5),
        nth(0, 0, 5),
        Rule(RuleKind.WEEKDAY, 5, nth=1),
        Rule(RuleKind.WEEKDAY, 5, weekday=1),
        Rule(RuleKind.WEEKDAY, 5, nth=1, weekday=7),
    ],
)
def test_a_rule_that_no_year_has_a_day_for_is_refused(rule: Rule) -> None:
    with pytest.raises(Invalid):
        check_rule(rule)


@pytest.mark.parametrize(
    ("day", "rule", "expected"),
    [
        (date(2026, 2, 18), OffDayRule.KEEP, date(2026, 2, 18)),
        (date(2026, 2, 18), OffDayRule.BEFORE, date(2026, 2, 13)),  # over Tết and the weekend before it
        (date(2026, 2, 18), OffDayRule.AFTER, date(2026, 2, 23)),
        (date(2026, 2, 12), OffDayRule.BEFORE, date(2026, 2, 12)),
        (date(2026, 5, 17), OffDayRule.AFTER, date(2026, 5, 18)),
    ],
)
def test_a_day_off_shifts_by_its_rule(day: date, rule: OffDayRule, expected: date) -> None:
    assert shifted(day, rule, TET) == expected


def test_working_days_are_counted_over_weekends_and_holidays() -> None:
    assert add_working_days(date(2026, 2, 23), -1, TET) == date(2026, 2, 13)
    assert add_working_days(date(2026, 2, 13), 2, TET) == date(2026, 2, 24)
    assert add_working_days(date(2026, 5, 18), 0, {}) == date(2026, 5, 18)
    assert count_working_days(date(2026, 2, 13), date(2026, 2, 23), TET) == 2
    assert count_working_days(date(2026, 2, 23), date(2026, 2, 13), TET) == 0
    assert [is_working(day, SWAPPED) for day in SWAPPED] == [False, True]
    assert working_day(date(2026, 8, 31), SWAPPED, step=-1) == date(2026, 8, 28)


def test_the_window_lies_around_the_day() -> None:
    days = window(date(2026, 5, 18), before=14, after=7)
    assert (days.first, days.last) == (date(2026, 5, 4), date(2026, 5, 25))


def test_the_steps_of_the_default_template_fall_before_and_after_the_day() -> None:
    day = date(2026, 5, 18)
    due = {step.kind: step_day(step, day, {}) for step in DEFAULT.steps}
    assert due == {
        StepKind.BRIEF: date(2026, 4, 18),
        StepKind.DRAFT: date(2026, 4, 27),
        StepKind.APPROVE: date(2026, 5, 4),  # ten working days: two weeks without holidays
        StepKind.PUBLISH: day,
        StepKind.COLLECT: date(2026, 5, 25),
        StepKind.REPORT: date(2026, 6, 2),
    }
    check_template(DEFAULT)
    span = reach(DEFAULT, day, {})
    assert (span.first, span.last) == (date(2026, 4, 18), date(2026, 6, 2))


def test_nothing_that_goes_out_before_the_day_goes_out_before_its_approval() -> None:
    for month in range(1, 13):
        day = date(2027, month, 10)
        approve = next(step_day(one, day, {}) for one in DEFAULT.steps if one.kind is StepKind.APPROVE)
        planned = [piece_day(one.days, day, today=date(2026, 1, 1)) for one in DEFAULT.pieces]
        assert all(one is not None and one >= approve for one in planned), month


def test_a_piece_whose_day_is_over_has_no_day() -> None:
    assert piece_day(-14, date(2026, 5, 18), today=date(2026, 5, 4)) == date(2026, 5, 4)
    assert piece_day(-14, date(2026, 5, 18), today=date(2026, 5, 5)) is None


@pytest.mark.parametrize(
    "template",
    [
        Template(DEFAULT.steps[:5], ()),
        Template(DEFAULT.steps[::-1], ()),
        Template((StepPlan(StepKind.BRIEF, 1), *DEFAULT.steps[1:]), ()),
        Template((*DEFAULT.steps[:5], StepPlan(StepKind.REPORT, -1)), ()),
        Template((StepPlan(StepKind.BRIEF, -181), *DEFAULT.steps[1:]), ()),
        Template(DEFAULT.steps, (PiecePlan(ItemType.ARTICLE, "…", 0),)),
        Template(DEFAULT.steps, (PiecePlan(ItemType.ARTICLE, "Bài", 181),)),
        Template(DEFAULT.steps, (PiecePlan(ItemType.ARTICLE, "Bài", 0),) * 21),
    ],
)
def test_a_template_that_cannot_be_carried_out_is_refused(template: Template) -> None:
    with pytest.raises(Invalid):
        check_template(template)


def test_names_and_years_are_filled_in_and_nothing_else() -> None:
    assert fill_in("{name} {year}: {0} %s", name="Ngày {year}", year=2026) == "Ngày 2026 2026: {0} %s"
    assert fill_in("Nêu {name}:\n- một\n- hai", name="A", year=1) == "Nêu A:\n- một\n- hai"
    assert len(fill_in("{name}", name="Ngày " * 100, year=2026)) <= 300


def said(rule: Rule) -> str:
    sentence, values = rule_said(rule)
    return sentence.format(**values)


@pytest.mark.parametrize(
    ("rule", "words", "short"),
    [
        (solar(18, 5), "Ngày 18/5 hằng năm", None),
        (solar(29, 2), "Ngày 29/2 hằng năm", "Năm không nhuận thì lấy ngày 28/2."),
        (lunar(10, 3), "Mùng 10 tháng 3 âm lịch", None),
        (lunar(15, 8), "Rằm tháng 8 âm lịch", None),
        (lunar(23, 12), "Ngày 23 tháng 12 âm lịch", None),
        (lunar(30, 12), "Ngày 30 tháng 12 âm lịch", "Tháng thiếu (29 ngày) thì lấy ngày 29."),
        (nth(1, 0, 5), "Thứ Hai thứ nhất của tháng 5", None),
        (nth(5, 4, 5), "Thứ Sáu thứ năm của tháng 5", "Tháng chỉ có bốn tuần như vậy thì lấy lần cuối cùng."),
        (nth(LAST, 6, 5), "Chủ nhật cuối cùng của tháng 5", None),
    ],
)
def test_a_rule_is_said_in_words(rule: Rule, words: str, short: str | None) -> None:
    assert said(rule) == words
    told = short_said(rule)
    assert (told[0] if told else None) == short
