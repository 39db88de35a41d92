"""What plans ask of a unit: its duties, and the tasks that it leads or helps with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from campaigns.plans.models import Duty, DutyUnit, Part, Plan, Task, TaskGroup, TaskUnit


@dataclass(frozen=True)
class OwnTask:
    """A task and the part that the unit has in it."""

    task: Task
    part: Part


@dataclass
class OwnPlan:
    """One plan in force with what it asks of the unit, in the order of the document."""

    plan: Plan
    duties: list[Duty] = field(default_factory=list)
    tasks: list[OwnTask] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many duties and tasks together."""
        return len(self.duties) + len(self.tasks)


def own_work(session: Session, organisation_ids: Collection[int]) -> list[OwnPlan]:
    """What plans in force ask of these organisations, newest plan first; nothing of anybody else."""
    found: dict[int, OwnPlan] = {}
    duties = (
        select(Duty)
        .join(Duty.plan)
        .where(Duty.id.in_(duties_of_units(organisation_ids)), Plan.archived_at.is_(None))
        .options(joinedload(Duty.plan))
        .order_by(Duty.plan_id.desc(), Duty.position)
    )
    for duty in session.scalars(duties):
        found.setdefault(duty.plan_id, OwnPlan(duty.plan)).duties.append(duty)
    for task, part in _tasks(session, organisation_ids):
        plan = task.group.plan
        found.setdefault(plan.id, OwnPlan(plan)).tasks.append(OwnTask(task, part))
    return [found[key] for key in sorted(found, reverse=True)]


def duties_of_units(organisation_ids: Collection[int]) -> Select[int]:
    """The keys of the duties that plans ask of these organisations, alone or among others."""
    return select(DutyUnit.duty_id).where(DutyUnit.organisation_id.in_(organisation_ids))


def _tasks(session: Session, organisation_ids: Collection[int]) -> list[tuple[Task, Part]]:
    """Tasks with the part of these organisations, by group or by task; leading counts before helping."""
    parts: dict[int, Part] = {}
    rows: dict[int, Task] = {}
    for asked in (_by_group(organisation_ids), _by_task(organisation_ids)):
        for task, part in session.execute(asked):
            rows[task.id] = task
            if parts.get(task.id) is not Part.LEAD:
                parts[task.id] = part
    ordered = sorted(
        rows.values(), key=lambda task: (-task.group.plan_id, task.group.position, task.position)
    )
    return [(task, parts[task.id]) for task in ordered]


def _by_group(organisation_ids: Collection[int]) -> Select[Task, Part]:
    return _whole(
        select(Task, TaskUnit.part)
        .join(Task.group)
        .join(TaskUnit, TaskUnit.group_id == TaskGroup.id)
        .where(TaskUnit.organisation_id.in_(organisation_ids))
    )


def _by_task(organisation_ids: Collection[int]) -> Select[Task, Part]:
    return _whole(
        select(Task, TaskUnit.part)
        .join(Task.group)
        .join(TaskUnit, TaskUnit.task_id == Task.id)
        .where(TaskUnit.organisation_id.in_(organisation_ids))
    )


def _whole(asked: Select[Task, Part]) -> Select[Task, Part]:
    """Of plans in force, with group and plan read along."""
    return (
        asked.join(TaskGroup.plan)
        .where(Plan.archived_at.is_(None))
        .options(joinedload(Task.group).joinedload(TaskGroup.plan))
    )


def count_own_work(session: Session, organisation_ids: Collection[int]) -> int:
    """How many duties and tasks plans in force ask of these organisations."""
    duties = session.scalar(
        select(func.count())
        .select_from(Duty)
        .join(Duty.plan)
        .where(Duty.id.in_(duties_of_units(organisation_ids)), Plan.archived_at.is_(None))
    )
    by_group, by_task = (
        asked(organisation_ids).with_only_columns(Task.id) for asked in (_by_group, _by_task)
    )
    tasks = session.scalar(select(func.count()).select_from(by_group.union(by_task).subquery()))
    return (duties or 0) + (tasks or 0)
