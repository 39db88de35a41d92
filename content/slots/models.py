"""Slots: one promise each, and its delivery state. Claimed and moved by scheduler/dispatch."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Key, Versioned
from content.channels.models import Channel
from content.items.models import Revision, Variant


class SlotState(enum.StrEnum):
    """Where a slot's delivery stands (docs/glossary.md)."""

    SCHEDULED = "scheduled"
    LEASED = "leased"
    PREPARING = "preparing"
    COMMITTING = "committing"
    PUBLISHED = "published"
    RETRY_WAIT = "retry_wait"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    MISSED = "missed"
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"


CLAIMABLE = (SlotState.SCHEDULED, SlotState.RETRY_WAIT)
IN_HAND = (SlotState.LEASED, SlotState.PREPARING, SlotState.COMMITTING)
FINISHED = (SlotState.PUBLISHED, SlotState.CANCELLED)
TROUBLED = (SlotState.FAILED, SlotState.UNCONFIRMED, SlotState.MISSED, SlotState.ON_HOLD)


def _among(states: tuple[SlotState, ...]) -> str:
    return "state IN (" + ", ".join(f"'{state.value}'" for state in states) + ")"


# Written out, not bound: SQLite uses a partial index only for a condition that it can read in the statement.
IS_CLAIMABLE = text("slot." + _among(CLAIMABLE))
IS_IN_HAND = text("slot." + _among(IN_HAND))
IS_TROUBLED = text("slot." + _among(TROUBLED))
IS_UNRECORDED = text("slot.state = 'published' AND slot.recorded_at IS NULL")


class Slot(Versioned, Base):
    """One promise: this variant's approved text goes out on this channel at this moment."""

    __tablename__ = "slot"
    __table_args__ = (
        Index(
            "ix_slot_promise",
            "variant_id",
            "channel_id",
            "due_at",
            unique=True,
            postgresql_where=text("state <> 'cancelled'"),
            sqlite_where=text("state <> 'cancelled'"),
        ),
        Index(
            "ix_slot_claim",
            "not_before",
            "id",
            postgresql_where=text("state IN ('scheduled', 'retry_wait')"),
            sqlite_where=text("state IN ('scheduled', 'retry_wait')"),
        ),
        Index(
            "ix_slot_lease_until",
            "lease_until",
            postgresql_where=text("state IN ('leased', 'preparing', 'committing')"),
            sqlite_where=text("state IN ('leased', 'preparing', 'committing')"),
        ),
        Index(
            "ix_slot_unrecorded",
            "id",
            postgresql_where=text("state = 'published' AND recorded_at IS NULL"),
            sqlite_where=text("state = 'published' AND recorded_at IS NULL"),
        ),
        Index("ix_slot_due_on_id", "due_on", "id"),
        # One index over all states would be taken for claiming too, and would sort what waits at each tick.
        Index(
            "ix_slot_trouble",
            "due_at",
            "id",
            postgresql_where=text(_among(TROUBLED)),
            sqlite_where=text(_among(TROUBLED)),
        ),
    )

    id: Mapped[Key]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"))
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    revision_sha256: Mapped[str] = mapped_column(String(64))  # the approved text this promise is about
    due_at: Mapped[datetime]  # the moment promised
    due_on: Mapped[date]  # its local day
    not_before: Mapped[datetime]  # due_at, or later after a failed attempt
    state: Mapped[SlotState] = mapped_column(default=SlotState.SCHEDULED)
    attempts: Mapped[int] = mapped_column(default=0)
    run_no: Mapped[int] = mapped_column(default=1)  # raised when a person says "send again"
    idem_key: Mapped[str] = mapped_column(
        String(64), unique=True
    )  # sha256(slot, text, run): one effect at the peer
    lease_owner: Mapped[str | None] = mapped_column(String(120))
    lease_token: Mapped[int] = mapped_column(default=0)  # the fence: a late worker names an old one
    lease_until: Mapped[datetime | None]
    remote_address: Mapped[str | None] = mapped_column(String(500))
    published_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime | None]  # when its publication was written; None until then
    error_class: Mapped[str | None] = mapped_column(String(30))
    error_sentence: Mapped[str | None] = mapped_column(String(500))
    error_since: Mapped[datetime | None]
    hold_reason: Mapped[str | None] = mapped_column(String(500))
    booked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    booked_at: Mapped[datetime]

    variant: Mapped[Variant] = relationship(lazy="joined")
    channel: Mapped[Channel] = relationship(lazy="joined")
    revision: Mapped[Revision] = relationship()
    booked_by: Mapped[Person] = relationship()
