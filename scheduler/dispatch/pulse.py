"""Heartbeats: which tick of which process finished when. What the operator's page and the watcher read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db import transaction
from scheduler.dispatch.models import Heartbeat

CLOCKS_DIFFER = timedelta(seconds=30)  # between the machines of one house
FORGET_AFTER = timedelta(days=1)


def beat(engine: Engine, *, owner: str, tick: str, now: datetime, failure: str = "") -> None:
    """Say that a tick of this process finished, or failed with that sentence."""
    insert: Any = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
    row: dict[str, Any] = {"finished_at": now}
    if failure:
        row = {"failed_at": now, "failure": failure[:500]}
    first = {"owner": owner, "tick": tick, "failure": "", **row}
    with transaction(engine) as session:
        session.execute(
            insert(Heartbeat)
            .values(**first)
            .on_conflict_do_update(index_elements=[Heartbeat.owner, Heartbeat.tick], set_=row)
        )


def fall_silent(engine: Engine, *, owner: str) -> None:
    """Take away the heartbeats of a process that ends in order: nobody waits for it."""
    with transaction(engine) as session:
        session.execute(delete(Heartbeat).where(Heartbeat.owner == owner))


def forget_the_dead(engine: Engine, now: datetime) -> None:
    """Take away heartbeats of processes that were not heard of for a day."""
    heard = func.coalesce(Heartbeat.finished_at, Heartbeat.failed_at)
    with transaction(engine) as session:
        session.execute(delete(Heartbeat).where(heard < now - FORGET_AFTER))


def last_beat(session: Session, tick: str, now: datetime) -> datetime | None:
    """When that tick last finished in any process; what lies ahead was written before the clock was set back."""
    asked = select(func.max(Heartbeat.finished_at))
    return session.scalar(asked.where(Heartbeat.tick == tick, Heartbeat.finished_at <= now + CLOCKS_DIFFER))


def list_beats(session: Session) -> list[Heartbeat]:
    """All heartbeats, process by process."""
    return list(session.scalars(select(Heartbeat).order_by(Heartbeat.owner, Heartbeat.tick)))
