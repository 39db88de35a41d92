"""Taking due slots: one UPDATE decides who has them. Whoever gets no row back walks on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Select, Update, select, update
from sqlalchemy.orm import Session

from app.db import transaction
from content.slots.models import IS_CLAIMABLE, Slot, SlotState

LEASE = timedelta(seconds=120)


@dataclass(frozen=True)
class Claim:
    """A slot in hand. *fence* is the lease's number: whoever holds an older one can change nothing."""

    slot_id: int
    fence: int
    owner: str


def claim(engine: Engine, *, owner: str, now: datetime, limit: int, lease: timedelta = LEASE) -> list[Claim]:
    """Take up to *limit* slots that are due, each for *lease*; two callers never get the same one."""
    with transaction(engine) as session:
        return take(session, due(now, limit), owner=owner, now=now, lease=lease)


def due(now: datetime, limit: int) -> Select[int]:
    """The keys of slots that may be taken, the longest waiting first."""
    return (
        select(Slot.id)
        .where(IS_CLAIMABLE, Slot.not_before <= now)
        .order_by(Slot.not_before, Slot.id)
        .limit(limit)
    )


def take(session: Session, keys: Select[int], *, owner: str, now: datetime, lease: timedelta) -> list[Claim]:
    """Lease the slots of *keys* to *owner*: the fence goes up, and one attempt is counted."""
    taken = session.execute(
        among(session, keys)
        .values(
            state=SlotState.LEASED,
            lease_owner=owner,
            lease_token=Slot.lease_token + 1,
            lease_until=now + lease,
            attempts=Slot.attempts + 1,
            version=Slot.version + 1,
        )
        .returning(Slot.id, Slot.lease_token)
    )
    return [Claim(slot_id, fence, owner) for slot_id, fence in taken]


def among(session: Session, keys: Select[Any]) -> Update:
    """An UPDATE of the slots of *keys* that no other process is changing at this moment.

    PostgreSQL locks the rows as it picks them and passes over those that are locked; a writing transaction of
    SQLite is alone anyway.
    """
    changing = update(Slot).execution_options(synchronize_session=False)
    if session.get_bind().dialect.name != "postgresql":
        return changing.where(Slot.id.in_(keys))
    picked = keys.with_for_update(skip_locked=True).cte("picked")
    return changing.where(Slot.id == picked.c.id)
