"""What can be asked about campaigns: find one or its parts, list them, say which stand on a task or hold an item."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session

from app.db import Base, lean
from app.errors import N_, Missing
from app.search import found
from app.web.paging import SIZE, Page, paginate
from campaigns.board.models import (
    Campaign,
    CampaignTask,
    CampaignTheme,
    Placement,
    Series,
    SeriesOutlet,
    Target,
)
from campaigns.board.rules import CampaignState, state_of
from campaigns.plans.models import Task, TaskGroup
from content.items.models import Item, Stage
from content.themes.models import Theme

Row = TypeVar("Row", bound=Base)
LARGEST_KEY = 2**63 - 1


def find(session: Session, kind: type[Row], key: int) -> Row | None:
    """The row of that key; None also for a number that no key can be."""
    return session.get(kind, key) if 0 < key <= LARGEST_KEY else None


def get_campaign(session: Session, campaign_id: int) -> Campaign:
    """The campaign of that key.

    Raises:
        Missing: there is none.
    """
    campaign = find(session, Campaign, campaign_id)
    if campaign is None:
        raise Missing(N_("Không có chiến dịch này."))
    return campaign


def get_series(session: Session, campaign_id: int, series_id: int) -> Series:
    """That series of that campaign.

    Raises:
        Missing: there is none.
    """
    series = find(session, Series, series_id)
    if series is None or series.campaign_id != campaign_id:
        raise Missing(N_("Không có chuyên mục này."))
    return series


def get_target(session: Session, campaign_id: int, target_id: int) -> Target:
    """That target of that campaign.

    Raises:
        Missing: there is none.
    """
    target = find(session, Target, target_id)
    if target is None or target.campaign_id != campaign_id:
        raise Missing(N_("Không có chỉ tiêu này."))
    return target


def get_placement(session: Session, campaign_id: int, item_id: int) -> Placement:
    """The place of that item in that campaign.

    Raises:
        Missing: it has none.
    """
    placement = None
    if max(campaign_id, item_id) <= LARGEST_KEY:
        placement = session.scalar(
            select(Placement).where(Placement.campaign_id == campaign_id, Placement.item_id == item_id)
        )
    if placement is None:
        raise Missing(N_("Tin bài này không có trong chiến dịch."))
    return placement


@dataclass(frozen=True)
class CampaignRow:
    """A campaign as the list shows it: its themes, and its items that count (withdrawn ones do not)."""

    campaign: Campaign
    themes: Sequence[Theme]
    items: int
    approved: int
    state: CampaignState = CampaignState.RUNNING


def list_campaigns(
    session: Session,
    *,
    today: date,
    state: CampaignState | None = None,
    theme_id: int | None = None,
    plan_id: int | None = None,
    words: str = "",
    cursor: str | None = None,
    size: int = SIZE,
) -> Page[CampaignRow]:
    """One page of campaigns, the latest beginning first; without a state all that are not archived.

    Raises:
        Invalid: the cursor is not one that we made.
    """
    asked = _in_state(select(Campaign), state, today)
    if theme_id is not None:
        held = exists().where(CampaignTheme.campaign_id == Campaign.id, CampaignTheme.theme_id == theme_id)
        asked = asked.where(held)
    if plan_id is not None:
        asked = asked.where(_stands_on(plan_id))
    if words.strip():
        asked = asked.where(found(session, "campaign", Campaign.id, words))
    page = paginate(session, asked, (Campaign.starts_on, Campaign.id), cursor=cursor, size=size)
    return Page(_with_figures(session, page.rows, today), page.following)


def _in_state(asked: Select[Campaign], state: CampaignState | None, today: date) -> Select[Campaign]:
    """*asked*, kept to one state on the day *today*."""
    if state is CampaignState.ARCHIVED:
        return asked.where(Campaign.archived_at.is_not(None))
    asked = asked.where(Campaign.archived_at.is_(None))
    if state is CampaignState.COMING:
        return asked.where(Campaign.starts_on > today)
    if state is CampaignState.ENDED:
        return asked.where(Campaign.ends_on < today)
    if state is CampaignState.RUNNING:
        return asked.where(Campaign.starts_on <= today, Campaign.ends_on >= today)
    return asked


def _with_figures(session: Session, campaigns: Sequence[Campaign], today: date) -> list[CampaignRow]:
    """The rows with themes and item counts, two queries for all of them."""
    ids = [campaign.id for campaign in campaigns]
    themes = themes_of(session, ids)
    stages: dict[int, dict[Stage, int]] = {}
    counted = (
        select(Placement.campaign_id, Item.stage, func.count())
        .join(Item, Placement.item_id == Item.id)
        .where(Placement.campaign_id.in_(ids), Item.stage != Stage.WITHDRAWN)
        .group_by(Placement.campaign_id, Item.stage)
    )
    for campaign_id, stage, number in session.execute(counted):
        stages.setdefault(campaign_id, {})[stage] = number
    return [
        CampaignRow(
            one,
            themes[one.id],
            sum(stages.get(one.id, {}).values()),
            approved_of(stages.get(one.id, {})),
            state_of(one, today),
        )
        for one in campaigns
    ]


def approved_of(stages: dict[Stage, int]) -> int:
    """How many pieces have passed approval: approved ones, and those archived after their time."""
    return stages.get(Stage.APPROVED, 0) + stages.get(Stage.ARCHIVED, 0)


def themes_of(session: Session, campaign_ids: Collection[int]) -> dict[int, list[Theme]]:
    """The themes of each campaign in Vietnamese order."""
    found: dict[int, list[Theme]] = {one: [] for one in campaign_ids}
    asked = (
        select(CampaignTheme.campaign_id, Theme)
        .join(Theme, CampaignTheme.theme_id == Theme.id)
        .where(CampaignTheme.campaign_id.in_(campaign_ids))
        .order_by(Theme.sort_key, Theme.id)
    )
    for campaign_id, theme in session.execute(asked):
        found[campaign_id].append(theme)
    return found


def campaigns_of_task(session: Session, task_ids: Collection[int]) -> dict[int, list[Campaign]]:
    """The live campaigns that stand on each of these tasks, one query for all."""
    found: dict[int, list[Campaign]] = {one: [] for one in task_ids}
    asked = (
        select(CampaignTask.task_id, Campaign)
        .join(Campaign, CampaignTask.campaign_id == Campaign.id)
        .where(CampaignTask.task_id.in_(task_ids), Campaign.archived_at.is_(None))
        .order_by(Campaign.starts_on, Campaign.id)
    )
    for task_id, campaign in session.execute(asked):
        found[task_id].append(campaign)
    return found


def campaigns_of_plan(session: Session, plan_id: int, *, today: date, limit: int) -> list[Campaign]:
    """The live campaigns that stand on tasks of this plan, at most *limit*.

    Those that run or come are first, by their first day; then what has ended, the latest first.
    """
    asked = select(Campaign).where(_stands_on(plan_id), Campaign.archived_at.is_(None)).options(*lean())
    has_ended = Campaign.ends_on < today
    order = (
        case((has_ended, 1), else_=0),
        case((has_ended, None), else_=Campaign.starts_on),
        Campaign.starts_on.desc(),
        Campaign.id,
    )
    return list(session.scalars(asked.order_by(*order).limit(limit)))


def count_campaigns_of_plan(session: Session, plan_id: int) -> int:
    """How many live campaigns stand on tasks of this plan."""
    asked = select(func.count(Campaign.id)).where(_stands_on(plan_id), Campaign.archived_at.is_(None))
    return session.scalar(asked) or 0


def _stands_on(plan_id: int) -> ColumnElement[bool]:
    """The campaign stands on a task of that plan."""
    on_plan = (
        select(CampaignTask.campaign_id)
        .join(Task, CampaignTask.task_id == Task.id)
        .join(TaskGroup, Task.group_id == TaskGroup.id)
        .where(TaskGroup.plan_id == plan_id)
    )
    return Campaign.id.in_(on_plan)


def campaign_of_item(session: Session, item_id: int) -> list[Placement]:
    """Where an item stands: its placements with campaign and series, first placed first."""
    asked = select(Placement).where(Placement.item_id == item_id).order_by(Placement.id)
    return list(session.scalars(asked))


def list_live_series(session: Session, campaign: Campaign) -> list[Series]:
    """The series of *campaign* that are not archived, by name."""
    live = select(Series).where(Series.campaign_id == campaign.id, Series.archived_at.is_(None))
    return list(session.scalars(live.order_by(Series.name, Series.id)))


def outlet_ids_of(session: Session, series: Series) -> tuple[int, ...]:
    """The outlets that carry *series*."""
    return tuple(session.scalars(select(SeriesOutlet.outlet_id).where(SeriesOutlet.series_id == series.id)))
