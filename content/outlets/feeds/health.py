"""How a feed stands, and whether its silence can be believed. Pure.

An outlet that published nothing is *silent* only when a feed of it was read all the while; otherwise what it
published is *unknown*. A feed shows its last thirty entries or so: a short outage loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.clock import Period
from content.outlets.feeds.models import Feed, FeedHealth

SHORT_OUTAGE = timedelta(days=1)
QUIET_AFTER = timedelta(
    days=7
)  # a paper's feed whose newest entry is older than that is looked at by a person
BEGIN_WITHIN = timedelta(days=1)  # watching that began this long after a period's beginning counts from there


@dataclass(frozen=True)
class Outage:
    """A stretch without a good answer; *ended_at* None while it lasts."""

    began_at: datetime
    ended_at: datetime | None


def health_of(feed: Feed, *, now: datetime) -> FeedHealth:
    """How *feed* stands at *now* (aware)."""
    if feed.gone_at is not None:
        return FeedHealth.GONE
    if not feed.is_watched:
        return FeedHealth.OFF
    if feed.failing_since is not None:
        return FeedHealth.FAILING
    if feed.answered_at is None:
        return FeedHealth.NEW
    if feed.newest_entry_at is None or now - feed.newest_entry_at > QUIET_AFTER:
        return FeedHealth.QUIET
    return FeedHealth.WELL


def is_covered(feed: Feed, outages: Iterable[Outage], period: Period, *, now: datetime) -> bool:
    """Whether *feed* was read throughout *period* (as far as it lies before *now*), short outages aside."""
    ends_at = min(period.ends_at, now)
    if feed.watched_since is None or feed.watched_since > period.starts_at + BEGIN_WITHIN:
        return False
    if not feed.is_watched or feed.gone_at is not None:
        return False
    return all(_within(one, period.starts_at, ends_at) <= SHORT_OUTAGE for one in outages)


def _within(outage: Outage, starts_at: datetime, ends_at: datetime) -> timedelta:
    """How much of an outage lies between two moments."""
    return max(min(outage.ended_at or ends_at, ends_at) - max(outage.began_at, starts_at), timedelta())


def silence_is_known(
    feeds: Sequence[tuple[Feed, Sequence[Outage]]], period: Period, *, now: datetime
) -> bool:
    """Whether an outlet with these feeds would have been seen publishing in *period*: any feed was read throughout."""
    return any(is_covered(feed, outages, period, now=now) for feed, outages in feeds)
