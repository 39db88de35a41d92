"""What comes out of a feed: plain values that the registry of publications takes as they are."""

from __future__ import annotations

from dataclasses import dataclass

from content.outlets.feeds.order import DateOrder
from content.publications.found.entry import FoundEntry


@dataclass(frozen=True)
class Hints:
    """How often the feed itself asks to be read, in seconds; None where it says nothing that can be used.

    *ttl* from ``<ttl>`` (RSS 2.0, minutes); *period* from ``sy:updatePeriod`` divided by ``sy:updateFrequency``,
    where "always" counts as hourly (Báo Kon Tum declares it).
    """

    ttl: int | None = None
    period: int | None = None

    @property
    def seconds(self) -> int | None:
        """The longer of the two: the politest reading of what the feed asks."""
        return max((one for one in (self.ttl, self.period) if one is not None), default=None)


@dataclass(frozen=True)
class ReadFeed:
    """A feed as it was read.

    *title* plain text of at most 300 characters; *entries* in the order of the document, at most 2,000, and *is_cut*
    when there were more; *order* of day and month as this poll's dates show it, None where they show nothing;
    *kind* one of rss, rdf, atom, cdf, json, sitemap; *used_fallback* when the document was not well-formed and had
    to be read by the forgiving reader; *link* the page that the feed is of, or "".
    """

    title: str
    entries: tuple[FoundEntry, ...]
    order: DateOrder | None
    hints: Hints
    kind: str
    is_cut: bool
    used_fallback: bool
    link: str = ""
