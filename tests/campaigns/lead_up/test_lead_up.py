"""Lead-ups: planned once with their occurrence, moved, put away and brought back with it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.db import transaction
from app.errors import Invalid, Refused, Stale
from campaigns.board.lead_up.follow import Followed
from campaigns.board.lead_up.keeping import follow_lead_ups, keep_lead_ups, realign_steps
from campaigns.board.lead_up.queries import (
    campaigns_of_occurrences,
    campaigns_to_follow,
    effect_on,
    milestones_of,
    occurrences_to_plan,
    readiness_of,
)
from campaigns.board.lead_up.services import plan_lead_up
from campaigns.board.lead_up.states import StepState
from campaigns.board.lead_up.steps import change_step, finish_step, reopen_step
from campaigns.board.models import Campaign, CampaignTask, Milestone, Placement
from campaigns.board.services import archive_campaign
from campaigns.occasions.models import Occasion, Occurrence, StepKind
from campaigns.occasions.occurrences import cancel_occurrence, keep_occurrence, move_occurrence
from campaigns.occasions.queries import occurrences_of
from campaigns.occasions.services import retire_occasion, set_template
from campaigns.occasions.template import DEFAULT, StepPlan
from campaigns.plans.models import Task
from content.items.models import Item, Stage
from scheduler.jobs.materialise import materialise
from tests.conftest import NOW
from tests.factories import (
    approve,
    make_match,
    make_occasion,
    make_outlet,
    make_plan,
    make_publication,
    make_revision,
    make_theme,
)

TODAY = date(2026, 5, 4)
EARLY = NOW - timedelta(days=60)  # 5/3/2026: everything can still be made in time


def lead_up(session: Session, occasion: Occasion) -> tuple[Occurrence, Campaign]:
    """The first occurrence of *occasion* with its campaign."""
    occurrence = occurrences_of(session, occasion)[0]
    return occurrence, plan_lead_up(session, occurrence, actor=occasion.owner, now=EARLY)


def pieces(session: Session, campaign: Campaign) -> dict[int, Item]:
    """The pieces by the days that the template gives them; titles are not asked."""
    asked = select(Placement).where(Placement.campaign_id == campaign.id)
    return {one.lead_up_days or 0: one.item for one in session.scalars(asked)}


def due(session: Session, campaign: Campaign) -> dict[StepKind, date]:
    return {one.kind: one.due_on for one in milestones_of(session, campaign)}


def move(session: Session, one: Occurrence, day: date, person: Person) -> Followed:
    move_occurrence(session, one, held_on=day, seen=one.version, actor=person, now=EARLY)
    return keep_lead_ups(session, one.occasion, actor=person, now=EARLY)


def test_a_lead_up_is_planned_from_the_template_once(session: Session) -> None:
    task = session.scalars(select(Task).where(Task.group.has(plan_id=make_plan(session).id))).first()
    assert task is not None
    theme = make_theme(session)
    occasion = make_occasion(
        session, name="Ngày Chuyển đổi số", themes=(theme,), task_ids=(task.id,), now=EARLY
    )
    occurrence, campaign = lead_up(session, occasion)
    assert (campaign.name, campaign.occurrence_id) == ("Ngày Chuyển đổi số năm 2026", occurrence.id)
    assert (campaign.starts_on, campaign.ends_on) == (date(2026, 4, 18), date(2026, 6, 2))
    assert list(session.scalars(select(CampaignTask.task_id))) == [task.id]
    made = pieces(session, campaign)
    assert {days: one.planned_on for days, one in made.items()} == {
        piece.days: date(2026, 5, 18) + timedelta(days=piece.days) for piece in DEFAULT.pieces
    }
    assert made[-12].title == "Thông cáo báo chí: Ngày Chuyển đổi số năm 2026"
    assert {one.organisation_id for one in made.values()} == {occasion.organisation_id}
    placed = session.scalars(select(Placement).where(Placement.campaign_id == campaign.id)).all()
    deadlines = {one.lead_up_days: one.deadline_on for one in placed}
    assert (deadlines[-12], deadlines[3]) == (due(session, campaign)[StepKind.DRAFT], date(2026, 5, 21))
    assert plan_lead_up(session, occurrence, actor=occasion.owner, now=EARLY) is campaign
    assert session.scalar(select(func.count()).select_from(Item)) == len(DEFAULT.pieces)


def test_what_should_have_gone_out_before_today_has_no_day(session: Session) -> None:
    occasion = make_occasion(session)
    campaign = plan_lead_up(session, occurrences_of(session, occasion)[0], actor=occasion.owner, now=NOW)
    late = NOW + timedelta(days=10)
    other = make_occasion(session, now=late)
    second = plan_lead_up(session, occurrences_of(session, other)[0], actor=other.owner, now=late)
    assert all(one.planned_on for one in pieces(session, campaign).values())
    undated = [days for days, one in pieces(session, second).items() if one.planned_on is None]
    assert sorted(undated) == [-12, -7]


def test_a_lead_up_without_theme_owner_or_time_is_refused_in_words(session: Session) -> None:
    theme = make_theme(session)
    occasion = make_occasion(session, themes=(theme,))
    occurrence = occurrences_of(session, occasion)[0]
    theme.retired_at = NOW
    with pytest.raises(Refused, match="chủ đề"):
        plan_lead_up(session, occurrence, actor=occasion.owner, now=NOW)
    theme.retired_at, occasion.owner.ended_at = None, NOW
    with pytest.raises(Invalid, match="quyền"):
        plan_lead_up(session, occurrence, actor=occasion.owner, now=NOW)
    occasion.owner.ended_at = None
    with pytest.raises(Refused, match="đã qua"):
        plan_lead_up(session, occurrence, actor=occasion.owner, now=NOW + timedelta(days=15))


def test_a_day_moves_though_its_campaign_cannot_be_opened(session: Session) -> None:
    theme = make_theme(session)
    occasion = make_occasion(session, themes=(theme,), now=EARLY)
    occurrence, person = occurrences_of(session, occasion)[0], occasion.owner
    theme.retired_at = EARLY
    move_occurrence(
        session, occurrence, held_on=date(2026, 5, 20), seen=occurrence.version, actor=person, now=EARLY
    )
    assert follow_lead_ups(session, occasion, actor=person, now=EARLY) == Followed()
    with pytest.raises(Refused, match="chủ đề"):
        keep_lead_ups(session, occasion, actor=person, now=EARLY)


def test_two_at_once_plan_one_lead_up(engine: Engine, session: Session) -> None:
    occasion = make_occasion(session)
    session.commit()
    gate = threading.Barrier(2)

    def run() -> None:
        gate.wait()
        materialise(engine, now=NOW)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(run) for _ in range(2)]:
            done.result(60)
    materialise(engine, now=NOW)
    with Session(engine) as after:
        assert after.scalar(select(func.count()).select_from(Campaign)) == len(
            occurrences_of(after, occasion)
        )
        assert after.scalar(select(func.count()).select_from(Item)) == 2 * len(DEFAULT.pieces)
        assert after.scalar(select(func.count()).select_from(Milestone)) == 2 * len(StepKind)


def test_an_occasion_that_fails_does_not_stop_the_others_and_leaves_nothing_half_made(
    engine: Engine, session: Session
) -> None:
    theme = make_theme(session)
    bad, good = make_occasion(session, themes=(theme,)), make_occasion(session)
    theme.retired_at = NOW
    session.commit()
    with pytest.raises(Refused, match=bad.name):
        materialise(engine, now=NOW)
    with Session(engine) as after:
        named = set(after.scalars(select(Campaign.name)))
        assert named == {f"{good.name} năm 2026", f"{good.name} năm 2027"}
    with transaction(engine) as own:
        own.get_one(type(theme), theme.id).retired_at = None
    materialise(engine, now=NOW)
    with Session(engine) as after:
        assert after.scalar(select(func.count()).select_from(Campaign)) == 4


def test_untouched_pieces_and_steps_move_along_and_the_others_stay(session: Session) -> None:
    occasion = make_occasion(session, now=EARLY)
    occurrence, campaign = lead_up(session, occasion)
    made, person = pieces(session, campaign), occasion.owner
    make_revision(session, made[-7])
    made[-7].stage = Stage.DRAFTING
    made[-3].planned_on = date(2026, 5, 10)  # moved by hand
    steps = {one.kind: one for one in milestones_of(session, campaign)}
    change_step(
        session,
        steps[StepKind.BRIEF],
        due_on=date(2026, 4, 1),
        note="Sớm",
        seen=steps[StepKind.BRIEF].version,
        actor=person,
        now=EARLY,
    )
    effect = effect_on(session, campaign)
    assert (len(effect.untouched), len(effect.touched)) == (4, 2)
    assert move(session, occurrence, date(2026, 5, 25), person) == Followed(moved=4, stayed=2)
    assert {days: one.planned_on for days, one in made.items()} == {
        -12: date(2026, 5, 13),
        -7: date(2026, 5, 11),
        -3: date(2026, 5, 10),
        -1: date(2026, 5, 24),
        0: date(2026, 5, 25),
        3: date(2026, 5, 28),
    }
    days = due(session, campaign)
    assert (days[StepKind.BRIEF], days[StepKind.PUBLISH]) == (date(2026, 4, 1), date(2026, 5, 25))
    assert (campaign.starts_on, campaign.ends_on) == (date(2026, 4, 1), date(2026, 6, 9))
    assert move(session, occurrence, date(2026, 5, 18), person) == Followed(moved=4, stayed=2)
    assert campaigns_to_follow(session) == []
    assert pieces(session, campaign)[0].planned_on == date(2026, 5, 18)


def test_a_cancelled_day_takes_untouched_pieces_with_it_and_brings_them_back(session: Session) -> None:
    occasion = make_occasion(session, now=EARLY)
    occurrence, campaign = lead_up(session, occasion)
    made, person = pieces(session, campaign), occasion.owner
    make_revision(session, made[0])
    cancel_occurrence(session, occurrence, reason="Bão", seen=occurrence.version, actor=person, now=EARLY)
    assert keep_lead_ups(session, occasion, actor=person, now=EARLY) == Followed(put_away=5, stayed=1)
    assert campaign.archived_at is None
    assert list(pieces(session, campaign)) == [0]
    assert {one.stage for days, one in made.items() if days} == {Stage.ARCHIVED}
    assert keep_lead_ups(session, occasion, actor=person, now=EARLY) == Followed()
    keep_occurrence(session, occurrence, seen=occurrence.version, actor=person, now=EARLY)
    assert keep_lead_ups(session, occasion, actor=person, now=EARLY) == Followed(planned=5, stayed=1)
    assert sorted(pieces(session, campaign)) == sorted(piece.days for piece in DEFAULT.pieces)


def test_a_campaign_of_which_nothing_is_left_goes_with_its_day(session: Session) -> None:
    occasion = make_occasion(session, now=EARLY)
    keep_lead_ups(session, occasion, actor=occasion.owner, now=EARLY)
    first, second = (one.id for one in occurrences_of(session, occasion))
    campaigns = campaigns_of_occurrences(session, [first, second])
    archive_campaign(
        session, campaigns[first], seen=campaigns[first].version, actor=occasion.owner, now=EARLY
    )
    retire_occasion(session, occasion, seen=occasion.version, actor=occasion.owner, now=EARLY)
    told = keep_lead_ups(session, occasion, actor=occasion.owner, now=EARLY)
    assert told == Followed(put_away=len(DEFAULT.pieces))  # what was put away by hand is left alone
    assert campaigns[second].archived_at == EARLY
    assert occurrences_to_plan(session, today=TODAY) == []


def test_steps_are_ticked_off_by_people_where_nothing_can_be_counted(session: Session) -> None:
    occasion = make_occasion(session, now=EARLY)
    _, campaign = lead_up(session, occasion)
    steps, person = {one.kind: one for one in milestones_of(session, campaign)}, occasion.owner
    report, draft = steps[StepKind.REPORT], steps[StepKind.DRAFT]
    with pytest.raises(Refused):
        finish_step(session, draft, seen=draft.version, actor=person, now=NOW)
    with pytest.raises(Stale):
        finish_step(session, report, seen=report.version + 1, actor=person, now=NOW)
    finish_step(session, report, seen=report.version, actor=person, now=NOW)
    assert readiness_of(session, [campaign.id], TODAY)[campaign.id].done == 1
    reopen_step(session, report, seen=report.version, actor=person, now=NOW)
    assert readiness_of(session, [campaign.id], TODAY)[campaign.id].done == 0


def test_a_new_template_moves_the_coming_steps_and_no_piece(session: Session) -> None:
    occasion = make_occasion(session, now=EARLY)
    _, campaign = lead_up(session, occasion)
    before = {days: one.planned_on for days, one in pieces(session, campaign).items()}
    template = replace(DEFAULT, steps=(StepPlan(StepKind.BRIEF, -45), *DEFAULT.steps[1:]), pieces=())
    set_template(session, occasion, template, seen=occasion.version, actor=occasion.owner, now=EARLY)
    realign_steps(session, occasion, now=EARLY)
    assert due(session, campaign)[StepKind.BRIEF] == date(2026, 4, 3) == campaign.starts_on
    assert {days: one.planned_on for days, one in pieces(session, campaign).items()} == before


@pytest.fixture
def queries(engine: Engine) -> Iterator[list[str]]:
    """Every statement that is sent."""
    sent: list[str] = []

    def note(*given: object) -> None:
        sent.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_readiness_of_many_campaigns_takes_two_queries(session: Session, queries: list[str]) -> None:
    occasion = make_occasion(session, now=EARLY)
    keep_lead_ups(session, occasion, actor=occasion.owner, now=EARLY)
    first, second = occurrences_of(session, occasion)
    campaigns = campaigns_of_occurrences(session, [first.id, second.id])
    own, foreign = make_outlet(session, is_own=True), make_outlet(session)
    for days, item in pieces(session, campaigns[first.id]).items():
        if days <= 0:
            approve(session, make_revision(session, item))
            item.stage = Stage.APPROVED
            outlet = foreign if days else own
            make_match(session, make_publication(session, outlet=outlet), item=item)
        else:
            item.brief = "Nêu kết quả"
    session.flush()
    queries.clear()
    ids = [one.id for one in campaigns.values()]
    found = readiness_of(session, ids, TODAY)
    assert len(queries) == 2
    ready = found[campaigns[first.id].id]
    assert [step.state for step in ready.steps[:4]] == [StepState.DONE] * 4
    assert (ready.steps[4].done, ready.steps[4].total) == (4, 6)  # our own page is no press
    assert found[campaigns[second.id].id].done == 0
