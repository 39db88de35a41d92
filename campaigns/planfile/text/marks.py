"""Ordinals at the head of a paragraph: I. / A. / 1. / 1.1. / a) / - / + and their order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from content.references.numbers import UPPER


class Rank(IntEnum):
    """How high a mark stands; a smaller rank holds the greater ones."""

    PART = 0
    CAPITAL = 10
    ROMAN = 20
    ARTICLE = 29
    DIGIT = 30
    LETTER = 40
    BULLET = 50
    PLUS = 60


@dataclass(frozen=True)
class Mark:
    """One mark: ``ordinal`` as printed without its stop, ``rank`` (digits deepen it), printed length."""

    ordinal: str
    rank: int
    length: int

    @property
    def is_bullet(self) -> bool:
        """Tell whether the mark only lists and does not count."""
        return self.rank >= Rank.BULLET


_ROMAN = {"I": 1, "V": 5, "X": 10}
_ORDERS = ("abcdđeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz")
_PATTERNS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.PART, re.compile(r"(?:(?:Phần|PHẦN|Chương|CHƯƠNG)\s+((?:thứ|THỨ)\s+\w{1,6}|[IVX]{1,6}"
                           r"|\d{1,2}))\b[.:]?\s*")),
    (Rank.DIGIT, re.compile(r"(?:Nhóm\s+nhiệm\s+vụ|Nhiệm\s+vụ|Nhóm|Nội\s+dung|Giải\s+pháp|Hoạt\s+động|NHIỆM\s+VỤ)"
                            r"\s+(?:số\s+|thứ\s+)?(\d{1,2}|[IVX]{1,5})\s*[:.]\s*(?=\S)")),
    (Rank.ARTICLE, re.compile(r"Điều\s+(\d{1,3})\s*[.:]\s*")),
    (Rank.ROMAN, re.compile(r"([IVX]{1,6})\s{0,2}(?:[.)]\s*|[-–—/]\s*(?![a-z\d]))(?=\S)")),
    (Rank.CAPITAL, re.compile(rf"([{UPPER}])(?:[.)]\s+|\s?[-–/]\s+)(?=[{UPPER}])")),
    (Rank.DIGIT, re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)/-]\s*|\s+)(?=[^\s\d%.,/-])")),
    # "12/QĐ-TTg" at the head of a wrapped line is a document, "1/Báo chí" a point.
    (Rank.DIGIT, re.compile(rf"(\d{{1,2}})\s{{0,2}}(?:[.)/]\s+(?=\S)|[.)](?=[{UPPER}])"
                            rf"|/(?=[{UPPER}])(?!\S{{1,14}}-)|[-–]\s+(?=[{UPPER}])(?!\S{{1,8}}/))")),
    (Rank.LETTER, re.compile(rf"([a-zđ]\d?)\s{{0,2}}(?:\)\s*|[./]\s+|[./](?=[{UPPER}])"
                             rf"|[-–]\s+(?=[{UPPER}]))(?=\S)")),
    (Rank.LETTER, re.compile(r"\((\d{1,2}|[a-zđ])\)\s*(?=\S)")),
    (Rank.PLUS, re.compile(r"(\+)\s*(?=\S)")),
    (Rank.BULLET, re.compile(r"(\*)\s+(?=\S)")),
    (Rank.BULLET, re.compile(r"([-–—•●▪◦·‑])(?![-–—])\s*(?=\S)")),
)  # fmt: skip


def read_mark(text: str) -> Mark | None:
    """Return the mark at the head of *text*, or None.

    Bullets of any shape come back as "-", apart from "*" and "+", which some offices nest.
    """
    for rank, pattern in _PATTERNS:
        found = pattern.match(text)
        if found is None or (rank is Rank.ROMAN and not roman(found[1])):
            continue
        ordinal = found[1]
        if rank is Rank.BULLET and ordinal != "*":
            ordinal = "-"
        return Mark(ordinal, rank + _depth(ordinal, rank), found.end())
    return None


def _depth(ordinal: str, rank: Rank) -> int:
    if rank is Rank.DIGIT:
        return ordinal.count(".")
    return 1 if rank is Rank.LETTER and len(ordinal) > 1 else 0


def roman(digits: str) -> int:
    """Return the value of a Roman number up to 39, or 0 where the letters make none."""
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", digits):
        return 0
    values = [_ROMAN[d] for d in digits]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def follows(mark: Mark, seen: Sequence[Mark]) -> bool:
    """Tell whether *mark* is a first one, or the next after one of *seen*.

    Letters may run in the Vietnamese order (a b c d đ e g h) or in the Latin one (a b c d e f g).
    """
    if _value(mark.ordinal, 0) == 1 or mark.ordinal.endswith(".1"):
        return True
    return any(_is_next(old.ordinal, mark.ordinal) for old in seen if old.rank == mark.rank)


def _is_next(old: str, new: str) -> bool:
    head, _, tail = old.rpartition(".")
    new_head, _, new_tail = new.rpartition(".")
    if head != new_head:
        return False
    return any(_value(new_tail, o) == _value(tail, o) + 1 for o in (0, 1))


def _value(ordinal: str, order: int) -> int:
    if ordinal.isdecimal():
        return int(ordinal)
    if ordinal.isupper() and (value := roman(ordinal)):
        return value
    return _ORDERS[order].find(ordinal.lower()) + 1 if len(ordinal) == 1 else 0
