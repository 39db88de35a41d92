"""The calendar's pages and calls, asked by who may, by another unit and by nobody; and a piece made there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.organisations.models import Organisation
from campaigns.board.models import Campaign, Placement
from content.items.models import Item, Stage
from tests.conftest import NOW
from tests.factories import (
    at_hour,
    make_campaign,
    make_item,
    make_organisation,
    make_person,
    make_slot,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
SCRIPT = {"Accept": "application/json"}


@dataclass(frozen=True)
class Desk:
    """A unit with pieces, and the people around it."""

    unit: Organisation
    officer: Person
    stranger: Person
    outlet: Person
    draft: Item
    booked: Item
    idea: Item
    campaign: Campaign


@pytest.fixture
def desk(session: Session, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A draft and a booked piece in May, and an idea without a day."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    unit = make_organisation(session, "Sở Khoa học và Công nghệ")
    officer = make_person(session, Role.OFFICER, organisation=unit)
    theme = make_theme(session, "Chuyển đổi số", colour=5)

    def item(stage: Stage, title: str, day: date | None) -> Item:
        return make_item(
            session,
            stage=stage,
            title=title,
            organisation=unit,
            author=officer,
            planned_on=day,
            themes=(theme,),
        )

    booked = item(Stage.APPROVED, "Tin đã lên lịch", date(2026, 5, 19))
    make_slot(session, item=booked, due_at=at_hour(date(2026, 5, 19), 5, 15))
    made = Desk(
        unit,
        officer,
        make_person(session, Role.OFFICER),
        make_person(session, Role.OUTLET),
        item(Stage.DRAFTING, "Tin đang viết", date(2026, 5, 5)),
        booked,
        item(Stage.IDEA, "Ý tưởng chưa có ngày", None),
        make_campaign(session, name="Phong trào số", themes=(theme,)),
    )
    session.commit()
    return made


def test_every_door_is_for_who_may(visit: Visit, desk: Desk) -> None:
    paths = [
        "/calendar",
        "/calendar?view=days",
        "/calendar/cards?start=2026-05-01&end=2026-06-01",
        "/calendar/pool",
        f"/calendar/items/{desk.booked.id}",
    ]
    officer, stranger, outlet = visit(desk.officer), visit(desk.stranger), visit(desk.outlet)
    for path in paths:
        assert officer.get(path).status_code == 200, path
        assert stranger.get(path).status_code == 200, path
        assert outlet.get(path).status_code == 404, path
        assert visit(None).get(path).status_code == 303, path
    for item in (desk.draft, desk.idea):
        assert officer.get(f"/calendar/items/{item.id}").status_code == 200
        assert stranger.get(f"/calendar/items/{item.id}").status_code == 404
    for path in paths[1:4]:
        assert "Tin đang viết" not in stranger.get(path).text
        assert "Ý tưởng chưa có ngày" not in stranger.get(path).text
    form = {"piece-title": "Tin mới"}
    assert visit(None).post("/calendar/items", form).status_code == 303
    assert outlet.post("/calendar/items", form).status_code == 404


def test_the_cards_of_a_month_come_as_json(visit: Visit, desk: Desk) -> None:
    answer = visit(desk.officer).get("/calendar/cards?start=2026-04-27&end=2026-06-01")
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json is not None
    draft, booked = answer.json["cards"]
    assert draft == {
        "k": f"i{desk.draft.id}",
        "i": desk.draft.id,
        "t": "Tin đang viết",
        "y": "article",
        "s": "drafting",
        "v": desk.draft.version,
        "u": desk.unit.id,
        "d": "2026-05-05",
        "w": "Chưa duyệt, còn 1 ngày làm việc",
        "z": 0,
        "e": list(map(int, answer.json["themes"])),
    }
    assert (booked["d"], booked["h"], booked["s"]) == ("2026-05-19", "05:15", "scheduled")
    days = answer.json["days"]
    assert days["sky"]["2026-05-17"] == ["1/4", True]
    assert days["off"]["2026-05-01"][1] is True
    for bad in ("", "start=2026-05-01", "start=2026-05-01&end=2027-05-01", "start=x&end=y"):
        month = visit(desk.officer).get(f"/calendar/cards?{bad}").json
        assert month is not None
        assert len(month["days"]["sky"]) == 31, bad


def test_the_list_by_day_needs_no_script(visit: Visit, desk: Desk) -> None:
    there = visit(desk.officer)
    page = there.get("/calendar?view=days&month=2026-05").text
    assert "Tháng 5 năm 2026" in page
    day = page.index('id="d2026-05-19"')
    assert day < page.index(f'href="/items/{desk.booked.id}"') < page.index("Kho ý tưởng")
    assert "05:15" in page
    assert page.index("Kho ý tưởng") < page.index(f'href="/items/{desk.idea.id}"')
    assert "/items/new?planned_on=2026-05-20" in page
    assert "month=2026-04" in page
    assert "month=2026-06" in page
    assert 'href="/calendar?view=days&amp;month=2026-05"' in there.get("/calendar?month=2026-05").text
    for bad in (
        "month=2026-13",
        "month=9999-12",
        "day=9999-12-31",
        "view=x",
        "week=0001-01-01",
        "theme=9999",
    ):
        answer = there.get(f"/calendar?view=days&{bad}")
        assert answer.status_code == 200, bad
        assert "Tháng 5 năm 2026" in answer.text, bad


def test_filters_stand_in_the_address_and_in_chips(visit: Visit, desk: Desk) -> None:
    there = visit(desk.officer)
    page = there.get("/calendar?view=days&month=2026-05&state=scheduled&q=lịch").text
    assert f'href="/items/{desk.booked.id}"' in page
    assert f'href="/items/{desk.draft.id}"' not in page
    assert "Đã lên lịch" in page
    assert 'href="/calendar?view=days&amp;month=2026-05&amp;state=scheduled"' in page  # without the words
    assert "Bỏ hết bộ lọc" in page


def test_old_addresses_lead_to_the_same_month_and_filters(visit: Visit, desk: Desk) -> None:
    answer = visit(desk.officer).get("/items/by-day?month=2026-05&stage=drafting&q=tin&unit=3&month=x")
    assert answer.status_code == 301
    assert answer.location == "/calendar?view=days&month=2026-05&q=tin&state=drafting&unit=3"
    assert visit(desk.officer).get("/items/by-day").location == "/calendar?view=days&month=2026-05"


def test_an_opened_card_offers_what_this_person_may_do(visit: Visit, desk: Desk) -> None:
    mine = visit(desk.officer).get(f"/calendar/items/{desk.booked.id}").text
    theirs = visit(desk.stranger).get(f"/calendar/items/{desk.booked.id}").text
    for offered in ("data-calendar-move", "/slots/new", 'href="/slots/'):
        assert offered in mine
        assert offered not in theirs
    assert "19/5/2026, 05:15" in theirs
    assert "data-calendar-move" in visit(desk.officer).get("/calendar/items/" + str(desk.idea.id)).text


def _form(desk: Desk, **more: str) -> dict[str, str]:
    given = {
        "title": "Tin mới về ngày hội",
        "type": "article",
        "organisation": str(desk.unit.id),
        "planned_on": "2026-05-20",
    }
    return {f"piece-{name}": value for name, value in {**given, **more}.items()}


def test_a_piece_is_made_on_a_day(engine: Engine, visit: Visit, desk: Desk) -> None:
    there = visit(desk.officer)
    made = there.post("/calendar/items", _form(desk, campaign=str(desk.campaign.id)), headers=SCRIPT)
    assert made.status_code == 201
    assert made.json is not None
    assert [(one["d"], one["t"]) for one in made.json["cards"]] == [("2026-05-20", "Tin mới về ngày hội")]
    with Session(engine) as session:
        item = session.get_one(Item, made.json["item"])
        assert item.author_id == desk.officer.id
        asked = select(Placement.campaign_id).where(Placement.item_id == item.id)
        assert session.scalar(asked) == desk.campaign.id
    plain = there.post("/calendar/items", _form(desk, planned_on=""))
    assert (plain.status_code, plain.location) == (303, "/calendar")
    assert "Đã thêm tin bài vào kho ý tưởng." in there.get("/calendar").text


WRONG = (
    ({"title": ""}, "Nhập tên tin bài."),
    ({"title": "…"}, "Tiêu đề phải có chữ."),
    ({"title": "ế" * 400_000}, "nhiều nhất là 300"),
    ({"planned_on": "9999-12-31"}, "Năm phải từ 1900 đến 2200."),
    ({"organisation": "999999"}, "Lựa chọn này không có trong danh sách."),
    ({"type": "poem"}, "Lựa chọn này không có trong danh sách."),
    ({"planned_on": "2028-01-01"}, "Ngày phải nằm trong thời gian chiến dịch"),
)


def test_a_piece_that_cannot_be_is_refused_and_what_was_typed_kept(
    engine: Engine, visit: Visit, desk: Desk
) -> None:
    there = visit(desk.officer)
    for wrong, said in WRONG:
        sent = _form(desk, **{"campaign": str(desk.campaign.id), **wrong})
        asked = there.post("/calendar/items", sent, headers=SCRIPT)
        page = there.post("/calendar/items", sent)
        assert (asked.status_code, page.status_code) == (422, 422), said
        assert asked.json is not None
        assert said in str([asked.json["errors"], asked.json["form"]])
        assert said in page.text
        assert wrong.get("title", "Tin mới về ngày hội") in page.text
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Item)) == 3


def test_a_unit_of_others_is_no_choice(session: Session, visit: Visit, desk: Desk) -> None:
    elsewhere = make_organisation(session)
    session.commit()
    refused = visit(desk.officer).post(
        "/calendar/items", _form(desk, organisation=str(elsewhere.id)), headers=SCRIPT
    )
    assert refused.status_code == 422
