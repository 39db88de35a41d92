"""The RSS feed of the public site, as bytes: the same pages give the same bytes, so its hash can be its ETag."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from feedgen.feed import FeedGenerator

from app import clock
from content.site.models import PublicPage


@dataclass(frozen=True)
class FeedHead:
    """What the feed says of itself."""

    title: str
    description: str
    address: str  # of the list that people read
    feed_address: str


def make_feed(
    head: FeedHead,
    pages: Sequence[PublicPage],
    address_of: Callable[[PublicPage], str],
    *,
    changed_at: datetime | None,
) -> bytes:
    """RSS 2.0 of *pages* (newest first); each keeps its guid, a tag URI (RFC 4151), whatever its address becomes."""
    feed = FeedGenerator()
    feed.title(head.title)
    feed.description(head.description)
    feed.link(href=head.feed_address, rel="self")
    feed.link(href=head.address, rel="alternate")
    feed.language("vi")
    feed.generator("Loa")
    if changed_at is not None:
        feed.lastBuildDate(changed_at)
    host = urlsplit(head.address).hostname or "localhost"
    for page in pages:
        entry = feed.add_entry(order="append")
        entry.guid(f"tag:{host},{clock.local_day(page.published_at)}:tin/{page.token}", permalink=False)
        entry.title(page.revision.title)
        entry.link(href=address_of(page))
        if page.revision.summary:
            entry.description(page.revision.summary)
        entry.pubDate(page.published_at)
    made: bytes = feed.rss_str(pretty=True)
    return made
