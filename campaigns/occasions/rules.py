"""On which day an occasion falls in a year, whatever the database: the rule, days off, the window. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app import lunar
from app.clock import Period
from app.errors import N_, Invalid
from campaigns.occasions.days import DayOffInfo, working_day
from campaigns.occasions.models import OffDayRule, RuleKind

LAST = -1  # the last such weekday of a month
MOST_WINDOW = 120  # days before or after
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Rule:
    """How the day of a year is found: *day* for solar and lunar rules, *nth* and *weekday* for the third kind."""

    kind: RuleKind
    month: int
    day: int | None = None
    nth: int | None = None
    weekday: int | None = None


def check_rule(rule: Rule) -> None:
    """Refuse a rule that no year has a day for.

    Raises:
        Invalid: with what is wrong.
    """
    if not 1 <= rule.month <= 12:
        raise Invalid(N_("Tháng phải từ 1 đến 12."))
    if rule.kind is RuleKind.WEEKDAY:
        if rule.nth not in (1, 2, 3, 4, 5, LAST) or rule.weekday not in range(7):
            raise Invalid(N_("Chọn tuần thứ mấy và thứ mấy trong tuần."))
        return
    longest = lunar.LONGEST_MONTH if rule.kind is RuleKind.LUNAR else LONGEST_MONTHS[rule.month - 1]
    if rule.day is None or not 1 <= rule.day <= longest:
        raise Invalid(N_("Tháng này có nhiều nhất {days} ngày."), days=longest)


def day_of(rule: Rule, year: int) -> date | None:
    """The day of *rule* in *year* (the lunar year for lunar rules); None beyond the years of the lunar calendar.

    A month that lacks the day gives its last one: 29/2 is 28/2 in a common year, the 30th of a short lunar month
    its 29th, the fifth Friday the last one. A doubled lunar month is kept the first time.
    """
    if rule.kind is RuleKind.LUNAR:
        day = rule.day or 1
        found = lunar.solar_of(year, rule.month, day)
        return found or (lunar.solar_of(year, rule.month, day - 1) if day == lunar.LONGEST_MONTH else None)
    days = calendar.monthrange(year, rule.month)[1]
    if rule.kind is RuleKind.SOLAR:
        return date(year, rule.month, min(rule.day or 1, days))
    return _weekday_of(rule, year, days)


def _weekday_of(rule: Rule, year: int, days: int) -> date:
    """The nth weekday of the month, the last one when there is no fifth."""
    weekday, nth = rule.weekday or 0, rule.nth or 1
    first = 1 + (weekday - date(year, rule.month, 1).weekday()) % 7
    last = first + 7 * ((days - first) // 7)
    return date(year, rule.month, last if nth == LAST else min(first + 7 * (nth - 1), last))


def falls_short(rule: Rule, year: int) -> bool:
    """Whether *year* lacks the rule's very day, so that an earlier one is kept."""
    found = day_of(rule, year)
    if found is None or rule.day is None:
        return False
    kept = lunar.lunar_of(found) if rule.kind is RuleKind.LUNAR else found
    return kept is not None and kept.day != rule.day


def shifted(day: date, rule: OffDayRule, off: Mapping[date, DayOffInfo]) -> date:
    """*day*, or the working day before or after it when it is a day off and the rule says so."""
    if rule is OffDayRule.KEEP:
        return day
    return working_day(day, off, step=-1 if rule is OffDayRule.BEFORE else 1)


def window(day: date, *, before: int, after: int) -> Period:
    """The days in which an occasion held on *day* is communicated."""
    return Period(day - timedelta(days=before), day + timedelta(days=after))


def years_within(rule: Rule, period: Period) -> list[int]:
    """The years of *rule* that may have their day in *period*; a lunar year ends early in the next solar one."""
    early = 1 if rule.kind is RuleKind.LUNAR else 0
    return list(range(period.first.year - early, period.last.year + 1))
