"""Taking due feeds: one UPDATE decides who polls them. Whoever gets no row back walks on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, Update, and_, func, or_, select, update
from sqlalchemy.orm import Session

from app.db import transaction
from content.outlets.feeds.models import DateOrder, Feed
from content.outlets.models import Outlet

LEASE = timedelta(seconds=120)
BATCH = 200
PER_HOST = 10  # of one batch, so that an outlet with fifty sections does not fill it


@dataclass(frozen=True)
class Claim:
    """A feed in hand, with what the last polls left. *fence*: whoever holds an older one can change nothing."""

    feed_id: int
    fence: int
    outlet_id: int
    address: str
    address_key: str
    host: str
    interval: int
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    entries_sha256: str | None
    date_order: DateOrder | None
    date_order_seen: int
    answered_at: datetime | None
    read_at: datetime | None
    newest_entry_at: datetime | None
    watched_since: datetime | None
    moved_to: str | None
    moved_since: datetime | None
    failures: int
    failing_since: datetime | None


_GIVEN = (
    Feed.id.label("feed_id"),
    Feed.lease_token.label("fence"),
    Feed.outlet_id,
    Feed.address,
    Feed.address_key,
    Feed.host,
    Feed.interval,
    Feed.etag,
    Feed.last_modified,
    Feed.body_sha256,
    Feed.entries_sha256,
    Feed.date_order,
    Feed.date_order_seen,
    Feed.answered_at,
    Feed.read_at,
    Feed.newest_entry_at,
    Feed.watched_since,
    Feed.moved_to,
    Feed.moved_since,
    Feed.failures,
    Feed.failing_since,
)


def claim(
    engine: Engine,
    *,
    owner: str,
    now: datetime,
    limit: int = BATCH,
    per_host: int = PER_HOST,
    lease: timedelta = LEASE,
) -> list[Claim]:
    """Take up to *limit* feeds that are due, the longest waiting first; two callers never get the same one."""
    with transaction(engine) as session:
        taken = session.execute(
            _among(session, _due(now, limit=limit, per_host=per_host), now)
            .values(lease_owner=owner, lease_token=Feed.lease_token + 1, lease_until=now + lease)
            .returning(*_GIVEN)
        )
        return [Claim(**row) for row in taken.mappings()]


def is_due(now: datetime) -> ColumnElement[bool]:
    """Whether a feed may be taken: watched, its moment has come, and nobody holds it."""
    return and_(
        Feed.is_watched,
        Feed.gone_at.is_(None),
        Feed.next_poll_at <= now,
        or_(Feed.lease_until.is_(None), Feed.lease_until <= now),
    )


def _due(now: datetime, *, limit: int, per_host: int) -> Select[int]:
    """The keys of feeds that may be taken, at most *per_host* of one host."""
    place = func.row_number().over(partition_by=Feed.host, order_by=(Feed.next_poll_at, Feed.id))
    waiting = (
        select(Feed.id, Feed.next_poll_at, place.label("place"))
        .join(Outlet, Outlet.id == Feed.outlet_id)
        .where(is_due(now), Outlet.retired_at.is_(None))
        .subquery()
    )
    return (
        select(waiting.c.id)
        .where(waiting.c.place <= per_host)
        .order_by(waiting.c.next_poll_at, waiting.c.id)
        .limit(limit)
    )


def _among(session: Session, keys: Select[Any], now: datetime) -> Update:
    """An UPDATE of the feeds of *keys* that no other process is taking at this moment.

    PostgreSQL locks the rows as it picks them, passes over those that are locked, and asks again whether they are
    still due; a writing transaction of SQLite is alone anyway.
    """
    changing = update(Feed).execution_options(synchronize_session=False)
    if session.get_bind().dialect.name != "postgresql":
        return changing.where(Feed.id.in_(keys))
    picked = (
        select(Feed.id)
        .where(Feed.id.in_(keys), is_due(now))
        .order_by(Feed.id)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    return changing.where(Feed.id == picked.c.id)


def give_back(engine: Engine, claims: Sequence[Claim]) -> None:
    """Let go of feeds that were not polled; they are due as before."""
    if not claims:
        return
    with transaction(engine) as session:
        for one in claims:
            session.execute(
                update(Feed)
                .where(Feed.id == one.feed_id, Feed.lease_token == one.fence)
                .values(lease_owner=None, lease_until=None)
                .execution_options(synchronize_session=False)
            )
