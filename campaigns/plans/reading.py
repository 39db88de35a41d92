"""The one way in which plans are read from a kept file, so that lines mean the same on every page."""

from __future__ import annotations

from app.text import clean
from campaigns.planfile.draft import PlanDraft
from campaigns.planfile.reader import read_plan


def read_source(content: bytes, *, name: str) -> PlanDraft:
    """The draft of a kept file, free of marks that make a text read otherwise than it is stored.

    Bidi overrides and zero-width marks are taken out before the reading, so no value can carry one; the lines keep
    their numbers.

    Raises:
        Unreadable: the reader's own refusals.
    """
    draft = read_plan(content, name=name)
    text = "\n".join(draft.lines)
    cleaned = clean(text)
    return draft if cleaned == text else read_plan(cleaned, name=name)
