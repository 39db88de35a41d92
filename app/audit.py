"""Who did what to which thing, when. Rows are written with the change and sealed into a hash chain by a tick.

A chain head locked by every write would make all writers wait for one another, so a row is first written
unsealed; the tick seals what it finds, in order, and ``verify`` tells sealed rows from those not yet sealed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import BigInteger, Engine, Index, String, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, Key, transaction

GENESIS = "0" * 64
_SEAL_LOCK = 0x10A5EA1  # PostgreSQL advisory lock of the one sealer at a time; any fixed number would do


class Actor(Protocol):
    """Who acts: a person, or the system's own hand."""

    @property
    def id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class SystemActor:
    """The scheduler, a command: acts by right of the installation, not of a person."""

    name: str
    id: int | None = None


class Subject(Protocol):
    """Any row with a key."""

    @property
    def id(self) -> int: ...
    @property
    def __tablename__(self) -> str: ...


class AuditEntry(Base):
    """One deed. ``seq``, ``previous`` and ``sealed`` are empty until the tick has sealed the row."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_type", "subject_id", "id"),
        Index(
            "ix_audit_entry_unsealed",
            "id",
            postgresql_where=text("seq IS NULL"),
            sqlite_where=text("seq IS NULL"),
        ),
    )

    id: Mapped[Key]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    actor_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(80), index=True)
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    details: Mapped[dict[str, Any]]
    seq: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    previous: Mapped[str | None] = mapped_column(String(64))
    sealed: Mapped[str | None] = mapped_column(String(64))


def record(
    session: Session,
    actor: Actor,
    action: str,
    subject: Subject,
    *,
    at: datetime,
    details: Mapping[str, object] | None = None,
) -> None:
    """Write one entry in the same transaction as the change it tells of. *subject* must have its key (flushed)."""
    plain = json.loads(json.dumps(dict(details or {}), default=str, ensure_ascii=False))
    session.add(
        AuditEntry(
            at=at,
            actor_id=actor.id,
            actor_name=actor.name,
            action=action,
            subject_type=subject.__tablename__,
            subject_id=subject.id,
            details=plain,
        )
    )


def history_of(session: Session, subject: Subject, *, limit: int = 100) -> list[AuditEntry]:
    """The deeds done to *subject*, newest first."""
    found = (
        select(AuditEntry)
        .where(AuditEntry.subject_type == subject.__tablename__, AuditEntry.subject_id == subject.id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return list(session.scalars(found))


def seal(engine: Engine, *, batch: int = 1_000) -> int:
    """Seal up to *batch* unsealed entries in order of their keys and return how many; safe to run twice at once."""
    with transaction(engine) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SEAL_LOCK})
        head = session.execute(
            select(AuditEntry.seq, AuditEntry.sealed)
            .where(AuditEntry.seq.is_not(None))
            .order_by(AuditEntry.seq.desc())
            .limit(1)
        ).first()
        seq, previous = (head.seq or 0, head.sealed or GENESIS) if head else (0, GENESIS)
        waiting = session.scalars(
            select(AuditEntry).where(AuditEntry.seq.is_(None)).order_by(AuditEntry.id).limit(batch)
        ).all()
        for seq_now, entry in enumerate(waiting, start=seq + 1):
            entry.seq, entry.previous = seq_now, previous
            entry.sealed = previous = fingerprint(entry)
        return len(waiting)


def fingerprint(entry: AuditEntry) -> str:
    """SHA-256 in hex over every field of the entry and the seal before it."""
    fields = [
        entry.seq,
        entry.previous,
        entry.id,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.details,
    ]
    return hashlib.sha256(
        json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What ``verify`` found: how many entries are sealed and waiting, and the first one that does not hold."""

    sealed: int
    waiting: int
    broken_seq: int | None
    last: str = (
        GENESIS  # the newest seal that holds; noted elsewhere, it shows later that nothing was cut off
    )

    @property
    def holds(self) -> bool:
        """Whether every sealed entry is as it was when it was sealed, and none is gone."""
        return self.broken_seq is None


def verify(session: Session) -> Verdict:
    """Walk the chain from its beginning; a changed, moved or missing entry breaks it at that place."""
    previous, count = GENESIS, 0
    chain = (
        select(AuditEntry)
        .where(AuditEntry.seq.is_not(None))
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=500)
    )
    waiting = (
        session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.seq.is_(None))) or 0
    )
    with session.scalars(chain) as entries:
        for entry in entries:
            count += 1
            if entry.seq != count or entry.previous != previous or entry.sealed != fingerprint(entry):
                return Verdict(sealed=count - 1, waiting=waiting, broken_seq=count, last=previous)
            previous = entry.sealed or ""
    return Verdict(sealed=count, waiting=waiting, broken_seq=None, last=previous)


def holds_seal(session: Session, seal: str) -> bool:
    """Whether the entry of a seal that was noted earlier is still there; entries cut off at the end are found so."""
    return (
        seal == GENESIS
        or session.scalar(select(AuditEntry.id).where(AuditEntry.sealed == seal.strip().lower())) is not None
    )
