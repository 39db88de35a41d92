"""Fenced writes: each names the lease under which it is made, so a worker that woke up late changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from app import audit
from content.slots.models import Slot, SlotState
from scheduler.dispatch.claim import Claim
from scheduler.dispatch.models import Attempt, Outcome, Phase

SCHEDULER = audit.SystemActor("Bộ lập lịch")


class FencedOffError(Exception):
    """Another process has taken the slot over, or a person moved it: this worker's word no longer counts."""


def write(session: Session, claim: Claim, *states: SlotState, **values: object) -> None:
    """Change the slot while the lease is ours and its state is one of *states*.

    Raises:
        FencedOffError: no row answered.
    """
    changed: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Slot)
        .where(Slot.id == claim.slot_id, Slot.lease_token == claim.fence, Slot.state.in_(states))
        .values(version=Slot.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        raise FencedOffError(claim)


def open_phase(session: Session, claim: Claim, phase: Phase, now: datetime) -> None:
    """Put on record that a phase begins, before anything of it is done."""
    session.add(
        Attempt(
            slot_id=claim.slot_id, lease_token=claim.fence, phase=phase, owner=claim.owner, started_at=now
        )
    )
    session.flush()


def close_phase(
    session: Session, claim: Claim, phase: Phase, outcome: Outcome, *, now: datetime, sentence: str = ""
) -> None:
    """Put on record how it ended."""
    attempt = session.scalar(
        select(Attempt).where(
            Attempt.slot_id == claim.slot_id, Attempt.lease_token == claim.fence, Attempt.phase == phase
        )
    )
    if attempt is not None and attempt.outcome is None:
        attempt.ended_at, attempt.outcome, attempt.sentence = now, outcome, sentence[:500]
        session.flush()


def close_open_phases(session: Session, slot_id: int, outcome: Outcome, now: datetime, sentence: str) -> None:
    """Close what a process that died left open."""
    left = select(Attempt).where(Attempt.slot_id == slot_id, Attempt.outcome.is_(None))
    for attempt in session.scalars(left):
        attempt.ended_at, attempt.outcome, attempt.sentence = now, outcome, sentence[:500]
    session.flush()


def note(session: Session, slot_id: int, action: str, now: datetime, **details: object) -> None:
    """An audit entry of the scheduler's own hand."""
    slot = session.get_one(Slot, slot_id)
    audit.record(session, SCHEDULER, action, slot, at=now, details=details)
