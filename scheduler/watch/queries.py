"""What the operator's page and the home page ask about watched feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from content.outlets.feeds.health import QUIET_AFTER
from content.outlets.feeds.models import Feed, FeedHealth
from content.outlets.models import Outlet

TROUBLES = (FeedHealth.GONE, FeedHealth.FAILING, FeedHealth.QUIET)
BROKEN = (FeedHealth.GONE, FeedHealth.FAILING)  # a quiet paper may simply have nothing to say


@dataclass(frozen=True)
class Watching:
    """How many feeds are watched, and how many of them are in which trouble."""

    watched: int
    counts: dict[FeedHealth, int]

    @property
    def broken(self) -> int:
        """Feeds that cannot be read."""
        return sum(self.counts[one] for one in BROKEN)


def _is(health: FeedHealth, now: datetime) -> ColumnElement[bool]:
    """The feeds of that health, as content.outlets.feeds.health tells it."""
    if health is FeedHealth.GONE:
        return Feed.gone_at.is_not(None)
    read = and_(Feed.is_watched, Feed.gone_at.is_(None))
    if health is FeedHealth.FAILING:
        return and_(read, Feed.failing_since.is_not(None))
    late = or_(Feed.newest_entry_at.is_(None), Feed.newest_entry_at < now - QUIET_AFTER)
    return and_(read, Feed.failing_since.is_(None), Feed.answered_at.is_not(None), late)


def count_watching(session: Session, now: datetime) -> Watching:
    """The figures of all feeds of outlets that still publish, in one query."""
    asked = (
        select(
            func.count().filter(Feed.is_watched),
            *(func.count().filter(_is(one, now)) for one in TROUBLES),
        )
        .select_from(Feed)
        .join(Outlet, Outlet.id == Feed.outlet_id)
        .where(Outlet.retired_at.is_(None))
    )
    watched, *found = session.execute(asked).one()
    return Watching(watched, dict(zip(TROUBLES, found, strict=True)))


def feeds_in_trouble(session: Session, health: FeedHealth, now: datetime, *, limit: int) -> list[Feed]:
    """The feeds in that trouble with their outlets, the longest first."""
    since = func.coalesce(Feed.gone_at, Feed.failing_since, Feed.newest_entry_at, Feed.watched_since)
    asked = select(Feed).join(Outlet, Outlet.id == Feed.outlet_id).where(_is(health, now))
    asked = asked.where(Outlet.retired_at.is_(None)).order_by(since, Feed.id).limit(limit)
    return list(session.scalars(asked))
