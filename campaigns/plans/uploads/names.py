"""Names typed one a line."""

from __future__ import annotations

from campaigns.plans.uploads.services import MARKS


def names_of(typed: str | None) -> list[str]:
    """One name a line; blanks, a mark of a list and the last semicolon are no part of it."""
    lines = (" ".join(line.split()).strip(MARKS) for line in (typed or "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))
