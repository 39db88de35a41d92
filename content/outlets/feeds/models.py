"""A feed that is watched, with all that its poller must remember between two polls."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Key, Versioned
from content.outlets.feeds.order import DateOrder
from content.outlets.models import Outlet

__all__ = ["DateOrder", "Feed", "FeedHealth", "FeedOutage"]


class FeedHealth(enum.StrEnum):
    """What the last polls say; computed by content/outlets/feeds/health.py, nobody types it."""

    OFF = "off"  # not watched
    NEW = "new"  # never polled yet
    WELL = "well"
    QUIET = "quiet"  # answers, but its newest entry is older than it should be
    FAILING = "failing"  # did not answer or could not be read
    GONE = "gone"  # answered 410: a person is asked


class Feed(Versioned, Base):
    """An address at which an outlet tells what it published. ``lease_*`` make one poller at a time."""

    __tablename__ = "feed"
    __table_args__ = (
        Index(
            "ix_feed_next_poll_at",
            "next_poll_at",
            "id",
            postgresql_where=text("is_watched"),
            sqlite_where=text("is_watched"),
        ),
    )

    id: Mapped[Key]
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"), index=True)
    address: Mapped[str] = mapped_column(String(2000))
    address_key: Mapped[str] = mapped_column(String(64), unique=True)  # one poller per address
    host: Mapped[str] = mapped_column(String(255))  # so that one host does not fill a round
    title: Mapped[str] = mapped_column(String(300), default="")  # as the feed calls itself
    is_watched: Mapped[bool] = mapped_column(default=True)

    # when
    next_poll_at: Mapped[datetime]
    interval: Mapped[int] = mapped_column(default=1800)  # seconds, learned from its entries
    lease_owner: Mapped[str | None] = mapped_column(String(120))
    lease_token: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]

    # what the last answers said
    etag: Mapped[str | None] = mapped_column(String(500))
    last_modified: Mapped[str | None] = mapped_column(String(200))
    body_sha256: Mapped[str | None] = mapped_column(String(64))
    entries_sha256: Mapped[str | None] = mapped_column(String(64))
    date_order: Mapped[DateOrder | None]
    date_order_seen: Mapped[int] = mapped_column(default=0)  # polls in a row that gave it; locked after three
    polled_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]  # the last good answer
    read_at: Mapped[datetime | None]  # the last answer that held the feed itself, not only "nothing changed"
    newest_entry_at: Mapped[datetime | None]
    gap_at: Mapped[datetime | None]  # when a poll showed only new entries: some may have been missed
    moved_to: Mapped[str | None] = mapped_column(String(2000))  # permanent redirect, adopted after a week
    moved_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    failing_since: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(String(500), default="")  # a sentence for people
    gone_at: Mapped[datetime | None]
    watched_since: Mapped[datetime | None]  # the first good answer since watching was switched on

    outlet: Mapped[Outlet] = relationship(lazy="joined")


class FeedOutage(Base):
    """A stretch in which a feed could not be read; ``ended_at`` is empty while it lasts."""

    __tablename__ = "feed_outage"
    __table_args__ = (Index("ix_feed_outage_feed_id_began_at", "feed_id", "began_at"),)

    id: Mapped[Key]
    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(String(500), default="")

    feed: Mapped[Feed] = relationship()
