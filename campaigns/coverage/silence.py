"""Where nothing is counted: did the outlet publish nothing, or do we not know, and why not? Pure.

Nothing counted is *silent* only when a feed of the outlet was read throughout the elapsed part of the span
(content/outlets/feeds/health.py) and nothing that was found there waits for a person's word, or when the outlet is our
own public site, on which nothing stands but what Loa sent. All else is *unknown*.
What a person logs by hand counts like any other publication: where something is counted, nobody asks for feeds.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.clock import Period, local_day
from content.outlets.feeds.health import BEGIN_WITHIN, SHORT_OUTAGE, Outage, silence_is_known
from content.outlets.feeds.models import Feed


class Why(enum.StrEnum):
    """What makes silence believed (``OURS``, ``READ``) or not; in the order in which a reason is told."""

    OURS = "ours"  # our own public site
    READ = "read"
    WAITING = "waiting"  # found there, and nobody has said yet whether it counts
    UNREADABLE = "unreadable"
    NEW = "new"  # watching began later
    NEVER = "never"  # watched, but never answered
    GONE = "gone"
    OFF = "off"  # there is a feed, but nobody watches it
    NO_FEED = "no_feed"


@dataclass(frozen=True)
class Silence:
    """What an outlet's silence is worth; *day* is since when, *until* to when (None: still), *waiting* how many."""

    why: Why
    day: date | None = None
    until: date | None = None
    waiting: int = 0

    @property
    def is_known(self) -> bool:
        return self.why in {Why.OURS, Why.READ}


@dataclass(frozen=True)
class Silences:
    """What the silence of each outlet is worth in one span; empty for a span that has not begun."""

    outlets: Mapping[int, Silence] = field(default_factory=dict)
    waiting: Mapping[tuple[int, int], int] = field(default_factory=dict)  # by theme and outlet

    def of(self, theme_ids: Collection[int], outlet_ids: Collection[int]) -> list[Silence]:
        """What is known of these outlets where nothing of these themes is counted."""
        found = []
        for outlet in outlet_ids:
            if (there := self.outlets.get(outlet)) is not None:
                waiting = sum(self.waiting.get((theme, outlet), 0) for theme in theme_ids)
                found.append(Silence(Why.WAITING, waiting=waiting) if waiting else there)
        return found


Watched = tuple[Feed, Sequence[Outage]]


def silence_of(feeds: Sequence[Watched], period: Period, *, now: datetime, is_ours: bool = False) -> Silence:
    """Whether the silence of an outlet with these feeds is known in *period* so far, and if not, why not."""
    if is_ours:
        return Silence(Why.OURS)
    if silence_is_known(feeds, period, now=now):
        return Silence(Why.READ)
    reasons = [_reason(feed, outages, period, now) for feed, outages in feeds]
    order = list(Why)
    return min(reasons, key=lambda one: order.index(one.why), default=Silence(Why.NO_FEED))


def _reason(feed: Feed, outages: Sequence[Outage], period: Period, now: datetime) -> Silence:
    """Why this feed does not prove silence."""
    if feed.gone_at is not None:
        return Silence(Why.GONE, local_day(feed.gone_at))
    if not feed.is_watched:
        return Silence(Why.OFF)
    if feed.watched_since is None:
        return Silence(Why.NEVER)
    if feed.watched_since > period.starts_at + BEGIN_WITHIN:
        return Silence(Why.NEW, local_day(feed.watched_since))
    ends_at = min(period.ends_at, now)
    long = [
        one
        for one in sorted(outages, key=lambda one: one.began_at)
        if min(one.ended_at or ends_at, ends_at) - max(one.began_at, period.starts_at) > SHORT_OUTAGE
    ]
    until = long[-1].ended_at
    return Silence(Why.UNREADABLE, local_day(long[0].began_at), None if until is None else local_day(until))
