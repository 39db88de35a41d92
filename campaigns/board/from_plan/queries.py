"""A plan as the proposals need it, and what stands on its tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clock import Period
from campaigns.board.from_plan.facts import (
    CampaignMade,
    GroupFacts,
    MadeWork,
    OutletFacts,
    PartMade,
    PlanFacts,
    TaskFacts,
    ThemeFacts,
)
from campaigns.board.from_plan.proposals import propose_work
from campaigns.board.from_plan.shapes import Work
from campaigns.board.models import Campaign, CampaignTask, Series, Target
from campaigns.board.queries import themes_of
from campaigns.plans.dates import year_of
from campaigns.plans.figures import show_number
from campaigns.plans.models import Plan
from campaigns.plans.queries import GroupRow, TaskRow, Units, tasks_of, themes_of_plan
from content.outlets.queries import list_outlets
from content.themes.models import Theme, ThemePhrase


def work_of(session: Session, plan: Plan, *, today: date, home_id: int | None) -> Work:
    """What *plan* proposes today to somebody of the organisation *home_id*, and what was made of it; ten queries."""
    facts = facts_of_plan(session, plan)
    made_work = list_made_work(session, [task.id for group in facts.groups for task in group.tasks])
    return propose_work(facts, made_work, today=today, home_id=home_id)


def facts_of_plan(session: Session, plan: Plan) -> PlanFacts:
    """The plan with its tasks, its themes in use, and the outlets at work."""
    themes = [one for one in themes_of_plan(session, plan) if one.retired_at is None]
    return PlanFacts(
        plan.title,
        year_of(plan.title, plan.document.issued_on, plan.date_printed),
        tuple(_group(row) for row in tasks_of(session, plan)),
        tuple(_with_phrases(session, themes)),
        tuple(_outlets(session)),
    )


def _group(row: GroupRow) -> GroupFacts:
    group = row.group
    tasks = tuple(_task(one) for one in row.tasks)
    return GroupFacts(group.id, group.ordinal, group.title, tasks, group.timing, _lead(row.units))


def _task(row: TaskRow) -> TaskFacts:
    one = row.task
    return TaskFacts(
        one.id, one.ordinal, one.text, one.first_line, one.last_line, one.timing, _lead(row.units)
    )


def _lead(units: Units) -> int | None:
    return next((unit.organisation_id for unit in units.lead if unit.organisation_id is not None), None)


def _with_phrases(session: Session, themes: Sequence[Theme]) -> list[ThemeFacts]:
    asked = select(ThemePhrase.theme_id, ThemePhrase.phrase).where(
        ThemePhrase.theme_id.in_([one.id for one in themes]), ThemePhrase.is_exclusion.is_(False)
    )
    phrases: dict[int, list[str]] = {one.id: [] for one in themes}
    for theme_id, phrase in session.execute(asked.order_by(ThemePhrase.id)):
        phrases[theme_id].append(phrase)
    return [ThemeFacts(one.id, one.name, tuple(phrases[one.id])) for one in themes]


def _outlets(session: Session) -> list[OutletFacts]:
    """Outlets at work; near are our own and those of the areas that ours serve."""
    outlets = list_outlets(session)
    areas = {one.area for one in outlets if one.is_own and one.area}
    return [OutletFacts(one.id, one.kind, one.is_own or one.area in areas) for one in outlets]


def list_made_work(session: Session, task_ids: Collection[int]) -> MadeWork:
    """The live campaigns, the live series and the targets of live campaigns on each of these tasks; four queries."""
    return MadeWork(
        _campaigns(session, task_ids), _live_series(session, task_ids), _live_targets(session, task_ids)
    )


def _campaigns(session: Session, task_ids: Collection[int]) -> dict[int, list[CampaignMade]]:
    asked = (
        select(CampaignTask.task_id, Campaign)
        .join(Campaign, CampaignTask.campaign_id == Campaign.id)
        .where(CampaignTask.task_id.in_(task_ids), Campaign.archived_at.is_(None))
        .order_by(Campaign.starts_on, Campaign.id)
    )
    rows = session.execute(asked).all()
    themes = themes_of(session, {campaign.id for _, campaign in rows})
    found: dict[int, list[CampaignMade]] = {}
    for task_id, one in rows:
        theme_ids = frozenset(theme.id for theme in themes[one.id])
        days = Period(one.starts_on, one.ends_on)
        made = CampaignMade(one.id, one.name, days, theme_ids, one.occurrence_id is not None)
        found.setdefault(task_id, []).append(made)
    return found


def _live_series(session: Session, task_ids: Collection[int]) -> dict[int, list[PartMade]]:
    asked = (
        select(Series.task_id, Series.id, Series.campaign_id, Series.name)
        .join(Series.campaign)
        .where(Series.task_id.in_(task_ids), Series.archived_at.is_(None), Campaign.archived_at.is_(None))
        .order_by(Series.id)
    )
    return _by_task(
        (task_id, PartMade(key, campaign_id, name))
        for task_id, key, campaign_id, name in session.execute(asked)
    )


def _live_targets(session: Session, task_ids: Collection[int]) -> dict[int, list[PartMade]]:
    asked = (
        select(Target.task_id, Target.id, Target.campaign_id, Target.count, Theme.name, Target.printed)
        .join(Target.campaign)
        .join(Target.theme)
        .where(Target.task_id.in_(task_ids), Campaign.archived_at.is_(None))
        .order_by(Target.id)
    )
    return _by_task(
        (task_id, PartMade(key, campaign_id, f"{theme}: {show_number(count)}", printed))
        for task_id, key, campaign_id, count, theme, printed in session.execute(asked)
    )


def _by_task(parts: Iterable[tuple[int | None, PartMade]]) -> dict[int, list[PartMade]]:
    found: dict[int, list[PartMade]] = {}
    for task_id, part in parts:
        if task_id is not None:
            found.setdefault(task_id, []).append(part)
    return found
