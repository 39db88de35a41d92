"""What can be asked about lead-ups: how far they are, what would move with a day, which ones are due to be made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from app.errors import N_, Missing
from campaigns.board.lead_up.states import MilestoneFacts, PieceFacts, Readiness, readiness
from campaigns.board.models import Campaign, Milestone, Placement
from campaigns.board.queries import find
from campaigns.occasions.models import Occasion, Occurrence, StepKind
from content.items.models import Item, Stage
from content.outlets.models import Outlet
from content.publications.models import COUNTED, HOLDS, Match, Publication


def readiness_of(session: Session, campaign_ids: Collection[int], today: date) -> dict[int, Readiness]:
    """How far the lead-up of each of these campaigns is; campaigns without one are left out. Two queries."""
    milestones: dict[int, list[MilestoneFacts]] = {}
    asked = select(Milestone.campaign_id, Milestone.id, Milestone.kind, Milestone.due_on, Milestone.done_at)
    for campaign_id, key, kind, due_on, done_at in session.execute(
        asked.where(Milestone.campaign_id.in_(campaign_ids))
    ):
        milestones.setdefault(campaign_id, []).append(MilestoneFacts(key, kind, due_on, done_at))
    pieces = _pieces(session, milestones)
    return {one: readiness(milestones[one], pieces.get(one, ()), today=today) for one in milestones}


def _pieces(session: Session, campaign_ids: Collection[int]) -> Mapping[int, Sequence[PieceFacts]]:
    """What is known of the pieces of each campaign."""
    found: dict[int, list[PieceFacts]] = {}
    asked = (
        select(
            Placement.campaign_id,
            Item.stage,
            Item.planned_on,
            Item.brief != "",
            Item.revision_no > 0,
            _published(),
            _published(Outlet.is_own.is_(False)),
        )
        .join(Item, Placement.item_id == Item.id)
        .where(Placement.campaign_id.in_(campaign_ids))
    )
    for campaign_id, stage, planned_on, *known in session.execute(asked) if campaign_ids else ():
        has_brief, has_text, went_out, is_collected = map(bool, known)
        facts = PieceFacts(stage, planned_on, has_brief, has_text, went_out, is_collected)
        found.setdefault(campaign_id, []).append(facts)
    return found


def _published(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a publication that counts is matched to the item."""
    return (
        exists()
        .where(
            Match.item_id == Item.id,
            Match.decision.in_(HOLDS),
            Publication.id == Match.publication_id,
            Publication.status.in_(COUNTED),
            Outlet.id == Publication.outlet_id,
            *more,
        )
        .correlate(Item)
    )


def campaigns_of_occurrences(session: Session, occurrence_ids: Collection[int]) -> dict[int, Campaign]:
    """The campaign of each occurrence that has one, by the occurrence's key."""
    asked = select(Campaign).where(Campaign.occurrence_id.in_(occurrence_ids))
    return {one.occurrence_id: one for one in session.scalars(asked) if one.occurrence_id is not None}


@dataclass(frozen=True)
class Effect:
    """What a moved or cancelled day does to its lead-up: pieces nobody touched yet, and pieces worked on."""

    untouched: Sequence[Placement]
    touched: Sequence[Placement]


def effect_on(session: Session, campaign: Campaign | None) -> Effect:
    """The pieces of the lead-up, by whether anybody touched them. Pieces that people placed are none of it."""
    if campaign is None:
        return Effect((), ())
    asked = (
        select(Placement)
        .join(Item, Placement.item_id == Item.id)
        .where(Placement.campaign_id == campaign.id, Placement.lead_up_days.is_not(None))
        .order_by(Item.planned_on, Item.id)
    )
    pieces = [
        one for one in session.scalars(asked) if one.item.stage not in (Stage.WITHDRAWN, Stage.ARCHIVED)
    ]
    return Effect(
        [one for one in pieces if is_untouched(one)], [one for one in pieces if not is_untouched(one)]
    )


def is_untouched(placement: Placement) -> bool:
    """Whether nobody has begun the piece or given it another day than the lead-up did."""
    item, held_on = placement.item, placement.campaign.held_on
    if held_on is None or placement.lead_up_days is None:
        return False
    planned_on = held_on + timedelta(days=placement.lead_up_days)
    return item.stage is Stage.IDEA and item.revision_no == 0 and item.planned_on == planned_on


def occurrences_to_plan(session: Session, *, today: date, occasion_id: int | None = None) -> list[int]:
    """Keys of the coming occurrences that should have a campaign and have none, the nearest first."""
    asked = (
        select(Occurrence.id)
        .join(Occasion, Occurrence.occasion_id == Occasion.id)
        .outerjoin(Campaign, Campaign.occurrence_id == Occurrence.id)
        .where(
            Occurrence.held_on >= today,
            Occurrence.cancelled_at.is_(None),
            Occasion.has_campaign.is_(True),
            Occasion.retired_at.is_(None),
            Campaign.id.is_(None),
        )
        .order_by(Occurrence.held_on, Occurrence.id)
    )
    if occasion_id is not None:
        asked = asked.where(Occurrence.occasion_id == occasion_id)
    return list(session.scalars(asked))


def campaigns_to_follow(session: Session, *, occasion_id: int | None = None) -> list[int]:
    """Keys of the campaigns whose lead-up does not stand on its occurrence's day, or on a cancelled one.

    One that was put away by hand is left alone; one whose lead-up went with a cancelled day (``held_on`` empty)
    comes back with it.
    """
    cancelled = and_(
        Occurrence.cancelled_at.is_not(None), Campaign.held_on.is_not(None), Campaign.archived_at.is_(None)
    )
    moved = and_(Campaign.held_on != Occurrence.held_on, Campaign.archived_at.is_(None))
    kept = and_(Occurrence.cancelled_at.is_(None), or_(Campaign.held_on.is_(None), moved))
    asked = select(Campaign.id).join(Occurrence, Campaign.occurrence_id == Occurrence.id)
    if occasion_id is not None:
        asked = asked.where(Occurrence.occasion_id == occasion_id)
    return list(session.scalars(asked.where(or_(cancelled, kept)).order_by(Campaign.id)))


def milestones_of(session: Session, campaign: Campaign) -> list[Milestone]:
    """The steps of the campaign's lead-up in their order; empty when it has none."""
    asked = (
        select(Milestone).where(Milestone.campaign_id == campaign.id).options(joinedload(Milestone.done_by))
    )
    order = list(StepKind)
    return sorted(session.scalars(asked), key=lambda one: order.index(one.kind))


def get_milestone(session: Session, campaign_id: int, milestone_id: int) -> Milestone:
    """That step of that campaign.

    Raises:
        Missing: there is none.
    """
    found = find(session, Milestone, milestone_id)
    if found is None or found.campaign_id != campaign_id:
        raise Missing(N_("Không có bước chuẩn bị này."))
    return found
