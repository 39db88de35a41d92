"""Document numbers as printed in Vietnam, and where a text cites them.

The grammar knows five forms: party ``57-KL/TW``, law ``126/2025/QH15``, state ``47/NQ-CP`` and
``39/2020/TT-BTTTT``, công văn ``1001/UBND-KGVX`` and a blank ``Số:      /KH-UBND``. The key of a
document is its whole symbol: Kết luận 57-KL/TW and Nghị quyết 57-NQ/TW have only the 57 in common.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III (abbreviations); Hướng dẫn 36-HD/VPTW (party numbers).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_LATIN = (*range(0x41, 0x250), *range(0x1E00, 0x1EFA))
UPPER = "".join(chr(c) for c in _LATIN if chr(c).isupper())
"""Every Latin capital letter, for the inside of a character class."""

TYPE_WORDS: dict[str, str] = {
    "NQ": "Nghị quyết", "NQLT": "Nghị quyết liên tịch", "QĐ": "Quyết định", "CT": "Chỉ thị",
    "QC": "Quy chế", "QyĐ": "Quy định", "QĐi": "Quy định", "TC": "Thông cáo", "TB": "Thông báo",
    "HD": "Hướng dẫn", "CTr": "Chương trình", "CTrHĐ": "Chương trình hành động",
    "CTHĐ": "Chương trình hành động", "KH": "Kế hoạch", "KHHĐ": "Kế hoạch hành động",
    "PA": "Phương án", "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản",
    "TTr": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện", "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời", "NĐ": "Nghị định",
    "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "VBHN": "Văn bản hợp nhất", "KL": "Kết luận",
    "CV": "Công văn", "PL": "Pháp lệnh", "LCT": "Lệnh", "ĐLĐ": "Điều lệ",
}  # fmt: skip
"""Abbreviation of a type of document to its word; công văn has none in State documents."""

_BY_CAPITALS = {key.upper(): key for key in TYPE_WORDS}
_BODIES = {"TTG": "TTg", "BCĐTW": "BCĐTW"}
_PARTY_BODIES = frozenset({"TW", "TU", "BBT", "BCT", "VPTW"})

_DASH = r"\s{0,6}[-‐‑‒–—−]\s{0,6}"
_SLASH = r"\s{0,6}/\s{0,6}"
_NUM = r"(?<![\w/.,-])(?P<num>\d{1,5}(?:\.\d{1,4})?[A-ZĐa-z]?)"
_TOKEN = rf"[{UPPER}][{UPPER}a-zđ0-9&]*(?:\.[{UPPER}]+)*"
_TYPES = "|".join(sorted((re.escape(key) for key in TYPE_WORDS), key=len, reverse=True))
_END = r"(?![\w])"

_PARTY = re.compile(
    rf"{_NUM}{_DASH}(?P<type>(?i:{_TYPES})){_SLASH}(?P<body>{_TOKEN}(?:-{_TOKEN}){{0,3}}){_END}"
)
_LAW = re.compile(rf"{_NUM}{_SLASH}(?P<year>\d{{4}}){_SLASH}(?P<body>(?:UBTV)?QH\s?\d{{1,2}}){_END}")
_STATE = re.compile(
    rf"{_NUM}{_SLASH}(?:(?P<year>\d{{4}}){_SLASH})?(?P<type>(?i:{_TYPES}))"
    rf"(?P<body>(?:{_DASH}{_TOKEN}){{1,4}}){_END}"
)
_LETTER = re.compile(rf"{_NUM}{_SLASH}(?P<body>{_TOKEN}(?:{_DASH}{_TOKEN}){{1,3}}){_END}")
_PLAIN = re.compile(
    rf"(?:Công văn|Văn bản"
    rf"|Tờ trình)\s{{1,6}}(?:số\s{{1,6}})?{_NUM}{_SLASH}(?P<body>[{UPPER}]{{2,}}){_END}(?![-–])"
)
_BLANK = re.compile(
    rf"\bSố\s*:?\s*[.…_\s]{{0,60}}(?:[-–]\s?(?P<party>{_TOKEN}/{_TOKEN})"
    rf"|/\s*(?P<state>(?:\d{{4}}/)?{_TOKEN}(?:{_DASH}{_TOKEN}){{0,3}})){_END}",
    re.IGNORECASE,
)


class Form(StrEnum):
    """The form a number is written in."""

    PARTY = "party"
    LAW = "law"
    STATE = "state"
    LETTER = "congvan"


@dataclass(frozen=True)
class Number:
    """One document number: ``key`` normalised, ``printed`` as it stands, offsets into the text."""

    key: str
    form: Form
    type_word: str | None
    printed: str
    start: int
    end: int


@dataclass(frozen=True)
class NumberParts:
    """The parts of a number as strings: ``kind`` is the abbreviation of its type, ``bodies`` who issued and drafted it."""

    number: str
    year: str | None
    kind: str | None
    bodies: tuple[str, ...]


def parts_of(key: str) -> NumberParts | None:
    """Return the parts of a normalised number ("27/2025/QĐ-UBND", "57-NQ/TW"), or None where it is none."""
    for pattern in (_PARTY, _LAW, _STATE, _LETTER):
        if found := pattern.fullmatch(key):
            said = found.groupdict()
            bodies = tuple(body for body in re.split(r"[-/]", said["body"]) if body)
            return NumberParts(said["num"], said.get("year"), said.get("type"), bodies)
    return None


def _tidy(token: str) -> str:
    """Return a body or unit without inner blanks, in the case that is usual for it."""
    parts = re.split(r"\s*[-‐‑‒–—−]\s*", token.strip())
    return "-".join(_BODIES.get(part.upper(), part) for part in parts if part)


def _party(found: re.Match[str]) -> tuple[str, Form, str | None]:
    kind = _BY_CAPITALS[found["type"].upper()]
    body = _tidy(found["body"])
    word = "Thông tri" if kind == "TT" else TYPE_WORDS[kind]
    return f"{found['num']}-{kind}/{body}", Form.PARTY, word


def _law(found: re.Match[str]) -> tuple[str, Form, str | None]:
    body = re.sub(r"\s", "", found["body"])
    return f"{found['num']}/{found['year']}/{body}", Form.LAW, None


def _state(found: re.Match[str]) -> tuple[str, Form, str | None]:
    kind = _BY_CAPITALS[found["type"].upper()]
    body = _tidy(found["body"])
    if found["year"] is None and body in _PARTY_BODIES:
        # "27/NQ- TW": only the Party signs with these bodies, so the two marks were swapped.
        return f"{found['num']}-{kind}/{body}", Form.PARTY, TYPE_WORDS[kind]
    year = f"{found['year']}/" if found["year"] else ""
    return f"{found['num']}/{year}{kind}-{body}", Form.STATE, TYPE_WORDS[kind]


def _letter(found: re.Match[str]) -> tuple[str, Form, str | None]:
    return f"{found['num']}/{_tidy(found['body'])}", Form.LETTER, "Công văn"


_READERS = ((_PARTY, _party), (_LAW, _law), (_STATE, _state), (_LETTER, _letter))


def _plain(text: str, taken: set[int]) -> list[Number]:
    """Return the letters whose symbol has one part, which only the word before them tells."""
    return [
        Number(
            f"{m['num']}/{m['body']}",
            Form.LETTER,
            None,
            text[m.start("num") : m.end()],
            m.start("num"),
            m.end(),
        )
        for m in _PLAIN.finditer(text)
        if m.start("num") not in taken
    ]


def find_numbers(text: str) -> list[Number]:
    """Return every full document number in *text*, in the order of the text.

    Slips are normalised in ``key``: blanks or a line break at the marks, a dash of another length,
    capitals for ``TTg`` and ``CTr``, a party number written with the marks of the State. Numbers
    without a symbol ("Nghị quyết 57") are not returned, because they do not name one document.
    """
    text = text.replace("Ð", "Đ")
    found: list[Number] = []
    taken: set[int] = set()
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            if match.start() in taken or (pattern is _LETTER and not _is_letter(match)):
                continue
            key, form, word = read(match)
            taken.add(match.start())
            found.append(Number(key, form, word, match.group(), match.start(), match.end()))
    return sorted([*found, *_plain(text, taken)], key=lambda number: number.start)


def _is_letter(match: re.Match[str]) -> bool:
    """Tell whether a match is a công văn: its first token is a body in capitals, not a type."""
    first = re.split(r"\s*[-‐‑‒–—−]\s*", match["body"])[0]
    return len(first) > 1 and first[:2].isupper() and first.upper() not in _BY_CAPITALS


def find_blank_symbol(text: str) -> str | None:
    """Return the symbol behind a blank number ("Số:      /KH-UBND" -> "KH-UBND"), else None."""
    found = _BLANK.search(text.replace("Ð", "Đ"))
    return _tidy(found["party"] or found["state"]) if found else None
