"""What a feed says about one thing that was published, in plain values: the seam between reader and registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FoundEntry:
    """One entry of a feed, its text safe and in NFC.

    *title* at most 500 characters, plain text; *link* an absolute http(s) address of at most 2,000, or ""; *guid*
    as the feed names it, or ""; *published_at* aware UTC, never in the future, None where no date could be read;
    *raw_date* as it was written; *summary* plain text of at most 1,000.
    """

    title: str
    link: str
    guid: str
    published_at: datetime | None
    raw_date: str
    summary: str
