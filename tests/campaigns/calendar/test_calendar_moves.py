"""Moving by script and from the history: together or not at all, refused with the present state, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import AuditEntry
from campaigns.calendar.moving.forms import write_slots
from content.items.models import Item, Stage
from content.slots.models import Slot, SlotState
from tests.conftest import NOW
from tests.factories import (
    at_hour,
    make_campaign,
    make_channel,
    make_item,
    make_organisation,
    make_person,
    make_placement,
    make_series,
    make_slot,
    make_theme,
)
from tests.test_two_at_once import at_once
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
DAY, LATER, PAST = date(2026, 5, 18), date(2026, 5, 20), date(2026, 5, 1)
SCRIPT = {"Accept": "application/json"}


@dataclass(frozen=True)
class Desk:
    """A booked piece of a unit, and the people around it."""

    writer: Person
    second: Person
    stranger: Person
    manager: Person
    item_id: int
    slot_id: int


@pytest.fixture
def desk(session: Session, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The piece stands on 18/5 and goes out there at 05:15."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    unit = make_organisation(session)
    writer = make_person(session, Role.OFFICER, organisation=unit, name="Người Viết")
    second = make_person(session, Role.OFFICER, organisation=unit, name="Người Thứ Hai")
    item = make_item(session, stage=Stage.APPROVED, organisation=unit, author=writer, planned_on=DAY)
    slot = make_slot(session, item=item, due_at=at_hour(date(2026, 5, 18), 5, 15))
    made = Desk(
        writer,
        second,
        make_person(session, Role.OFFICER),
        make_person(session, Role.MANAGER),
        item.id,
        slot.id,
    )
    session.commit()
    return made


def _state(engine: Engine, desk: Desk) -> tuple[date | None, str, int, int]:
    """Day of the piece, moment of its slot, and both versions."""
    with Session(engine) as session:
        item, slot = session.get_one(Item, desk.item_id), session.get_one(Slot, desk.slot_id)
        return item.planned_on, f"{clock.local(slot.due_at):%d/%m %H:%M}", item.version, slot.version


def _values(engine: Engine, desk: Desk, day: date | str = LATER) -> dict[str, str]:
    """What the page of somebody who looks now would send."""
    _, _, version, slot_version = _state(engine, desk)
    return {"day": str(day), "version": str(version), "slots": write_slots({desk.slot_id: slot_version})}


def _send(visitor: Visitor, url: str, values: Mapping[str, Any]) -> TestResponse:
    return visitor.post(url, values, headers=SCRIPT)


def _move(visitor: Visitor, desk: Desk, values: Mapping[str, Any]) -> TestResponse:
    return _send(visitor, f"/calendar/items/{desk.item_id}/move", values)


def test_a_piece_moves_with_its_slot_and_comes_back_with_it(engine: Engine, visit: Visit, desk: Desk) -> None:
    there = visit(desk.writer)
    moved = _move(there, desk, _values(engine, desk))
    assert moved.status_code == 200
    assert moved.json is not None
    assert moved.json["title"] == "Đã chuyển từ 18/5/2026 sang 20/5/2026."
    assert [(one["k"], one["d"], one["h"]) for one in moved.json["cards"]] == [
        (f"i{desk.item_id}", "2026-05-20", "05:15")
    ]
    assert _state(engine, desk)[:2] == (LATER, "20/05 05:15")
    undo = dict(moved.json["undo"])
    assert _send(there, undo.pop("url"), undo).status_code == 200
    assert _state(engine, desk)[:2] == (DAY, "18/05 05:15")
    assert _move(there, desk, {**_values(engine, desk), "day": "", "pool": "1"}).status_code == 409  # booked
    assert _move(there, desk, _values(engine, desk, DAY)).status_code == 200  # where it stands already
    assert _state(engine, desk)[:2] == (DAY, "18/05 05:15")


def test_who_comes_second_is_told_who_moved_it_where(engine: Engine, visit: Visit, desk: Desk) -> None:
    seen = _values(engine, desk, "2026-05-25")
    assert _move(visit(desk.second), desk, _values(engine, desk)).status_code == 200
    late = _move(visit(desk.writer), desk, seen)
    assert late.status_code == 409
    assert late.json is not None
    told = "Người Thứ Hai đã chuyển sang 20/5/2026, 05:15 lúc 4/5/2026, 08:30. Lịch đang hiện chỗ mới."
    assert late.json["title"] in {told, told.replace(", 05:15", "")}
    assert [one["d"] for one in late.json["cards"]] == ["2026-05-20"]
    assert _state(engine, desk)[:2] == (LATER, "20/05 05:15")
    slots = {**_values(engine, desk, "2026-05-25"), "slots": ""}
    assert _move(visit(desk.writer), desk, slots).status_code == 409  # booked since the page was read


def test_of_two_at_the_same_moment_one_moves_it(engine: Engine, visit: Visit, desk: Desk) -> None:
    visitors = [visit(desk.writer), visit(desk.second)]
    for visitor in visitors:
        visitor.get("/me")
    values = [_values(engine, desk, day) for day in ("2026-05-20", "2026-05-21")]
    statuses = at_once(
        *(
            lambda visitor=visitor, sent=sent: _move(visitor, desk, sent).status_code
            for visitor, sent in zip(visitors, values, strict=True)
        )
    )
    assert sorted(statuses) == [200, 409]
    day, moment, *_ = _state(engine, desk)
    assert f"{day:%d/%m}" == moment[:5] == ("20/05" if statuses[0] == 200 else "21/05")
    with Session(engine) as session:
        replans = session.scalars(select(AuditEntry).where(AuditEntry.action == "item.replan")).all()
    assert len(replans) == 1


def test_each_person_may_move_what_is_theirs(engine: Engine, visit: Visit, desk: Desk) -> None:
    before, values = _state(engine, desk), _values(engine, desk)
    urls = {f"/calendar/items/{desk.item_id}/move": values, f"/calendar/slots/{desk.slot_id}/move": values}
    for url, sent in urls.items():
        assert visit(None).post(url, sent).status_code == 303, url
        assert _send(visit(desk.manager), url, sent).status_code == 404, url  # may not write anywhere
        refused = _send(visit(desk.stranger), url, sent)
        assert refused.status_code == 403, url
        assert refused.json is not None
        assert refused.json["title"] == "Bạn không có quyền chuyển tin bài của đơn vị này."
    assert _state(engine, desk) == before


def test_a_day_that_is_none_moves_nothing(engine: Engine, visit: Visit, desk: Desk) -> None:
    before = _state(engine, desk)
    there = visit(desk.writer)
    values = _values(engine, desk)
    for day in ("", "x", "9999-12-31", "1000-01-01", str(PAST)):
        sent = {**values, "day": day}
        assert _move(there, desk, sent).status_code == 422, day
        slot = _send(there, f"/calendar/slots/{desk.slot_id}/move", {"day": day, "version": "1"})
        assert slot.status_code == 422, day
    assert _send(there, "/calendar/items/999999/move", values).status_code == 404
    assert _move(there, desk, {"day": str(LATER)}).status_code == 409
    assert (
        _move(there, desk, {**_values(engine, desk), "slots": "x:1,:,9999999999999999999:1"}).status_code
        == 409
    )
    assert _state(engine, desk) == before


def test_a_campaigns_and_a_columns_days_hold(
    session: Session, engine: Engine, visit: Visit, desk: Desk
) -> None:
    theme, campaign = make_theme(session), make_campaign(session, name="Phong trào")
    series = make_series(
        session, theme, campaign=campaign, starts_on=date(2026, 5, 10), ends_on=date(2026, 5, 25)
    )
    make_placement(session, campaign, session.get_one(Item, desk.item_id), series=series)
    session.commit()
    there = visit(desk.writer)
    for day, said in (("2026-05-26", series.name), ("2027-01-05", "Phong trào")):
        refused = _move(there, desk, _values(engine, desk, day))
        assert refused.status_code == 409
        assert refused.json is not None
        assert said in refused.json["title"]
    assert _move(there, desk, _values(engine, desk, "2026-05-25")).status_code == 200


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SlotState.PUBLISHED, "đã đăng vào ngày này"),
        (SlotState.COMMITTING, "đang được gửi đi"),
        (SlotState.FAILED, "xử lý trước khi chuyển"),
    ],
)
def test_what_went_out_or_is_in_trouble_stays(
    session: Session, engine: Engine, visit: Visit, desk: Desk, *, state: SlotState, said: str
) -> None:
    session.get_one(Slot, desk.slot_id).state = state
    session.commit()
    refused = _move(visit(desk.writer), desk, _values(engine, desk))
    assert refused.status_code == 409
    assert refused.json is not None
    assert said in refused.json["title"]
    assert _state(engine, desk)[:2] == (DAY, "18/05 05:15")


def test_a_slot_alone_moves_and_a_piece_goes_to_the_pool(
    session: Session, engine: Engine, visit: Visit, desk: Desk
) -> None:
    item = session.get_one(Item, desk.item_id)
    other = make_slot(
        session,
        item=item,
        channel=make_channel(session),
        due_at=at_hour(date(2026, 5, 22), 0, 10),
    )
    free = make_item(session, stage=Stage.IDEA, organisation=item.organisation, author=desk.writer)
    session.commit()
    there = visit(desk.writer)
    sent = {"day": "2026-05-23", "version": "1"}
    moved = _send(there, f"/calendar/slots/{other.id}/move", sent)
    assert moved.status_code == 200
    assert moved.json is not None
    assert [(one["k"], one["d"], one["h"]) for one in moved.json["cards"]] == [
        (f"i{item.id}", "2026-05-18", "05:15"),
        (f"s{other.id}", "2026-05-23", "00:10"),
    ]
    late = _send(there, f"/calendar/slots/{other.id}/move", sent)
    assert late.status_code == 409
    assert late.json is not None
    assert "đã chuyển sang 23/5/2026, 00:10" in late.json["title"]
    undo = dict(moved.json["undo"])
    assert _send(there, undo.pop("url"), undo).status_code == 200
    assert _state(engine, desk)[:2] == (DAY, "18/05 05:15")

    pooled = _send(there, f"/calendar/items/{free.id}/move", {"day": "", "pool": "1", "version": "1"})
    assert pooled.status_code == 200
    assert pooled.json is not None
    assert "d" not in pooled.json["cards"][0]
    assert pooled.json["undo"]["day"] == "2026-05-18"


def test_the_history_brings_a_piece_back_by_a_plain_form(engine: Engine, visit: Visit, desk: Desk) -> None:
    there = visit(desk.writer)
    assert _move(there, desk, _values(engine, desk)).status_code == 200
    page = there.get(f"/items/{desk.item_id}").text
    assert "từ 18/5/2026 sang 20/5/2026" in page
    assert "Đưa về 18/5/2026" in page
    assert "Đưa về" not in visit(desk.manager).get(f"/items/{desk.item_id}").text
    stale = {**_values(engine, desk, DAY), "version": "1"}
    answer = there.post(f"/calendar/items/{desk.item_id}/move", stale)
    assert answer.status_code == 409
    assert "Hãy xem bản hiện tại" in answer.text
    answer = there.post(f"/calendar/items/{desk.item_id}/move", _values(engine, desk, DAY))
    assert answer.status_code == 303
    assert _state(engine, desk)[:2] == (DAY, "18/05 05:15")
