"""The numbers of Word's own lists, counted as Word counts them and printed as ordinals.

Source: ECMA-376, part 1, 17.9 (numbering).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from campaigns.planfile.containers.ooxml import W, attribute, find, integer

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_PLUS_AND_STAR = ("+", "*")
_MOST_COUNTED = 5_000


def _letters(value: int) -> str:
    """Return a, b, … z, aa, bb, …: Word doubles the letter."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    text = ""
    for size, digits in _ROMAN:
        text += digits * (value // size)
        value %= size
    return text


def print_number(value: int, style: str) -> str:
    """Return *value* in one of Word's number formats; formats unknown here count in figures."""
    if style == "none" or value < 0:
        return ""
    if style in ("lowerLetter", "upperLetter", "lowerRoman", "upperRoman") and 0 < value < _MOST_COUNTED:
        text = _letters(value) if style.endswith("Letter") else _roman(value).lower()
        return text.upper() if style.startswith("upper") else text
    return f"{value:02d}" if style == "decimalZero" else str(value)


@dataclass
class Level:
    """One level of a list: format, text with its place-holders, first number."""

    style: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    paragraph_style: str | None = None

    @classmethod
    def read(cls, element: _Element) -> Level:
        """The level that a ``w:lvl`` describes."""
        return cls(
            style=attribute(find(element, "numFmt"), "val") or "decimal",
            text=attribute(find(element, "lvlText"), "val") or "",
            start=integer(find(element, "start"), 1),
            restart=integer(find(element, "lvlRestart"), None),
            legal=find(element, "isLgl") is not None,
            paragraph_style=attribute(find(element, "pStyle"), "val"),
        )


@dataclass
class _List:
    """One list: its levels, what it counts with, and which levels start anew at its first use."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document, counting on as its paragraphs are walked."""

    def __init__(self, root: _Element | None) -> None:
        """Read ``numbering.xml``; without one no paragraph gets a number."""
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            abstract = {attribute(one, "abstractNumId"): one for one in root.iterchildren(W + "abstractNum")}
            by_style = {attribute(find(one, "styleLink"), "val"): key for key, one in abstract.items()}
            for one in root.iterchildren(W + "num"):
                key = attribute(find(one, "abstractNumId"), "val")
                key = by_style.get(attribute(find(abstract.get(key), "numStyleLink"), "val") or "-", key)
                self._lists[attribute(one, "numId") or ""] = _read_list(key or "", abstract.get(key), one)

    def level_of(self, num_id: str, style: str) -> int:
        """Return the level of a list that belongs to a paragraph style; the first where none does."""
        own = self._lists.get(num_id)
        levels = own.levels.items() if own else ()
        return next((i for i, level in levels if level.paragraph_style == style), 0)

    def next(self, num_id: str, level: int) -> str:
        """Return the ordinal of the next paragraph of that list and level; "" where it has none."""
        own = self._lists.get(num_id)
        described = own.levels.get(level) if own else None
        if own is None or described is None:
            return ""
        counts = self._counts.setdefault(own.abstract, {})
        start = own.restarts.pop(level, None)
        counts[level] = (
            (counts[level] + 1 if level in counts else described.start) if start is None else start
        )
        for lower in [one for one in counts if one > level]:
            after = own.levels.get(lower, described).restart
            if after is None or (after and level < after):
                del counts[lower]
        return _bullet(described) if described.style == "bullet" else self._print(own, described, counts)

    def _print(self, own: _List, described: Level, counts: dict[int, int]) -> str:
        text = described.text
        for i in range(_LEVELS):
            place = f"%{i + 1}"
            if place in text:
                level = own.levels.get(i, described)
                style = "decimal" if described.legal and level.style != "none" else level.style
                text = text.replace(place, print_number(counts.get(i, level.start), style))
        return text.strip()


def _bullet(level: Level) -> str:
    """Return "+" or "*" where the list prints them, "-" for any other sign (mostly of a symbol font)."""
    sign = level.text.strip()
    return sign if sign in _PLUS_AND_STAR else "-"


def _read_list(key: str, abstract: _Element | None, num: _Element) -> _List:
    levels, restarts = {}, {}
    for one in abstract.iterchildren(W + "lvl") if abstract is not None else ():
        levels[int(attribute(one, "ilvl") or 0)] = Level.read(one)
    for override in num.iterchildren(W + "lvlOverride"):
        level = int(attribute(override, "ilvl") or 0)
        if (inner := find(override, "lvl")) is not None:
            levels[level] = Level.read(inner)
        if (start := integer(find(override, "startOverride"), None)) is not None:
            restarts[level] = start
    return _List(key, levels, restarts)
