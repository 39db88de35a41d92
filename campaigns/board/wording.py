"""What the words of a plan give to work: names, purposes, and phrases found whole. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from app.text import excerpt, fold

LONGEST_NAME = 120
LONGEST_PURPOSE = 3_000


def name_from(text: str) -> str:
    """The first clause of a task or a title as a name."""
    clause = re.split(r"[;.:\n]", text.strip(), maxsplit=1)[0].strip(" -–,")
    return excerpt(clause or text, longest=LONGEST_NAME)


def purpose_from(text: str) -> str:
    """The words of the tasks as a purpose, cut where a campaign has no more room."""
    return text if len(text) <= LONGEST_PURPOSE else text[: LONGEST_PURPOSE - 1] + "…"


@lru_cache(maxsize=2_048)  # a page asks for the same few phrases and tasks some thousand times
def as_words(text: str) -> str:
    """*text* folded, as words between single blanks, so that a phrase is found whole."""
    return " " + " ".join(re.findall(r"[^\W_]+", fold(text))) + " "
