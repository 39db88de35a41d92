"""One errand: read the page behind a pasted link, so that a person only has to say yes."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Key, Versioned
from content.outlets.models import Outlet
from content.publications.models import Publication


class LookupState(enum.StrEnum):
    """How far the errand is."""

    WAITING = "waiting"
    LEASED = "leased"
    FOUND = "found"
    FAILED = "failed"  # the person types what the page would have said
    LOGGED = "logged"
    DISMISSED = "dismissed"


class Lookup(Versioned, Base):
    """A pasted link and what its page said."""

    __tablename__ = "lookup"
    __table_args__ = (
        Index(
            "ix_lookup_waiting",
            "id",
            postgresql_where=text("state IN ('waiting', 'leased')"),
            sqlite_where=text("state IN ('waiting', 'leased')"),
        ),
        Index("ix_lookup_asked_by_id_state", "asked_by_id", "state"),
    )

    id: Mapped[Key]
    address: Mapped[str] = mapped_column(String(2000))
    address_key: Mapped[str] = mapped_column(String(64), index=True)
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"))  # chosen, or known by its host
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    state: Mapped[LookupState] = mapped_column(default=LookupState.WAITING)
    lease_owner: Mapped[str | None] = mapped_column(String(120))
    lease_token: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(500), default="")
    summary: Mapped[str] = mapped_column(String(1000), default="")
    published_at: Mapped[datetime | None]
    canonical: Mapped[str | None] = mapped_column(String(2000))
    failure: Mapped[str] = mapped_column(String(500), default="")
    publication_id: Mapped[int | None] = mapped_column(ForeignKey("publication.id"), index=True)

    asked_by: Mapped[Person] = relationship()
    outlet: Mapped[Outlet | None] = relationship()
    publication: Mapped[Publication | None] = relationship()
