"""Occurrences, made 24 months ahead, once each whatever runs twice; what a changed rule moves, and what it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit, clock
from app.clock import Period
from app.errors import N_
from campaigns.occasions.days import LONGEST_REST, DayOffInfo, days_off
from campaigns.occasions.models import Occasion, Occurrence
from campaigns.occasions.rules import Rule, day_of, shifted, window, years_within

MONTHS_AHEAD = 24
BY_SYSTEM = audit.SystemActor("Bộ lập lịch")
PASSED_BY = N_("Quy tắc mới đặt ngày của năm này vào trước hôm nay.")


def materialise(session: Session, *, now: datetime) -> list[Occurrence]:
    """Align and make the occurrences of every occasion in use; returns the new ones. Twice is harmless."""
    in_use = select(Occasion).where(Occasion.retired_at.is_(None)).order_by(Occasion.id)
    made: list[Occurrence] = []
    for occasion in list(session.scalars(in_use)):
        made += bring_up_to_date(session, occasion, now=now)
    return made


def bring_up_to_date(session: Session, occasion: Occasion, *, now: datetime) -> list[Occurrence]:
    """Align the coming occurrences of one occasion with its rule and the days off, then make those that lack."""
    hold_occasion(session, occasion)
    if occasion.retired_at is not None:
        return []
    align_occurrences(session, occasion, now=now)
    return make_occurrences(session, occasion, now=now)


def hold_occasion(session: Session, occasion: Occasion) -> None:
    """Keep *occasion* as it is until the commit: of two who make or move its occurrences the second waits."""
    session.flush()
    session.execute(select(Occasion.id).where(Occasion.id == occasion.id).with_for_update())
    session.refresh(occasion, ["version", "retired_at"])


def horizon(today: date) -> Period:
    """From *today* to the day before the same day 24 months later: the days for which occurrences are made."""
    year = today.year + MONTHS_AHEAD // 12
    last = date(year, today.month, 28 if (today.month, today.day) == (2, 29) else today.day)
    return Period(today, last)


def rule_of(occasion: Occasion) -> Rule:
    """The rule as plain values."""
    return Rule(occasion.rule, occasion.month, occasion.day, occasion.nth, occasion.weekday)


def make_occurrences(session: Session, occasion: Occasion, *, now: datetime) -> list[Occurrence]:
    """Make the occurrences of *occasion* that lack between today and 24 months ahead, and return them."""
    ahead, rule = horizon(clock.local_day(now)), rule_of(occasion)
    off = _days_off(session, ahead)
    there = set(session.scalars(select(Occurrence.year).where(Occurrence.occasion_id == occasion.id)))
    made = []
    for year in years_within(rule, ahead):
        ruled_on = day_of(rule, year)
        if ruled_on is None or year in there or year < occasion.first_year:
            continue
        held_on = shifted(ruled_on, occasion.off_days, off)
        if held_on in ahead:
            occurrence = Occurrence(occasion=occasion, year=year, made_at=now, ruled_on=ruled_on)
            put_on(occurrence, held_on)
            made.append(occurrence)
    session.add_all(made)
    session.flush()
    return made


def align_occurrences(session: Session, occasion: Occasion, *, now: datetime) -> list[Occurrence]:
    """Put the coming occurrences where the rule and the days off say, and return those on another day now.

    The past never changes; what a person moved or cancelled stays. One that the rule now sets before tomorrow is
    cancelled with the reason: it cannot be kept any more this year.
    """
    today = clock.local_day(now)
    coming = select(Occurrence).where(
        Occurrence.occasion_id == occasion.id,
        Occurrence.held_on > today,
        Occurrence.cancelled_at.is_(None),
    )
    occurrences = list(session.scalars(coming.order_by(Occurrence.held_on)))
    if not occurrences:
        return []
    rule = rule_of(occasion)
    ruled = [day for one in occurrences if (day := day_of(rule, one.year)) is not None]
    off = _days_off(session, Period(min(ruled, default=today), max(ruled, default=today)))
    return [one for one in occurrences if _align(session, one, rule, off, now=now)]


def put_on(occurrence: Occurrence, held_on: date) -> None:
    """Keep *occurrence* on that day, its window around it."""
    occasion = occurrence.occasion
    days = window(held_on, before=occasion.window_before, after=occasion.window_after)
    occurrence.held_on, occurrence.first_on, occurrence.last_on = held_on, days.first, days.last


def ruled_day(session: Session, occurrence: Occurrence) -> date:
    """The day that rule and days off give *occurrence*; its present one where the rule knows none."""
    occasion = occurrence.occasion
    ruled_on = day_of(rule_of(occasion), occurrence.year) or occurrence.ruled_on
    return shifted(ruled_on, occasion.off_days, _days_off(session, Period(ruled_on, ruled_on)))


def _align(
    session: Session, occurrence: Occurrence, rule: Rule, off: Mapping[date, DayOffInfo], *, now: datetime
) -> bool:
    """Put one occurrence where it belongs; whether its day changed."""
    if occurrence.is_moved:
        put_on(
            occurrence, occurrence.held_on
        )  # its window follows the occasion's, its day is a person's word
        session.flush()
        return False
    before = occurrence.held_on
    ruled_on = day_of(rule, occurrence.year)
    if ruled_on is None:
        return False
    held_on = shifted(ruled_on, occurrence.occasion.off_days, off)
    if held_on <= clock.local_day(now):
        occurrence.cancelled_at, occurrence.cancel_reason = now, PASSED_BY
    else:
        occurrence.ruled_on = ruled_on
        put_on(occurrence, held_on)
    session.flush()
    if held_on != before:
        told = {"before": before, "held_on": held_on}
        audit.record(session, BY_SYSTEM, "occurrence.align", occurrence, at=now, details=told)
    return held_on != before


def _days_off(session: Session, period: Period) -> Mapping[date, DayOffInfo]:
    """The days off of *period* and of the days around it to which an occurrence may be shifted."""
    around = timedelta(days=LONGEST_REST)
    return days_off(session, Period(period.first - around, period.last + around))
