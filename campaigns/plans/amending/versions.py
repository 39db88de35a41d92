"""The versions of a plan: how one is kept, and what can be asked about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_, Missing
from campaigns.planfile.as_json import to_json
from campaigns.planfile.draft import PlanDraft
from campaigns.plans.amending.standing import Readings
from campaigns.plans.models import Plan, PlanUpload, PlanVersion, VersionKind
from campaigns.plans.uploads.making import Making
from content.references.models import Document

MOST = 10_000  # no plan is amended more often; a number beyond it is no number of a version


@dataclass(frozen=True)
class Source:
    """The text of a version: what it is, its document, its kept file, the lines of its values."""

    kind: VersionKind
    document: Document
    sha256: str
    name: str
    trace: Mapping[str, Any]

    @classmethod
    def of(cls, upload: PlanUpload, draft: PlanDraft, document: Document, kind: VersionKind) -> Source:
        """The text that was handed in, read as *draft*."""
        return cls(kind, document, upload.sha256, upload.name, to_json(draft)["trace"])


def add_version(
    making: Making, plan: Plan, source: Source, readings: Readings, changes: Mapping[str, Any]
) -> PlanVersion:
    """Keep the text as the version that the plan now calls its latest."""
    made = PlanVersion(
        plan_id=plan.id,
        number=plan.latest,
        kind=source.kind,
        document_id=source.document.id,
        source_sha256=source.sha256,
        source_name=source.name,
        trace=dict(source.trace),
        readings={level: dict(rows) for level, rows in readings.items()},
        changes=dict(changes),
        confirmed_by_id=making.actor.id,
        confirmed_at=making.now,
    )
    making.session.add(made)
    making.session.flush()
    return made


def list_versions(session: Session, plan: Plan) -> list[PlanVersion]:
    """The versions of a plan, newest first."""
    asked = select(PlanVersion).where(PlanVersion.plan_id == plan.id)
    return list(session.scalars(asked.order_by(PlanVersion.number.desc())))


def get_version(session: Session, plan: Plan, number: int) -> PlanVersion:
    """That version of the plan.

    Raises:
        Missing: it has none of that number.
    """
    asked = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == min(number, MOST))
    found = session.scalar(asked)
    if found is None:
        raise Missing(N_("Kế hoạch này không có bản mang số đó."))
    return found


def amendments_waiting(session: Session, plan: Plan) -> list[PlanUpload]:
    """Texts handed in to change this plan that nobody has accepted yet, newest first."""
    asked = select(PlanUpload).where(
        PlanUpload.amends_id == plan.id, PlanUpload.plan_id.is_(None), PlanUpload.discarded_at.is_(None)
    )
    return list(session.scalars(asked.order_by(PlanUpload.id.desc()).limit(20)))


def base_of(session: Session, plan: Plan) -> int:
    """The number of the newest version that is a whole text: the one that the plan's own source is."""
    asked = select(PlanVersion.number).where(
        PlanVersion.plan_id == plan.id, PlanVersion.kind == VersionKind.WHOLE
    )
    return session.scalar(asked.order_by(PlanVersion.number.desc()).limit(1)) or 1
