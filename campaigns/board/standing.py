"""What stands on the tasks of a plan: what stays, and has to be looked at, when a plan no longer asks for a task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaigns.board.models import Campaign, CampaignTask, Placement, Series
from campaigns.occasions.models import Occasion, OccasionTask
from content.publications.models import Match, MatchDecision

COUNTED = (MatchDecision.CONFIRMED, MatchDecision.CORRECTED)


@dataclass(frozen=True)
class CampaignWork:
    """A campaign, and how much was made in it."""

    campaign: Campaign
    pieces: int
    publications: int


@dataclass
class Standing:
    """All that stands on one task."""

    campaigns: list[CampaignWork] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)


def standing_on(session: Session, task_ids: Collection[int]) -> Mapping[int, Standing]:
    """By task what stands on it, archived campaigns too; nothing for a task that nothing stands on. Five queries."""
    found: dict[int, Standing] = defaultdict(Standing)
    on_task = session.execute(
        select(CampaignTask.task_id, Campaign)
        .join(Campaign, Campaign.id == CampaignTask.campaign_id)
        .where(CampaignTask.task_id.in_(task_ids))
        .order_by(Campaign.starts_on, Campaign.id)
    ).all()
    ids = {campaign.id for _, campaign in on_task}
    pieces, publications = _pieces(session, ids), _publications(session, ids)
    for task_id, campaign in on_task:
        work = CampaignWork(campaign, pieces.get(campaign.id, 0), publications.get(campaign.id, 0))
        found[task_id].campaigns.append(work)
    for series in session.scalars(select(Series).where(Series.task_id.in_(task_ids)).order_by(Series.id)):
        found[series.task_id or 0].series.append(series)
    asked = select(OccasionTask.task_id, Occasion).join(Occasion, Occasion.id == OccasionTask.occasion_id)
    for task_id, occasion in session.execute(asked.where(OccasionTask.task_id.in_(task_ids))):
        found[task_id].occasions.append(occasion)
    return dict(found)


def _pieces(session: Session, campaign_ids: Collection[int]) -> dict[int, int]:
    """How many pieces each campaign has."""
    asked = select(Placement.campaign_id, func.count()).where(Placement.campaign_id.in_(campaign_ids))
    return dict(session.execute(asked.group_by(Placement.campaign_id)).all())


def _publications(session: Session, campaign_ids: Collection[int]) -> dict[int, int]:
    """How many publications of its pieces each campaign has; asked one by one, else PostgreSQL reads every match."""
    count = (
        select(func.count(Match.publication_id.distinct()))
        .join(Placement, Match.item_id == Placement.item_id)
        .where(Placement.campaign_id == Campaign.id, Match.decision.in_(COUNTED))
        .scalar_subquery()
    )
    return dict(session.execute(select(Campaign.id, count).where(Campaign.id.in_(campaign_ids))).all())
