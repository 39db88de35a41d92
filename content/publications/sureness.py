"""How sure a proposed match is, and why, in words that people read in either language."""

from __future__ import annotations

import enum
import re
from functools import cache

from app.web.forms import say
from content.publications.found import proposals, recognise
from content.publications.matching import REASON as BY_HAND
from content.publications.sent import REASON as BY_SLOT
from content.themes import matching


class Sureness(enum.StrEnum):
    """A score in words; nobody decides by the second digit of a number."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"
    WEAK = "weak"


def sureness(score: float) -> Sureness:
    """The word for *score* (0.0 to 1.0)."""
    if score >= 0.9:
        return Sureness.SURE
    if score >= 0.7:
        return Sureness.LIKELY
    return Sureness.POSSIBLE if score >= 0.45 else Sureness.WEAK


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Each sentence that a reason is made of, with the pattern that finds its values again."""
    sentences = [
        *matching.EXACT.values(),
        *matching.FOLDED.values(),
        *matching.DOCUMENT.values(),
        recognise.TITLE_SAME,
        recognise.TITLE_LIKE,
        recognise.TEXT_LIKE,
        proposals.OF_ITEM,
        BY_HAND,
        BY_SLOT,
    ]
    made = []
    for sentence in sentences:
        parts = re.split(r"\{(\w+)\}", sentence)
        spelled = [f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)]
        made.append((sentence, re.compile("".join(spelled))))
    return made


def show_reason(reason: str) -> str:
    """A stored reason (Vietnamese, of one or more sentences) in the language of the answer."""
    return "; ".join(
        ", ".join(_one(part) for part in re.split(r", (?=trùng )", sentence))
        for sentence in reason.split("; ")
    )


def _one(part: str) -> str:
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(part):
            return say(sentence, **found.groupdict())
    return part
