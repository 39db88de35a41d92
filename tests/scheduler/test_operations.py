"""The operator's page and the watcher's question: who may look, and whether it can be believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from content.slots.models import Slot, SlotState
from scheduler.channels.registry import CHANNELS
from scheduler.dispatch import deliver, pulse
from scheduler.dispatch.claim import claim
from scheduler.dispatch.health import OVERDUE_AFTER
from scheduler.dispatch.wire import Wire
from scheduler.jobs.table import ticks
from scheduler.words import TICKS
from tests.factories import make_person, make_slot
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


def ticked(engine: Engine, seconds_ago: float = 0) -> None:
    moment = clock.now() - timedelta(seconds=seconds_ago)
    pulse.beat(engine, owner="may-chu:1", tick="dispatch", now=moment)


def late_slot(session: Session, minutes: float, state: SlotState = SlotState.SCHEDULED) -> Slot:
    slot = make_slot(session, due_at=clock.now() - timedelta(minutes=minutes), state=state)
    session.commit()
    return slot


def test_health_is_bad_without_a_scheduler(session: Session, visit: Visit) -> None:
    answer = visit(None).get("/healthz/scheduler")
    assert (answer.status_code, answer.json["status"]) == (503, "late")  # type: ignore[index]


def test_health_is_good_while_slots_go_out(session: Session, engine: Engine, visit: Visit) -> None:
    late_slot(session, 1)
    late_slot(session, 60, SlotState.ON_HOLD)
    ticked(engine, 25)
    answer = visit(None).get("/healthz/scheduler")
    assert answer.status_code == 200
    assert set(answer.json or {}) == {"status", "dispatch_finished_at", "overdue"}


def test_health_is_bad_when_the_last_tick_is_old(session: Session, engine: Engine, visit: Visit) -> None:
    ticked(engine, 31)
    assert visit(None).get("/healthz/scheduler").status_code == 503


@pytest.mark.parametrize("state", [SlotState.SCHEDULED, SlotState.RETRY_WAIT])
def test_health_is_bad_when_it_ticks_and_sends_nothing(
    session: Session, engine: Engine, visit: Visit, state: SlotState
) -> None:
    late_slot(session, 3, state)
    ticked(engine)
    answer = visit(None).get("/healthz/scheduler")
    assert (answer.status_code, answer.json["overdue"]) == (503, 1)  # type: ignore[index]


def test_a_tick_that_only_fails_never_counts_as_finished(
    session: Session, engine: Engine, visit: Visit
) -> None:
    pulse.beat(engine, owner="may-chu:1", tick="dispatch", now=clock.now(), failure="OperationalError: bận")
    assert visit(None).get("/healthz/scheduler").status_code == 503


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_operators_see_each_trouble_with_its_reason(
    session: Session, engine: Engine, visit: Visit, role: Role
) -> None:
    person = make_person(session, role)
    late = late_slot(session, 10)
    failed = late_slot(session, 10, SlotState.FAILED)
    failed.error_sentence = "Kênh không nhận <tin> này."
    session.commit()
    ticked(engine, 300)
    text = visit(person).get("/operations").text
    assert "1 lịch đã quá giờ mà chưa gửi đi" in text
    assert late.variant.item.title in text
    assert "Kênh không nhận &lt;tin&gt; này." in text
    assert "may-chu:1" in text
    assert "Quá hạn" in text
    assert (f"/slots/{failed.id}/retry" in text) is (role is Role.COORDINATOR)


def test_an_operator_sees_that_all_is_well(session: Session, engine: Engine, visit: Visit) -> None:
    person = make_person(session, Role.ADMINISTRATOR)
    session.commit()
    ticked(engine)
    text = visit(person).get("/operations").text
    assert "Bài đến giờ đang được gửi đi" in text
    assert "Đúng nhịp" in text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.UNIT, Role.OUTLET])
def test_others_do_not_see_operations(session: Session, visit: Visit, role: Role) -> None:
    person = make_person(session, role)
    session.commit()
    assert visit(person).get("/operations").status_code == 404


def test_a_stranger_is_sent_to_the_door(visit: Visit) -> None:
    assert visit(None).get("/operations").location == "/sign-in?next=/operations"


def test_the_slot_s_page_lists_its_attempts(session: Session, engine: Engine, visit: Visit) -> None:
    person, slot = make_person(session, Role.COORDINATOR), late_slot(session, 1)
    hand = deliver.Hand(Wire(engine, "https://loa.example.vn"), CHANNELS, clock.now)
    for one in claim(engine, owner="may-chu:1", now=clock.now(), limit=1):
        deliver.deliver(hand, one)
    text = visit(person).get(f"/slots/{slot.id}").text
    assert "Các lần gửi" in text
    assert "Gửi đi: Xong" in text
    assert "Hệ thống đã đăng" in text


def test_heartbeats_of_the_dead_are_forgotten(session: Session, engine: Engine) -> None:
    ticked(engine, 90_000)
    pulse.beat(engine, owner="may-chu:2", tick="dispatch", now=clock.now())
    pulse.forget_the_dead(engine, clock.now())
    with Session(engine) as fresh:
        assert [beat.owner for beat in pulse.list_beats(fresh)] == ["may-chu:2"]


def test_every_tick_has_a_name_and_a_patience() -> None:
    names = {tick.name for tick in ticks(timedelta(seconds=120))}
    assert names == set(TICKS) == set(OVERDUE_AFTER)
    assert {tick.name: tick.seconds for tick in ticks(timedelta(seconds=120))}["reap"] == 20
