"""Where a text cites documents: number, type, date, issuer, short name, subject."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from content.references.numbers import UPPER, Form, Number, find_numbers

DAY = re.compile(
    r"(?<![\d/])(?:ngày\s{1,6})?(\d{1,2})\s{0,3}(?:[/.-]|\s{1,6}tháng\s{1,6})\s{0,3}(\d{1,2})"
    r"\s{0,3}(?:[/.-]|\s{1,6}năm\s{1,6})\s{0,3}(\d{4})(?!\d)",
    re.IGNORECASE,
)
"""A whole day, as dd/mm/yyyy or in words."""

_WORDS = (
    "Nghị quyết liên tịch|Nghị quyết|Kết luận|Chỉ thị|Quy định|Quy chế|Quyết định|Nghị định"
    "|Thông tư liên tịch|Thông tư|Thông tri|Thông báo|Thông cáo|Hướng dẫn|Chương trình hành động"
    "|Chương trình phối hợp|Chương trình|Kế hoạch hành động|Kế hoạch phối hợp|Kế hoạch|Phương án|Đề án"
    "|Dự án|Báo cáo|Biên bản|Tờ trình|Công điện|Công văn|Pháp lệnh|Bộ luật|Luật|Văn bản|Lệnh|Điều lệ"
)
TYPE_WORD = rf"(?:{_WORDS})"
"""Alternatives of the words that name a type of document, for a pattern."""

_BEFORE = re.compile(rf"({TYPE_WORD})(?:\s+(?:số|Số|SỐ))?\s*:?\s*$", re.IGNORECASE)
_LAW_BEFORE = re.compile(rf"((?:Bộ luật|Luật|Pháp lệnh)\s+[{UPPER}][^,;.()]{{2,80}}?)(?:\s+số)?\s*$")
_STOP = re.compile(
    r"\s(?:về|phê\s+duyệt|ban\s+hành|quy\s+định|sửa\s+đổi|hướng\s+dẫn|thực\s+hiện|triển\s+khai|tại"
    r"|trên|đến|phù\s+hợp|để|khóa|theo|cho|gắn|trong|nhằm|đã|được|ngày|(?:và|hoặc)\s+(?:các\s+)?"
    rf"(?:{_WORDS}))(?!\w)|[;.()“”\"\n]|,(?!\s+(?!Sở|Bộ|Ban|UBND|Ủy|Uỷ|HĐND)[{UPPER}][^,;.()]{{1,25}}\svà\s+[{UPPER}])",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"sau\s+đây\s+(?:được\s+)?(?:gọi|viết)(?:\s+tắt)?(?:\s+chung)?\s+là\s*:?\s*([^()]{2,160}?)\s*[);]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Citation:
    """One place where a text names a document by number.

    ``number`` is normalised and the key of the document; ``printed`` is what stands in the text from
    ``start`` to ``end``. ``issued_on`` is the day as printed, also where the print is wrong.
    """

    number: str
    form: Form
    type_word: str | None
    issued_on: date | None
    issuer: str | None
    subject: str | None
    short_name: str | None
    start: int
    end: int
    printed: str


def read_day(found: re.Match[str]) -> date | None:
    """Return the date of a match of ``DAY``, or None where the calendar has no such day."""
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _type_before(text: str, number: Number) -> str | None:
    before = text[max(0, number.start - 110) : number.start]
    if number.form is Form.LAW and (law := _LAW_BEFORE.search(before)):
        return " ".join(law[1].split())
    if found := _BEFORE.search(before):
        return " ".join(found[1].split()).capitalize()
    return number.type_word


def _issuer_at(text: str, start: int) -> tuple[str | None, int]:
    """Return the words after "của" at *start*, and where they end."""
    head = re.compile(r"[\s,]{0,4}của\s+").match(text, start)
    if head is None:
        return None, start
    tail = text[head.end() : head.end() + 120]
    stop = _STOP.search(tail)
    words = tail[: stop.start()] if stop else tail
    return " ".join(words.split()).strip(" ,") or None, head.end() + len(words)


def issuer_after(text: str, start: int) -> str | None:
    """Who issued the document whose number ends at *start*, as printed behind it, a day between passed over."""
    window = text[start : start + 300]
    return _issuer_at(window, _day_at(window, 0)[1])[0]


def _day_at(text: str, start: int) -> tuple[date | None, int]:
    head = re.compile(r"[\s,(]{0,8}").match(text, start)
    found = DAY.match(text, head.end() if head else start)
    return (read_day(found), found.end()) if found else (None, start)


def _subject_at(text: str, start: int) -> str | None:
    tail = re.split(r"[;]|\.\s|\./|\(sau\s+đây|\)\s*;", text[start : start + 500], maxsplit=1)[0]
    words = " ".join(tail.split()).strip(" ,.:")
    found = re.match(r"(?:về(?:\s+việc)?|phê duyệt|ban hành|quy định|hướng dẫn)\s.+", words, re.IGNORECASE)
    return re.sub(r"^về(?:\s+việc)?\s+", "", found.group(), flags=re.IGNORECASE) if found else None


def _cite(text: str, number: Number) -> Citation:
    window = text[number.end : number.end + 700]
    day, end = _day_at(window, 0)
    issuer, end = _issuer_at(window, end)
    if day is None and issuer is not None:
        day, end = _day_at(window, end)
    return Citation(
        number=number.key, form=number.form, type_word=_type_before(text, number), issued_on=day,
        issuer=issuer, subject=_subject_at(window, end), short_name=None,
        start=number.start, end=number.end, printed=number.printed,
    )  # fmt: skip


def _named(cites: list[Citation], found: re.Match[str]) -> int | None:
    """Return the index of the citation that a short name belongs to."""
    inside = {number.key for number in find_numbers(found[1])}
    last = bisect_right(cites, found.start(), key=lambda cite: cite.end)
    before = range(max(0, last - 20), last)
    for i in reversed(before):
        if cites[i].number in inside:
            return i
    word = found[1].lower()
    same = [i for i in before if cites[i].type_word and word.startswith(str(cites[i].type_word).lower())]
    near = [i for i in before if found.start() - cites[i].end < 600]
    if inside or not near:
        return None
    return same[-1] if same else near[-1]


def find_citations(text: str) -> list[Citation]:
    """Return each citation of a numbered document in *text*, in order, repeated ones too.

    ``issued_on`` and ``issuer`` are filled only where they stand right behind the number. A short
    name ("sau đây gọi tắt là …") is set on the citation that it follows.
    """
    # A string of one length with NFC text: "Ð" (eth) is typed for "Đ" by some keyboards.
    text = text.replace("Ð", "Đ")
    cites = [_cite(text, number) for number in find_numbers(text)]
    for found in _SHORT.finditer(text):
        index = _named(cites, found)
        if index is not None and cites[index].short_name is None:
            cites[index] = replace(cites[index], short_name=" ".join(found[1].split()))
    return cites
