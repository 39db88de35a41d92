"""The public site's own rows: what the built-in channel has put out. The channel's peer, not its slot."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Key
from content.items.models import Revision


class PublicPage(Base):
    """One page of the public site. ``idem_key`` makes a second put of the same slot the same page."""

    __tablename__ = "public_page"
    __table_args__ = (Index("ix_public_page_published_at_id", "published_at", "id"),)

    id: Mapped[Key]
    idem_key: Mapped[str] = mapped_column(String(64), unique=True)
    token: Mapped[str] = mapped_column(
        String(22), unique=True
    )  # in the address, so that drafts cannot be guessed
    slug: Mapped[str] = mapped_column(String(100))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    published_at: Mapped[datetime]

    revision: Mapped[Revision] = relationship(lazy="joined")


def name_of(page: PublicPage) -> str:
    """The last part of the page's address: readable words, then the token that finds it."""
    return f"{page.slug}-{page.token}"
