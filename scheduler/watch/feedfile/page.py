"""``read_page``: what an article page says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PageFacts:
    """An article page in plain values; "" or None where it says nothing.

    *title* at most 500 characters, *summary* at most 1,000, both plain text; *published_at* aware UTC;
    *canonical* an absolute http(s) address of at most 2,000 characters; *site_name* at most 200.
    """

    title: str = ""
    summary: str = ""
    published_at: datetime | None = None
    canonical: str = ""
    site_name: str = ""


def read_page(body: bytes, *, content_type: str = "", address: str = "") -> PageFacts:
    """Read the article page *body* that came from *address*; never raises."""
    raise NotImplementedError
