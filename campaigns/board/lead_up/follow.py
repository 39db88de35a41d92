"""A lead-up follows its occurrence: along to another day, away with a cancelled one, back with one kept after all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.models import Person
from app.clock import Period
from campaigns.board.lead_up.queries import Effect, effect_on, milestones_of
from campaigns.board.lead_up.services import (
    days_off_around,
    deadline,
    due_day,
    plan_pieces,
    span_of,
)
from campaigns.board.models import Campaign, Milestone, Placement, Series, Target
from campaigns.board.pieces.services import displace_item
from campaigns.board.services import archive_campaign, hold_campaign, restore_campaign
from campaigns.occasions.days import DayOffInfo
from campaigns.occasions.models import Occurrence, StepKind
from campaigns.occasions.queries import template_of
from campaigns.occasions.template import PiecePlan, Template, piece_day, step_day
from content.items.models import Item
from content.items.review.services import archive_item
from content.items.services import replan_item


@dataclass(frozen=True)
class Followed:
    """What became of the pieces of a lead-up whose day moved, was cancelled or is kept after all."""

    moved: int = 0  # went along to their new day
    undated: int = 0  # their new day is over: they lie in the pool of ideas
    put_away: int = 0
    planned: int = 0  # made anew
    stayed: int = 0  # somebody works on them


def follow_occurrence(session: Session, campaign: Campaign, *, actor: Person, now: datetime) -> Followed:
    """Bring the lead-up of *campaign* where its occurrence is now; twice is once.

    Pieces that somebody touched stay as they are, and so do steps that a person moved or ticked off. A campaign
    that was put away by hand is left alone.

    Raises:
        Forbidden: *actor* may not write for the organisation.
    """
    occurrence = campaign.occurrence
    if occurrence is None:
        return Followed()
    if occurrence.cancelled_at is not None:
        return _go(session, campaign, actor=actor, now=now)
    if campaign.held_on is None:
        return _come_back(session, campaign, occurrence, actor=actor, now=now)
    if campaign.archived_at is not None or campaign.held_on == occurrence.held_on:
        return Followed()
    return _move(session, campaign, occurrence, actor=actor, now=now)


def _go(session: Session, campaign: Campaign, *, actor: Person, now: datetime) -> Followed:
    """Put away what nobody touched; the campaign too when nothing of it is left."""
    if campaign.archived_at is not None or campaign.held_on is None:
        return Followed()
    hold_campaign(session, campaign)
    effect = effect_on(session, campaign)
    for placement in effect.untouched:
        item = placement.item
        displace_item(session, placement, actor=actor, now=now)
        archive_item(session, item, seen=item.version, actor=actor, now=now)
    campaign.held_on = None
    session.flush()
    told = Followed(put_away=len(effect.untouched), stayed=len(effect.touched))
    _record(session, campaign, told, actor=actor, now=now)
    pieces = exists().where(Placement.campaign_id == campaign.id)
    series = exists().where(Series.campaign_id == campaign.id, Series.archived_at.is_(None))
    if not session.scalar(select(or_(pieces, series))):
        archive_campaign(session, campaign, seen=campaign.version, actor=actor, now=now)
    return told


def _come_back(
    session: Session, campaign: Campaign, occurrence: Occurrence, *, actor: Person, now: datetime
) -> Followed:
    """Plan again what went with the cancelled day."""
    if campaign.archived_at is not None:
        restore_campaign(session, campaign, seen=campaign.version, actor=actor, now=now)
    hold_campaign(session, campaign)
    template, off = template_of(session, occurrence.occasion), days_off_around(session, occurrence.held_on)
    campaign.held_on = occurrence.held_on
    set_steps(session, campaign, template, off)
    fit_days(session, campaign, template, off, was=None)
    lacking = _lacking(session, campaign, template)
    plan_pieces(session, campaign, lacking, actor=actor, now=now)
    told = Followed(planned=len(lacking), stayed=len(effect_on(session, campaign).touched))
    _record(session, campaign, told, actor=actor, now=now)
    return told


def _lacking(session: Session, campaign: Campaign, template: Template) -> list[PiecePlan]:
    """The pieces of the template that the campaign has no live one of."""
    placed = select(Item.type, Placement.lead_up_days).join(Item, Placement.item_id == Item.id)
    rows = session.execute(placed.where(Placement.campaign_id == campaign.id))
    there = Counter((kind, days) for kind, days in rows)
    lacking = []
    for piece in template.pieces:
        there[piece.type, piece.days] -= 1
        if there[piece.type, piece.days] < 0:
            lacking.append(piece)
    return lacking


def _move(
    session: Session, campaign: Campaign, occurrence: Occurrence, *, actor: Person, now: datetime
) -> Followed:
    """Take steps and untouched pieces along to the occurrence's new day."""
    hold_campaign(session, campaign)
    template, off = template_of(session, occurrence.occasion), days_off_around(session, occurrence.held_on)
    effect, left = effect_on(session, campaign), campaign.held_on or occurrence.held_on
    was = span_of(occurrence.occasion, left, template, days_off_around(session, left))
    campaign.held_on = occurrence.held_on
    set_steps(session, campaign, template, off)
    undated = _take_along(session, campaign, effect, actor=actor, now=now)
    fit_days(session, campaign, template, off, was=was)
    told = Followed(moved=len(effect.untouched) - undated, undated=undated, stayed=len(effect.touched))
    _record(session, campaign, told, actor=actor, now=now)
    return told


def _take_along(session: Session, campaign: Campaign, effect: Effect, *, actor: Person, now: datetime) -> int:
    """Give every untouched piece its new day and deadline; how many new days are over already."""
    held_on, undated = campaign.held_on, 0
    assert held_on is not None  # noqa: S101 - set by the caller
    draft_by = due_day(session, campaign, StepKind.DRAFT)
    for placement in effect.untouched:
        item, days = placement.item, placement.lead_up_days or 0
        planned_on = piece_day(days, held_on, today=clock.local_day(now))
        replan_item(session, item, planned_on=planned_on, seen=item.version, actor=actor, now=now)
        placement.deadline_on = deadline(draft_by, planned_on, held_on)
        undated += planned_on is None
    session.flush()
    return undated


def set_steps(
    session: Session, campaign: Campaign, template: Template, off: Mapping[date, DayOffInfo]
) -> None:
    """Put the steps where the template has them; those that a person moved or ticked off stay."""
    if campaign.held_on is None:
        return
    plans = {step.kind: step for step in template.steps}
    for milestone in milestones_of(session, campaign):
        plan = plans.get(milestone.kind)
        if plan is not None and not milestone.is_moved and milestone.done_at is None:
            milestone.due_on = step_day(plan, campaign.held_on, off)
    session.flush()


def fit_days(
    session: Session,
    campaign: Campaign,
    template: Template,
    off: Mapping[date, DayOffInfo],
    *,
    was: Period | None,
) -> None:
    """Let the campaign's days hold its lead-up and all that lies in it.

    Days that are still what the lead-up made of them (*was*) are left behind; those that a person set are kept.
    """
    if campaign.occurrence is None or campaign.held_on is None:
        return
    needed = span_of(campaign.occurrence.occasion, campaign.held_on, template, off)
    days = [needed.first, needed.last, *_used_days(session, campaign)]
    if Period(campaign.starts_on, campaign.ends_on) != was:
        days += [campaign.starts_on, campaign.ends_on]
    campaign.starts_on, campaign.ends_on = min(days), max(days)
    session.flush()


def _used_days(session: Session, campaign: Campaign) -> list[date]:
    """The days that something in the campaign lies on: pieces, series, targets, moved steps."""
    pieces = select(Item.planned_on).join(Placement, Placement.item_id == Item.id)
    series = select(Series.starts_on, Series.ends_on).where(Series.campaign_id == campaign.id)
    targets = select(Target.due_on).where(Target.campaign_id == campaign.id)
    steps = select(Milestone.due_on).where(Milestone.campaign_id == campaign.id)
    found = [*session.scalars(pieces.where(Placement.campaign_id == campaign.id))]
    found += [*session.scalars(targets), *session.scalars(steps)]
    found += [day for row in session.execute(series) for day in row]
    return [day for day in found if day is not None]


def _record(session: Session, campaign: Campaign, told: Followed, *, actor: Person, now: datetime) -> None:
    """Write down what the lead-up did."""
    audit.record(session, actor, "campaign.follow", campaign, at=now, details=asdict(told))
