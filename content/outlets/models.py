"""Outlets: who publishes. Retired, never deleted."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Key, SortKey, Versioned
from app.organisations.models import Organisation


class OutletKind(enum.StrEnum):
    """What sort of outlet; targets and coverage are counted by it."""

    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    PORTAL = "portal"
    WEBSITE = "website"
    SOCIAL_PAGE = "social_page"
    LOUDSPEAKER = "loudspeaker"
    OTHER = "other"


class Outlet(Versioned, Base):
    """A paper, station, portal, page or loudspeaker cluster of an organisation."""

    __tablename__ = "outlet"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name_folded"),
        Index("ix_outlet_sort_key_id", "sort_key", "id"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[OutletKind]
    name: Mapped[str] = mapped_column(String(300))
    name_folded: Mapped[str] = mapped_column(String(300))
    sort_key: Mapped[str] = mapped_column(SortKey(620))
    address: Mapped[str] = mapped_column(String(500), default="")  # home page; empty for a loudspeaker
    area: Mapped[str] = mapped_column(String(200), default="")
    languages: Mapped[list[str]]  # ISO 639 codes
    is_own: Mapped[bool] = mapped_column(default=False)  # whether we publish on it ourselves
    retired_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
