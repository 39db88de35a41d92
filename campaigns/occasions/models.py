"""Occasions (a day without a year), their occurrences (one local day of a year), and days off set by hand."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.models import Person
from app.db import Base, Key, Versioned
from app.organisations.models import Organisation
from app.text import fold
from campaigns.plans.models import Task
from content.items.models import ItemType
from content.themes.models import Theme


class RuleKind(enum.StrEnum):
    """How the day of a year is found."""

    SOLAR = "solar"  # day and month
    LUNAR = "lunar"  # day and month of the Vietnamese lunar year
    WEEKDAY = "weekday"  # the nth weekday of a month; nth -1 is the last


class OffDayRule(enum.StrEnum):
    """What happens when the day is a day off."""

    KEEP = "keep"
    BEFORE = "before"  # the working day before
    AFTER = "after"  # the working day after


class Occasion(Versioned, Base):
    """A yearly day by rule, with the window in which it is communicated. Retired, never deleted."""

    __tablename__ = "occasion"
    __table_args__ = (
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        CheckConstraint("day IS NULL OR day BETWEEN 1 AND 31", name="day"),
        CheckConstraint("window_before >= 0 AND window_after >= 0", name="window"),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(300))
    name_folded: Mapped[str] = mapped_column(String(300), unique=True)
    rule: Mapped[RuleKind]
    month: Mapped[int]
    day: Mapped[int | None]  # solar and lunar rules
    nth: Mapped[int | None]  # weekday rule: 1 to 5, or -1 for the last
    weekday: Mapped[int | None]  # weekday rule: 0 is Monday
    off_days: Mapped[OffDayRule] = mapped_column(default=OffDayRule.KEEP)
    window_before: Mapped[int] = mapped_column(default=0)  # days
    window_after: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(1000), default="")  # where the day comes from
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  # who leads
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # in whose name campaigns are opened
    has_campaign: Mapped[bool] = mapped_column(default=True)  # whether each occurrence gets one
    first_year: Mapped[int]  # occurrences begin in this year
    retired_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    owner: Mapped[Person] = relationship(lazy="joined")

    @validates("name")
    def _fold_name(self, key: str, name: str) -> str:
        """Keep the folded name with the name, whoever sets it."""
        self.name_folded = fold(name)[:300]
        return name


class OccasionTheme(Base):
    """A theme that the occasion's campaigns serve."""

    __tablename__ = "occasion_theme"

    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)

    theme: Mapped[Theme] = relationship(lazy="joined")


class OccasionTask(Base):
    """The trace back: a task of a plan that asks for the day to be kept."""

    __tablename__ = "occasion_task"

    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True, index=True)

    task: Mapped[Task] = relationship(lazy="joined")


class StepKind(enum.StrEnum):
    """The steps of a lead-up, in order."""

    BRIEF = "brief"
    DRAFT = "draft"
    APPROVE = "approve"
    PUBLISH = "publish"
    COLLECT = "collect"
    REPORT = "report"


class LeadUpStep(Base):
    """Template: this step is due so many days from the occasion's day (negative: before)."""

    __tablename__ = "lead_up_step"
    __table_args__ = (UniqueConstraint("occasion_id", "kind"),)

    id: Mapped[Key]
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id"))
    kind: Mapped[StepKind]
    days: Mapped[int]
    is_working: Mapped[bool] = mapped_column(default=False)  # whether only working days are counted


class LeadUpPiece(Base):
    """Template: a piece that each occurrence's campaign begins with."""

    __tablename__ = "lead_up_piece"
    __table_args__ = (UniqueConstraint("occasion_id", "position"),)

    id: Mapped[Key]
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id"))
    position: Mapped[int]
    type: Mapped[ItemType]
    title: Mapped[str] = mapped_column(String(250))  # {year} and {name} are filled in
    brief: Mapped[str] = mapped_column(String(2000), default="")
    days: Mapped[int] = mapped_column(default=0)  # planned so many days from the occasion's day


class Occurrence(Versioned, Base):
    """One local day of an occasion. ``year`` is the rule's own year (lunar for lunar rules): made once each."""

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("occasion_id", "year"),
        Index("ix_occurrence_held_on_id", "held_on", "id"),
        Index("ix_occurrence_first_on_last_on", "first_on", "last_on"),
    )

    id: Mapped[Key]
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id"))
    year: Mapped[int]
    ruled_on: Mapped[date]  # the day that the rule gives
    held_on: Mapped[date]  # the day that is kept: shifted by rule, or moved by a person
    first_on: Mapped[date]  # the window in which it is communicated
    last_on: Mapped[date]
    slogan: Mapped[str] = mapped_column(String(500), default="")  # the year's own theme, when announced
    is_moved: Mapped[bool] = mapped_column(default=False)  # by a person; a changed rule leaves it
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[datetime]

    occasion: Mapped[Occasion] = relationship(lazy="joined")


class DayOff(Versioned, Base):
    """What an office says about one day, over the calendar of holidays: off, or worked after all."""

    __tablename__ = "day_off"

    id: Mapped[Key]
    day: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(200))
    is_off: Mapped[bool]
