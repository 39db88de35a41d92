"""Campaigns and series on the plan's tasks, what they promise, and the items placed in them."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.models import Person
from app.db import Base, Key, Versioned
from app.organisations.models import Organisation
from app.text import fold
from campaigns.occasions.models import Occurrence, StepKind
from campaigns.plans.models import Task
from content.items.models import Item, ItemType
from content.outlets.models import Outlet, OutletKind
from content.themes.models import Theme


class Campaign(Versioned, Base):
    """A body of work from a day to a day, for themes, by a team; made from the plan's tasks."""

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="days"),
        Index("ix_campaign_starts_on_id", "starts_on", "id"),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(300))
    name_folded: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(String(3000), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  # who leads
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    occurrence_id: Mapped[int | None] = mapped_column(
        ForeignKey("occurrence.id"), unique=True, index=True
    )  # of a yearly day: one campaign each
    held_on: Mapped[
        date | None
    ]  # the occurrence's day on which the lead-up stands; another one: it has to follow
    archived_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    occurrence: Mapped[Occurrence | None] = relationship()

    @validates("name")
    def _fold_name(self, key: str, name: str) -> str:
        """Keep the folded name with the name, whoever sets it."""
        self.name_folded = fold(name)[:300]
        return name


class CampaignTheme(Base):
    """A theme of the campaign."""

    __tablename__ = "campaign_theme"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)

    theme: Mapped[Theme] = relationship(lazy="joined")


class CampaignTask(Base):
    """The trace back: a task of a plan that the campaign carries out."""

    __tablename__ = "campaign_task"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True, index=True)

    campaign: Mapped[Campaign] = relationship()
    task: Mapped[Task] = relationship(lazy="joined")


class Cadence(enum.StrEnum):
    """How often a quota falls due."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Series(Versioned, Base):
    """A recurring column of a campaign: so many pieces a week or a month, on these outlets, by this editor."""

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint("quota > 0", name="quota"),
        CheckConstraint("ends_on >= starts_on", name="days"),
    )

    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    cadence: Mapped[Cadence]
    quota: Mapped[int]  # pieces per cadence and outlet
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    archived_at: Mapped[datetime | None]

    campaign: Mapped[Campaign] = relationship()
    theme: Mapped[Theme] = relationship(lazy="joined")
    task: Mapped[Task | None] = relationship()
    editor: Mapped[Person | None] = relationship(lazy="joined")


class SeriesOutlet(Base):
    """An outlet that carries the series."""

    __tablename__ = "series_outlet"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"), primary_key=True, index=True)

    outlet: Mapped[Outlet] = relationship(lazy="joined")


class Target(Versioned, Base):
    """So many publications of a theme by a day; on one outlet, on a kind of outlet, or anywhere.

    ``printed`` keeps the words of the plan that promise it; empty where a person thought of it.
    """

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("count > 0", name="count"),
        CheckConstraint("outlet_id IS NULL OR outlet_kind IS NULL", name="outlet_or_kind"),
        Index("ix_target_due_on", "due_on"),
    )

    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    printed: Mapped[str] = mapped_column(String(300), default="")
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlet.id"), index=True)
    outlet_kind: Mapped[OutletKind | None]
    item_type: Mapped[ItemType | None]
    count: Mapped[int]
    due_on: Mapped[date]

    campaign: Mapped[Campaign] = relationship()
    theme: Mapped[Theme] = relationship(lazy="joined")
    task: Mapped[Task | None] = relationship()
    outlet: Mapped[Outlet | None] = relationship(lazy="joined")


class Placement(Base):
    """An item in a campaign, perhaps for one of its series, with its writer and deadline."""

    __tablename__ = "placement"
    __table_args__ = (Index("ix_placement_campaign_id_item_id", "campaign_id", "item_id", unique=True),)

    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    deadline_on: Mapped[date | None]
    lead_up_days: Mapped[int | None]  # of a lead-up: planned so many days from the campaign's held_on

    campaign: Mapped[Campaign] = relationship(lazy="joined")
    series: Mapped[Series | None] = relationship(lazy="joined")
    item: Mapped[Item] = relationship(lazy="joined")
    writer: Mapped[Person | None] = relationship()


class Milestone(Versioned, Base):
    """One step of a campaign's lead-up and the day it is due; steps of pieces are done when the pieces are."""

    __tablename__ = "milestone"
    __table_args__ = (
        Index("ix_milestone_campaign_id_kind", "campaign_id", "kind", unique=True),
        Index("ix_milestone_due_on", "due_on"),
    )

    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[StepKind]
    due_on: Mapped[date]
    is_moved: Mapped[bool] = mapped_column(default=False)  # by a person; a moved occurrence leaves it
    done_at: Mapped[datetime | None]  # collect and report are said to be done by a person
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(500), default="")

    campaign: Mapped[Campaign] = relationship()
    done_by: Mapped[Person | None] = relationship()
