"""Themes and the phrases by which they are known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Key, SortKey, Versioned
from content.references.models import Document

COLOURS = 12  # theme-1 .. theme-12 of static/src/tokens.css


class Theme(Versioned, Base):
    """What publications are counted by; retired, never deleted."""

    __tablename__ = "theme"
    __table_args__ = (CheckConstraint(f"colour BETWEEN 1 AND {COLOURS}", name="colour"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)  # short and stable: nq57, bdhvs
    name: Mapped[str] = mapped_column(String(300))
    name_folded: Mapped[str] = mapped_column(String(300), unique=True)
    sort_key: Mapped[str] = mapped_column(SortKey(620), index=True)
    colour: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    retired_at: Mapped[datetime | None]

    parent: Mapped[Theme | None] = relationship(remote_side="Theme.id")
    document: Mapped[Document | None] = relationship()


class ThemePhrase(Base):
    """One phrase of a theme, kept as typed and folded."""

    __tablename__ = "theme_phrase"
    __table_args__ = (UniqueConstraint("theme_id", "folded"),)

    id: Mapped[Key]
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    phrase: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    is_exclusion: Mapped[bool] = mapped_column(default=False)  # where it stands, the theme is not meant

    theme: Mapped[Theme] = relationship()
