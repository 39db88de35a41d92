"""Words that a document changes wherever they stand in a place: which, into which, and where. Pure.

"Thay thế cụm từ “A” bằng cụm từ “B” tại điểm a khoản 1 và khoản 3 Mục II", "Bỏ cụm từ “A” tại Mục III": the second way,
beside new words for a whole item, in which Vietnamese documents amend one another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """One part of the place that a clause names, from the outside in."""

    SECTION = "muc"
    NUMBER = "khoan"
    POINT = "diem"
    ROW = "so thu tu"
    BULLET = "gach dau dong thu"


Place = Mapping[Step, str]


@dataclass(frozen=True)
class Swap:
    """*before* becomes *after* ("" where it is only taken out) in each of *places*; everywhere when there is none."""

    before: str
    after: str
    places: tuple[Place, ...] = ()


_QUOTED = r"[“\"]([^“”\"]{1,500})[”\"]"
_PHRASE = r"(?:các\s+)?(?:cụm\s+từ|từ\s+ngữ|từ)\s+"
_BEGINS = re.compile(rf"(?:thay(?:\s+thế)?|bãi\s+bỏ|bỏ)\s+{_PHRASE}[“\"]", re.IGNORECASE)
_SWAP = re.compile(
    rf"{_PHRASE}{_QUOTED}(?:\s*(?:bằng|thành)\s+(?:{_PHRASE})?{_QUOTED})?",
    re.IGNORECASE,
)
_ORDINAL = r"(?:[a-zđ]|[ivx]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3})(?=[\s,.;:)]|$)"
_NAMED = re.compile(rf"\b(điểm|khoản|mục)\s+({_ORDINAL}(?:(?:,|\s+và)\s+{_ORDINAL}){{0,20}})", re.IGNORECASE)
_STEPS = {"điểm": Step.POINT, "khoản": Step.NUMBER, "mục": Step.SECTION}
_OUTER = {Step.POINT: (), Step.NUMBER: (Step.POINT,), Step.SECTION: (Step.POINT, Step.NUMBER)}


def begins_swap(text: str) -> bool:
    """Whether a clause of this kind begins here."""
    return _BEGINS.match(text) is not None


def read_swaps(text: str) -> list[Swap]:
    """The changes of words that a clause states; one that names no place of its own has that of the next."""
    found = list(_SWAP.finditer(text)) if begins_swap(text) else []
    swaps: list[Swap] = []
    places: tuple[Place, ...] = ()
    end = len(text)
    for one in reversed(found):
        places = read_places(text[one.end() : end]) or places
        swaps.append(Swap(one[1].strip(), (one[2] or "").strip(), places))
        end = one.start()
    return swaps[::-1]


def read_places(text: str) -> tuple[Place, ...]:
    """The places that *text* names: "điểm a, b khoản 1 và khoản 3 Mục II" are three."""
    places: list[dict[Step, str]] = []
    for found in _NAMED.finditer(text):
        step = _STEPS[found[1].lower()]
        ordinals = [_ordinal(step, one) for one in re.split(r",|\s+và\s+", found[2])]
        open_ones = [one for one in places if _lies_in(one, step)]
        if open_ones and len(ordinals) == 1:
            for one in open_ones:
                one[step] = ordinals[0]
        else:
            places += [{step: ordinal} for ordinal in ordinals]
    return tuple(places)


def _lies_in(place: Mapping[Step, str], step: Step) -> bool:
    """Whether a place that was named before still wants this outer part."""
    return step not in place and any(inner in place for inner in _OUTER[step])


def _ordinal(step: Step, printed: str) -> str:
    bare = printed.strip()
    return bare.upper() if step is Step.SECTION else bare.lower()
