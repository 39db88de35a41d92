"""Items, their variants, immutable revisions, and decisions bound to a revision's hash."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Key, NfcText, Versioned
from app.organisations.models import Organisation
from content.channels.models import ChannelKind
from content.media.models import Asset
from content.themes.models import Theme


class ItemType(enum.StrEnum):
    """What sort of piece it is."""

    ARTICLE = "article"
    INFOGRAPHIC = "infographic"
    SOCIAL_POST = "social_post"
    VIDEO_SCRIPT = "video_script"
    LOUDSPEAKER_BULLETIN = "loudspeaker_bulletin"
    LEAFLET = "leaflet"
    PRESS_RELEASE = "press_release"


class Stage(enum.StrEnum):
    """Where a piece stands editorially; moved by content/items/workflow.py only."""

    IDEA = "idea"
    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


class Item(Versioned, Base):
    """One piece of content from idea to archive. Its text lies in revisions; ``revision_no`` is the newest."""

    __tablename__ = "item"
    __table_args__ = (
        Index("ix_item_planned_on_id", "planned_on", "id"),
        Index("ix_item_organisation_id_stage_planned_on", "organisation_id", "stage", "planned_on"),
        Index("ix_item_reviewer_id_stage", "reviewer_id", "stage"),
    )

    id: Mapped[Key]
    type: Mapped[ItemType]
    stage: Mapped[Stage] = mapped_column(default=Stage.IDEA)
    title: Mapped[str] = mapped_column(String(300))  # working title; the revision's title goes out
    title_folded: Mapped[str] = mapped_column(String(300))
    brief: Mapped[str] = mapped_column(String(2000), default="")  # what the piece should say, for its writer
    language: Mapped[str] = mapped_column(String(12), default="vi")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    planned_on: Mapped[date | None]  # the local day meant; None while it lies in the idea pool
    revision_no: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    author: Mapped[Person] = relationship(foreign_keys=[author_id], lazy="joined")
    reviewer: Mapped[Person | None] = relationship(foreign_keys=[reviewer_id], lazy="joined")


class ItemTheme(Base):
    """A theme that the item serves."""

    __tablename__ = "item_theme"
    __table_args__ = (Index("ix_item_theme_theme_id_item_id", "theme_id", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)

    item: Mapped[Item] = relationship()
    theme: Mapped[Theme] = relationship(lazy="joined")


class Revision(Base):
    """One saved text of an item; never changed. ``html`` is made and made safe at save."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(String(1000), default="")
    body: Mapped[str] = mapped_column(NfcText)  # Markdown
    html: Mapped[str] = mapped_column(NfcText)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))  # over title, summary, body, picture and its alt text
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    item: Mapped[Item] = relationship()
    asset: Mapped[Asset | None] = relationship(lazy="joined")
    author: Mapped[Person] = relationship(lazy="joined")


class Decision(enum.StrEnum):
    """What an approver said."""

    APPROVED = "approved"
    RETURNED = "returned"


class Approval(Base):
    """A named person's decision on exactly that text: it holds for this hash and for no other."""

    __tablename__ = "approval"

    id: Mapped[Key]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    decision: Mapped[Decision]
    reason: Mapped[str] = mapped_column(String(2000), default="")
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]

    revision: Mapped[Revision] = relationship()
    decided_by: Mapped[Person] = relationship(lazy="joined")


class Variant(Base):
    """The item for a kind of channel and a language; takes the item's text until it has one of its own."""

    __tablename__ = "variant"
    __table_args__ = (UniqueConstraint("item_id", "channel_kind", "language"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    channel_kind: Mapped[ChannelKind]
    language: Mapped[str] = mapped_column(String(12))

    item: Mapped[Item] = relationship(lazy="joined")
