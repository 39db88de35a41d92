"""What was tried for a slot: one row per attempt and phase, written before the phase begins."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Key
from content.slots.models import Slot


class Phase(enum.StrEnum):
    """The three steps of a delivery, each committed before the next begins."""

    PREPARE = "prepare"
    COMMIT = "commit"
    CONFIRM = "confirm"


class Outcome(enum.StrEnum):
    """How a phase ended; empty while it runs or when its process died in it."""

    OK = "ok"
    RETRY = "retry"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


class Attempt(Base):
    """One phase of one attempt at one slot."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("slot_id", "lease_token", "phase"),
        Index("ix_attempt_started_at_id", "started_at", "id"),
    )

    id: Mapped[Key]
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"))
    lease_token: Mapped[int]  # which lease of the slot tried it
    phase: Mapped[Phase]
    owner: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    sentence: Mapped[str] = mapped_column(String(500), default="")

    slot: Mapped[Slot] = relationship()


class Heartbeat(Base):
    """When a tick of a scheduler process last finished, and how; what the operator's page shows."""

    __tablename__ = "heartbeat"

    owner: Mapped[str] = mapped_column(String(120), primary_key=True)  # host:pid
    tick: Mapped[str] = mapped_column(String(40), primary_key=True)
    finished_at: Mapped[datetime | None]  # None while it has only failed
    failed_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(String(500), default="")
