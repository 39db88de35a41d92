"""Channels: where *we* can send. No network here; scheduler/channels/<kind> does the sending."""

from __future__ import annotations

import enum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Key, Versioned
from content.outlets.models import Outlet


class ChannelKind(enum.StrEnum):
    """How a channel is spoken to; one folder of scheduler/channels for each."""

    SITE = "site"  # our own public pages and feed


class Channel(Versioned, Base):
    """One place to send to; what goes out on it is a publication of its outlet."""

    __tablename__ = "channel"

    id: Mapped[Key]
    kind: Mapped[ChannelKind]
    name: Mapped[str] = mapped_column(String(200), unique=True)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"), index=True)
    settings: Mapped[dict[str, Any]]
    is_active: Mapped[bool] = mapped_column(default=True)

    outlet: Mapped[Outlet] = relationship(lazy="joined")
