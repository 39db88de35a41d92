"""Booking and the slot's page, asked by who may, by another unit, by nobody signed in; and what was typed stays."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.factory import create_app
from app.settings import Settings
from app.web.filters import panels
from app.web.identity import signed_in
from app.web.session import reading
from content.channels.models import Channel
from content.items.models import Item, Stage
from content.slots.models import Slot, SlotState
from tests.factories import make_channel, make_item, make_organisation, make_person, make_slot
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
ACTIONS = ("hold", "release", "cancel", "retry", "move", "is-there", "is-not")


@dataclass(frozen=True)
class Room:
    """A unit with its officer, another unit's officer, a reader, an approved piece and a channel."""

    officer: Person
    stranger: Person
    reader: Person
    item: Item
    channel: Channel


@pytest.fixture
def room(session: Session) -> Room:
    unit = make_organisation(session)
    made = Room(
        officer=make_person(session, Role.OFFICER, organisation=unit),
        stranger=make_person(session, Role.OFFICER),
        reader=make_person(session, Role.MANAGER),
        item=make_item(
            session,
            stage=Stage.APPROVED,
            organisation=unit,
            planned_on=clock.local_day(clock.now() + timedelta(days=3)),
        ),
        channel=make_channel(session),
    )
    session.commit()
    return made


@pytest.fixture
def enter(visit: Visit) -> Visit:
    """Somebody who has opened a page of theirs, as one has before sending a form."""

    def entered(person: Person | None) -> Visitor:
        visitor = visit(person)
        visitor.get("/me")
        return visitor

    return entered


def wall(days: int = 1) -> str:
    return f"{clock.local(clock.now() + timedelta(days=days)):%Y-%m-%dT%H:%M}"


def slots(engine: Engine) -> list[Slot]:
    with Session(engine) as fresh:
        return list(fresh.scalars(select(Slot).order_by(Slot.id)).unique())


def make(session: Session, room: Room, state: SlotState = SlotState.SCHEDULED) -> Slot:
    slot = make_slot(
        session, item=room.item, channel=room.channel, state=state, due_at=clock.now() + timedelta(days=1)
    )
    session.commit()
    return slot


def test_an_officer_books_a_piece_of_the_own_unit(room: Room, enter: Visit, engine: Engine) -> None:
    visitor, page = enter(room.officer), f"/items/{room.item.id}/slots/new"
    shown = visitor.get(page)
    assert shown.status_code == 200
    assert "UTC+7" in shown.text
    assert "T07:00" in shown.text
    answer = visitor.post(page, {"channel": room.channel.id, "due_at": wall()})
    assert answer.status_code == 303
    (slot,) = slots(engine)
    assert answer.location == f"/slots/{slot.id}"
    assert (slot.state, slot.booked_by_id) == (SlotState.SCHEDULED, room.officer.id)
    assert f"{clock.local(slot.due_at):%Y-%m-%dT%H:%M}" == wall()


def test_another_unit_does_not_learn_that_the_piece_is_there(
    room: Room, enter: Visit, session: Session, engine: Engine
) -> None:
    slot, visitor = make(session, room), enter(room.stranger)
    assert visitor.get(f"/items/{room.item.id}/slots/new").status_code == 404
    booked = visitor.post(f"/items/{room.item.id}/slots/new", {"channel": room.channel.id, "due_at": wall()})
    assert booked.status_code == 404
    assert visitor.get(f"/slots/{slot.id}").status_code == 404
    for action in ACTIONS:
        assert visitor.post(f"/slots/{slot.id}/{action}", {"version": slot.version}).status_code == 404
    assert [(one.state, one.version) for one in slots(engine)] == [(SlotState.SCHEDULED, 1)]


def test_who_may_read_sees_the_slot_without_its_actions(room: Room, enter: Visit, session: Session) -> None:
    slot, visitor = make(session, room), enter(room.reader)
    shown = visitor.get(f"/slots/{slot.id}")
    assert shown.status_code == 200
    assert f"/slots/{slot.id}/cancel" not in shown.text
    assert visitor.post(f"/slots/{slot.id}/cancel", {"version": slot.version}).status_code == 404
    assert visitor.get(f"/items/{room.item.id}/slots/new").status_code == 404


def test_a_stranger_is_sent_to_the_door(room: Room, enter: Visit, session: Session) -> None:
    slot, nobody = make(session, room), enter(None)
    for page in (f"/items/{room.item.id}/slots/new", f"/slots/{slot.id}"):
        answer = nobody.get(page)
        assert (answer.status_code, answer.location) == (303, f"/sign-in?next={page}")
    for action in ACTIONS:
        assert nobody.post(f"/slots/{slot.id}/{action}").status_code == 303


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Chọn kênh đăng."),
        ({"channel": "999", "due_at": "2099-01-01T07:00"}, "không có trong danh sách"),
        ({"due_at": "hôm nào đó"}, "Ngày giờ không đúng"),
        ({"due_at": "2020-01-01T07:00"}, "Giờ đăng đã qua"),
        ({"due_at": "x" * 1_000_000}, "Ngày giờ không đúng"),
    ],
)
def test_a_bad_booking_is_told_in_words_and_books_nothing(
    room: Room, enter: Visit, engine: Engine, data: dict[str, str], sentence: str
) -> None:
    given = {"channel": str(room.channel.id), **data} if data else {}
    answer = enter(room.officer).post(f"/items/{room.item.id}/slots/new", given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert data.get("due_at", "") in answer.text
    assert slots(engine) == []


def test_a_double_booking_is_refused_and_keeps_what_was_typed(
    room: Room, enter: Visit, engine: Engine
) -> None:
    visitor, page, typed = enter(room.officer), f"/items/{room.item.id}/slots/new", wall()
    for status in (303, 409):
        answer = visitor.post(page, {"channel": room.channel.id, "due_at": typed})
        assert answer.status_code == status
    assert "đúng giờ đó" in answer.text
    assert typed in answer.text
    assert len(slots(engine)) == 1


def test_a_piece_not_approved_says_so(room: Room, enter: Visit, session: Session, engine: Engine) -> None:
    room.item.stage = Stage.IN_REVIEW
    session.commit()
    visitor, page = enter(room.officer), f"/items/{room.item.id}/slots/new"
    assert "chưa được duyệt" in visitor.get(page).text
    answer = visitor.post(page, {"channel": room.channel.id, "due_at": wall()})
    assert (answer.status_code, "chưa được duyệt" in answer.text) == (409, True)
    assert slots(engine) == []


def test_a_decomposed_reason_is_kept_composed(
    room: Room, enter: Visit, session: Session, engine: Engine
) -> None:
    slot = make(session, room)
    reason = unicodedata.normalize("NFD", "Chờ lãnh đạo Sở xem lại số liệu")
    answer = enter(room.officer).post(f"/slots/{slot.id}/hold", {"version": 1, "reason": reason})
    assert answer.status_code == 303
    (held,) = slots(engine)
    assert (held.state, held.hold_reason) == (SlotState.ON_HOLD, "Chờ lãnh đạo Sở xem lại số liệu")


@pytest.mark.parametrize(
    ("state", "action", "data", "after"),
    [
        (SlotState.ON_HOLD, "release", {}, SlotState.SCHEDULED),
        (SlotState.SCHEDULED, "cancel", {}, SlotState.CANCELLED),
        (SlotState.FAILED, "retry", {}, SlotState.SCHEDULED),
        (SlotState.MISSED, "retry", {}, SlotState.SCHEDULED),
        (SlotState.SCHEDULED, "move", {"due_at": "18/5/2099 07:00"}, SlotState.SCHEDULED),
        (SlotState.UNCONFIRMED, "is-there", {"address": "https://vidu.vn/bai"}, SlotState.PUBLISHED),
        (SlotState.UNCONFIRMED, "is-not", {}, SlotState.SCHEDULED),
    ],
)
def test_each_action_works_from_the_slot_s_page(
    room: Room,
    enter: Visit,
    session: Session,
    engine: Engine,
    *,
    state: SlotState,
    action: str,
    data: dict[str, str],
    after: SlotState,
) -> None:
    slot, visitor = make(session, room, state), enter(room.officer)
    assert f"/slots/{slot.id}/{action}" in visitor.get(f"/slots/{slot.id}").text
    answer = visitor.post(f"/slots/{slot.id}/{action}", {"version": 1, **data})
    assert (answer.status_code, answer.location) == (303, f"/slots/{slot.id}")
    assert slots(engine)[0].state is after
    assert visitor.get(f"/slots/{slot.id}").status_code == 200


def test_two_people_at_once_the_second_is_refused_and_keeps_the_reason(
    room: Room, enter: Visit, session: Session, engine: Engine
) -> None:
    slot, visitor = make(session, room), enter(room.officer)
    moved = visitor.post(f"/slots/{slot.id}/move", {"version": 1, "due_at": wall(5)})
    assert moved.status_code == 303
    answer = visitor.post(f"/slots/{slot.id}/hold", {"version": 1, "reason": "Chờ số liệu mới"})
    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in answer.text
    assert "Chờ số liệu mới" in answer.text
    assert slots(engine)[0].state is SlotState.SCHEDULED


def test_a_slot_being_sent_is_refused_with_its_state(room: Room, enter: Visit, session: Session) -> None:
    slot = make(session, room, SlotState.COMMITTING)
    answer = enter(room.officer).post(f"/slots/{slot.id}/cancel", {"version": 1})
    assert answer.status_code == 409
    assert "lịch này đang đăng" in answer.text


@pytest.mark.parametrize(
    ("action", "data", "sentence"),
    [
        ("hold", {"reason": ""}, "ghi lý do"),
        ("hold", {"reason": "d" * 1_000_000}, "nhiều nhất là 500"),
        ("move", {"due_at": "mai"}, "Ngày giờ không đúng"),
        ("move", {"due_at": "2020-01-01T07:00"}, "Giờ đăng đã qua"),
    ],
)
def test_bad_input_to_an_action_is_told_in_words(
    room: Room, enter: Visit, session: Session, *, action: str, data: dict[str, str], sentence: str
) -> None:
    slot = make(session, room)
    answer = enter(room.officer).post(f"/slots/{slot.id}/{action}", {"version": 1, **data})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert next(iter(data.values())) in answer.text


def test_an_unknown_slot_is_missing(room: Room, enter: Visit) -> None:
    visitor = enter(room.officer)
    assert visitor.get("/slots/999").status_code == 404
    assert visitor.post("/slots/999/cancel", {"version": 1}).status_code == 404


def with_panel_page(app: Flask) -> None:
    """A page with the panel of an item, as the item's own page has it."""

    @signed_in
    def panel_page(item_id: int) -> str:
        return str(panels("item.aside", reading().get_one(Item, item_id)))

    app.add_url_rule("/panel/<int:item_id>", view_func=panel_page)


def test_the_piece_s_panel_says_why_it_has_not_gone_out(
    settings: Settings, engine: Engine, room: Room, session: Session
) -> None:
    app = create_app(settings, engine)
    with_panel_page(app)
    session.commit()
    visitor, page = Visitor(app, engine, room.officer), f"/panel/{room.item.id}"
    empty = visitor.get(page).text
    assert "Chưa có lịch đăng" in empty
    assert (
        f'btn-primary" href="/items/{room.item.id}/slots/new"' in visitor.get(f"/items/{room.item.id}").text
    )
    slot = make(session, room, SlotState.ON_HOLD)
    slot.hold_reason = "Chờ số liệu <mới>"
    session.commit()
    shown = visitor.get(page).text
    assert "Chờ số liệu &lt;mới&gt;" in shown
    assert f"/slots/{slot.id}/release" in shown
    assert f"/slots/{slot.id}/release" not in Visitor(app, engine, room.reader).get(page).text


def test_home_shows_what_did_not_go_out_to_the_own_unit_only(
    room: Room, enter: Visit, session: Session
) -> None:
    make(session, room, SlotState.FAILED)
    assert "Chưa đăng được" in enter(room.officer).get("/").text
    for other in (room.stranger, room.reader):
        assert room.item.title not in enter(other).get("/").text


def test_home_shows_nothing_of_slots_when_all_is_well(room: Room, enter: Visit, session: Session) -> None:
    make(session, room, SlotState.PUBLISHED)
    assert "Chưa đăng được" not in enter(room.officer).get("/").text
