"""Vietnamese text as syllables, with and without tone marks: what phrases are looked for in. Pure.

Punctuation does not count, so that "Văn hóa, Thể thao và Du lịch" holds "văn hóa thể thao và du lịch". A syllable
is compared in NFC and lower case with its tone mark at the one place: "hoà" is "hòa", "thuỷ" is "thủy". Behind q
the u belongs to the consonant: "quý" stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.text import fold

_SYLLABLE = re.compile(r"[^\W_]+")
MOST_REMEMBERED = 200_000  # spellings; Vietnamese has some 17,000 syllables, the rest are names and numbers
_OPEN_PAIRS = {
    old: new
    for pair, marked in (
        ("oa", "òóỏõọ àáảãạ"),
        ("oe", "òóỏõọ èéẻẽẹ"),
        ("uy", "ùúủũụ ỳýỷỹỵ"),
    )
    for first, last in [marked.split()]
    for old, new in ((pair[0] + late, early + pair[1]) for early, late in zip(first, last, strict=True))
}


class Syllable(NamedTuple):
    """One syllable as it is compared: with tone marks, without, and whether it stood in capitals."""

    exact: str
    folded: str
    is_capital: bool


class _Known(dict[str, Syllable]):
    """Spellings seen before: folding a syllable costs more than looking for phrases in it."""

    def __missing__(self, spelled: str) -> Syllable:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        exact = place_tone(spelled.lower())
        made = self[spelled] = Syllable(exact, fold(exact), spelled.isupper())
        return made


_known = _Known()


def place_tone(syllable: str) -> str:
    """*syllable* (NFC, lower case) with the tone of an open oa, oe, uy on its first letter."""
    pair = _OPEN_PAIRS.get(syllable[-2:])
    return syllable if pair is None or syllable[-3:-2] == "q" else syllable[:-2] + pair


def read_syllables(text: str) -> list[Syllable]:
    """The syllables of *text* (NFC) in order; numbers count as syllables."""
    return [_known[spelled] for spelled in _SYLLABLE.findall(text)]


def is_bare(syllables: Sequence[Syllable]) -> bool:
    """Whether no syllable carries a tone mark or a letter of Vietnamese alone: the text was typed without them."""
    return all(one.exact == one.folded for one in syllables)
