"""What can be asked about attempts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.dispatch.models import Attempt


def attempts_of(session: Session, slot_id: int, *, limit: int = 60) -> list[Attempt]:
    """What was tried for a slot, newest first."""
    asked = select(Attempt).where(Attempt.slot_id == slot_id).order_by(Attempt.id.desc()).limit(limit)
    return list(session.scalars(asked))
