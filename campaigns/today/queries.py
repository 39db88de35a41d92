"""What the next days hold, which series are behind, which steps of a lead-up are late. A fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.clock import Period
from app.db import lean
from campaigns.board.board_queries import paces_of
from campaigns.board.lead_up.queries import readiness_of
from campaigns.board.lead_up.states import Step, StepState
from campaigns.board.models import Campaign, Milestone, Series
from campaigns.board.rules import Pace, PaceState
from campaigns.occasions.days import DayOffInfo, days_off
from campaigns.occasions.models import Occurrence
from campaigns.occasions.queries import list_occurrences
from content.items.lists import UNDECIDED
from content.items.models import Item, Stage, Variant
from content.items.queries import visible_to
from content.slots.models import Slot, SlotState

AHEAD = 14  # days, today among them
OVERDUE = timedelta(days=60)  # a step forgotten for longer is history
SOON = timedelta(days=1)
WAITING = (SlotState.SCHEDULED, SlotState.RETRY_WAIT, SlotState.ON_HOLD)


@dataclass(frozen=True)
class DayAhead:
    """One day: pieces planned and how many of them are not approved, slots that wait, what is kept, whether it is off."""

    day: date
    pieces: int = 0
    undecided: int = 0
    slots: int = 0
    occurrences: Sequence[Occurrence] = field(default=())
    off: DayOffInfo | None = None

    @property
    def is_off(self) -> bool:
        """Weekends and holidays, but not a Saturday that is worked."""
        return self.day.weekday() >= 5 if self.off is None else self.off.is_off


def days_ahead(session: Session, who: Access, *, today: date, language: str) -> list[DayAhead]:
    """The next two weeks as *who* may know them, today first."""
    period = Period(today, today + timedelta(days=AHEAD - 1))
    pieces, undecided = _pieces(session, who, period)
    slots = _slots(session, who, period)
    off, kept = {}, dict[date, list[Occurrence]]()
    if who.may(Permission.READ_CAMPAIGNS):
        off = days_off(session, period, language=language)
        for one in list_occurrences(session, period):
            kept.setdefault(one.held_on, []).append(one)
    return [
        DayAhead(day, pieces[day], undecided[day], slots[day], kept.get(day, ()), off.get(day))
        for day in period.days()
    ]


def _pieces(session: Session, who: Access, period: Period) -> tuple[Counter[date], Counter[date]]:
    """How many pieces are planned for each day, and how many of them are still to be decided on."""
    asked = (
        select(Item.planned_on, Item.stage, func.count())
        .where(
            Item.planned_on.between(period.first, period.last),
            Item.stage.in_((*UNDECIDED, Stage.APPROVED)),
            visible_to(who),
        )
        .group_by(Item.planned_on, Item.stage)
    )
    pieces, undecided = Counter[date](), Counter[date]()
    for day, stage, number in session.execute(asked):
        if day is not None:
            pieces[day] += number
            undecided[day] += number if stage in UNDECIDED else 0
    return pieces, undecided


def _slots(session: Session, who: Access, period: Period) -> Counter[date]:
    """How many slots wait for each day."""
    reach = who.reach(Permission.READ_ITEMS)
    asked = (
        select(Slot.due_on, func.count())
        .where(Slot.due_on.between(period.first, period.last), Slot.state.in_(WAITING))
        .group_by(Slot.due_on)
    )
    if reach is not None:
        asked = asked.join(Variant, Variant.id == Slot.variant_id).join(Item, Item.id == Variant.item_id)
        asked = asked.where(Item.organisation_id.in_(sorted(reach)))
    return Counter({day: number for day, number in session.execute(asked)})  # noqa: C416 - rows, not tuples


@dataclass(frozen=True)
class SeriesBehind:
    """A series (with its theme and editor) and how its present week or month stands."""

    series: Series
    pace: Pace


def behind_pace(session: Session, who: Access, *, today: date) -> list[SeriesBehind]:
    """Series short of pieces in their present week or month: those this person edits first, then the shortest of days."""
    asked = (
        select(Series)
        .join(Campaign, Campaign.id == Series.campaign_id)
        .options(*lean(joinedload(Series.theme), joinedload(Series.editor)))
        .where(
            Series.archived_at.is_(None),
            Campaign.archived_at.is_(None),
            Series.starts_on <= today,
            Series.ends_on >= today,
        )
    )
    series = list(session.scalars(asked))
    paces = paces_of(session, series, today=today)
    short = [SeriesBehind(one, paces[one.id]) for one in series if paces[one.id].state is PaceState.SHORT]
    return sorted(
        short,
        key=lambda row: (
            row.series.editor_id != who.person_id,
            row.pace.days_left,
            row.pace.planned / row.pace.quota,
            row.series.id,
        ),
    )


@dataclass(frozen=True)
class LateSteps:
    """A campaign with the steps of its lead-up that are late or due."""

    campaign: Campaign
    steps: Sequence[Step]


def late_steps(session: Session, *, today: date) -> list[LateSteps]:
    """Campaigns of which a step of the lead-up was due by tomorrow and is not done, the longest late first."""
    asked = (
        select(Campaign)
        .join(Milestone, Milestone.campaign_id == Campaign.id)
        .where(
            Campaign.archived_at.is_(None),
            Milestone.done_at.is_(None),
            Milestone.due_on.between(today - OVERDUE, today + SOON),
        )
        .options(*lean())
        .distinct()
    )
    campaigns = {one.id: one for one in session.scalars(asked)}
    known = readiness_of(session, list(campaigns), today) if campaigns else {}
    found = []
    for key, ready in known.items():
        due = [
            step
            for step in ready.steps
            if step.state is not StepState.DONE and today - OVERDUE <= step.due_on <= today + SOON
        ]
        if due:
            found.append(LateSteps(campaigns[key], due))
    return sorted(found, key=lambda one: (one.steps[0].due_on, one.campaign.id))
