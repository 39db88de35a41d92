"""``read_feed``: bytes of an answer in, a ReadFeed out."""

from __future__ import annotations

from datetime import datetime

from content.outlets.feeds.order import DateOrder
from scheduler.watch.feedfile.feed import ReadFeed


def read_feed(
    body: bytes, *, content_type: str = "", address: str = "", order: DateOrder | None = None, now: datetime
) -> ReadFeed:
    """Read *body* as RSS, RDF, Atom, CDF, JSON Feed or news sitemap.

    *content_type* is the answer's header; *address* where it came from, the base of relative links; *order* the
    order of day and month if the poller has locked it; *now* (aware) the moment of the answer, which no date passes.

    Raises:
        Unreadable: it is no feed at all.
    """
    raise NotImplementedError
