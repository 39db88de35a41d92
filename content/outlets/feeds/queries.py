"""What can be asked about feeds."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_, Missing
from content.outlets.feeds.models import Feed, FeedOutage
from content.outlets.models import Outlet


def get_feed(session: Session, feed_id: int) -> Feed:
    """The feed of that key.

    Raises:
        Missing: there is none.
    """
    feed = session.get(Feed, feed_id)
    if feed is None:
        raise Missing(N_("Không có nguồn tin này."))
    return feed


def feeds_of(session: Session, outlet: Outlet) -> list[Feed]:
    """The feeds of an outlet, in order of entry."""
    return list(session.scalars(select(Feed).where(Feed.outlet_id == outlet.id).order_by(Feed.id)))


def outages_of(session: Session, feed: Feed, *, limit: int = 5) -> list[FeedOutage]:
    """When a feed could not be read, the last first."""
    asked = select(FeedOutage).where(FeedOutage.feed_id == feed.id).order_by(FeedOutage.began_at.desc())
    return list(session.scalars(asked.limit(limit)))
