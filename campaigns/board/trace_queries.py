"""From campaigns back to the plan: tasks with their groups, plans, documents; what a new campaign could be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from campaigns.board.models import Campaign, CampaignTask
from campaigns.board.queries import LARGEST_KEY, campaigns_of_task
from campaigns.board.wording import as_words, name_from, purpose_from
from campaigns.plans.models import Part, Plan, Task, TaskGroup, TaskUnit
from content.references.models import Document, DocumentLink
from content.themes.models import Theme, ThemePhrase

MOST_PLANS = 10


@dataclass(frozen=True)
class PlanTrace:
    """A plan with those of its groups and tasks that are asked about, in the plan's order."""

    plan: Plan
    groups: Sequence[tuple[TaskGroup, Sequence[Task]]]


@dataclass(frozen=True)
class Proposal:
    """What the tasks' own words propose for a campaign."""

    name: str
    purpose: str
    theme_ids: tuple[int, ...]
    organisation_id: int | None


def trace_of(session: Session, campaign: Campaign) -> list[PlanTrace]:
    """The plan tasks that *campaign* carries out, by plan and group."""
    asked = (
        _tasks()
        .join(CampaignTask, CampaignTask.task_id == Task.id)
        .where(CampaignTask.campaign_id == campaign.id)
    )
    return _by_plan(session.scalars(asked).all())


def tasks_of(session: Session, task_ids: Collection[int], *, retired: bool = False) -> list[PlanTrace]:
    """These tasks, by plan and group; unknown ones and those of archived plans are left out, *retired* ones too."""
    known = [one for one in task_ids if 0 < one <= LARGEST_KEY]
    asked = _tasks().where(Task.id.in_(known), Plan.archived_at.is_(None))
    return _by_plan(session.scalars(asked if retired else asked.where(Task.retired_at.is_(None))).all())


def plans_to_pick(
    session: Session, *, plan_id: int | None = None, held: Collection[int] = ()
) -> list[PlanTrace]:
    """The newest confirmed plans with all their tasks, or the one that is named; retired ones where they are *held*."""
    newest = (
        select(Plan.id).where(Plan.archived_at.is_(None)).order_by(Plan.confirmed_at.desc(), Plan.id.desc())
    )
    if plan_id is not None:
        newest = newest.where(Plan.id == min(plan_id, LARGEST_KEY))
    ids = list(session.scalars(newest.limit(MOST_PLANS)))
    known = [one for one in held if 0 < one <= LARGEST_KEY]
    wanted = TaskGroup.plan_id.in_(ids), Task.retired_at.is_(None) | Task.id.in_(known)
    traces = _by_plan(session.scalars(_tasks().where(*wanted)).all())
    return sorted(traces, key=lambda trace: ids.index(trace.plan.id))


def list_live_plans(session: Session, *, also: int | None = None, limit: int = 200) -> list[Plan]:
    """Plans at work, newest first, to choose one from; and the one named, if it was put away."""
    asked = select(Plan).where(or_(Plan.archived_at.is_(None), Plan.id == also))
    return list(session.scalars(asked.order_by(Plan.confirmed_at.desc(), Plan.id.desc()).limit(limit)))


def _tasks() -> Select[Task]:
    """Tasks with group, plan and document in one query, in the plan's order."""
    return (
        select(Task)
        .join(TaskGroup, Task.group_id == TaskGroup.id)
        .join(Plan, TaskGroup.plan_id == Plan.id)
        .options(joinedload(Task.group).joinedload(TaskGroup.plan))
        .order_by(Plan.id, TaskGroup.position, Task.position)
    )


def _by_plan(tasks: Sequence[Task]) -> list[PlanTrace]:
    """Tasks in the plan's order, put into their groups and plans."""
    plans: dict[int, tuple[Plan, dict[int, tuple[TaskGroup, list[Task]]]]] = {}
    for task in tasks:
        group, plan = task.group, task.group.plan
        groups = plans.setdefault(plan.id, (plan, {}))[1]
        groups.setdefault(group.id, (group, []))[1].append(task)
    return [PlanTrace(plan, list(groups.values())) for plan, groups in plans.values()]


def carried(session: Session, traces: Sequence[PlanTrace]) -> dict[int, list[Campaign]]:
    """The campaigns that stand on each task already."""
    return campaigns_of_task(session, [task.id for task in flat(traces)])


def flat(traces: Sequence[PlanTrace]) -> list[Task]:
    """The tasks of traces, in order."""
    return [task for trace in traces for _, tasks in trace.groups for task in tasks]


def documents_of(session: Session, traces: Sequence[PlanTrace]) -> list[Document]:
    """The documents of these plans, then what those implement, cite or stand on."""
    own = list({trace.plan.document_id: trace.plan.document for trace in traces}.values())
    linked = (
        select(Document)
        .join(DocumentLink, DocumentLink.target_id == Document.id)
        .where(DocumentLink.source_id.in_([one.id for one in own]))
        .order_by(Document.issued_on, Document.id)
        .distinct()
    )
    seen = {one.id for one in own}
    return own + [one for one in session.scalars(linked) if one.id not in seen]


def propose(session: Session, traces: Sequence[PlanTrace]) -> Proposal:
    """Name, purpose, themes and lead as the tasks' own words and units suggest them."""
    tasks = flat(traces)
    text = "\n".join(task.text for task in tasks)
    return Proposal(
        name=name_from(tasks[0].text) if tasks else "",
        purpose=purpose_from(text),
        theme_ids=_themes_in(session, text),
        organisation_id=_lead(session, tasks),
    )


def _themes_in(session: Session, text: str) -> tuple[int, ...]:
    """The live themes that have a phrase in *text*."""
    words = as_words(text)
    phrases = (
        select(ThemePhrase.theme_id, ThemePhrase.phrase)
        .join(Theme, ThemePhrase.theme_id == Theme.id)
        .where(Theme.retired_at.is_(None), ThemePhrase.is_exclusion.is_(False))
        .order_by(ThemePhrase.theme_id)
    )
    found = (theme_id for theme_id, phrase in session.execute(phrases) if as_words(phrase) in words)
    return tuple(dict.fromkeys(found))


def _lead(session: Session, tasks: Sequence[Task]) -> int | None:
    """The first organisation that leads one of the tasks or their groups."""
    asked = (
        select(TaskUnit.organisation_id)
        .where(
            TaskUnit.part == Part.LEAD,
            TaskUnit.organisation_id.is_not(None),
            TaskUnit.task_id.in_([task.id for task in tasks])
            | TaskUnit.group_id.in_([task.group_id for task in tasks]),
        )
        .order_by(TaskUnit.task_id.is_(None), TaskUnit.position, TaskUnit.id)
        .limit(1)
    )
    return session.scalar(asked)
