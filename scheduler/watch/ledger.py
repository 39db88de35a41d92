"""Fenced writes on feeds and their outages: each names the lease under which it is made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, exists, insert, select, update
from sqlalchemy.orm import Session, lazyload

from app import audit
from app.errors import N_
from content.outlets.feeds.address import read_feed_address
from content.outlets.feeds.health import SHORT_OUTAGE
from content.outlets.feeds.models import Feed, FeedOutage
from content.publications.found.services import BY_WATCHER
from scheduler.watch.claim import Claim

FREE: dict[str, Any] = {"lease_owner": None, "lease_until": None}
NOT_READ = N_("Nguồn tin không được đọc trong thời gian này và có thể đã trôi mất bài.")


class FencedOffError(Exception):
    """Another poller has taken the feed over, or a person changed it: this poller's word no longer counts."""


def held_feed(session: Session, claim: Claim) -> Feed:
    """The feed, locked, while the lease is ours and it is what we polled."""
    asked = select(Feed).where(
        Feed.id == claim.feed_id,
        Feed.lease_token == claim.fence,
        Feed.address_key == claim.address_key,
        Feed.is_watched,
    )
    feed = session.scalar(asked.options(lazyload(Feed.outlet)).with_for_update(of=Feed))
    if feed is None:
        raise FencedOffError(claim)
    return feed


def write(session: Session, claim: Claim, **values: object) -> None:
    """Change the feed and let it go, while the lease is ours.

    Raises:
        FencedOffError: no row answered.
    """
    changed: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Feed)
        .where(Feed.id == claim.feed_id, Feed.lease_token == claim.fence)
        .values(**FREE, **values)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        raise FencedOffError(claim)


def adopted(session: Session, held: Claim, to: str, now: datetime) -> dict[str, Any]:
    """The columns of the new address *to*, put on record; empty when another feed is watched there already."""
    there = read_feed_address(to)
    taken = session.scalar(select(exists().where(Feed.address_key == there.key, Feed.id != held.feed_id)))
    if taken:
        return {}
    note(session, held, "feed.move", now, before=held.address, address=there.shown)
    return {
        "address": there.shown,
        "address_key": there.key,
        "host": there.host,
        "moved_to": None,
        "moved_since": None,
        "version": Feed.version + 1,
    }


def note(session: Session, held: Claim, action: str, now: datetime, **details: object) -> None:
    """An audit entry of the watching's own hand."""
    feed = session.get_one(Feed, held.feed_id)
    audit.record(session, BY_WATCHER, action, feed, at=now, details=details)


def open_outage(session: Session, held: Claim, failure: str, now: datetime) -> None:
    """The feed could be read until now."""
    session.execute(insert(FeedOutage).values(feed_id=held.feed_id, began_at=now, failure=failure))


def close_outage(session: Session, held: Claim, now: datetime) -> None:
    """The feed can be read again."""
    session.execute(
        update(FeedOutage)
        .where(FeedOutage.feed_id == held.feed_id, FeedOutage.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


def note_missed(session: Session, held: Claim, now: datetime) -> None:
    """Nothing that was shown is known, and the last good answer is long ago: what came between was not read."""
    if held.answered_at and held.failing_since is None and now - held.answered_at > SHORT_OUTAGE:
        session.execute(
            insert(FeedOutage).values(
                feed_id=held.feed_id, began_at=held.answered_at, ended_at=now, failure=NOT_READ
            )
        )
