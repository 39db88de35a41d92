"""What can be asked about plans, whatever their size in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.errors import N_, Missing
from app.web.paging import Page, paginate
from campaigns.plans.models import (
    Duty,
    DutyUnit,
    FactKind,
    Part,
    Plan,
    PlanFact,
    PlanTheme,
    Task,
    TaskGroup,
    TaskUnit,
)
from content.references.models import Document, DocumentLink, LinkKind
from content.themes.models import Theme


@dataclass(frozen=True)
class Units:
    """Who leads and who helps, in the order of the document."""

    lead: tuple[TaskUnit, ...] = ()
    cooperating: tuple[TaskUnit, ...] = ()


@dataclass(frozen=True)
class TaskRow:
    """A task with the units of its own; what the group says holds beside them."""

    task: Task
    units: Units


@dataclass(frozen=True)
class GroupRow:
    """A group with its units and its tasks."""

    group: TaskGroup
    units: Units
    tasks: tuple[TaskRow, ...]


def get_plan(session: Session, plan_id: int) -> Plan:
    """The plan of that key, archived or not, with its document and who confirmed it.

    Raises:
        Missing: there is none.
    """
    plan = session.get(Plan, plan_id, options=[joinedload(Plan.confirmed_by)])
    if plan is None:
        raise Missing(N_("Không có kế hoạch này."))
    return plan


def list_plans(session: Session, *, archived: bool = False, cursor: str | None = None) -> Page[Plan]:
    """Plans in force, or the archived ones instead, those confirmed last first."""
    state = Plan.archived_at.is_not(None) if archived else Plan.archived_at.is_(None)
    asked = select(Plan).where(state).options(joinedload(Plan.confirmed_by))
    return paginate(session, asked, [Plan.id], cursor=cursor)


def has_plans(session: Session) -> bool:
    """Whether there is a plan, archived or not."""
    return session.scalar(select(Plan.id).limit(1)) is not None


def count_tasks(session: Session, plans: Iterable[Plan]) -> dict[int, int]:
    """How many tasks each plan has."""
    ids = [plan.id for plan in plans]
    asked = (
        select(TaskGroup.plan_id, func.count(Task.id))
        .join(Task, Task.group_id == TaskGroup.id)
        .where(TaskGroup.plan_id.in_(ids), Task.retired_at.is_(None))
        .group_by(TaskGroup.plan_id)
    )
    return {**dict.fromkeys(ids, 0), **dict(session.execute(asked).all())}


def get_task(session: Session, task_id: int) -> Task:
    """The task of that key with its group and plan.

    Raises:
        Missing: there is none.
    """
    task = session.get(Task, task_id, options=[joinedload(Task.group).joinedload(TaskGroup.plan)])
    if task is None:
        raise Missing(N_("Không có nhiệm vụ này."))
    return task


def tasks_of(session: Session, plan: Plan) -> list[GroupRow]:
    """The groups of a plan with tasks and units, in the order of the document; three queries."""
    groups = session.scalars(
        select(TaskGroup)
        .where(TaskGroup.plan_id == plan.id, TaskGroup.retired_at.is_(None))
        .order_by(TaskGroup.position)
    ).all()
    of_plan = select(TaskGroup.id).where(TaskGroup.plan_id == plan.id)
    tasks: dict[int, list[Task]] = defaultdict(list)
    asked = select(Task).where(Task.group_id.in_(of_plan), Task.retired_at.is_(None))
    for task in session.scalars(asked.order_by(Task.position)):
        tasks[task.group_id].append(task)
    by_group, by_task = _units_of(session, plan)
    return [
        GroupRow(
            group,
            by_group.get(group.id, Units()),
            tuple(TaskRow(task, by_task.get(task.id, Units())) for task in tasks[group.id]),
        )
        for group in groups
    ]


def list_tasks(session: Session, plan: Plan) -> list[Task]:
    """The tasks of a plan in the order of the document, without their units; one query."""
    asked = (
        select(Task)
        .join(TaskGroup, Task.group_id == TaskGroup.id)
        .where(TaskGroup.plan_id == plan.id, TaskGroup.retired_at.is_(None), Task.retired_at.is_(None))
        .order_by(TaskGroup.position, Task.position)
    )
    return list(session.scalars(asked))


def _units_of(session: Session, plan: Plan) -> tuple[dict[int, Units], dict[int, Units]]:
    """The units of a plan by group and by task."""
    groups = select(TaskGroup.id).where(TaskGroup.plan_id == plan.id)
    tasks = select(Task.id).where(Task.group_id.in_(groups))
    asked = (
        select(TaskUnit)
        .where(TaskUnit.group_id.in_(groups) | TaskUnit.task_id.in_(tasks))
        .order_by(TaskUnit.position)
    )
    by_group: dict[int, list[TaskUnit]] = defaultdict(list)
    by_task: dict[int, list[TaskUnit]] = defaultdict(list)
    for unit in session.scalars(asked):
        if unit.group_id is not None:
            by_group[unit.group_id].append(unit)
        elif unit.task_id is not None:
            by_task[unit.task_id].append(unit)
    return {key: _split(units) for key, units in by_group.items()}, {
        key: _split(units) for key, units in by_task.items()
    }


def _split(units: Sequence[TaskUnit]) -> Units:
    return Units(
        tuple(unit for unit in units if unit.part is Part.LEAD),
        tuple(unit for unit in units if unit.part is Part.COOPERATING),
    )


def duties_of(session: Session, plan: Plan) -> list[Duty]:
    """The duties of "Tổ chức thực hiện" in the order of the document."""
    asked = select(Duty).where(Duty.plan_id == plan.id, Duty.retired_at.is_(None))
    return list(session.scalars(asked.order_by(Duty.position)))


def units_of_duties(session: Session, plan: Plan) -> dict[int, list[DutyUnit]]:
    """For each duty of a plan the bodies of which it is asked, in the order of the document."""
    of_plan = select(Duty.id).where(Duty.plan_id == plan.id)
    found: dict[int, list[DutyUnit]] = defaultdict(list)
    for unit in session.scalars(
        select(DutyUnit).where(DutyUnit.duty_id.in_(of_plan)).order_by(DutyUnit.position)
    ):
        found[unit.duty_id].append(unit)
    return found


@dataclass(frozen=True)
class DutyBlock:
    """The duties under one heading of "Tổ chức thực hiện", and the bodies that it names."""

    ordinal: str
    title: str
    units: tuple[DutyUnit, ...]
    duties: tuple[Duty, ...]


def blocks_of(duties: Iterable[Duty], units: Mapping[int, Sequence[DutyUnit]]) -> list[DutyBlock]:
    """Duties (in the order of the document) under their headings."""
    blocks = []
    for (ordinal, title), run in groupby(duties, key=lambda duty: (duty.block_ordinal, duty.block_title)):
        rows = tuple(run)
        blocks.append(DutyBlock(ordinal, title, tuple(units.get(rows[0].id, ())), rows))
    return blocks


def facts_of(session: Session, plan: Plan, *kinds: FactKind) -> dict[FactKind, list[PlanFact]]:
    """Reporting, key dates, recipients and addressees (all, or *kinds*), each in the order of the document."""
    found: dict[FactKind, list[PlanFact]] = {kind: [] for kind in FactKind}
    asked = select(PlanFact).where(PlanFact.plan_id == plan.id, PlanFact.retired_at.is_(None))
    asked = asked.where(PlanFact.kind.in_(kinds)) if kinds else asked
    for fact in session.scalars(asked.order_by(PlanFact.kind, PlanFact.position)):
        found[fact.kind].append(fact)
    return found


def themes_of_plan(session: Session, plan: Plan) -> list[Theme]:
    """The themes that the plan asks to be served, in Vietnamese order."""
    asked = select(Theme).join(PlanTheme, PlanTheme.theme_id == Theme.id).where(PlanTheme.plan_id == plan.id)
    return list(session.scalars(asked.order_by(Theme.sort_key)))


def plans_of_document(session: Session, document: Document) -> list[Plan]:
    """The plans that this document is or that implement, stand on or cite it, newest first, at most 100."""
    standing = select(DocumentLink.source_id).where(DocumentLink.target_id == document.id)
    asked = select(Plan).where(or_(Plan.document_id == document.id, Plan.document_id.in_(standing)))
    return list(session.scalars(asked.order_by(Plan.id.desc()).limit(100)))


@dataclass(frozen=True)
class Chain:
    """What a plan carries out: a document, and what that one implements or else stands on, where it is known."""

    implemented: Document
    above: Document | None


def chains_of(session: Session, plans: Iterable[Plan]) -> dict[int, list[Chain]]:
    """For each plan that implements documents: those, each with the one above it; two queries."""
    sources = {plan.document_id: plan.id for plan in plans}
    first = _targets(session, sources, (LinkKind.IMPLEMENTS,))
    ids = [document.id for documents in first.values() for document in documents]
    above = _targets(session, ids, (LinkKind.IMPLEMENTS, LinkKind.BASED_ON))
    return {
        sources[key]: [Chain(one, next(iter(above[one.id]), None)) for one in documents]
        for key, documents in first.items()
    }


def _targets(
    session: Session, source_ids: Collection[int], kinds: Sequence[LinkKind]
) -> dict[int, list[Document]]:
    """What each document implements (or stands on), of the first of *kinds* first."""
    asked = (
        select(DocumentLink)
        .where(DocumentLink.source_id.in_(source_ids), DocumentLink.kind.in_(kinds))
        .options(joinedload(DocumentLink.target))
        .order_by(DocumentLink.id)
    )
    found: dict[int, list[Document]] = defaultdict(list)
    for link in sorted(session.scalars(asked), key=lambda link: kinds.index(link.kind)):
        found[link.source_id].append(link.target)
    return found
