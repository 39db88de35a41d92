"""People, memberships, sessions, one-time links and the count of failed sign-ins."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.permissions import Role
from app.db import Base, Key, SortKey, Versioned
from app.organisations.models import Organisation


class Person(Versioned, Base):
    """One human being who signs in. Ended, never deleted: their name stays on what they did."""

    __tablename__ = "person"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(SortKey(420), index=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    password_hash: Mapped[str | None] = mapped_column(
        String(200)
    )  # argon2id; empty until the invitation is taken
    language: Mapped[str] = mapped_column(String(5), default="vi")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Membership(Base):
    """A role of a person in an organisation from a day to a day, both included."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")

    def is_valid_on(self, day: date) -> bool:
        """Whether the role holds on that local day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class SignIn(Base):
    """One signed-in browser. The cookie holds a random token; only its SHA-256 is kept here."""

    __tablename__ = "sign_in"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(300))

    person: Mapped[Person] = relationship(lazy="joined")


class LinkPurpose(enum.StrEnum):
    """What a one-time link is for."""

    FIRST_ADMINISTRATOR = "first_administrator"
    SET_PASSWORD = "set_password"  # noqa: S105 - the name of a purpose


class OneTimeLink(Base):
    """A link that works once and for a while. The first administrator's has no person yet."""

    __tablename__ = "one_time_link"

    id: Mapped[Key]
    purpose: Mapped[LinkPurpose]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(lazy="joined")


class SignInFailure(Base):
    """Failed sign-ins of one account or one address: each further one waits longer."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_last_at", "last_at"),)

    key: Mapped[str] = mapped_column(String(300), primary_key=True)  # "account:a@b.vn" or "address:10.0.0.1"
    count: Mapped[int]
    last_at: Mapped[datetime]
    blocked_until: Mapped[datetime]
