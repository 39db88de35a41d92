"""Bringing polled feeds to rest, each write under the lease's fence: a poller that woke up late changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.db import transaction
from content.outlets.feeds.models import Feed
from content.publications.found.services import NEVER, FoundCount, record_found
from scheduler.watch import moves, pace
from scheduler.watch.claim import Claim
from scheduler.watch.feedfile.feed import ReadFeed
from scheduler.watch.ledger import (
    FREE,
    adopted,
    close_outage,
    held_feed,
    note,
    note_missed,
    open_outage,
    write,
)
from scheduler.watch.look import Failure, Look

DOUBT_AFTER = timedelta(days=1)  # of "nothing changed" while the outlet's other feeds show news


@dataclass(frozen=True)
class Moment:
    """When a poll is settled, and its throw of the dice (0.0 to 1.0)."""

    now: datetime
    dice: float


def is_plain(look: Look, now: datetime) -> bool:
    """Whether there is nothing to do but to note when it was polled and when it will be."""
    held = look.claim
    return (
        look.failure is None
        and look.news is None
        and held.failing_since is None
        and held.watched_since is not None
        and look.moved_to == held.moved_to is None
        and (look.is_whole or held.read_at is None or now - held.read_at < DOUBT_AFTER)
    )


def settle_plain(engine: Engine, looks: Sequence[Look], moments: Sequence[Moment]) -> None:
    """Settle feeds without news in one transaction; those that were taken over stay as they are."""
    if not looks:
        return
    table = Feed.__table__
    rows = [
        {
            "held_id": look.claim.feed_id,
            "held_fence": look.claim.fence,
            "held_key": look.claim.address_key,
            "new_read_at": at.now if look.is_whole else look.claim.read_at,
            "new_next": _next_poll(look, look.claim.interval, look.claim.newest_entry_at, at),
            "new_now": at.now,
            "new_etag": look.etag,
            "new_modified": look.last_modified,
            "new_body": look.body_sha256,
        }
        for look, at in zip(looks, moments, strict=True)
    ]
    statement = (
        update(table)  # type: ignore[arg-type]
        .where(
            table.c.id == bindparam("held_id"),
            table.c.lease_token == bindparam("held_fence"),
            table.c.address_key == bindparam("held_key"),
        )
        .values(
            polled_at=bindparam("new_now"),
            answered_at=bindparam("new_now"),
            read_at=bindparam("new_read_at"),
            next_poll_at=bindparam("new_next"),
            etag=bindparam("new_etag"),
            last_modified=bindparam("new_modified"),
            body_sha256=bindparam("new_body"),
            **FREE,
        )
    )
    with transaction(engine) as session:
        session.connection().execute(statement, rows)


def settle(engine: Engine, look: Look, at: Moment, *, confirm_above: float = NEVER) -> FoundCount:
    """Settle one feed whatever it gave, its news with it; all of it or nothing.

    Raises:
        FencedOffError: it is not ours any more.
    """
    with transaction(engine) as session:
        feed = held_feed(session, look.claim)
        if look.failure is not None:
            _settle_failure(session, look, look.failure, at)
            return FoundCount()
        count = FoundCount()
        if look.news is not None:
            count = record_found(session, feed, look.news.entries, now=at.now, confirm_above=confirm_above)
        _settle_answer(session, look, count, at)
        return count


def _settle_answer(session: Session, look: Look, count: FoundCount, at: Moment) -> None:
    """A good answer: what was learned, when to come again; troubles are over."""
    held, now = look.claim, at.now
    values: dict[str, Any] = {"etag": look.etag, "last_modified": look.last_modified}
    interval, newest_at = held.interval, held.newest_entry_at
    if look.news is not None:
        has_gap = held.answered_at is not None and bool(count.new) and not count.known
        learned = _learned(look, look.news, has_gap=has_gap, now=now)
        interval, newest_at = learned["interval"], learned["newest_entry_at"]
        values |= learned
        if has_gap:
            values["gap_at"] = now
            note_missed(session, held, now)
    elif not look.is_whole and _is_doubtful(session, held, now):
        values |= {"etag": None, "last_modified": None}
    if look.is_whole:
        values |= {"read_at": now, "body_sha256": look.body_sha256, "entries_sha256": look.entries_sha256}
    if held.failing_since is not None:
        close_outage(session, held, now)
    write(
        session,
        held,
        polled_at=now,
        answered_at=now,
        watched_since=held.watched_since or now,
        next_poll_at=_next_poll(look, interval, newest_at, at),
        failures=0,
        failing_since=None,
        failure="",
        **values,
        **_moved(session, look, now),
    )


def _learned(look: Look, news: ReadFeed, *, has_gap: bool, now: datetime) -> dict[str, Any]:
    """What a feed's new entries teach: its rhythm, its newest, its title, the order of its dates."""
    held = look.claim
    dated = [one.published_at for one in news.entries if one.published_at is not None]
    newest = max(dated, default=now if news.entries else None)
    learned: dict[str, Any] = {
        "interval": pace.learn_interval(
            dated, before=held.interval, asked=news.hints.seconds, has_gap=has_gap
        ),
        "newest_entry_at": max((one for one in (newest, held.newest_entry_at) if one), default=None),
    }
    if news.title:
        learned["title"] = news.title[:300]
    if news.order is not None:
        is_same = news.order == held.date_order
        learned |= {"date_order": news.order, "date_order_seen": held.date_order_seen + 1 if is_same else 1}
    return learned


def _next_poll(look: Look, interval: int, newest_at: datetime | None, at: Moment) -> datetime:
    return pace.next_after_answer(interval, newest_at=newest_at, asked=look.asked, now=at.now, dice=at.dice)


def _moved(session: Session, look: Look, now: datetime) -> dict[str, Any]:
    """The columns of a move, and the new address when the time has come and no other feed has it."""
    held = look.claim
    move = moves.read_move(held.address, look.moved_to, known=held.moved_to, since=held.moved_since, now=now)
    if move.to is None or len(move.to) > 2_000:
        return {"moved_to": None, "moved_since": None}
    if move.adopt and (new := adopted(session, held, move.to, now)):
        return new
    return {"moved_to": move.to, "moved_since": move.since}


def _settle_failure(session: Session, look: Look, failure: Failure, at: Moment) -> None:
    """No answer that can be used: since when, why, and when to try again; a feed that is gone waits for a person."""
    held, now = look.claim, at.now
    if held.moved_to and moves.is_left_behind(failure.status, held.moved_to):
        new = adopted(session, held, held.moved_to, now)
        if new:
            write(session, held, polled_at=now, next_poll_at=now, **new)
            return
    if held.failing_since is None:
        open_outage(session, held, failure.sentence[:500], now)
    if failure.status == 410:
        note(session, held, "feed.gone", now, address=held.address)
    failures = held.failures + 1
    write(
        session,
        held,
        polled_at=now,
        failures=failures,
        failing_since=held.failing_since or now,
        failure=failure.sentence[:500],
        gone_at=now if failure.status == 410 else None,
        next_poll_at=pace.next_after_failure(
            held.interval,
            failures=failures,
            weight=failure.weight,
            asked=failure.asked,
            now=now,
            dice=at.dice,
        ),
    )


def _is_doubtful(session: Session, held: Claim, now: datetime) -> bool:
    """Whether "nothing changed" for a day is hard to believe: another feed of the outlet or host shows news."""
    if held.read_at is None or now - held.read_at < DOUBT_AFTER:
        return False
    other = aliased(Feed)
    found = select(
        exists().where(
            or_(other.outlet_id == held.outlet_id, other.host == held.host),
            other.id != held.feed_id,
            other.newest_entry_at > held.read_at,
        )
    )
    return bool(session.scalar(found))
