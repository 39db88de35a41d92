"""What can be done to a confirmed plan: archive it, restore it, look its units up again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Refused
from app.organisations.queries import find_organisations
from campaigns.plans.models import Duty, DutyUnit, Plan, Task, TaskGroup, TaskUnit


def archive_plan(session: Session, plan: Plan, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Put a plan away; its tasks and duties are asked of nobody any more.

    Raises:
        Stale: somebody changed it since. Refused: it is archived already.
    """
    plan.check_version(seen)
    if plan.archived_at is not None:
        raise Refused(N_("Kế hoạch này đã được lưu trữ."))
    plan.archived_at = now
    session.flush()
    audit.record(session, actor, "plan.archive", plan, at=now, details={"title": plan.title})


def restore_plan(session: Session, plan: Plan, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Bring an archived plan back.

    Raises:
        Stale: somebody changed it since. Refused: it is in force, or its document has another plan in force.
    """
    plan.check_version(seen)
    if plan.archived_at is None:
        raise Refused(N_("Kế hoạch này đang được thực hiện."))
    other = select(Plan.id).where(Plan.document_id == plan.document_id, Plan.archived_at.is_(None)).limit(1)
    if session.scalar(other) is not None:
        raise Refused(N_("Văn bản này đã có kế hoạch khác đang thực hiện."))
    plan.archived_at = None
    session.flush()
    audit.record(session, actor, "plan.restore", plan, at=now, details={"title": plan.title})


def match_units(session: Session, plan: Plan, *, seen: int, actor: audit.Actor, now: datetime) -> int:
    """Look the unmatched printed names up again, after organisations were added; returns how many were found.

    Raises:
        Stale: somebody changed the plan since.
    """
    plan.check_version(seen)
    groups = select(TaskGroup.id).where(TaskGroup.plan_id == plan.id)
    tasks = select(Task.id).where(Task.group_id.in_(groups))
    units = session.scalars(
        select(TaskUnit).where(
            TaskUnit.organisation_id.is_(None), TaskUnit.group_id.in_(groups) | TaskUnit.task_id.in_(tasks)
        )
    ).all()
    of_plan = select(Duty.id).where(Duty.plan_id == plan.id)
    of_duties = session.scalars(
        select(DutyUnit).where(DutyUnit.organisation_id.is_(None), DutyUnit.duty_id.in_(of_plan))
    ).all()
    unmatched: list[TaskUnit | DutyUnit] = [*units, *of_duties]
    found = find_organisations(session, {unit.printed for unit in unmatched})
    known = {name: match.organisation.id for name, match in found.items()}
    for unit in unmatched:
        unit.organisation_id = known.get(unit.printed)
    if known:
        session.flush()
        audit.record(session, actor, "plan.match", plan, at=now, details={"names": sorted(known)})
    return len(known)
