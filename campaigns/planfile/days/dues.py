"""The days by which something has to be reported, as sentences print them."""

import re
from dataclasses import replace

from campaigns.planfile.days.printed import HOUR, MONTH_YEAR, figures, is_day, last_of
from campaigns.planfile.draft import Due

QUARTER_MONTH = re.compile(r"tháng\s+(?:đầu|cuối)\s+(?:của\s+)?(?:mỗi\s+)?qu[ýí]", re.IGNORECASE)
"""A month of each quarter: its day stands for four of the year."""
_DAY = re.compile(
    rf"(?P<op>trước|chậm\s+nhất(?:\s+là)?|đến)?\s*{HOUR}(?:(?<!\w)(?:các\s+)?ngày\s+)?(?<![\d/])(?P<day>\d{{1,2}})(?:{MONTH_YEAR}"
    r"|\s+(?:của\s+)?(?:tháng\s+(?P<of>đầu|cuối)\s+(?:của\s+)?)?(?P<every>(?:hằng|hàng|mỗi)\s+(?:tháng|quý)|quý|quí))",
    re.IGNORECASE,
)
_NEAR = 60
"""Letters before a day that tell whether it is one to report by."""


def read_dues(text: str) -> tuple[Due, ...]:
    """Return the days that a sentence names as those of a report, in its order."""
    dues = _dues(text)
    return dues or _monthly(text)


def _dues(text: str) -> tuple[Due, ...]:
    dues: list[Due] = []
    op: str | None = None
    open_from = 0  # the first of the days in a list that ends with a year for all of them
    for found in _DAY.finditer(text):
        before = text[max(0, found.start("day") - _NEAR) : found.start("day")]
        listed = dues and re.search(r"(?:,|và|;|hoặc)\s*(?:ngày\s*)?$", before)
        named = re.search(r"ngày\s*$", before, re.IGNORECASE)
        cited = re.search(r"/[\w&.-]*[^\W\d_][\w&.-]*,?\s*(?:ngày\s*)?$", before)
        if cited or not (found["op"] or listed or named):
            continue
        if found["op"] or not listed:
            op = "trước" if (found["op"] or "").lower() == "trước" else None
        every = re.sub(r"(?:hằng|hàng|mỗi)\s+", "", found["every"].lower()) if found["every"] else None
        every = every.replace("quí", "quý") if every else None
        day, month, year = figures(found)
        goes_on = listed or (dues and re.search(r"(?:,|và|;|hoặc)\s*(?:trước\s+)?(?:ngày\s*)?$", before))
        open_from = open_from if goes_on else len(dues)
        if year:
            dues[open_from:] = [replace(one, year=one.year or year) for one in dues[open_from:]]
        if day and (is_day(day, month, year) if month else day <= 31):
            dues += _each_quarter(Due(day, month, year, op, every), found["of"])
    return tuple(dues)


def _each_quarter(due: Due, of: str | None) -> list[Due]:
    """Return the four days that "ngày 25 của tháng cuối quý" stands for, or the day as it is."""
    if of is None or due.every != "quý":
        return [due]
    first = 1 if of.lower() == "đầu" else 3
    return [
        replace(due, day=min(due.day, last_of(month)), month=month, every=None)
        for month in range(first, 13, 3)
    ]


def _monthly(text: str) -> tuple[Due, ...]:
    """Return the day of a monthly report that is named without its month ("hằng tháng, trước ngày 20")."""
    found = re.search(r"(trước\s+)?ngày\s+(\d{1,2})(?![\d/])(?!\s*(?:/|tháng|hằng|hàng))", text)
    if found is None or not 1 <= int(found[2]) <= 31:
        return ()
    if not re.search(r"(?:hằng|hàng|mỗi)\s+tháng", text, re.IGNORECASE):
        return ()
    return (Due(int(found[2]), None, None, "trước" if found[1] else None, "tháng"),)
