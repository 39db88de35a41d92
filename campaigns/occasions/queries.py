"""What can be asked about occasions: find one, list them, their occurrences of a period or to come, their template."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, joinedload

from app.clock import Period
from app.db import lean
from app.errors import N_, Missing
from campaigns.occasions.models import (
    DayOff,
    LeadUpPiece,
    LeadUpStep,
    Occasion,
    OccasionTask,
    OccasionTheme,
    Occurrence,
)
from campaigns.occasions.template import PiecePlan, StepPlan, Template, in_order
from campaigns.plans.models import Task
from content.themes.models import Theme

LARGEST_KEY = 2**63 - 1
MOST_OCCASIONS = 500  # yearly days of one office; a list of them is one page


def get_occasion(session: Session, occasion_id: int) -> Occasion:
    """The occasion of that key.

    Raises:
        Missing: there is none.
    """
    found = session.get(Occasion, occasion_id) if 0 < occasion_id <= LARGEST_KEY else None
    if found is None:
        raise Missing(N_("Không có ngày, dịp này."))
    return found


def get_occurrence(session: Session, occasion_id: int, occurrence_id: int) -> Occurrence:
    """That occurrence of that occasion.

    Raises:
        Missing: there is none.
    """
    found = session.get(Occurrence, occurrence_id) if 0 < occurrence_id <= LARGEST_KEY else None
    if found is None or found.occasion_id != occasion_id:
        raise Missing(N_("Không có lần này của ngày, dịp."))
    return found


def get_day_off(session: Session, day_off_id: int) -> DayOff:
    """A day that the office set by hand.

    Raises:
        Missing: there is none of that key.
    """
    found = session.get(DayOff, day_off_id) if 0 < day_off_id <= LARGEST_KEY else None
    if found is None:
        raise Missing(N_("Ngày này không còn được đặt riêng."))
    return found


def list_occurrences(session: Session, period: Period) -> list[Occurrence]:
    """The occurrences whose window touches *period*, by day; cancelled ones left out.

    Each comes with its occasion in the one query; ``themes_of`` gives the colours.
    """
    asked = _kept().where(Occurrence.first_on <= period.last, Occurrence.last_on >= period.first)
    return list(session.scalars(asked.order_by(Occurrence.held_on, Occurrence.id)))


def next_occurrences(session: Session, *, today: date, limit: int = 5) -> list[Occurrence]:
    """The next occurrences held today or later, the nearest first, each with its occasion; cancelled ones left out."""
    asked = _kept().where(Occurrence.held_on >= today)
    return list(session.scalars(asked.order_by(Occurrence.held_on, Occurrence.id).limit(limit)))


def _kept() -> Select[Occurrence]:
    """Occurrences that are kept (not cancelled), each with its occasion."""
    kept = select(Occurrence).where(Occurrence.cancelled_at.is_(None))
    return kept.options(*lean(joinedload(Occurrence.occasion)))


def occurrences_of(session: Session, occasion: Occasion) -> list[Occurrence]:
    """Every occurrence of *occasion*, cancelled ones too, by day."""
    asked = select(Occurrence).where(Occurrence.occasion_id == occasion.id)
    return list(session.scalars(asked.order_by(Occurrence.held_on, Occurrence.id)))


def themes_of(session: Session, occasion_ids: Collection[int]) -> dict[int, list[Theme]]:
    """The themes of each occasion in Vietnamese order, by its key; one query."""
    found: dict[int, list[Theme]] = {one: [] for one in occasion_ids}
    asked = (
        select(OccasionTheme.occasion_id, Theme)
        .join(Theme, OccasionTheme.theme_id == Theme.id)
        .where(OccasionTheme.occasion_id.in_(found))
        .order_by(Theme.sort_key, Theme.id)
    )
    for occasion_id, theme in session.execute(asked) if found else ():
        found[occasion_id].append(theme)
    return found


def tasks_of(session: Session, occasion: Occasion) -> list[Task]:
    """The plan tasks that ask for the day to be kept."""
    asked = select(Task).join(OccasionTask, OccasionTask.task_id == Task.id)
    return list(session.scalars(asked.where(OccasionTask.occasion_id == occasion.id).order_by(Task.id)))


def template_of(session: Session, occasion: Occasion) -> Template:
    """The lead-up template of *occasion* as plain values."""
    steps = session.scalars(select(LeadUpStep).where(LeadUpStep.occasion_id == occasion.id))
    pieces = session.scalars(
        select(LeadUpPiece).where(LeadUpPiece.occasion_id == occasion.id).order_by(LeadUpPiece.position)
    )
    return Template(
        steps=in_order([StepPlan(one.kind, one.days, one.is_working) for one in steps]),
        pieces=tuple(PiecePlan(one.type, one.title, one.days, one.brief) for one in pieces),
    )


@dataclass(frozen=True)
class OccasionRow:
    """An occasion as the list shows it, with its next occurrence if there is one."""

    occasion: Occasion
    following: Occurrence | None
    themes: Sequence[Theme]


def list_occasions(session: Session, *, today: date, retired: bool = False) -> list[OccasionRow]:
    """The occasions in use, or the retired ones instead, the nearest day first; three queries."""
    state = Occasion.retired_at.is_not(None) if retired else Occasion.retired_at.is_(None)
    occasions = list(
        session.scalars(select(Occasion).where(state).order_by(Occasion.id).limit(MOST_OCCASIONS))
    )
    ids = [one.id for one in occasions]
    nearest = (
        select(Occurrence.occasion_id, func.min(Occurrence.held_on).label("held_on"))
        .where(
            Occurrence.occasion_id.in_(ids), Occurrence.held_on >= today, Occurrence.cancelled_at.is_(None)
        )
        .group_by(Occurrence.occasion_id)
        .subquery()
    )
    asked = select(Occurrence).join(
        nearest,
        and_(nearest.c.occasion_id == Occurrence.occasion_id, nearest.c.held_on == Occurrence.held_on),
    )
    following = {
        one.occasion_id: one for one in session.scalars(asked.where(Occurrence.cancelled_at.is_(None)))
    }
    themes = themes_of(session, ids)
    rows = [OccasionRow(one, following.get(one.id), themes[one.id]) for one in occasions]
    return sorted(
        rows, key=lambda row: (row.following.held_on if row.following else date.max, row.occasion.id)
    )


def list_days_off(session: Session, year: int) -> list[DayOff]:
    """The days of *year* that the office set by hand, in order."""
    period = Period(date(year, 1, 1), date(year, 12, 31))
    asked = select(DayOff).where(DayOff.day.between(period.first, period.last))
    return list(session.scalars(asked.order_by(DayOff.day)))
