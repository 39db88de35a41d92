"""The days that a plan's "Thời gian thực hiện" names, and those that a campaign takes from it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.clock import Period
from app.errors import N_
from campaigns.board.from_plan.facts import Remark
from campaigns.board.rules import written


def _in_year(name: str) -> str:
    return rf"(?:\s*(?:/|năm\s*)\s*(?P<{name}>20[0-9]{{2}}))?"


def _day(name: str) -> str:
    year = rf"(?:\s*/\s*(?P<{name}y>20[0-9]{{2}}))?"
    return rf"(?:ngày\s+)?(?P<{name}d>[0-9]{{1,2}})\s*/\s*(?P<{name}m>[0-9]{{1,2}})(?![0-9])" + year


def _month_named(name: str) -> str:
    return rf"tháng\s+(?P<{name}m>[0-9]{{1,2}})" + _in_year(f"{name}y")


_TO = r"\s*(?:-|–|đến)\s*(?:hết\s+)?"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True)
class Span:
    """Days that a text names; without a *first* it only says by when."""

    first: date | None
    last: date


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _number(found: re.Match[str], name: str, otherwise: int) -> int:
    return int(found[name]) if found[name] else otherwise


def _two_days(found: re.Match[str], year: int) -> Span:
    last_year = _number(found, "by", year)
    first = date(_number(found, "ay", last_year), int(found["am"]), int(found["ad"]))
    return Span(first, date(last_year, int(found["bm"]), int(found["bd"])))


def _two_months(found: re.Match[str], year: int) -> Span:
    last_year = _number(found, "by", year)
    first = date(_number(found, "ay", last_year), int(found["am"]), 1)
    return Span(first, Period.month(date(last_year, int(found["bm"]), 1)).last)


def _by_day(found: re.Match[str], year: int) -> Span:
    return Span(None, date(_number(found, "ay", year), int(found["am"]), int(found["ad"])))


def _quarters(found: re.Match[str], year: int) -> Span:
    at = _number(found, "y", year)
    first = Period.quarter(date(at, 3 * _ROMAN[found["first"].lower()], 1))
    last = Period.quarter(date(at, 3 * _ROMAN[(found["last"] or found["first"]).lower()], 1))
    return Span(first.first, last.last)


def _half(found: re.Match[str], year: int) -> Span:
    at = _number(found, "y", year)
    if found["half"].lower() == "đầu":
        return Span(date(at, 1, 1), date(at, 6, 30))
    return Span(date(at, 7, 1), date(at, 12, 31))


def _by_month(found: re.Match[str], year: int) -> Span:
    return Span(None, Period.month(date(_number(found, "ay", year), int(found["am"]), 1)).last)


def _month(found: re.Match[str], year: int) -> Span:
    month = Period.month(date(_number(found, "ay", year), int(found["am"]), 1))
    return Span(month.first, month.last)


def _years(found: re.Match[str], year: int) -> Span:
    return Span(date(int(found["first"]), 1, 1), date(int(found["last"]), 12, 31))


def _by_year(found: re.Match[str], year: int) -> Span:
    return Span(None, date(int(found["y"]), 12, 31))


def _year(found: re.Match[str], year: int) -> Span:
    return Span(date(int(found["y"]), 1, 1), date(int(found["y"]), 12, 31))


_BY = r"(?:trước|chậm nhất|đến hết|xong trong|hoàn thành trong|đến)\s+(?:là\s+)?"
# The first that is found in the text says its days; narrower ones stand before wider ones.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Span]], ...] = (
    (_pattern(rf"(?:từ\s+)?{_day('a')}{_TO}{_day('b')}(?!\s*/)"), _two_days),
    (_pattern(rf"(?:từ\s+)?{_month_named('a')}{_TO}{_month_named('b')}"), _two_months),
    (_pattern(_day("a")), _by_day),
    (
        _pattern(
            rf"quý\s+(?P<first>iv|i{{1,3}}|[1-4])(?!\w)"
            rf"(?:(?:{_TO}|,\s*|\s+và\s+)(?:quý\s+)?(?P<last>iv|i{{1,3}}|[1-4])(?!\w))?" + _in_year("y")
        ),
        _quarters,
    ),
    (_pattern(r"6\s+tháng\s+(?P<half>đầu|cuối)\s*(?:năm)?(?:\s*(?P<y>20[0-9]{2}))?"), _half),
    (_pattern(_BY + _month_named("a")), _by_month),
    (_pattern(_month_named("a")), _month),
    (_pattern(r"(?P<first>20[0-9]{2})\s*(?:-|–|đến(?:\s+năm)?)\s*(?P<last>20[0-9]{2})"), _years),
    (_pattern(rf"{_BY}(?:hết\s+)?năm\s+(?P<y>20[0-9]{{2}})"), _by_year),
    (_pattern(r"năm\s+(?P<y>20[0-9]{2})"), _year),
)


def span_of(timing: str, *, year: int) -> Span | None:
    """The days that *timing* names, in *year* where it names none; None for "Thường xuyên" and for no real day."""
    for pattern, make in _FORMS:
        if found := pattern.search(timing):
            try:
                return make(found, year)
            except ValueError:  # 31/2, tháng 13
                return None
    return None


def days_of(timing: str, *, today: date, year: int | None) -> tuple[Period, Remark, bool]:
    """The days of a campaign with that printed timing, why, and whether that is doubtful.

    Where the plan names no days they run from today to the end of the plan's year, or of this one when that is over.
    """
    until = date(max(year or today.year, today.year), 12, 31)
    span = span_of(timing, year=until.year)
    rest = Period(today, until)
    if span is None:
        said = {"until": written(until)}
        return rest, Remark(N_("Văn bản không nêu ngày: từ hôm nay đến hết {until}."), said), False
    if span.last < today or (span.first or today) > span.last:
        return rest, Remark(N_("Thời gian “{timing}” đã qua; hãy xem lại ngày."), {"timing": timing}), True
    days = Period(max(span.first or today, today), span.last)
    return days, Remark(N_("Theo thời gian văn bản nêu: {timing}."), {"timing": timing}), False
