"""Where a publication was seen: which entry of which feed. An entry is read once, whatever its feed does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from content.outlets.feeds.models import Feed
from content.publications.models import Publication


class Sighting(Base):
    """An entry of a feed by its own name (guid, else link, else title and date), and its publication."""

    __tablename__ = "sighting"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id"), primary_key=True)
    entry_key: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256 in hex
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    raw_date: Mapped[str] = mapped_column(String(100), default="")  # as the feed wrote it
    seen_at: Mapped[datetime]

    feed: Mapped[Feed] = relationship()
    publication: Mapped[Publication] = relationship()
