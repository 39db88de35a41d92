"""Key dates that a plan names: days to commemorate, deadlines, starts and ends."""

import re
from collections.abc import Sequence

from campaigns.planfile.block import cut
from campaigns.planfile.draft import DayKind, KeyDate, Reporting
from campaigns.planfile.paragraphs import Paragraph
from campaigns.planfile.units import is_collective
from content.references.numbers import UPPER

_DM = r"(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})(?:\s*[/-]\s*(?P<year>\d{4}))?(?![\d/])"
_FEAST = re.compile(
    rf"(?P<name>(?:Ngày|ngày|Tuần lễ|Tháng|Lễ|Tết|Quốc khánh"
    rf"|Cách mạng tháng Tám)(?:\s+(?:hội\s+)?[{UPPER}][^();:.\d]{{3,90}}?"
    rf"|(?=\s*\()))\s*\(?\s*(?:ngày\s+)?{_DM}"
)
_ANNIVERSARY = re.compile(
    rf"(?P<name>(?:[Kk]ỷ niệm\s+)?(?:lần thứ\s+)?\d{{0,4}}\s*(?:năm\s+)?(?:Ngày"
    rf"|ngày)\s+[^();:.\d]{{3,90}}?)\s*\(\s*{_DM}"
)
_DONE = re.compile(
    r"(?<!\w)(?P<name>(?:hoàn thành|xong|kết thúc|hoàn thiện|ban hành|trình (?:UBND|HĐND|Ủy ban))"
    r"(?:(?!\ssố\s)[^.;()\d/]){0,60}?)\s*(?:trước|chậm nhất(?: là)?|đến(?: hết)?|trong)\s+(?:ngày\s+)?"
    r"(?:(?P<day>\d{1,2})/|tháng\s+)?(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?P<which>từ|đến(?:\s+hết)?"
    r"|kể từ)\s+(?:ngày\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?(?![\d/])",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"^\s*(?:trong\s+|đến\s+)?tháng\s+(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<year>\d{4})\W*$", re.IGNORECASE
)

REPORT_DUE = "Hạn báo cáo"


def _valid(found: re.Match[str]) -> bool:
    day = found.groupdict().get("day")
    return 1 <= int(found["month"]) <= 12 and (day is None or 1 <= int(day) <= 31)


def _make(paragraph: Paragraph, found: re.Match[str], kind: DayKind, name: str, sure: float) -> KeyDate:
    groups = found.groupdict()
    day, year = groups.get("day"), groups.get("year")
    if again := re.match(
        r"\s*[-–]\s*\d{1,2}/\d{1,2}/(\d{4})", paragraph.text[found.end() : found.end() + 20]
    ):
        # "(06/01/1946 - 06/01/2026)": the day that is kept is the later one.
        year = again[1]
    traced = cut(paragraph, found.start(), found.end(), " ".join(name.split()), sure)
    return KeyDate(int(day) if day else None, int(found["month"]), int(year) if year else None, traced, kind)


def _feasts(paragraph: Paragraph) -> list[KeyDate]:
    """Return the days to commemorate, "Ngày Chuyển đổi số quốc gia (10/10)"."""
    days: list[KeyDate] = []
    for pattern in (_FEAST, _ANNIVERSARY):
        for found in pattern.finditer(paragraph.text):
            name = found["name"].strip(" ,(")
            if _valid(found) and len(name) > 4 and not any(d.name.value.endswith(name[-12:]) for d in days):
                days.append(_make(paragraph, found, DayKind.COMMEMORATIVE, name, 0.9))
    return days


def _report_days(reporting: Sequence[Reporting]) -> list[KeyDate]:
    """Return the days by which everybody has to report; a day that one body alone keeps is its own affair."""
    return [
        KeyDate(due.day, due.month, due.year, one.text.map(lambda _: REPORT_DUE, 0.6), DayKind.DEADLINE)
        for one in reporting
        if len(one.who) > 1 or any(is_collective(who.value) for who in one.who)
        for due in one.due
        if due.month is not None
    ]


def read_key_dates(
    paragraphs: Sequence[Paragraph], timings: Sequence[Paragraph], reporting: Sequence[Reporting] = ()
) -> tuple[KeyDate, ...]:
    """Return the key dates of a plan, each day and kind once.

    *timings* are the values of "Thời gian" fields, where a bare day or month already is a date to keep;
    of *reporting* the days that several bodies share are key dates too.
    """
    days: list[KeyDate] = []
    for paragraph in paragraphs:
        days += _feasts(paragraph)
        for found in _DONE.finditer(paragraph.text):
            if _valid(found):
                days.append(_make(paragraph, found, DayKind.DEADLINE, found["name"], 0.6))
    for paragraph in timings:
        if (month := _MONTH.match(paragraph.text)) and _valid(month):
            days.append(_make(paragraph, month, DayKind.DEADLINE, month.group(), 0.7))
        for found in _PERIOD.finditer(paragraph.text):
            start = found["which"].lower() in ("từ", "kể từ")
            if _valid(found):
                kind = DayKind.PERIOD_START if start else DayKind.PERIOD_END
                days.append(_make(paragraph, found, kind, found.group(), 0.7))
    days += _report_days(reporting)
    once = {(d.day, d.month, d.year, d.kind): d for d in reversed(days)}
    return tuple(reversed(once.values()))
