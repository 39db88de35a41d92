"""Occurrences are made ahead, once each; a changed rule moves what it may, and nothing of the past."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.clock import Period, local_day
from app.db import transaction
from app.errors import Invalid, Refused, Stale
from campaigns.occasions.checks import OccasionInput
from campaigns.occasions.days import DayOffInfo, days_off
from campaigns.occasions.days_off.services import change_day_off, clear_day_off, set_day_off
from campaigns.occasions.materialise import PASSED_BY, materialise, rule_of
from campaigns.occasions.models import Occasion, Occurrence, OffDayRule, RuleKind
from campaigns.occasions.occurrences import cancel_occurrence, keep_occurrence, move_occurrence, set_slogan
from campaigns.occasions.queries import (
    list_occasions,
    list_occurrences,
    next_occurrences,
    occurrences_of,
    themes_of,
)
from campaigns.occasions.rules import Rule
from campaigns.occasions.services import change_occasion, restore_occasion, retire_occasion
from campaigns.occasions.usual import USUAL, add_usual_occasions, usual_left
from tests.conftest import NOW
from tests.factories import make_occasion, make_person, make_theme

TODAY = date(2026, 5, 4)
YEAR = timedelta(days=365)


def held(session: Session, occasion: Occasion) -> list[date]:
    return [one.held_on for one in occurrences_of(session, occasion)]


def wanted(session: Session, occasion: Occasion, **changed: object) -> OccasionInput:
    """What *occasion* is now, with some of it *changed*."""
    themes = tuple(one.id for one in themes_of(session, [occasion.id])[occasion.id])
    now = OccasionInput(
        name=occasion.name,
        rule=rule_of(occasion),
        organisation_id=occasion.organisation_id,
        owner_id=occasion.owner_id,
        first_year=occasion.first_year,
        off_days=occasion.off_days,
        window_before=occasion.window_before,
        window_after=occasion.window_after,
        theme_ids=themes,
    )
    return replace(now, **changed)  # type: ignore[arg-type]


def change(
    session: Session, occasion: Occasion, *, now: datetime = NOW, **changed: object
) -> list[Occurrence]:
    asked = wanted(session, occasion, **changed)
    seen = occasion.version
    return change_occasion(session, occasion, asked, seen=seen, actor=occasion.owner, now=now)


def test_occurrences_of_24_months_are_made_once(session: Session) -> None:
    occasion = make_occasion(session)
    assert held(session, occasion) == [date(2026, 5, 18), date(2027, 5, 18)]
    assert materialise(session, now=NOW) == []
    assert [one.held_on for one in materialise(session, now=NOW + timedelta(days=15))] == [date(2028, 5, 18)]
    first = occurrences_of(session, occasion)[0]
    assert (first.first_on, first.last_on, first.year) == (date(2026, 5, 4), date(2026, 5, 25), 2026)


def test_a_lunar_day_is_made_by_its_own_year(session: Session) -> None:
    occasion = make_occasion(session, rule=Rule(RuleKind.LUNAR, 12, 23))
    made = occurrences_of(session, occasion)
    assert [(one.year, one.held_on) for one in made] == [(2026, date(2027, 1, 30)), (2027, date(2028, 1, 19))]


def test_a_year_rehearsed_makes_every_day_once(session: Session) -> None:
    solar = make_occasion(session, rule=Rule(RuleKind.SOLAR, 2, 29))
    lunar = make_occasion(session, rule=Rule(RuleKind.LUNAR, 3, 10))
    for month in range(26):
        materialise(session, now=NOW + timedelta(days=30 * month))
    assert held(session, solar) == [
        date(2027, 2, 28),
        date(2028, 2, 29),
        date(2029, 2, 28),
        date(2030, 2, 28),
    ]
    assert held(session, lunar)[:2] == [date(2027, 4, 16), date(2028, 4, 4)]
    assert [one.year for one in occurrences_of(session, lunar)] == [2027, 2028, 2029, 2030]


def test_two_schedulers_at_once_make_each_occurrence_once(engine: Engine, session: Session) -> None:
    occasions = [make_occasion(session, rule=Rule(RuleKind.SOLAR, month, 1)) for month in (6, 7, 8)]
    session.commit()
    later, gate = NOW + 2 * YEAR, threading.Barrier(2)

    def run() -> None:
        gate.wait()
        with transaction(engine) as own:
            materialise(own, now=later)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(run) for _ in range(2)]:
            done.result(30)
    with Session(engine) as after:
        counted = select(Occurrence.occasion_id, func.count()).group_by(Occurrence.occasion_id)
        assert {number for _, number in after.execute(counted)} == {4}
        assert len(list(after.scalars(select(Occasion)))) == len(occasions)


def test_a_changed_rule_moves_what_is_to_come_and_nobody_moved(session: Session) -> None:
    occasion = make_occasion(session, rule=Rule(RuleKind.SOLAR, 5, 18))
    later = NOW + YEAR + timedelta(days=30)  # 3/6/2027: two are over
    materialise(session, now=later)
    past, over, first, moved_by_hand = occurrences_of(session, occasion)
    assert first.held_on == date(2028, 5, 18)
    person = occasion.owner
    move_occurrence(
        session, moved_by_hand, held_on=date(2029, 5, 20), seen=moved_by_hand.version, actor=person, now=later
    )
    moved = change(session, occasion, now=later, rule=Rule(RuleKind.SOLAR, 6, 1), window_after=10)
    assert moved == [first]
    assert (past.held_on, over.held_on) == (date(2026, 5, 18), date(2027, 5, 18))
    assert past.last_on == date(2026, 5, 25)
    assert (first.held_on, first.last_on) == (date(2028, 6, 1), date(2028, 6, 11))
    assert (moved_by_hand.held_on, moved_by_hand.last_on) == (date(2029, 5, 20), date(2029, 5, 30))


def test_a_cancelled_occurrence_stays_cancelled_where_it_was(session: Session) -> None:
    occasion = make_occasion(session)
    first, second = occurrences_of(session, occasion)
    cancel_occurrence(session, first, reason="Hoãn vì bão", seen=first.version, actor=occasion.owner, now=NOW)
    assert change(session, occasion, rule=Rule(RuleKind.SOLAR, 6, 1)) == [second]
    assert (first.held_on, first.cancel_reason) == (date(2026, 5, 18), "Hoãn vì bão")
    keep_occurrence(session, first, seen=first.version, actor=occasion.owner, now=NOW)
    assert (first.held_on, first.cancelled_at) == (date(2026, 6, 1), None)


def test_an_occurrence_that_the_rule_sets_before_today_is_cancelled_with_the_reason(session: Session) -> None:
    occasion = make_occasion(session)
    first, second = occurrences_of(session, occasion)
    assert change(session, occasion, rule=Rule(RuleKind.SOLAR, 3, 1)) == [first, second]
    assert (first.held_on, first.cancel_reason) == (date(2026, 5, 18), PASSED_BY)
    assert second.held_on == date(2027, 3, 1)
    assert held(session, occasion)[-1] == date(2028, 3, 1)


def test_a_moved_day_set_back_to_the_rule_follows_it_again(session: Session) -> None:
    occasion = make_occasion(session)
    one = occurrences_of(session, occasion)[0]
    person = occasion.owner
    move_occurrence(session, one, held_on=date(2026, 5, 20), seen=one.version, actor=person, now=NOW)
    assert (one.is_moved, one.first_on, one.last_on) == (True, date(2026, 5, 6), date(2026, 5, 27))
    move_occurrence(session, one, held_on=date(2026, 5, 18), seen=one.version, actor=person, now=NOW)
    assert not one.is_moved


def test_a_day_that_cannot_be_kept_is_refused(session: Session) -> None:
    one = occurrences_of(session, make_occasion(session))[0]
    for day in (date(2026, 5, 3), date(2026, 5, 18), date(2026, 12, 1)):
        with pytest.raises(Invalid):
            move_occurrence(session, one, held_on=day, seen=one.version, actor=one.occasion.owner, now=NOW)


def test_the_past_and_the_stale_are_refused(session: Session) -> None:
    occasion = make_occasion(session)
    one, person = occurrences_of(session, occasion)[0], occasion.owner
    later = NOW + timedelta(days=15)
    with pytest.raises(Refused):
        move_occurrence(session, one, held_on=date(2026, 6, 1), seen=one.version, actor=person, now=later)
    with pytest.raises(Refused):
        cancel_occurrence(session, one, reason="Muộn", seen=one.version, actor=person, now=later)
    with pytest.raises(Stale):
        set_slogan(session, one, slogan="Số hóa", seen=one.version + 1, actor=person, now=later)
    with pytest.raises(Invalid):
        cancel_occurrence(session, one, reason=" … ", seen=one.version, actor=person, now=NOW)
    with pytest.raises(Stale):
        change_occasion(session, occasion, wanted(session, occasion), seen=99, actor=person, now=NOW)
    set_slogan(session, one, slogan="Số hóa", seen=one.version, actor=person, now=later)
    assert one.slogan == "Số hóa"


def test_a_retired_occasion_takes_its_coming_days_with_it_and_brings_them_back(session: Session) -> None:
    occasion = make_occasion(session)
    first, second = occurrences_of(session, occasion)
    person = occasion.owner
    cancel_occurrence(session, first, reason="Hoãn", seen=first.version, actor=person, now=NOW)
    later = NOW + timedelta(hours=1)
    assert retire_occasion(session, occasion, seen=occasion.version, actor=person, now=later) == [second]
    assert materialise(session, now=later + YEAR) == []
    assert next_occurrences(session, today=TODAY, limit=9) == []
    assert [row.occasion for row in list_occasions(session, today=TODAY, retired=True)] == [occasion]
    back = restore_occasion(session, occasion, seen=occasion.version, actor=person, now=later)
    assert back == [second]
    assert first.cancelled_at is not None


def test_days_set_by_hand_hold_over_the_calendar(session: Session) -> None:
    occasion = make_occasion(session, rule=Rule(RuleKind.SOLAR, 1, 4), off_days=OffDayRule.BEFORE)
    one, person = occurrences_of(session, occasion)[0], occasion.owner
    assert one.held_on == date(2027, 1, 4)  # a Monday
    row = set_day_off(session, day=one.held_on, name="Nghỉ hoán đổi", is_off=True, actor=person, now=NOW)
    set_day_off(session, day=date(2027, 1, 1), name="Trực Tết", is_off=False, actor=person, now=NOW)
    materialise(session, now=NOW)
    assert (one.ruled_on, one.held_on) == (date(2027, 1, 4), date(2027, 1, 1))
    month = days_off(session, Period(date(2027, 1, 1), date(2027, 1, 31)))
    assert month == {
        date(2027, 1, 1): DayOffInfo("Trực Tết", is_off=False, is_set_by_hand=True),
        date(2027, 1, 4): DayOffInfo("Nghỉ hoán đổi", is_off=True, is_set_by_hand=True),
    }
    change_day_off(session, row, name="Vẫn làm", is_off=False, seen=row.version, actor=person, now=NOW)
    materialise(session, now=NOW)
    assert one.held_on == date(2027, 1, 4)
    clear_day_off(session, row, seen=row.version, actor=person, now=NOW)
    assert date(2027, 1, 4) not in days_off(session, Period(date(2027, 1, 4), date(2027, 1, 4)))


def test_saying_what_holds_anyway_is_refused(session: Session) -> None:
    person = make_person(session)
    for day, is_off in (
        (date(2026, 9, 2), True),
        (date(2026, 5, 18), False),
        (date(2026, 8, 22), False),
        (date(1999, 1, 1), True),
    ):
        with pytest.raises(Invalid):
            set_day_off(session, day=day, name="Nghỉ", is_off=is_off, actor=person, now=NOW)


def test_a_day_is_set_once(session: Session) -> None:
    person, day = make_person(session), date(2026, 1, 2)
    row = set_day_off(session, day=day, name="Nghỉ bù", is_off=True, actor=person, now=NOW)
    with pytest.raises(Refused):
        set_day_off(session, day=day, name="Nghỉ bù", is_off=True, actor=person, now=NOW)
    with pytest.raises(Stale):
        clear_day_off(session, row, seen=row.version + 1, actor=person, now=NOW)


def test_lists_hold_what_touches_the_period_in_few_queries(session: Session) -> None:
    make_occasion(session, rule=Rule(RuleKind.SOLAR, 5, 18))
    make_occasion(session, rule=Rule(RuleKind.SOLAR, 6, 10))
    touched = list_occurrences(session, Period(date(2026, 5, 20), date(2026, 5, 26)))
    assert [one.held_on for one in touched] == [date(2026, 5, 18)]
    touched = list_occurrences(session, Period(date(2026, 5, 25), date(2026, 5, 31)))
    assert [one.held_on for one in touched] == [date(2026, 5, 18), date(2026, 6, 10)]
    coming = next_occurrences(session, today=TODAY, limit=3)
    assert [one.held_on for one in coming] == [date(2026, 5, 18), date(2026, 6, 10), date(2027, 5, 18)]


def test_an_occasion_that_cannot_be_is_refused(session: Session) -> None:
    occasion = make_occasion(session)
    wrong: tuple[dict[str, Any], ...] = (
        {"name": "…"},
        {"name": "Ngày " * 60},
        {"rule": Rule(RuleKind.SOLAR, 4, 31)},
        {"window_before": 121},
        {"window_after": -1},
        {"theme_ids": ()},
        {"theme_ids": (10**9,)},
        {"task_ids": (10**9,)},
        {"owner_id": 10**9},
    )
    for changed in wrong:
        with pytest.raises(Invalid):
            change(session, occasion, **changed)


def test_a_name_belongs_to_one_occasion(session: Session) -> None:
    make_occasion(session, name="Ngày Chuyển đổi số quốc gia")
    other = make_occasion(session)
    with pytest.raises(Refused):
        make_occasion(session, name="NGÀY chuyển đổi số quốc gia")
    with pytest.raises(Refused):
        change(session, other, name="ngay chuyen doi so quoc gia")


def test_usual_days_take_the_themes_that_fit_their_names(session: Session) -> None:
    theme = make_theme(session, "Chuyển đổi số toàn diện")
    lead = make_occasion(session, rule=Rule(RuleKind.SOLAR, 5, 18), themes=(make_theme(session, "Báo chí"),))
    assert len(usual_left(session)) == len(USUAL) - 1  # 18/5 is kept under another name
    made = add_usual_occasions(session, lead.organisation, codes=["cds", "gio-to"], actor=lead.owner, now=NOW)
    assert [(one.name, one.has_campaign) for one in made] == [
        ("Ngày Chuyển đổi số quốc gia", True),
        ("Giỗ Tổ Hùng Vương", False),
    ]
    assert themes_of(session, [one.id for one in made]) == {made[0].id: [theme], made[1].id: []}
    again = add_usual_occasions(session, lead.organisation, actor=lead.owner, now=NOW)
    assert len(again) == len(USUAL) - 3
    assert usual_left(session) == []
    assert local_day(NOW) == TODAY
