"""Plans as an officer confirmed them. Each row keeps the lines of the source it was read from."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Key, NfcText, Versioned
from app.organisations.models import Organisation
from content.references.models import Document
from content.themes.models import Theme


class PlanUpload(Versioned, Base):
    """A text handed in and read, waiting for a person's yes. Corrections are kept beside what was read."""

    __tablename__ = "plan_upload"
    __table_args__ = (
        # One text waits once, whoever sends it and however often.
        Index(
            "ix_plan_upload_standing",
            "sha256",
            unique=True,
            sqlite_where=text("discarded_at IS NULL"),
            postgresql_where=text("discarded_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64), index=True)  # the file in the store
    corrections: Mapped[dict[str, Any]]  # path of a value -> what the officer typed instead
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    discarded_at: Mapped[datetime | None]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), unique=True)

    uploaded_by: Mapped[Person] = relationship(lazy="joined")
    plan: Mapped[Plan | None] = relationship()


class PlanStatus(enum.StrEnum):
    """Whether the document was a draft or issued when it was confirmed."""

    DRAFT = "draft"
    ISSUED = "issued"


class Plan(Versioned, Base):
    """One plan that the office carries out; its document stands in the registry."""

    __tablename__ = "plan"

    id: Mapped[Key]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    status: Mapped[PlanStatus]
    title: Mapped[str] = mapped_column(String(2000))
    place: Mapped[str] = mapped_column(String(200), default="")
    date_printed: Mapped[str] = mapped_column(String(40), default="")  # "2025-08" where the day is blank
    signer: Mapped[str] = mapped_column(String(300), default="")
    funding: Mapped[str] = mapped_column(NfcText, default="")
    source_sha256: Mapped[str] = mapped_column(String(64))
    source_name: Mapped[str] = mapped_column(String(300))
    trace: Mapped[dict[str, Any]]  # path of a value -> [first line, last line] of the source
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship(lazy="joined")
    confirmed_by: Mapped[Person] = relationship()


class PlanTheme(Base):
    """A theme that the plan asks to be served."""

    __tablename__ = "plan_theme"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)

    plan: Mapped[Plan] = relationship()
    theme: Mapped[Theme] = relationship(lazy="joined")


class TaskGroup(Base):
    """A group of tasks with what is said for all of them; ordinal and title as printed, empty where absent."""

    __tablename__ = "task_group"
    __table_args__ = (Index("ix_task_group_plan_id_position", "plan_id", "position", unique=True),)

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    ordinal: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(3000), default="")
    timing: Mapped[str] = mapped_column(String(500), default="")
    first_line: Mapped[int]
    last_line: Mapped[int]

    plan: Mapped[Plan] = relationship()


class Task(Base):
    """One item of a group: what is to be done."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_group_id_position", "group_id", "position", unique=True),)

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("task_group.id"))
    position: Mapped[int]
    ordinal: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(NfcText)
    timing: Mapped[str] = mapped_column(String(500), default="")
    first_line: Mapped[int]
    last_line: Mapped[int]

    group: Mapped[TaskGroup] = relationship(lazy="joined")


class Part(enum.StrEnum):
    """What part a unit has."""

    LEAD = "lead"
    COOPERATING = "cooperating"


class TaskUnit(Base):
    """A unit that leads or helps with a group or with one task; the printed name kept beside the organisation."""

    __tablename__ = "task_unit"
    __table_args__ = (CheckConstraint("(group_id IS NULL) <> (task_id IS NULL)", name="group_or_task"),)

    id: Mapped[Key]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("task_group.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    part: Mapped[Part]
    position: Mapped[int]
    printed: Mapped[str] = mapped_column(String(500))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class Duty(Base):
    """One duty from "Tổ chức thực hiện": what a unit has to do for the plan."""

    __tablename__ = "duty"
    __table_args__ = (Index("ix_duty_plan_id_position", "plan_id", "position", unique=True),)

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    block_ordinal: Mapped[str] = mapped_column(String(20), default="")
    block_title: Mapped[str] = mapped_column(String(1000))  # the unit as printed, or the block's heading
    ordinal: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(NfcText)
    first_line: Mapped[int]
    last_line: Mapped[int]

    plan: Mapped[Plan] = relationship()


class DutyUnit(Base):
    """A body of which a duty is asked; a block may name several. The printed name is kept beside the organisation."""

    __tablename__ = "duty_unit"
    __table_args__ = (UniqueConstraint("duty_id", "position"),)

    id: Mapped[Key]
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"))
    position: Mapped[int]
    printed: Mapped[str] = mapped_column(String(500))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)

    duty: Mapped[Duty] = relationship()
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class FactKind(enum.StrEnum):
    """What else the plan says, kept as read for the rooms that will build on it."""

    REPORTING = "reporting"
    KEY_DATE = "key_date"
    RECIPIENT = "recipient"
    ADDRESSEE = "addressee"


class PlanFact(Base):
    """One reporting duty, key date, recipient or addressee in the reader's own schema."""

    __tablename__ = "plan_fact"
    __table_args__ = (
        Index("ix_plan_fact_plan_id_kind_position", "plan_id", "kind", "position", unique=True),
    )

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    kind: Mapped[FactKind]
    position: Mapped[int]
    value: Mapped[dict[str, Any]]
    first_line: Mapped[int]
    last_line: Mapped[int]
