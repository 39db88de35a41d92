"""Days that running text gives: to be done by, from and to, held on."""

import re
from collections.abc import Iterator
from dataclasses import replace

from campaigns.planfile.days.printed import HOUR, SPELT, figures, is_day, is_valid, key_date
from campaigns.planfile.draft import DayKind, KeyDate
from campaigns.planfile.text.block import cut
from campaigns.planfile.text.paragraphs import Paragraph

_DONE = re.compile(
    r"(?<!\w)(?P<name>(?:hoàn thành|xong|kết thúc|hoàn thiện|ban hành|trình (?:UBND|HĐND|Ủy ban))"
    r"(?:(?!\ssố\s)[^.;()\d/]){0,60}?)\s*(?:trước|chậm nhất(?: là)?|đến(?: hết)?|trong)\s+(?:ngày\s+)?"
    r"(?:(?P<day>\d{1,2})/|tháng\s+)?(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?<!\w)(?:trước|xong|(?:chậm|muộn) nhất(?: là)?|không (?:quá|muộn hơn)|đến hết|hạn (?:cuối|chót)(?: là)?)\s+"
    rf"(?:vào\s+)?{HOUR}ngày\s+{SPELT}",
    re.IGNORECASE,
)
_BY_BARE = re.compile(
    r"(?<!\w)(?:trước|(?:chậm|muộn) nhất(?: là)?|không (?:quá|muộn hơn)|đến hết)\s+"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])",
    re.IGNORECASE,
)
SPAN = re.compile(
    r"(?:(?<!\w)(?:bắt đầu\s+)?từ\s+|^\W*)(?:ngày\s+)?(?P<day>\d{1,2})(?:/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?)?\s*"
    r"(?:,\s*|(?:và\s+)?kết thúc\s+(?:vào\s+)?|đến\s+(?:hết\s+)?|[-–]\s*){1,2}"
    r"(?:ngày\s+)?(?P<last>\d{1,2})/(?P<last_month>\d{1,2})/(?P<last_year>\d{4})(?![\d/])",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:chủ nhật|thứ \w+),?\s+)?"
_HELD = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc|bế mạc|phát động|ra mắt|công bố)(?:\s+\w+){0,4}?\s+(?:vào\s+)?"
    rf"{_WEEKDAY}(?:vào\s+)?ngày\s+{SPELT}",
    re.IGNORECASE,
)
_WHOLE = r"(?P<day>\d{1,2})(?:/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])|\s+tháng\s+(?P<word>\d{1,2})\s+năm\s+(?P<full>\d{4}))"
_ON = re.compile(
    rf"(?<!\w)ngày\s+(?:(?P<before>\d{{1,2}})\s*(?:,|và)\s*(?:ngày\s+)?)?{_WHOLE}", re.IGNORECASE
)
"""A whole day, or two of a month: "ngày 11 và 12/6/2026"."""
_EVENT = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc|bế mạc|phát động|ra mắt|công bố|trao giải|trao thưởng|tổng kết|sơ kết|đối thoại"
    r"|gặp mặt|họp báo|mít tinh|ra quân|dâng (?:hoa|hương)|lần thứ|lễ|hội thi|cuộc thi|kỳ thi|ngày hội|liên hoan|đại hội)(?!\w)",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(
    r"(?<!\w)(?:trước|sau|từ|đến|hết|nhất|là|quá|hơn|hằng|hàng|mỗi|hạn|xong|thay cho|thay|kể từ)(?:\s+vào)?\s*$"
    r"|(?<!\w)(?:luật|pháp lệnh|kết luận|thông báo|căn cứ|ý kiến)\s[^,;]{0,80}$",
    re.IGNORECASE,
)
"""What stands before a day on which nothing is held: a limit, the day of a document, a day that is replaced."""
_IN_MONTH = re.compile(
    r"(?<!\w)(?P<how>trong|vào)\s+tháng\s+(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<year>\d{4})(?![\d/])",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?<!\w)(?<!kể )(?<!tính )từ\s+(?:ngày\s+(?P<day>\d{1,2})/|tháng\s+)(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<year>\d{4})"
    r"(?![\d/])(?!\s*[,–-]?\s*(?:và\s+)?(?:đến|kết thúc|tới|-|–))",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(r"(?<!\w)(?:hiệu lực|thi hành|áp dụng|thành lập)(?!\w)[^,;]{0,60}$", re.IGNORECASE)
_NAME = 80
"""Letters of a name that is taken from a sentence."""
_CLAUSE = 240
"""Letters before a day in which its sentence is looked for."""


def read_stated(paragraph: Paragraph) -> list[KeyDate]:
    """Return the days that running text gives, one that stands in two patterns by the closer one."""
    spans = [found for found in SPAN.finditer(paragraph.text) if _is_span(found)]
    days = [day for found in spans for day in _both_ends(paragraph, found)]
    taken = {at for found in spans for at in range(*found.span())}
    for kind, found in _single(paragraph.text):
        if is_valid(found) and taken.isdisjoint(range(*found.span())):
            taken.update(range(*found.span()))
            days += _earlier(paragraph, found, kind)
            days.append(key_date(paragraph, found, kind, _clause(paragraph.text, found.end()), 0.6))
    return days


def _single(text: str) -> Iterator[tuple[DayKind, re.Match[str]]]:
    """Yield the days that stand alone with their kinds, surer patterns first."""
    for pattern, kind in ((_BY, DayKind.DEADLINE), (_BY_BARE, DayKind.DEADLINE), (_HELD, DayKind.MILESTONE)):
        for found in pattern.finditer(text):
            if not _cites(text, found.start()):
                yield kind, found
    for found in _DONE.finditer(text):
        yield DayKind.DEADLINE, found
    for found in _ON.finditer(text):
        before = _before(text, found.start())
        if _EVENT.search(before) and not _NOT_HELD.search(before) and not _cites(text, found.start()):
            yield DayKind.MILESTONE, found
    for found in _IN_MONTH.finditer(text):
        is_event = found["how"].lower() == "vào" or _EVENT.search(_before(text, found.start()))
        yield DayKind.MILESTONE if is_event else DayKind.DEADLINE, found
    for found in _SINCE.finditer(text):
        if not _IN_FORCE.search(_before(text, found.start())):
            yield DayKind.PERIOD_START, found


def _earlier(paragraph: Paragraph, found: re.Match[str], kind: DayKind) -> list[KeyDate]:
    """Return the first of two days of one month."""
    if not found.groupdict().get("before"):
        return []
    last = key_date(paragraph, found, kind, _clause(paragraph.text, found.end()), 0.6)
    first = replace(last, day=int(found["before"]))
    return [first] if is_day(first.day, first.month, first.year) else []


def _ends(found: re.Match[str]) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return the first and the last day of a span; what the first leaves out is that of the last."""
    last = int(found["last"]), int(found["last_month"]), int(found["last_year"])
    day, month, year = figures(found)
    return (day or 0, month or last[1], year or last[2]), last


def _is_span(found: re.Match[str]) -> bool:
    return all(is_day(*one) for one in _ends(found))


def _both_ends(paragraph: Paragraph, found: re.Match[str]) -> list[KeyDate]:
    first, last = _ends(found)
    name = cut(paragraph, found.start(), found.end(), _clause(paragraph.text, found.start()), 0.6)
    return [KeyDate(*first, name, DayKind.PERIOD_START), KeyDate(*last, name, DayKind.PERIOD_END)]


def _before(text: str, at: int) -> str:
    """Return the clause that stands before *at*; a bracket belongs to it."""
    return re.split(r"[.;:]\s", text[max(0, at - _CLAUSE) : at])[-1]


def _clause(text: str, end: int) -> str:
    """Return the words of the clause that ends at *end*, the last eighty letters where it is longer."""
    head = _before(text, end).strip(" ,-–+*")
    return head if len(head) <= _NAME else "…" + head[-_NAME:].split(" ", 1)[-1]


def _cites(text: str, at: int) -> bool:
    """Tell whether a document was cited just before: its day is no day to keep."""
    return bool(re.search(r"/[\w&.-]*[A-ZĐ][\w&.-]*,?\s*$", text[max(0, at - 60) : at]))
