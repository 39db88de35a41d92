"""An occurrence gets its campaign: its days, its steps, its pieces. Once, whatever asks twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.clock import Period
from app.errors import N_, Refused
from campaigns.board.models import Campaign, Milestone, Placement
from campaigns.board.pieces.services import plan_item
from campaigns.board.services import CampaignInput, open_campaign
from campaigns.occasions.checks import check_owner
from campaigns.occasions.days import DayOffInfo, days_off
from campaigns.occasions.models import Occasion, Occurrence, StepKind
from campaigns.occasions.queries import tasks_of, template_of, themes_of
from campaigns.occasions.rules import window
from campaigns.occasions.template import (
    FURTHEST,
    PiecePlan,
    Template,
    fill_in,
    piece_day,
    reach,
    step_day,
)
from content.items.services import ItemInput

LONGEST_CAMPAIGN = 300
LONGEST_BRIEF = 2_000


def plan_lead_up(session: Session, occurrence: Occurrence, *, actor: Person, now: datetime) -> Campaign:
    """The occurrence's campaign with its steps and pieces; made now if there is none, so twice is once.

    Raises:
        Refused: the day is over or cancelled, or no theme of the occasion is in use.
        Invalid: *actor* may not open campaigns any more.
    """
    session.flush()
    session.execute(select(Occurrence.id).where(Occurrence.id == occurrence.id).with_for_update())
    session.refresh(occurrence, ["version", "held_on", "cancelled_at"])
    found = session.scalar(select(Campaign).where(Campaign.occurrence_id == occurrence.id))
    if found is not None:
        return found
    today = clock.local_day(now)
    if occurrence.cancelled_at is not None or occurrence.held_on < today:
        raise Refused(N_("Ngày này đã qua hoặc đã hủy nên không lập chiến dịch."))
    check_owner(session, actor, now=now)
    template = template_of(session, occurrence.occasion)
    off = days_off_around(session, occurrence.held_on)
    campaign = _open(session, occurrence, template, off, actor=actor, now=now)
    for step in template.steps:
        due_on = step_day(step, occurrence.held_on, off)
        session.add(Milestone(campaign_id=campaign.id, kind=step.kind, due_on=due_on))
    session.flush()
    plan_pieces(session, campaign, template.pieces, actor=actor, now=now)
    return campaign


def days_off_around(session: Session, day: date) -> Mapping[date, DayOffInfo]:
    """The days off that the steps of a lead-up to *day* may meet."""
    around = timedelta(days=2 * FURTHEST)  # working days lie further apart than days
    return days_off(session, Period(day - around, day + around))


def _open(
    session: Session,
    occurrence: Occurrence,
    template: Template,
    off: Mapping[date, DayOffInfo],
    *,
    actor: Person,
    now: datetime,
) -> Campaign:
    """The campaign, with room for the window, every step and every piece."""
    occasion = occurrence.occasion
    themes = [one.id for one in themes_of(session, [occasion.id])[occasion.id] if one.retired_at is None]
    if not themes:
        raise Refused(
            N_("“{name}” chưa gắn chủ đề nào đang dùng nên chưa lập được chiến dịch."), name=occasion.name
        )
    days = span_of(occasion, occurrence.held_on, template, off)
    wanted = CampaignInput(
        name=_campaign_name(occasion, occurrence),
        starts_on=days.first,
        ends_on=days.last,
        organisation_id=occasion.organisation_id,
        theme_ids=tuple(themes),
        task_ids=tuple(
            one.id
            for one in tasks_of(session, occasion)
            if one.retired_at is None and one.group.plan.archived_at is None
        ),
    )
    return open_campaign(session, wanted, occurrence=occurrence, actor=actor, now=now)


def _campaign_name(occasion: Occasion, occurrence: Occurrence) -> str:
    """ "Ngày Chuyển đổi số quốc gia năm 2026"."""
    year = occurrence.held_on.year
    return fill_in("{name} năm {year}", name=occasion.name, year=year, longest=LONGEST_CAMPAIGN)


def span_of(occasion: Occasion, held_on: date, template: Template, off: Mapping[date, DayOffInfo]) -> Period:
    """The window of that day, widened so that every step and piece lies in it."""
    days = window(held_on, before=occasion.window_before, after=occasion.window_after)
    needed = reach(template, held_on, off)
    return Period(min(days.first, needed.first), max(days.last, needed.last))


def plan_pieces(
    session: Session, campaign: Campaign, pieces: Sequence[PiecePlan], *, actor: Person, now: datetime
) -> None:
    """Plan *pieces* in a campaign with steps; what should have gone out before today gets no day.

    Raises:
        Refused: the campaign is archived.
    """
    occurrence = campaign.occurrence
    assert occurrence is not None  # noqa: S101 - a lead-up has one
    occasion, today = occurrence.occasion, clock.local_day(now)
    draft_by = due_day(session, campaign, StepKind.DRAFT)
    for piece in pieces:
        planned_on = piece_day(piece.days, occurrence.held_on, today=today)
        name, year = occasion.name, occurrence.held_on.year
        wanted = ItemInput(
            type=piece.type,
            title=fill_in(piece.title, name=name, year=year),
            organisation_id=occasion.organisation_id,
            planned_on=planned_on,
            brief=fill_in(piece.brief, name=name, year=year, longest=LONGEST_BRIEF),
        )
        deadline_on = deadline(draft_by, planned_on, occurrence.held_on)
        item = plan_item(session, campaign, wanted, deadline_on=deadline_on, actor=actor, now=now)
        placed = select(Placement).where(Placement.campaign_id == campaign.id, Placement.item_id == item.id)
        session.scalars(placed).one().lead_up_days = piece.days
    session.flush()


def due_day(session: Session, campaign: Campaign, kind: StepKind) -> date | None:
    """The day by which that step of the campaign is due."""
    asked = select(Milestone.due_on).where(Milestone.campaign_id == campaign.id, Milestone.kind == kind)
    return session.scalar(asked)


def deadline(draft_by: date | None, planned_on: date | None, held_on: date) -> date | None:
    """When a piece is to be handed in: with the others, or before it goes out; after the day, on its own day."""
    if planned_on is None or draft_by is None:
        return None
    return planned_on if planned_on > held_on else min(draft_by, planned_on)
