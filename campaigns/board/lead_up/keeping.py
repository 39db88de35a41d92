"""Lead-ups of one occasion are brought up to date at once, when somebody sets it up or changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from campaigns.board.lead_up.follow import Followed, fit_days, follow_occurrence, set_steps
from campaigns.board.lead_up.queries import campaigns_to_follow, occurrences_to_plan
from campaigns.board.lead_up.services import days_off_around, plan_lead_up
from campaigns.board.models import Campaign
from campaigns.occasions.models import Occasion, Occurrence
from campaigns.occasions.queries import template_of


def keep_lead_ups(session: Session, occasion: Occasion, *, actor: Person, now: datetime) -> Followed:
    """Let the lead-ups of *occasion* follow their days and plan those that it lacks; what became of pieces.

    Raises:
        Refused: no theme of the occasion is in use. Invalid: its owner may not open campaigns any more.
    """
    followed = follow_lead_ups(session, occasion, actor=actor, now=now)
    for key in occurrences_to_plan(session, today=clock.local_day(now), occasion_id=occasion.id):
        plan_lead_up(session, session.get_one(Occurrence, key), actor=occasion.owner, now=now)
    return followed


def follow_lead_ups(session: Session, occasion: Occasion, *, actor: Person, now: datetime) -> Followed:
    """Let the lead-ups of *occasion* that are there follow their days; says what became of their pieces."""
    session.flush()
    keys = campaigns_to_follow(session, occasion_id=occasion.id)
    campaigns = [session.get_one(Campaign, key) for key in keys]
    return total([follow_occurrence(session, one, actor=actor, now=now) for one in campaigns])


def total(followed: Sequence[Followed]) -> Followed:
    """What became of the pieces of several lead-ups together."""
    return Followed(**{one.name: sum(getattr(row, one.name) for row in followed) for one in fields(Followed)})


def realign_steps(session: Session, occasion: Occasion, *, now: datetime) -> None:
    """Put the steps of the coming lead-ups of *occasion* where its template has them now."""
    coming = (
        select(Campaign)
        .join(Occurrence, Campaign.occurrence_id == Occurrence.id)
        .where(
            Occurrence.occasion_id == occasion.id,
            Occurrence.held_on >= clock.local_day(now),
            Campaign.archived_at.is_(None),
            Campaign.held_on.is_not(None),
        )
    )
    template = template_of(session, occasion)
    for campaign in session.scalars(coming).all():
        if campaign.held_on is not None:
            off = days_off_around(session, campaign.held_on)
            set_steps(session, campaign, template, off)
            fit_days(session, campaign, template, off, was=None)
