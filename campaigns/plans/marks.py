"""Which documents are plans of the office, for lists and drawings of documents."""

from __future__ import annotations

import enum
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaigns.plans.models import Plan, PlanStatus


class PlanUse(enum.StrEnum):
    """How a plan of the office stands; of several plans of one document the first of these counts."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    ARCHIVED = "archived"


def use_of(plan: Plan) -> PlanUse:
    """How that plan stands."""
    if plan.archived_at is not None:
        return PlanUse.ARCHIVED
    return PlanUse.DRAFT if plan.status is PlanStatus.DRAFT else PlanUse.IN_FORCE


def plans_of_documents(session: Session, document_ids: Collection[int]) -> dict[int, PlanUse]:
    """For each document that is a plan of the office: how it stands."""
    order = list(PlanUse)
    found: dict[int, PlanUse] = {}
    for plan in session.scalars(select(Plan).where(Plan.document_id.in_(document_ids))):
        one = use_of(plan)
        found[plan.document_id] = min(one, found.get(plan.document_id, one), key=order.index)
    return found
