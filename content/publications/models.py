"""Publications: what an outlet, ours too, published; and what each one matches."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Key, Versioned
from content.items.models import Item
from content.outlets.models import Outlet
from content.slots.models import Slot
from content.themes.models import Theme


class PublicationStatus(enum.StrEnum):
    """What we know of it."""

    FOUND = "found"
    LOGGED = "logged"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    GONE = "gone"


COUNTED = (PublicationStatus.LOGGED, PublicationStatus.CONFIRMED, PublicationStatus.GONE)


class Publication(Versioned, Base):
    """One thing that went out: a link, or an air time. ``address_key`` is unique, so a link is logged once."""

    __tablename__ = "publication"
    __table_args__ = (
        CheckConstraint("address IS NOT NULL OR is_on_air", name="address_or_air"),
        Index("ix_publication_published_on_id", "published_on", "id"),
        Index("ix_publication_outlet_id_published_on_id", "outlet_id", "published_on", "id"),
        # Coverage counts from this index and the one on match alone, without reading the rows.
        Index("ix_publication_counted", "published_on", "status", "outlet_id", "id"),
        # The same article keeps its number when its slug changes.
        Index("ix_publication_outlet_id_article_no", "outlet_id", "article_no"),
        # What matches nothing yet, newest first.
        Index(
            "ix_publication_unmatched",
            "published_on",
            "id",
            postgresql_where=text("NOT is_matched"),
            sqlite_where=text("NOT is_matched"),
        ),
        # What was left out, newest first.
        Index(
            "ix_publication_dismissed",
            "published_on",
            "id",
            postgresql_where=text("status = 'dismissed'"),
            sqlite_where=text("status = 'dismissed'"),
        ),
        # The queue of what watching found, newest first.
        Index(
            "ix_publication_found",
            "published_at",
            "id",
            postgresql_where=text("status = 'found'"),
            sqlite_where=text("status = 'found'"),
        ),
    )

    id: Mapped[Key]
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"))
    title: Mapped[str] = mapped_column(String(500))
    title_folded: Mapped[str] = mapped_column(String(500))
    summary: Mapped[str] = mapped_column(String(1000), default="")  # a short excerpt, safe text
    address: Mapped[str | None] = mapped_column(String(2000))
    article_no: Mapped[str | None] = mapped_column(String(40))  # the article's number in its address
    address_key: Mapped[str | None] = mapped_column(
        String(64), unique=True
    )  # SHA-256 of the normalised address, or of outlet, minute and title when there is none (address.py)
    is_on_air: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime]
    published_on: Mapped[date]  # its local day
    note: Mapped[str] = mapped_column(String(1000), default="")
    status: Mapped[PublicationStatus]
    is_matched: Mapped[bool] = mapped_column(default=False)  # any match holds; kept by tally/keeping.py
    slot_id: Mapped[int | None] = mapped_column(
        ForeignKey("slot.id"), unique=True
    )  # ours: the slot that sent it
    logged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    logged_at: Mapped[datetime]

    outlet: Mapped[Outlet] = relationship(lazy="joined")
    slot: Mapped[Slot | None] = relationship()
    logged_by: Mapped[Person | None] = relationship()


# Written out, not bound: SQLite uses a partial index only for a condition that it can read in the statement.
IS_FOUND = text("publication.status = 'found'")
IS_DISMISSED = text("publication.status = 'dismissed'")
IS_UNMATCHED = text("NOT publication.is_matched")


class MatchDecision(enum.StrEnum):
    """Whether a match is somebody's word."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DISMISSED = "dismissed"


HOLDS = (MatchDecision.CONFIRMED, MatchDecision.CORRECTED)
# The others. For "decision IN" SQLite looks into an index once for each decision; "not in these" asks it once.
LOOSE = tuple(one for one in MatchDecision if one not in HOLDS)


class Match(Base):
    """A publication belongs to an item or to a theme: exactly one of the two, with a reason and who decided."""

    __tablename__ = "match"
    __table_args__ = (
        CheckConstraint("(item_id IS NULL) <> (theme_id IS NULL)", name="item_or_theme"),
        Index("ix_match_publication_id_theme_id", "publication_id", "theme_id", unique=True),
        Index("ix_match_publication_id_item_id", "publication_id", "item_id", unique=True),
        Index("ix_match_counted", "publication_id", "decision", "theme_id"),
        Index("ix_match_theme_id_decision", "theme_id", "decision"),
        Index("ix_match_item_id_decision", "item_id", "decision"),
    )

    id: Mapped[Key]
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    decision: Mapped[MatchDecision]
    score: Mapped[float]  # 0.0 to 1.0; 1.0 for a person's word and for our own slots
    reason: Mapped[str] = mapped_column(String(300))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]

    publication: Mapped[Publication] = relationship()
    item: Mapped[Item | None] = relationship()
    theme: Mapped[Theme | None] = relationship(lazy="joined")
