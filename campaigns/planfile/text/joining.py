"""Paragraphs joined from hard-wrapped lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.planfile.text.layout import WHOLE_LINES, Layout, measure
from campaigns.planfile.text.lines import Kind, Line
from campaigns.planfile.text.marks import Mark, Rank, follows, read_mark
from campaigns.planfile.text.paragraphs import Paragraph, is_capitals
from campaigns.planfile.units import HEAD, is_body, starts_with_verb
from content.references.numbers import UPPER

_CLOSED = re.compile(r"(?:[.;:!?…]|\./\.|[.;]\s*[)”\"])\s*$")
_LABEL = re.compile(
    r"^(?:Nơi nhận|Kính gửi|(?:Các )?(?:Đơn vị|Cơ quan|Bộ phận)[^:.;]{1,50}|Chủ trì[^:.;]{0,30}"
    r"|Phối hợp[^:.;]{0,30}|(?:Thời gian|Thời hạn|Tiến độ)[^:.;]{0,40}|(?:Sản phẩm|Kết quả)[^:.;]{0,30}"
    r"|Kinh phí[^:.;]{0,30})\s*:"
)
_ASIDE = re.compile(
    r"^\((?:(?:Đơn vị|Cơ quan|Phòng) )?(?:Chủ trì|Phối hợp|Thực hiện|Thời gian|Thời hạn|Hoàn thành|Sản phẩm)[^:]{0,20}:"
)
_BASIS = re.compile(r"^(?:Căn cứ|Xét đề nghị|Theo đề nghị)\s")
_OPENING = re.compile(r"^(?:Căn cứ|Thực hiện|Theo|Xét|Ngày|Để|Trên cơ sở|Triển khai|Tiếp theo|Phúc đáp)\s")
_CHARGE = re.compile(rf"Giao\s+(?:cho\s+)?(?={HEAD})")
_ENDING = re.compile(
    r"^(?:Trên đây là|(?:Kế hoạch|Chương trình|Hướng dẫn|Quyết định) này|Trong quá trình (?:tổ chức |triển khai )*thực hiện"
    r"|(?:Yêu cầu|Đề nghị) (?:Trưởng|Thủ trưởng|các|Giám đốc|Chủ tịch|Người đứng đầu)\s)"
)
_CUT_NUMBER = re.compile(r"\d-$|\d/$|[A-ZĐ]/$")
"""A line that ends inside of a document number: "57-" above "KL/TW"."""
_GOES_ON = re.compile(r"(?<!hằng )(?<!hàng )(?<!mỗi )(?:[Qq]uý|tháng|ngày)$|\s(?:khoản|và|hoặc|của|với)$")
"""A line that ends on a word that wants another: "Quý" above "III/2026", "và" above the last of a list."""


class _Builder:
    """A paragraph that still grows."""

    def __init__(self, line: Line) -> None:
        self.parts = [line.text]
        self.starts = [0]
        self.nos = [line.no]
        self.size = len(line.text)
        self.last = line
        self.heading = line.heading

    def add(self, line: Line) -> None:
        self.starts.append(self.size + 1)
        self.nos.append(line.no)
        self.parts.append(line.text)
        self.size += len(line.text) + 1
        self.last = line

    def done(self) -> Paragraph:
        text, starts = "", []
        for part in self.parts:
            starts.append(len(text) + (1 if text else 0))
            text = f"{text} {' '.join(part.split())}" if text else " ".join(part.split())
        return Paragraph(text, tuple(starts), tuple(self.nos), self.heading)

    @property
    def capitals(self) -> bool:
        return all(is_capitals(part) for part in self.parts)


def join(lines: Sequence[Line], layout: Layout | None = None) -> list[Paragraph]:
    """Return the paragraphs of *lines*; furniture between lines neither breaks nor enters them."""
    layout = layout or measure(lines)
    done: list[Paragraph] = []
    marks: list[Mark] = []
    now: _Builder | None = None
    gap = False
    for line in lines:
        if line.kind in (Kind.BAR, Kind.ROW):
            done += [now.done()] if now else []
            now = None
        if line.kind is Kind.BLANK:
            gap = True
        if line.kind is not Kind.TEXT:
            continue
        if now is None or layout is WHOLE_LINES or _breaks(now, _Joint(now.last, line, gap, layout), marks):
            done += [now.done()] if now else []
            now = _Builder(line)
            marks = _remember(marks, line)
        else:
            now.add(line)
        gap = False
    return [*done, now.done()] if now else done


def _remember(marks: list[Mark], line: Line) -> list[Mark]:
    mark = read_mark(line.text)
    return [*marks[-12:], mark] if mark else marks


@dataclass(frozen=True)
class _Joint:
    """What lies between two neighbouring lines of text: ``blank`` tells of blank lines."""

    last: Line
    line: Line
    blank: bool
    layout: Layout

    @property
    def closed(self) -> bool:
        """Tell whether the line before ends a sentence or an entry."""
        return bool(_CLOSED.search(self.last.text))

    @property
    def short(self) -> bool:
        """Tell whether the line before ends so early that its break was meant."""
        if not self.layout.wrapped:
            return True
        word = self.line.text.split(" ", 1)[0]
        return len(self.last.text) + 1 + len(word) < self.layout.width * 0.8

    def opens(self, mark: Mark, marks: list[Mark]) -> bool:
        """Tell whether a mark at the start of a line is one, or only a wrapped "- 2030" or "12. "."""
        if self.closed:
            return True
        free = self.blank if self.layout.spaced and self.layout.wrapped else self.short
        rest = self.line.text[mark.length :]
        if mark.is_bullet:
            return free or not (rest[:1].islower() or rest[:1].isdigit())
        if rest[:1].islower() and not free:
            return False
        return free or follows(mark, marks)

    def starts_anew(self) -> bool:
        """Tell whether a line without a mark starts a paragraph."""
        first = self.line.text.lstrip("“\"'(")[:1]
        if first.islower() or not re.match(rf"[{UPPER}“\"'(\d]", self.line.text):
            return self.closed and self.blank and self.layout.spaced and not first.islower()
        if not self.layout.wrapped:
            return True
        if self.layout.spaced:
            return self.blank or (self.closed and self.short and self.last.text.endswith("./."))
        return self.short or (self.closed and self.line.indent >= self.last.indent + 2)


def _breaks(now: _Builder, joint: _Joint, marks: list[Mark]) -> bool:
    """Tell whether the next line opens a paragraph after the one that grows."""
    text = joint.line.text
    if _CUT_NUMBER.search(joint.last.text) or _GOES_ON.search(joint.last.text):
        return False
    mark = read_mark(text)
    if mark is not None:
        return joint.opens(mark, marks)
    if len(now.parts) == 1 and _is_bare(now.parts[0]):
        return False
    if _LABEL.match(text) or (_BASIS.match(text) and joint.last.text.endswith((";", ".", ","))):
        return True
    if _ASIDE.match(text) and (joint.closed or joint.short):
        return True
    if _says_so(now, joint):
        return True
    if now.capitals != is_capitals(text) and _turns(now, joint):
        return True
    return joint.starts_anew()


def _says_so(now: _Builder, joint: _Joint) -> bool:
    """Tell whether the words of a line alone show that it starts a paragraph."""
    text = joint.line.text
    if joint.closed and (_ENDING.match(text) or _CHARGE.match(text)):
        return True
    if len(now.parts) == 1 and _is_title(now.parts[0]) and _opens_text(joint):
        return True
    if len(now.parts) == 1 and _is_body_title(now.parts[0]):
        colon = now.parts[0].endswith(":") and text[:1].isupper()
        if colon or (not joint.closed and starts_with_verb(text)):
            return True
    return now.parts[0].startswith("Kính gửi") and bool(_OPENING.match(text))


def _is_bare(text: str) -> bool:
    """Tell whether a line is an ordinal alone ("Phần thứ hai"), whose title stands below it."""
    mark = read_mark(text)
    return mark is not None and mark.length >= len(text)


def _opens_text(joint: _Joint) -> bool:
    """Tell whether a full line of text stands below one that ended early without a stop."""
    text = joint.line.text
    full = len(text) >= joint.layout.width * 0.8 or text.endswith((".", ";"))
    ended = joint.short and not joint.closed and not joint.last.heading
    return ended and full and text[:1].isupper() and not is_capitals(text)


def _is_title(text: str) -> bool:
    """Tell whether a line that ends early is the whole title of a numbered group."""
    mark = read_mark(text)
    return mark is not None and Rank.ROMAN <= mark.rank < Rank.LETTER


def _is_body_title(text: str) -> bool:
    """Tell whether a marked line is nothing but the name of a body, as over a block of duties."""
    mark = read_mark(text)
    return mark is not None and not mark.is_bullet and is_body(text[mark.length :].rstrip(" :"))


def _turns(now: _Builder, joint: _Joint) -> bool:
    """Tell whether capitals end here: a heading before text, or the first line of a heading."""
    if now.capitals:
        return joint.line.text[:1].isupper() or now.size > 40
    return joint.closed or joint.short
