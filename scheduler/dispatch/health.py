"""Is everything going out? Judged by what was done, not by whether a process is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from content.slots.queries import count_overdue
from scheduler.dispatch.models import Heartbeat
from scheduler.dispatch.pulse import CLOCKS_DIFFER, last_beat

SILENT_AFTER = timedelta(seconds=30)  # without a finished dispatch
# How long after its last end a tick is overdue: three of its turns, and what a busy machine may take.
OVERDUE_AFTER = {
    "dispatch": timedelta(seconds=30),
    "reap": timedelta(seconds=70),
    "seal": timedelta(seconds=60),
    "repair": timedelta(minutes=4),
    "materialise": timedelta(hours=3, minutes=5),
    "watch": timedelta(minutes=4),  # a round takes a minute and a half when many papers do not answer
    "errands": timedelta(minutes=2),
}


@dataclass(frozen=True)
class Health:
    """When a dispatch last finished anywhere, how many slots wait past their moment, and the verdict."""

    dispatch_at: datetime | None
    overdue: int
    is_well: bool


def health(session: Session, now: datetime) -> Health:
    """The state of sending: well when a dispatch finished in the last 30 s and nothing is overdue by 2 minutes."""
    last, overdue = last_beat(session, "dispatch", now), count_overdue(session, now)
    ticks = last is not None and now - last <= SILENT_AFTER
    return Health(last, overdue, ticks and not overdue)


def is_silent(beat: Heartbeat, now: datetime) -> bool:
    """Whether this tick of this process should have finished again by now."""
    if beat.finished_at is None or beat.finished_at > now + CLOCKS_DIFFER:
        return True
    return now - beat.finished_at > OVERDUE_AFTER.get(beat.tick, SILENT_AFTER)
