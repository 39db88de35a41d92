"""What can be done to an outlet's feeds: add, change the address, watch, stop watching, remove. No network here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.db import is_duplicate
from app.errors import N_, Refused
from app.outbound.reach import read_target
from app.text import clean
from content.outlets.feeds.address import FeedAddress, read_feed_address
from content.outlets.feeds.models import Feed, FeedOutage
from content.outlets.models import Outlet


def add_feed(
    session: Session,
    outlet: Outlet,
    address: str,
    *,
    is_watched: bool,
    actor: audit.Actor,
    now: datetime,
) -> Feed:
    """Add a feed of *outlet*; a watched one is read at the next round.

    Raises:
        Invalid: the address is none. Refused: it is there already, or the outlet is retired.
    """
    if outlet.retired_at is not None:
        raise Refused(N_("“{name}” đã ngừng theo dõi."), name=outlet.name)
    place = feed_address(address)
    _refuse_known(session, place.key, None)
    feed = Feed(
        outlet_id=outlet.id,
        address=place.shown,
        address_key=place.key,
        host=place.host,
        is_watched=is_watched,
        next_poll_at=now,
    )
    try:
        with session.begin_nested():
            session.add(feed)
            session.flush()
    except IntegrityError as fault:
        if not is_duplicate(fault):
            raise
        raise Refused(N_("Địa chỉ này vừa được người khác thêm.")) from fault
    details = {"address": feed.address, "outlet": outlet.name}
    audit.record(session, actor, "feed.add", feed, at=now, details=details)
    return feed


def change_feed(
    session: Session, feed: Feed, address: str, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Give *feed* another address; what was learned of the old one is forgotten, what it found stays.

    Raises:
        Stale: somebody changed it since. Invalid: the address is none. Refused: it is there already.
    """
    feed.check_version(seen)
    place = feed_address(address)
    before = feed.address
    if place.key != feed.address_key:
        _refuse_known(session, place.key, feed.id)
        _begin_anew(session, feed, now)
    feed.address, feed.address_key, feed.host = place.shown, place.key, place.host
    session.flush()
    details = {"before": before, "address": feed.address}
    audit.record(session, actor, "feed.change", feed, at=now, details=details)


def watch_feed(session: Session, feed: Feed, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Begin to watch; what was published meanwhile is unknown.

    Raises:
        Stale: somebody changed it since. Refused: it is watched, or its outlet is retired.
    """
    feed.check_version(seen)
    if feed.outlet.retired_at is not None:
        raise Refused(N_("“{name}” đã ngừng theo dõi."), name=feed.outlet.name)
    if feed.is_watched and feed.gone_at is None:
        raise Refused(N_("Nguồn tin này đang được theo dõi."))
    feed.is_watched = True
    _begin_anew(session, feed, now)
    session.flush()
    audit.record(session, actor, "feed.watch", feed, at=now, details={"address": feed.address})


def unwatch_feed(session: Session, feed: Feed, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Stop watching; what it found stays.

    Raises:
        Stale: somebody changed it since. Refused: it is not watched.
    """
    feed.check_version(seen)
    if not feed.is_watched:
        raise Refused(N_("Nguồn tin này không được theo dõi."))
    _stop(session, feed, now)
    session.flush()
    audit.record(session, actor, "feed.unwatch", feed, at=now, details={"address": feed.address})


def stop_feeds_of(session: Session, outlet: Outlet, *, now: datetime) -> None:
    """Stop watching everything of an outlet that is retired; the caller tells why."""
    for feed in session.scalars(select(Feed).where(Feed.outlet_id == outlet.id, Feed.is_watched)):
        _stop(session, feed, now)
    session.flush()


def remove_feed(session: Session, feed: Feed, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Take away a feed that was added by mistake.

    Raises:
        Stale: somebody changed it since. Refused: publications were found through it, so it is kept.
    """
    feed.check_version(seen)
    try:
        with session.begin_nested():
            session.execute(delete(FeedOutage).where(FeedOutage.feed_id == feed.id))
            session.delete(feed)
            session.flush()
    except IntegrityError as fault:
        raise Refused(
            N_("Đã có tin tìm thấy qua nguồn này nên không xóa được. Hãy ngừng theo dõi.")
        ) from fault
    details = {"address": feed.address}
    audit.record(session, actor, "feed.remove", feed.outlet, at=now, details=details)


def feed_address(raw: str) -> FeedAddress:
    """The address that was pasted, with https:// where its scheme was left out.

    Raises:
        Invalid: it is none, or spelled in an odd way.
    """
    spelled = clean(raw).strip()
    return read_feed_address(read_target(spelled if "://" in spelled else f"https://{spelled}").url)


def _refuse_known(session: Session, key: str, own_id: int | None) -> None:
    known = session.scalar(select(Feed).where(Feed.address_key == key))
    if known is not None and known.id != own_id:
        raise Refused(N_("Địa chỉ này đã là nguồn tin của “{name}”."), name=known.outlet.name)


def _begin_anew(session: Session, feed: Feed, now: datetime) -> None:
    """Forget what the last answers said, and read at the next round."""
    _end_outages(session, feed, now)
    feed.etag = feed.last_modified = feed.body_sha256 = feed.entries_sha256 = feed.read_at = None
    feed.date_order, feed.date_order_seen = None, 0
    feed.moved_to = feed.moved_since = feed.failing_since = feed.gone_at = feed.gap_at = None
    feed.failures, feed.failure = 0, ""
    feed.watched_since, feed.next_poll_at = None, now
    feed.lease_token += 1  # a poller that is under way settles nothing of it
    feed.lease_owner = feed.lease_until = None


def _stop(session: Session, feed: Feed, now: datetime) -> None:
    _end_outages(session, feed, now)
    feed.is_watched, feed.watched_since = False, None
    feed.failing_since, feed.failures, feed.failure = None, 0, ""


def _end_outages(session: Session, feed: Feed, now: datetime) -> None:
    session.execute(
        update(FeedOutage)
        .where(FeedOutage.feed_id == feed.id, FeedOutage.ended_at.is_(None))
        .values(ended_at=now)
    )
