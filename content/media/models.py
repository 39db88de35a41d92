"""Pictures by hash, with what a reader who cannot see them is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Key, Versioned


class Asset(Versioned, Base):
    """One picture as we keep it: verified, upright, without the camera's notes."""

    __tablename__ = "asset"

    id: Mapped[Key]
    sha256: Mapped[str] = mapped_column(String(64), index=True)  # of the kept original, after stripping
    mime: Mapped[str] = mapped_column(String(60))
    width: Mapped[int]  # pixels
    height: Mapped[int]
    size: Mapped[int]  # bytes
    name: Mapped[str] = mapped_column(String(200))  # the file's name as it came
    alt_text: Mapped[str] = mapped_column(String(500))
    credit: Mapped[str] = mapped_column(String(200), default="")
    licence: Mapped[str] = mapped_column(String(200), default="")
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]

    added_by: Mapped[Person] = relationship()


class AssetSize(Base):
    """The same picture in one width, made at upload so that no page view makes it."""

    __tablename__ = "asset_size"
    __table_args__ = (UniqueConstraint("asset_id", "width"),)

    id: Mapped[Key]
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    mime: Mapped[str] = mapped_column(String(60))

    asset: Mapped[Asset] = relationship()
