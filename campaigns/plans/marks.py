"""Which documents are plans of the office, for lists and drawings of documents."""

from __future__ import annotations

import enum
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaigns.plans.models import Plan, PlanStatus


class Standing(enum.StrEnum):
    """How a plan of the office stands; of several plans of one document the first of these counts."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    ARCHIVED = "archived"


def standing_of(plan: Plan) -> Standing:
    """How that plan stands."""
    if plan.archived_at is not None:
        return Standing.ARCHIVED
    return Standing.DRAFT if plan.status is PlanStatus.DRAFT else Standing.IN_FORCE


def plans_of_documents(session: Session, document_ids: Collection[int]) -> dict[int, Standing]:
    """For each document that is a plan of the office: how it stands."""
    order = list(Standing)
    found: dict[int, Standing] = {}
    for plan in session.scalars(select(Plan).where(Plan.document_id.in_(document_ids))):
        one = standing_of(plan)
        found[plan.document_id] = min(one, found.get(plan.document_id, one), key=order.index)
    return found
