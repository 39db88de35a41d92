"""The head of a document: type, title, number, place and date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.planfile.draft import Text, Traced
from campaigns.planfile.text.block import cut, make_block, trace_lines
from campaigns.planfile.text.lines import Line
from campaigns.planfile.text.paragraphs import Paragraph, is_capitals
from campaigns.planfile.text.regions import DOC_TYPES, Regions, opening_type, type_of
from content.references.numbers import UPPER, find_blank_symbol, find_numbers

_MOTTO = re.compile(
    r"(?:C[ỘÔ]NG\s+H[ÒO]A|CỘNG\s+HOÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|^[ \t]*ĐOÀN\s+(?:TNCS|THANH\s+NIÊN\s+CỘNG\s+SẢN)\s+HỒ\s+CHÍ\s+MINH[ \t]*$"
    r"|Độc\s+lập\s*[-–—]?\s*Tự\s+do\s*[-–—]?\s*Hạnh\s+phúc",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER = re.compile(
    r"(?:^|(?<=\s{3})|(?<=\|))[ \t]*S[ốỐ]\s*[:.]?[ \t]*"
    r"(?:\n[ \t]*(?=\d{1,5}[/-]|\d{1,5}\s*/))?(?P<rest>[^\n]{0,90})",
    re.MULTILINE,
)
_BLANK_DAY = r"[\d.…_\s]{0,14}?"
_WORD = rf"[{UPPER}][^\W\d_{UPPER}]+"
_DATE = re.compile(
    rf"(?:(?P<place>(?:T\.?P\.?\s*)?{_WORD}"
    rf"(?:[ \t]*[-–]?[ \t]*\n?[ \t]*(?<=[\s-]){_WORD}){{0,5}})\s*,\s*|^\s*)"
    rf"[Nn]gày\s*(?P<day>{_BLANK_DAY})\s*tháng\s*(?P<month>{_BLANK_DAY})"
    rf"\s*năm\s*(?P<year>20\d\d|19\d\d|20[.…\s]{{1,8}})?",
    re.MULTILINE,
)
_ABOUT = re.compile(r"^[ \t]*(?:V/v|Về việc|VV|V\.v)\s*[:.]?\s*", re.MULTILINE | re.IGNORECASE)
_DECIDER = re.compile(r"^(?:[ỦU][ỶY] BAN|UỶ BAN|HỘI ĐỒNG|BỘ TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|THỦ TƯỚNG|CHÍNH PHỦ)")
"""The body that decides stands in capitals between title and preamble (Nghị định 30, Mẫu 1.2)."""
_ASIDE = re.compile(r"^\(?(?:Kèm theo|Ban hành kèm)", re.IGNORECASE)
TITLE_ASIDE = re.compile(r"\s*\(((?:Thực hiện|Triển khai)\s)")
"""A line below the title that names what the document implements: "(Thực hiện Kế hoạch số 15/KH-UBND …)"."""


@dataclass(frozen=True)
class Header:
    """What the head of a document says; ``letterhead`` is what is left of it, for the issuer."""

    doc_type: Text | None
    title: Text | None
    number: Text | None
    symbol: Text | None
    issued_on: Traced[date] | None
    date_partial: Text | None
    place: Text | None
    blank_number: bool
    blank_day: bool
    letterhead: Paragraph


def _blank(block: Paragraph, start: int, end: int) -> Paragraph:
    """Return the block with a stretch turned to blanks, all offsets kept."""
    gone = re.sub(r"[^\n]", " ", block.text[start:end])
    return Paragraph(block.text[:start] + gone + block.text[end:], block.starts, block.nos)


def _take_number(block: Paragraph) -> tuple[Paragraph, Text | None, Text | None, bool]:
    """Return the block without its number, the number, the symbol of a blank one, whether blank."""
    for found in _NUMBER.finditer(block.text):
        rest, base = found["rest"], found.start("rest")
        numbers = find_numbers(rest)
        if numbers and not rest[: numbers[0].start].strip():
            start, end = base + numbers[0].start, base + numbers[0].end
            return _blank(block, found.start(), end), cut(block, start, end, numbers[0].key), None, False
        symbol = find_blank_symbol("Số: " + rest)
        if symbol:
            tail = symbol[-4:]
            end = base + (rest.find(tail) + len(tail) if tail in rest else len(rest))
            return _blank(block, found.start(), end), None, cut(block, found.start(), end, symbol), True
        if not rest.strip(" .…/-"):
            return _blank(block, found.start(), found.end()), None, None, True
    return block, None, None, False


def _digits(text: str | None) -> int | None:
    figures = re.sub(r"\D", "", text or "")
    return int(figures) if figures else None


_BLANK = r"[\d.…_\s]{0,8}"
_ATTACHED = re.compile(
    rf"[Kk]èm theo\s[^\n]{{0,80}}?\sngày{_BLANK}(?:/|tháng)(?P<month>{_BLANK})(?:/|năm)\s{{0,3}}(?P<year>20\d\d)(?!\d)"
)


@dataclass(frozen=True)
class _Day:
    whole: Traced[date] | None = None
    partial: Text | None = None
    place: Text | None = None
    blank: bool = False


def _take_day(block: Paragraph) -> tuple[Paragraph, _Day]:
    """Return the block without place and date, and both as far as they are filled in."""
    found = next((m for m in _DATE.finditer(block.text) if m["place"] or m["year"]), None)
    if found is None:
        return block, _Day()
    day, month, year = (_digits(found[name]) for name in ("day", "month", "year"))
    place = cut(block, *found.span("place")) if found["place"] else None
    start, end = found.start(), found.end()
    left = _blank(block, start, end)
    if year is None or year < 1000:
        return left, _Day(place=place, blank=True)
    try:
        whole = date(year, month or 0, day or 0)
    except ValueError:
        valid = month is not None and 1 <= month <= 12
        partial = f"{year}-{month:02d}" if valid else str(year)
        return left, _Day(partial=cut(block, start, end, partial), place=place, blank=day is None)
    source = cut(block, start, end)
    return left, _Day(Traced(whole, source.line_from, source.line_to, source.words), None, place)


def _without_motto(block: Paragraph) -> Paragraph:
    for found in _MOTTO.finditer(block.text):
        block = _blank(block, found.start(), found.end())
    return block


def read_header(regions: Regions) -> Header:
    """Return what stands above the preamble; fields that are blank or missing are None."""
    lines = regions.header
    typed = regions.typed
    above = [line for line in lines if typed is None or line.no < typed.no]
    below = [line for line in lines if typed is not None and line.no > typed.no]
    whole = _without_motto(make_block(above))
    left, number, symbol, blank = _take_number(whole)
    left, day = _take_day(left)
    below_block = make_block(below)
    if day == _Day() and below:
        # Some offices print number and date below the title, or a converter moved the right column.
        below_block, day = _take_day(below_block)
    if typed is None:
        left, doc_type, title = _letter_title(left)
    else:
        word = type_of(typed.text) or "Văn bản"
        doc_type = Traced(word, typed.no, typed.no, typed.text)
        title = _plan_title(below_block, deciding=word in ("Quyết định", "Nghị quyết", "Chỉ thị"))
    return Header(
        doc_type, title, number, symbol, day.whole, day.partial, day.place, blank, day.blank, left
    )  # fmt: skip


def _plan_title(block: Paragraph, *, deciding: bool) -> Text | None:
    end = 0
    for line in block.text.split("\n"):
        if _ASIDE.match(line) or TITLE_ASIDE.match(line) or (end and deciding and _DECIDER.match(line)):
            break
        end += len(line) + 1
    title = cut(block, 0, max(1, min(end, len(block.text)))) if block.text else None
    if title is None or not title.value:
        return None
    return title.map(lambda text: re.sub(r"^V/v:?\s+", "", text).rstrip(" -:"))


def _letter_title(block: Paragraph) -> tuple[Paragraph, Text | None, Text | None]:
    """Return the block without the subject line, the type and the subject of a letter or of a plan
    whose type and title share a line."""
    if found := _ABOUT.search(block.text):
        end = _title_end(block.text, found.end())
        title = cut(block, found.end(), end)
        kind = cut(block, found.start(), end, "Công văn", 0.9)
        return _blank(block, found.start(), end), kind, title if title.value else None
    for found in re.finditer(r"^[^\n]+$", block.text, re.MULTILINE):
        line = found.group().strip()
        word = opening_type(line)
        if word and is_capitals(line[: len(word)]):
            end = (
                _capitals_end(block.text, found.end())
                if is_capitals(line)
                else _title_end(block.text, found.end())
            )
            start = found.start() + found.group().index(line)
            kind = cut(block, start, start + len(word), word)
            return _blank(block, found.start(), end), kind, cut(block, start, end, sure=0.8)
    return block, None, None


def _capitals_end(text: str, start: int) -> int:
    """Return where the lines in capitals end that go on from *start*, the end of one."""
    for found in re.finditer(r"[^\n]+", text[start:]):
        if not is_capitals(found.group()):
            return start + found.start()
    return len(text)


def _title_end(text: str, start: int) -> int:
    """Return where a subject line ends: at an emptied line (number, date), a wide gap, an end."""
    found = re.compile(r"\n[ \t]*(?=\n|$)|\n[ \t]{8,}|[ \t]{4,}").search(text, start)
    return found.start() if found else len(text)


def year_of(title: Text | None) -> Text | None:
    """Return the year that a title names, as the least of a date."""
    found = re.search(r"năm\s+(20\d\d)", title.value) if title else None
    return title.map(lambda _: found[1], 0.4) if title and found else None


def attached_day(lines: Sequence[str]) -> Text | None:
    """Return the month or year that the head of an annex names: "(Kèm theo Kế hoạch số …/KH-STTTT ngày …/…/2024)"."""
    for number, line in enumerate(lines, start=1):
        if found := _ATTACHED.search(line):
            month = _digits(found["month"])
            said = f"{found['year']}-{month:02d}" if month and month <= 12 else found["year"]
            return Traced(said, number, number, found.group(), 0.6)
    return None


def closing_title(lines: Sequence[Line]) -> tuple[Text | None, Text | None]:
    """Return type and title from the sentence "Trên đây là Kế hoạch …", for a lost head."""
    text = trace_lines(lines)
    found = (
        re.search(
            r"Trên đây là\s+([^;]{5,300}?)\s*(?:\./|[.;:]\s|[.;:]$|,\s*(?:đề nghị|yêu cầu))", text.value
        )
        if text
        else None
    )
    if text is None or found is None:
        return None, None
    line = next((n.no for n in lines if "Trên đây là" in n.text), text.line_from)
    title = Traced(found[1], line, text.line_to, found[1], 0.5)
    word = next((t for t in DOC_TYPES if found[1].lower().startswith(t.lower())), None)
    return (title.map(lambda _: word) if word else None), title
