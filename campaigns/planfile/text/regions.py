"""The parts of a document: header, body, closing, annex."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.text import fold
from campaigns.planfile.text.lines import Kind, Line, says
from campaigns.planfile.text.marks import Rank, read_mark
from campaigns.planfile.text.paragraphs import is_capitals
from campaigns.planfile.units import is_body, sentence_case

DOC_TYPES = (
    "Kế hoạch hành động", "Kế hoạch phối hợp", "Kế hoạch", "Chương trình hành động",
    "Chương trình phối hợp", "Chương trình", "Quyết định", "Nghị quyết", "Chỉ thị", "Báo cáo",
    "Thông báo", "Hướng dẫn", "Đề án", "Phương án", "Tờ trình", "Công điện", "Quy chế", "Quy định",
    "Kết luận", "Thông tư", "Dự án", "Công văn",
)  # fmt: skip
"""Types of document that may stand alone over the title (Nghị định 30/2020/NĐ-CP, Điều 7)."""
_TYPES = {fold(word): word for word in DOC_TYPES}
_LONGEST_TYPE = 2 * max(map(len, DOC_TYPES))

_PREAMBLE = re.compile(
    r"^Kính gửi|^(?:Căn cứ|Thực hiện|Thi hành|Triển khai|Theo|Xét|Trên cơ sở|Nhằm|Để|Tiếp tục|Quán triệt"
    r"|Phát huy|Hưởng ứng|Chấp hành|Tiếp theo|Ngày \d|Trong thời gian|Thời gian (?:qua|gần đây)|Những năm qua|Hiện nay|Vừa qua)[\s,]"
)
_ISSUER = re.compile(r"^(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Sở|Bộ|Ban|Cục|Tỉnh ủy|Thành ủy|Giám đốc)\s")
_NUMBERED = re.compile(r"^S[ốỐ]\s*:|/[A-ZĐ]{2,}|^V/v\b", re.IGNORECASE)
_POST = (
    r"(?:PHÓ\s+|Q\.\s*|QUYỀN\s+)?(?:CHỦ\s+TỊCH|GIÁM\s+ĐỐC|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|CỤC\s+TRƯỞNG"
    r"|VỤ\s+TRƯỞNG|TRƯỞNG\s+BAN|TRƯỞNG\s+PHÒNG|CHÁNH\s+VĂN\s+PHÒNG|CHÁNH\s+THANH\s+TRA|BÍ\s+THƯ"
    r"|TỔNG\s+GIÁM\s+ĐỐC|HIỆU\s+TRƯỞNG|VIỆN\s+TRƯỞNG|THỦ\s+TƯỚNG|TỔNG\s+CỤC\s+TRƯỞNG|CHI\s+CỤC\s+TRƯỞNG"
    r"|TRƯỞNG\s+TIỂU\s+BAN|TỔNG\s+BIÊN\s+TẬP|THƯỜNG\s+TRỰC)"
)
AUTHORITY = re.compile(r"^\s*(?:TM|T/M)\s?[./]?\s")
POSITION = re.compile(rf"^\s*(?:(?:KT|K/T|TL|T/L|TUQ|Q)\s?[./]?\s?|{_POST}(?![a-zà-ỹ]))")
_ANNEX = re.compile(
    r"^\s*(?:PHỤ\s+LỤC|Phụ\s+lục|BIỂU\s+PHÂN\s+CÔNG)(?:\s+(?:số\s+)?[IVX\d]{1,4})?\s*[.:]?\s*$"
)
_ISSUED_WITH = re.compile(
    r"^\W*(?:Ban hành kèm|Kèm) theo (?:Quyết định|Nghị quyết|Công văn|Tờ trình)", re.IGNORECASE
)
_ENCLOSED = re.compile(r"^\W*(?:Ban hành kèm|Kèm) theo ", re.IGNORECASE)
_ADDRESSEES = re.compile(r"^Nơi\s+nhận\s*:?", re.IGNORECASE)


@dataclass(frozen=True)
class Regions:
    """The lines of a document in runs; any may be empty. ``typed`` is the line of its type.

    ``attached`` is the plan that a decision puts into force, from its own type line on.
    """

    header: tuple[Line, ...]
    body: tuple[Line, ...]
    closing: tuple[Line, ...]
    annex: tuple[Line, ...]
    typed: Line | None
    attached: tuple[Line, ...] = ()


def type_of(text: str) -> str | None:
    """Return the type of document that *text*, a whole line, names; else None."""
    if len(text) > _LONGEST_TYPE:
        return None
    return _TYPES.get(fold(" ".join(text.split())).strip(" :."))


def is_signing(text: str) -> bool:
    """Tell whether a line gives authority or position of a signer, in capitals."""
    head = re.split(r"\s{3,}", text.strip())[0]
    return bool(AUTHORITY.match(head) or POSITION.match(head)) and is_capitals(head) and len(head) < 70


def split_regions(lines: Sequence[Line]) -> Regions:
    """Return the regions of a document; without any header all lines up to the closing are body."""
    typed = _typed(lines)
    start = _body_start(lines, typed)
    end = _body_end(lines, start)
    attached = _attached(lines, end)
    annex = next((i for i in range(end, attached) if _ANNEX.match(lines[i].text)), attached)
    return Regions(
        tuple(lines[:start]), tuple(lines[start:end]), tuple(lines[end:annex]), tuple(lines[annex:attached]),
        None if typed is None else lines[typed], tuple(lines[attached:]),
    )  # fmt: skip


def _attached(lines: Sequence[Line], end: int) -> int:
    """Return the index of the type line of a plan behind the decision that issues it, or the length."""
    for i in range(end, len(lines)):
        line = lines[i]
        if line.kind is Kind.TEXT and (is_capitals(line.text) or line.heading) and type_of(line.text):
            below = [near.text for near in lines[i + 1 : i + 14] if near.kind is Kind.TEXT]
            if any(_ISSUED_WITH.match(text) for text in below):
                return i
    return len(lines)


def _typed(lines: Sequence[Line]) -> int | None:
    for i, line in enumerate(lines[:120]):
        if line.kind is Kind.TEXT and type_of(line.text) and (is_capitals(line.text) or line.heading):
            return i
        if read_mark(line.text) and is_capitals(line.text):
            return None
    return None


def _has_header(lines: Sequence[Line]) -> bool:
    return any(
        says(line.text, "cong hoa xa hoi", "doc lap - tu do", "dang cong san viet nam")
        or _NUMBERED.match(line.text)
        for line in lines[:60]
        if len(line.text) < 160
    )


def _body_start(lines: Sequence[Line], typed: int | None) -> int:
    """Return the index of the first line below title, number, place and date."""
    if typed is None and not _has_header(lines):
        return _below_title(lines)
    titled = typed is None
    open_quote = False
    for i in range(0 if typed is None else typed + 1, len(lines)):
        line = lines[i]
        if line.kind is not Kind.TEXT:
            continue
        if (
            titled
            and not open_quote
            and _opens_body(line, lines[i - 1] if i else line, has_type=typed is not None)
        ):
            return i
        titled = True
        open_quote = (open_quote or "“" in line.text) and line.text.rfind("”") <= line.text.rfind("“")
    return len(lines)


def _below_title(lines: Sequence[Line]) -> int:
    """Return the index of the preamble below a title in capitals ("KẾ HOẠCH NÂNG CAO …") without letterhead, or 0."""
    titled = False
    for i, line in enumerate(lines[:30]):
        if line.kind is not Kind.TEXT:
            continue
        titled = titled or (is_capitals(line.text) and opening_type(line.text) is not None)
        if titled and _PREAMBLE.match(line.text):
            return i
        if read_mark(line.text):
            return 0
    return 0


def opening_type(text: str) -> str | None:
    """Return the type of document that a line begins with, its subject behind it; else None."""
    folded = fold(" ".join(text.split()))
    return next((word for word in DOC_TYPES if folded.startswith(fold(word) + " ")), None)


def _opens_body(line: Line, before: Line, *, has_type: bool) -> bool:
    if is_signing(line.text) or _ADDRESSEES.match(line.text):
        return True
    mark = read_mark(line.text)
    if mark is not None and mark.rank <= Rank.DIGIT:
        return True
    if is_capitals(line.text):
        return False
    if has_type and _ISSUER.match(line.text) and before.kind is not Kind.TEXT:
        return True
    if not has_type and line.text.startswith("Triển khai"):
        # The subject of a letter may begin so on a line of its own, below "V/v".
        return False
    return bool(_PREAMBLE.match(line.text))


def _body_end(lines: Sequence[Line], start: int) -> int:
    """Return the index of the first line of the closing, or of an annex where there is none."""
    ended = False
    for i in range(start, len(lines)):
        text = lines[i].text
        if lines[i].kind is not Kind.TEXT:
            continue
        if _ADDRESSEES.match(text) and len(text) < 200:
            return i
        if is_signing(text) and (ended or not _goes_on(lines, i)):
            return _with_body(lines, start, i)
        if _ANNEX.match(text) and is_capitals(text) and (ended or _is_attached(lines, i)):
            return i
        ended = bool(re.search(r"\./\.?\s*$", text)) or (ended and not text.endswith("."))
    return len(lines)


def _is_attached(lines: Sequence[Line], i: int) -> bool:
    """Tell whether the words "Kèm theo …" stand below the head of an annex, so that it is one without a full stop above."""
    below = [line.text for line in lines[i + 1 : i + 8] if line.kind is Kind.TEXT]
    return any(_ENCLOSED.match(text) for text in below[:4])


def _with_body(lines: Sequence[Line], start: int, i: int) -> int:
    """Return the index of the name of the body that stands in capitals over a signature, else *i*."""
    above = next((j for j in range(i - 1, max(start, i - 3), -1) if lines[j].kind is Kind.TEXT), None)
    if above is None or not is_capitals(lines[above].text) or read_mark(lines[above].text):
        return i
    return above if is_body(sentence_case(lines[above].text)) else i


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    """Tell whether numbered text follows a line in capitals, so that it is no signature."""
    below = [line.text for line in lines[i + 1 : i + 40] if line.kind is Kind.TEXT]
    return any((mark := read_mark(text)) and not mark.is_bullet for text in below) or len(below) > 30
