"""Key dates that a plan names: days to commemorate, deadlines, starts and ends."""

import re
from collections.abc import Sequence
from dataclasses import replace

from campaigns.planfile.block import cut
from campaigns.planfile.days import HOUR, SPELT, figures, is_day
from campaigns.planfile.draft import DayKind, KeyDate, Reporting
from campaigns.planfile.dues import QUARTER_MONTH
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
    rf"|ngày)\s+(?:(?!\s[Nn]gày\s)[^();:.\d]){{3,90}}?)\s*\(\s*{_DM}"
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
_BY = re.compile(
    r"(?<!\w)(?:trước|xong|(?:chậm|muộn) nhất(?: là)?|không (?:quá|muộn hơn)|đến hết|hạn (?:cuối|chót)(?: là)?)\s+"
    rf"(?:vào\s+)?{HOUR}ngày\s+{SPELT}",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?<!\w)(?:bắt đầu\s+)?từ\s+ngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?\s*"
    r"(?:,\s*|(?:và\s+)?kết thúc\s+(?:vào\s+)?|đến\s+(?:hết\s+)?){1,2}"
    r"ngày\s+(?P<last>\d{1,2})/(?P<last_month>\d{1,2})/(?P<last_year>\d{4})(?![\d/])",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc|bế mạc|phát động|ra mắt|công bố)(?:\s+\w+){0,4}?\s+(?:vào\s+)?"
    rf"(?:(?:chủ nhật|thứ \w+),?\s+)?(?:vào\s+)?ngày\s+{SPELT}",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"^\W*từ\s+tháng\s+(?P<month>\d{1,2})(?:(?:/|\s+năm\s+)(?P<year>\d{4}))?"
    r"(?:\s*(?:đến|-|–)\s*(?:hết\s+)?tháng\s+(?P<last>\d{1,2})(?:/|\s+năm\s+)(?P<last_year>\d{4}))?\W*$",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\d{1,2}\s*(?:giờ|h|g)(?:\s*\d{1,2}(?:\s*phút)?)?.{0,40}?ngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
)
_UNTIL = re.compile(r"(?:trước|chậm nhất|đến|xong)(?:\s+là)?\s*$", re.IGNORECASE)
_LISTED = re.compile(r"^\s*(?:tháng\s+\d{1,2}/\d{4}\s*(?:[,;]|và|\W)*\s*){2,6}$", re.IGNORECASE)
_DAY = re.compile(r"^\W*(?:ngày\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})\W*$", re.IGNORECASE)
_MONTH = re.compile(
    r"^\s*(?:(?:trước|trong|đến(?:\s+hết)?|xong)\s+)*tháng\s+(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<year>\d{4})\W*$",
    re.IGNORECASE,
)

_OR_ASKED = re.compile(r"(?:hoặc|và)\s+(?:báo cáo\s+)?(?:đột xuất|(?:theo|khi có|khi được)\s+yêu cầu)")
REPORT_DUE = "Hạn báo cáo"
_NAME = 80
"""Letters of a name that is taken from a sentence."""


def _valid(found: re.Match[str]) -> bool:
    day, month, year = figures(found)
    return is_day(day, month or 0, year)


def _make(paragraph: Paragraph, found: re.Match[str], kind: DayKind, name: str, sure: float) -> KeyDate:
    day, month, year = figures(found)
    if again := re.match(
        r"\s*[-–]\s*\d{1,2}/\d{1,2}/(\d{4})", paragraph.text[found.end() : found.end() + 20]
    ):
        # "(06/01/1946 - 06/01/2026)": the day that is kept is the later one.
        year = int(again[1])
    traced = cut(paragraph, found.start(), found.end(), " ".join(name.split()), sure)
    return KeyDate(day, month or 0, year, traced, kind)


def _feasts(paragraph: Paragraph) -> list[KeyDate]:
    """Return the days to commemorate, "Ngày Chuyển đổi số quốc gia (10/10)"."""
    days: list[KeyDate] = []
    for pattern in (_FEAST, _ANNIVERSARY):
        for found in pattern.finditer(paragraph.text):
            name = re.sub(r"^kỷ niệm\s+(?=Ngày)", "", found["name"].strip(" ,("))
            if _valid(found) and len(name) > 4 and not any(d.name.value.endswith(name[-12:]) for d in days):
                days.append(_make(paragraph, found, DayKind.COMMEMORATIVE, name, 0.9))
    return days


def _clause(text: str, end: int) -> str:
    """Return the words of the clause that ends at *end*, the last eighty letters where it is longer."""
    head = re.split(r"[.;:]\s", text[:end])[-1].strip(" ,-–+*")
    return head if len(head) <= _NAME else "…" + head[-_NAME:].split(" ", 1)[-1]


def _stated(paragraph: Paragraph) -> list[KeyDate]:
    """Return the days that running text gives: to be done by, from and to, held on."""
    text = paragraph.text
    days = [
        _make(paragraph, found, kind, _clause(text, found.end()), 0.6)
        for pattern, kind in ((_BY, DayKind.DEADLINE), (_HELD, DayKind.MILESTONE))
        for found in pattern.finditer(text)
        if _valid(found) and not _cites(text, found.start())
    ]
    for found in _SPAN.finditer(text):
        last = int(found["last"]), int(found["last_month"]), int(found["last_year"])
        if _valid(found) and is_day(*last):
            begun = _make(paragraph, found, DayKind.PERIOD_START, _clause(text, found.start()), 0.6)
            days.append(replace(begun, year=begun.year or last[2]))
            days.append(KeyDate(*last, begun.name, DayKind.PERIOD_END))
    return days


def _months(paragraph: Paragraph) -> list[KeyDate]:
    """Return first and last month of "Từ tháng 3 đến tháng 12 năm 2026", a month without a day."""
    found = _MONTHS.match(paragraph.text)
    if found is None or not _valid(found) or not (found["year"] or found["last_year"]):
        return []
    begun = _make(paragraph, found, DayKind.PERIOD_START, found.group().strip(" ."), 0.7)
    begun = replace(begun, year=begun.year or int(found["last_year"]))
    if found["last"] is None or not 1 <= int(found["last"]) <= 12:
        return [begun]
    return [begun, KeyDate(None, int(found["last"]), int(found["last_year"]), begun.name, DayKind.PERIOD_END)]


def _cites(text: str, at: int) -> bool:
    """Tell whether a document was cited just before: its day is no day to keep."""
    return bool(re.search(r"/[\w&.-]*[A-ZĐ][\w&.-]*,?\s*$", text[:at]))


def _is_habit(one: Reporting) -> bool:
    """Tell whether one body reports at a rhythm of its own, on these days or whenever it is asked."""
    shared = len(one.who) > 1 or any(is_collective(who.value) for who in one.who)
    return bool(_OR_ASKED.search(one.text.value)) and not shared and all(due.year is None for due in one.due)


def _report_days(reporting: Sequence[Reporting]) -> list[KeyDate]:
    """Return the printed days by which somebody has to report."""
    return [
        KeyDate(due.day, due.month, due.year, one.text.map(lambda _: REPORT_DUE, 0.6), DayKind.DEADLINE)
        for one in reporting
        if not QUARTER_MONTH.search(one.text.words)
        for due in one.due
        if due.month is not None
    ]


def read_key_dates(
    paragraphs: Sequence[Paragraph], timings: Sequence[Paragraph], reporting: Sequence[Reporting] = ()
) -> tuple[KeyDate, ...]:
    """Return the key dates of a plan, each day and kind once.

    *timings* are the values of "Thời gian" fields, where a bare day or month already is a date to keep;
    days of *reporting* are key dates too, apart from the habits of a single body.
    """
    days: list[KeyDate] = []
    for paragraph in paragraphs:
        days += _feasts(paragraph)
        for found in _DONE.finditer(paragraph.text):
            if _valid(found):
                days.append(_make(paragraph, found, DayKind.DEADLINE, found["name"], 0.6))
        days += _stated(paragraph)
    for paragraph in timings:
        days += _stated(paragraph)
        bare = _MONTH.match(paragraph.text) or _DAY.match(paragraph.text)
        if bare and _valid(bare):
            days.append(_make(paragraph, bare, DayKind.DEADLINE, bare.group(), 0.7))
        days += _months(paragraph)
        hour = _AT.search(paragraph.text)
        if hour and _valid(hour) and not _UNTIL.search(paragraph.text[: hour.start()]):
            days.append(_make(paragraph, hour, DayKind.MILESTONE, paragraph.text, 0.7))
        if _LISTED.match(paragraph.text):
            every = re.finditer(r"(?P<month>\d{1,2})/(?P<year>\d{4})", paragraph.text)
            days += [_make(paragraph, m, DayKind.DEADLINE, paragraph.text, 0.7) for m in every if _valid(m)]
        for found in _PERIOD.finditer(paragraph.text):
            start = found["which"].lower() in ("từ", "kể từ")
            if _valid(found):
                kind = DayKind.PERIOD_START if start else DayKind.PERIOD_END
                days.append(_make(paragraph, found, kind, found.group(), 0.7))
    days += _report_days([one for one in reporting if not _is_habit(one)])
    habits = {(d.day, d.month, d.year) for d in _report_days([one for one in reporting if _is_habit(one)])}
    days = [d for d in days if d.kind is not DayKind.DEADLINE or (d.day, d.month, d.year) not in habits]
    once = {(d.day, d.month, d.year, d.kind): d for d in reversed(days)}
    return tuple(reversed(once.values()))
