"""What lead-ups add to other pages: the steps on the campaign, readiness beside an occurrence, days of a plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Permission
from app.web.identity import access
from campaigns.board.lead_up.offered.from_plan import plan_days
from campaigns.board.lead_up.queries import campaigns_of_occurrences, milestones_of, readiness_of
from campaigns.board.lead_up.states import Readiness
from campaigns.board.models import Campaign
from campaigns.plans.models import Plan


@dataclass(frozen=True)
class LeadUpMark:
    """The campaign of an occurrence and how far its lead-up is."""

    campaign: Campaign
    readiness: Readiness


def of_occurrences(session: Session, occurrence_ids: Collection[int]) -> dict[int, LeadUpMark]:
    """For each occurrence that has a campaign: how far it is today. Three queries for all."""
    campaigns = campaigns_of_occurrences(session, occurrence_ids)
    ids = [one.id for one in campaigns.values()]
    known = readiness_of(session, ids, clock.local_day(clock.now()))
    return {
        key: LeadUpMark(campaign, known.get(campaign.id, Readiness())) for key, campaign in campaigns.items()
    }


def of_campaign(session: Session, campaign: Campaign) -> Markup:
    """The six steps of the campaign's lead-up; nothing on a campaign without one."""
    milestones = milestones_of(session, campaign)
    if not milestones or not access().may(Permission.READ_CAMPAIGNS):
        return Markup()
    ready = readiness_of(session, [campaign.id], clock.local_day(clock.now()))[campaign.id]
    return Markup(  # noqa: S704 - our template
        render_template(
            "campaigns/lead_up/_steps.html",
            campaign=campaign,
            occurrence=campaign.occurrence,
            readiness=ready,
            milestones={one.id: one for one in milestones},
        )
    )


def days_of_plan(session: Session, plan: Plan) -> Markup:
    """The days that the plan names, those that are kept with their occasion, and the way to keep the others."""
    if not access().may(Permission.READ_CAMPAIGNS):
        return Markup()
    days = plan_days(session, plan)
    if not days:
        return Markup()
    return Markup(  # noqa: S704 - our template
        render_template("campaigns/lead_up/_plan_days.html", plan=plan, days=days)
    )
