"""Documents that a plan cites: as basis, as what it implements, or in passing."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.text import fold
from campaigns.planfile.draft import LegalBasis, Role, Text, Traced
from campaigns.planfile.text.block import cut
from campaigns.planfile.text.marks import Rank, read_mark
from campaigns.planfile.text.paragraphs import Paragraph
from content.references.citations import DAY, TYPE_WORD, Citation, find_citations, read_day
from content.references.numbers import UPPER

_KEY = re.compile(
    r"(?:^|(?<=[;.,:]\s)|(?<=\bvà\s))(Căn cứ|Thực hiện|Thi hành|Triển khai(?:\s+thực hiện)?"
    r"|Tiếp tục thực hiện|Theo|Xét)\s"
)
_NESTING = re.compile(
    r"(?<!\w)(?:về|thực hiện|phê duyệt|ban hành|quy định|sửa đổi|hướng dẫn|điều chỉnh|thay thế"
    r"|triển khai|bổ sung"
    r"|công bố|quán triệt)(?!\w)|[(“\"]",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"(?:\s(?:và|hoặc)|,)\s+{TYPE_WORD}(?:\s+số)?\s*$", re.IGNORECASE)
_TYPED = re.compile(rf"{TYPE_WORD}(?:\s+số)?\s*$", re.IGNORECASE)
_DIRECT = re.compile(
    r"^\W*(?:triển khai\s+)?(?:tổ chức\s+)?(?:thực hiện|triển khai)\s+\w+(?:\s+\w+){0,3}\s*$", re.IGNORECASE
)
_LAW = re.compile(
    rf"(?<![\w“])((?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+(?:sửa đổi[^;]{{0,80}}?của\s+(?:Bộ luật|Luật)\s+)?"
    rf"[{UPPER}][^\s,;.:()“”\"]*"
    # "Phòng, chống …" and "tiết kiệm, chống …" go on behind a comma, "… người tiêu dùng, nghĩa vụ thuế" does not.
    r"(?:(?:,\s+(?=chống\s|giáo dục pháp luật)|\s+)(?!(?:Luật|Bộ luật|Pháp lệnh|có|được|để|đã|trong|về|năm|ngày|số(?=\s*:?\s*\d)|quy định|hiện|do"
    r"|của|cho|và(?=\s+(?:Nghị|Quyết|Thông|Chỉ|Luật|Pháp|Kế)\s)|và(?!\s+đại biểu|\s+\w+\s+\w+(?:\s*[,;.:)]|\s+(?:ngày|năm|số|của)\s|$))"
    r"|theo(?!\s+hợp đồng))(?!\w))[^\s,;.:()“”\"]+){0,14})"
)
_LAW_END = re.compile(
    r"(?:\s+(?:và|hoặc)|,)\s+(?:Bộ luật|Luật|Pháp lệnh)(?!\w).*$|\s+(?:và các|và những|hiện hành|năm \d{4}|ngày"
    r"|số \d|để|có hiệu lực|quy định|được|đã|cùng|trong|về).*$"
)
_CONGRESS = re.compile(
    r"(Nghị quyết)\s+(Đại hội\s+(?:đại biểu\s+)?(?:toàn quốc\s+)?[^,;.()]{0,60}?lần thứ\s+[IVXLC\d]+(?:\s+của\s+Đảng)?)",
    re.IGNORECASE,
)
_RULES = re.compile(
    rf"(?<!\w)(Quy chế\s+[^,;.()]{{4,90}}?)(?=[,;.()]|\s+(?:và\s+{TYPE_WORD}"
    r"|chủ động|theo|của|ban hành|trên|do)(?!\w)|$)"
)
_STATUTE = re.compile(
    r"(?<!\w)(Điều lệ\s+(?:Đảng|Đoàn|Hội|Liên\s+\w+|Công\s+đoàn)(?:\s+(?!về\s|số\s|của\s|và\s|được\s)[^\s,;.()]+){0,8})(?![^;]{0,60}số\s+\d)"
)
"""The statute of the Party, of a union or an association, which bears no number."""
_OPENING = re.compile(r"(Căn cứ|Thực hiện|Thi hành|Triển khai)\s")
_WEIGHT = {Role.BASIS: 0, Role.IMPLEMENTED: 0, Role.PREAMBLE: 1, Role.BODY: 2}


@dataclass(frozen=True)
class _Found:
    """A citation in its paragraph with the role that its place gives it."""

    basis: LegalBasis
    key: str


def _named(cite: Citation) -> str:
    return " – ".join(word for word in (cite.type_word, cite.issuer) if word) or cite.number


def _found(paragraph: Paragraph, cite: Citation, role: Role) -> _Found:
    number = cut(paragraph, cite.start, cite.end, cite.number)
    source = cut(paragraph, cite.start, min(len(paragraph.text), cite.end + 60))
    day = cite.issued_on and Traced(cite.issued_on, source.line_from, source.line_to, source.words)
    named = cut(paragraph, cite.start, cite.end, _named(cite))
    basis = LegalBasis(number, day or None, named, role, cite.subject, cite.short_name)
    return _Found(basis, cite.number)


def _roles(text: str, cites: Sequence[Citation]) -> list[Role]:
    """Return the role of each citation of a paragraph of the preamble.

    The first document behind "Căn cứ" or "Thực hiện" is one, and so are those listed beside it; what
    stands behind "về", "thực hiện", "phê duyệt" or in brackets is only named by it.
    """
    roles: list[Role] = []
    top: Role | None = None
    nested, last = False, 0
    for cite in cites:
        between = text[last : cite.start]
        keys = [m for m in _KEY.finditer(text, max(0, last - 2), cite.start) if m.start() >= last - 2]
        if keys:
            word = keys[-1][1]
            top = Role.BASIS if word in ("Căn cứ", "Theo", "Xét") else Role.IMPLEMENTED
            nested, between = False, text[keys[-1].end() : cite.start]
            nested = bool(roles) and bool(_NESTING.search(between)) and "(" in between
        elif ";" in between and not _open_bracket(text[: cite.start]):
            # "…; Hướng dẫn số 37": the word of a type nests nothing.
            nested = bool(_NESTING.search(_TYPED.sub("", between[between.rindex(";") :])))
        elif roles and _NESTING.search(between):
            # "… quy định X và Thông tư số 2" goes on with the list that the first document opened.
            nested = nested or not _BESIDE.search(between) or _open_bracket(between)
        roles.append(Role.PREAMBLE if top is None or nested else top)
        last = cite.end
    return roles


def _open_bracket(text: str) -> bool:
    return text.count("(") > text.count(")")


def _from_title(title: Text | None) -> list[_Found]:
    """Return the documents of the subject line; one that it says to carry out is implemented."""
    found: list[_Found] = []
    for cite in find_citations(title.value) if title else []:
        before = re.sub(r"\s*số\s*$", "", title.value[: cite.start]) if title else ""
        role = Role.IMPLEMENTED if not found and _DIRECT.match(before) else Role.PREAMBLE
        paragraph = Paragraph(title.value, (0,), (title.line_from,)) if title else Paragraph("", (0,), (1,))
        found.append(_found(paragraph, cite, role))
    return found


def _numbered(preamble: Sequence[Paragraph], body: Sequence[Paragraph], title: Text | None) -> list[_Found]:
    found: list[_Found] = []
    for paragraph in preamble:
        cites = find_citations(paragraph.text)
        pairs = zip(cites, _roles(paragraph.text, cites), strict=True)
        found += [_found(paragraph, cite, role) for cite, role in pairs]
    found += _from_title(title)
    listed = False
    for paragraph in body:
        mark = read_mark(paragraph.text)
        if mark and mark.rank <= Rank.ROMAN:
            # "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH": the bases stand in a section of their own.
            listed = fold(paragraph.text[mark.length :]).startswith(("can cu", "co so phap ly"))
        first, later = (Role.BASIS, Role.PREAMBLE) if listed else (Role.BODY, Role.BODY)
        cites = find_citations(paragraph.text)
        found += [_found(paragraph, cite, later if i else first) for i, cite in enumerate(cites)]
    return found


def _bare_role(text: str, at: int, nestings: Sequence[int]) -> Role:
    """Return the role of a law that stands at *at* in a paragraph of the preamble; *nestings* are sorted offsets."""
    key = _OPENING.match(text)
    if key is None:
        return Role.PREAMBLE
    start = max(key.end(), text.rfind(";", 0, at) + 1, text.rfind("Căn cứ", 0, at) + 1)
    if bisect_left(nestings, start) < bisect_left(nestings, at):
        return Role.PREAMBLE
    return Role.BASIS if key[1] == "Căn cứ" else Role.IMPLEMENTED


def _unnumbered(paragraph: Paragraph, *, preamble: bool) -> list[_Found]:
    """Return laws, resolutions of congresses and regulations that are cited without a number."""
    text = paragraph.text
    found: list[_Found] = []
    nestings = [nesting.start() for nesting in _NESTING.finditer(text)] if preamble else []
    for pattern in (_LAW, _CONGRESS, _RULES, _STATUTE):
        for match in pattern.finditer(text):
            words = " ".join(match[1].split())
            after = text[match.end() : match.end() + 40]
            if pattern is _LAW:
                words = _LAW_END.sub("", words).strip(" ,")
                if len(words.split()) < 2 or re.match(r"\s*(?:số\s*)?\d+/\d{4}/", after):
                    continue
            if pattern is _CONGRESS:
                words = f"{match[1]} – {match[2]}"
            if pattern is _RULES and not re.match(
                r"Quy chế (?:phát ngôn|làm việc|phối hợp|dân chủ|tổ chức|hoạt động|quản lý)", words
            ):
                continue
            role = _bare_role(text, match.start(), nestings) if preamble else Role.BODY
            day = DAY.search(after[:30]) if re.match(r"\s*(?:,\s*)?ngày", after) else None
            issued = read_day(day) if day else None
            named = cut(paragraph, match.start(), match.end(), words, 0.7)
            traced = Traced(issued, named.line_from, named.line_to, named.words) if issued else None
            found.append(_Found(LegalBasis(None, traced, named, role), fold(words)))
    return found


def _identity(merged: Mapping[str, LegalBasis], one: _Found) -> str:
    """Return the key of a cited document: its number, and its day where the number was met with another day."""
    held = merged[one.key].issued_on if one.key in merged else None
    day = one.basis.issued_on
    return f"{one.key} {day.value}" if held and day and held.value != day.value else one.key


def _merge(found: Sequence[_Found]) -> list[LegalBasis]:
    """Return each document once: the weightiest role, the first date, issuer and short name."""
    merged: dict[str, LegalBasis] = {}
    for one in found:
        key, new = _identity(merged, one), one.basis
        old = merged.get(key)
        if old is None:
            merged[key] = new
            continue
        role = new.role if _WEIGHT[new.role] < _WEIGHT[old.role] else old.role
        named = new.named if "–" in new.named.value and "–" not in old.named.value else old.named
        merged[key] = replace(
            old, role=role, named=named, issued_on=old.issued_on or new.issued_on,
            subject=old.subject or new.subject, short_name=old.short_name or new.short_name,
        )  # fmt: skip
    return list(merged.values())


def read_bases(
    preamble: Sequence[Paragraph], body: Sequence[Paragraph], title: Text | None, own: str | None
) -> tuple[LegalBasis, ...]:
    """Return every document that is cited, once, numbered ones first; *own* is not one of them."""
    found = [one for one in _numbered(preamble, body, title) if one.key != own]
    bare = [one for paragraph in preamble for one in _unnumbered(paragraph, preamble=True)]
    bare += [one for paragraph in body for one in _unnumbered(paragraph, preamble=False)]
    laws = {fold(one.basis.named.value) for one in found}
    bare = [one for one in bare if not any(law.startswith(one.key) for law in laws)]
    return tuple(_merge([*found, *bare]))
