"""Organisations: any body that issues, leads, cooperates, publishes or reports. Closed, never deleted."""

from __future__ import annotations

import enum
import re
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.db import Base, Key, SortKey, Versioned
from app.text import clean, spelt


def name_key(name: str) -> str:
    """*name* as two bodies are told apart by it: xã Sơn Hà and xã Sơn Hạ are two. Marks and doubled blanks do not count."""
    return spelt(re.sub(r"[^\w\s]", " ", clean(name)))


class OrganisationKind(enum.StrEnum):
    """What sort of body it is; decides how people find it, not what it may do."""

    PEOPLES_COMMITTEE = "peoples_committee"
    DEPARTMENT = "department"
    AGENCY = "agency"
    COMMUNE = "commune"
    PARTY = "party"
    FRONT = "front"
    PRESS = "press"
    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    OTHER = "other"


class Organisation(Versioned, Base):
    """One body, valid from a day to a day; a merged or renamed one names its successor."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="valid_days"
        ),
        Index("ix_organisation_sort_key_id", "sort_key", "id"),
    )

    id: Mapped[Key]
    kind: Mapped[OrganisationKind]
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(400), unique=True)  # what tells two names apart
    name_folded: Mapped[str] = mapped_column(String(300), index=True)  # what a search compares
    sort_key: Mapped[str] = mapped_column(SortKey(620))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    @validates("name")
    def _keep_key(self, key: str, name: str) -> str:
        """Keep the name's key with the name, whoever sets it."""
        self.name_key = name_key(name)
        return name

    parent: Mapped[Organisation | None] = relationship(
        remote_side="Organisation.id", foreign_keys=[parent_id]
    )
    successor: Mapped[Organisation | None] = relationship(
        remote_side="Organisation.id", foreign_keys=[successor_id]
    )


class OrganisationAlias(Base):
    """Another name under which documents and people know the body; no other body has it."""

    __tablename__ = "organisation_alias"

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(400), unique=True)
    name_folded: Mapped[str] = mapped_column(String(300), index=True)

    organisation: Mapped[Organisation] = relationship()

    @validates("name")
    def _keep_key(self, key: str, name: str) -> str:
        """Keep the name's key with the name, whoever sets it."""
        self.name_key = name_key(name)
        return name
