"""Channels: who may add and switch them, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from content.channels.models import Channel
from content.outlets.models import Outlet
from tests.conftest import NOW
from tests.factories import make_channel, make_outlet, make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


@pytest.fixture
def outlet(session: Session) -> Outlet:
    made = make_outlet(session, "Cổng thông tin Sở", is_own=True)
    session.commit()
    return made


@pytest.fixture
def keeper(session: Session, visit: Visit) -> Visitor:
    """A coordinator who has opened a page."""
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    visitor = visit(person)
    visitor.get("/me")
    return visitor


def channels(engine: Engine) -> list[Channel]:
    with Session(engine) as fresh:
        return list(fresh.scalars(select(Channel).order_by(Channel.id)).unique())


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_administrators_and_coordinators_see_the_channels(session: Session, visit: Visit, role: Role) -> None:
    person, channel = make_person(session, role), make_channel(session, name="Trang tin của Sở")
    session.commit()
    answer = visit(person).get("/channels")
    assert answer.status_code == 200
    assert channel.name in answer.text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.MANAGER, Role.UNIT, Role.OUTLET])
def test_others_do_not(session: Session, visit: Visit, engine: Engine, role: Role) -> None:
    person, channel = make_person(session, role), make_channel(session)
    session.commit()
    visitor = visit(person)
    visitor.get("/me")
    for page in ("/channels", "/channels/new"):
        assert visitor.get(page).status_code == 404
    assert visitor.post("/channels/new", {"name": "x"}).status_code == 404
    switched = visitor.post(f"/channels/{channel.id}/switch", {"to": "off", "version": 1})
    assert switched.status_code == 404
    assert channels(engine)[0].is_active


def test_a_stranger_is_sent_to_the_door(session: Session, visit: Visit) -> None:
    assert visit(None).get("/channels").location == "/sign-in?next=/channels"
    assert visit(None).post("/channels/1/switch").status_code == 303


def test_the_built_in_channel_is_added_and_switched(outlet: Outlet, keeper: Visitor, engine: Engine) -> None:
    assert "Chưa có kênh nào" in keeper.get("/channels").text
    data = {"kind": "site", "name": "  Trang tin   của Sở ", "outlet": outlet.id}
    assert keeper.post("/channels/new", data).status_code == 303
    (channel,) = channels(engine)
    assert (channel.name, channel.outlet_id, channel.is_active) == ("Trang tin của Sở", outlet.id, True)
    for to, active in (("off", False), ("on", True)):
        form = {"to": to, "version": channels(engine)[0].version}
        assert keeper.post(f"/channels/{channel.id}/switch", form).status_code == 303
        assert channels(engine)[0].is_active is active
    assert keeper.post(f"/channels/{channel.id}/switch", {"to": "off", "version": 1}).status_code == 409
    assert keeper.post("/channels/999/switch", {"to": "off", "version": 1}).status_code == 404


@pytest.mark.parametrize(
    ("name", "sentence"), [("", "Nhập tên kênh."), ("d" * 1_000_000, "nhiều nhất là 200")]
)
def test_a_bad_name_is_told_in_words_and_kept(
    outlet: Outlet, keeper: Visitor, engine: Engine, name: str, sentence: str
) -> None:
    answer = keeper.post("/channels/new", {"kind": "site", "name": name, "outlet": outlet.id})
    assert (answer.status_code, channels(engine)) == (422, [])
    assert sentence in answer.text
    assert name in answer.text


def test_a_name_that_is_taken_is_refused_and_kept(
    outlet: Outlet, keeper: Visitor, session: Session, engine: Engine
) -> None:
    make_channel(session, name="Trang tin")
    session.commit()
    answer = keeper.post("/channels/new", {"kind": "site", "name": "Trang tin", "outlet": outlet.id})
    assert (answer.status_code, len(channels(engine))) == (409, 1)
    assert "Đã có kênh tên “Trang tin”" in answer.text


def test_only_an_outlet_of_ours_carries_a_channel(
    outlet: Outlet, keeper: Visitor, session: Session, engine: Engine
) -> None:
    foreign, retired = make_outlet(session), make_outlet(session, is_own=True)
    retired.retired_at = NOW
    session.commit()
    for other in (foreign.id, retired.id, 999, "x"):
        answer = keeper.post("/channels/new", {"kind": "site", "name": "Kênh", "outlet": other})
        assert (answer.status_code, channels(engine)) == (422, [])
