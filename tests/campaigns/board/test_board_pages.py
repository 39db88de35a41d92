"""The board's pages, asked by three people; bad input; two people at once; what other rooms show of campaigns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Blueprint, Flask, g
from flask_login import login_user
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.accounts.access import access_of
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.factory import create_app
from app.organisations.models import Organisation
from app.settings import Settings
from app.web.filters import panels
from app.web.identity import SignedIn
from app.web.session import reading
from campaigns.board.models import Campaign, Placement, Series, Target
from campaigns.plans.models import Plan, Task
from content.items.models import Item
from content.outlets.models import Outlet
from content.themes.models import Theme
from tests.factories import (
    make_campaign,
    make_item,
    make_organisation,
    make_outlet,
    make_person,
    make_placement,
    make_plan,
    make_series,
    make_target,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
MEGABYTE = "ă" * 1_000_000
# Doors of other rooms that these pages point at; they stand in where those rooms are not there yet.
DOORS = {
    "plans": {"show": "/plans/<int:plan_id>", "source": "/plans/<int:plan_id>/source"},
    "items": {"show": "/items/<int:item_id>", "new": "/items/new"},
}


@pytest.fixture
def app(settings: Settings, engine: Engine) -> Flask:
    """The pages over the test's database, with the doors that the board points at."""
    made = create_app(settings, engine)
    for name, doors in DOORS.items():
        if name in made.blueprints:
            continue
        room = Blueprint(name, __name__)
        for endpoint, rule in doors.items():
            room.add_url_rule(rule, endpoint, lambda **_: "")
        made.register_blueprint(room)
    return made


@pytest.fixture
def visit(app: Flask, engine: Engine) -> Visit:
    """Somebody at the pages who has opened one already, so that forms carry its token."""

    def arrive(person: Person | None) -> Visitor:
        visitor = Visitor(app, engine, person)
        visitor.get("/me" if person else "/sign-in")
        return visitor

    return arrive


@dataclass
class Desk:
    """People, a plan, and a campaign with one of everything."""

    coordinator: Person
    officer: Person
    unit: Organisation
    plan: Plan
    tasks: list[Task]
    theme: Theme
    outlet: Outlet
    campaign: Campaign
    series: Series
    target: Target
    item: Item
    foreign: Item

    def url(self, rest: str = "") -> str:
        return f"/campaigns/{self.campaign.id}{rest}"

    def fields(self, **changes: object) -> dict[str, object]:
        return {
            "name": "Tháng hành động vì dữ liệu số",
            "purpose": "Để ai cũng biết.",
            "starts_on": "2026-03-01",
            "ends_on": "31/12/2026",
            "organisation": str(self.unit.id),
            "themes": [str(self.theme.id)],
            "task": [str(self.tasks[0].id)],
            **changes,
        }

    def series_fields(self, **changes: object) -> dict[str, object]:
        return {
            "name": "Cùng bà con lên mạng",
            "theme": str(self.theme.id),
            "cadence": "weekly",
            "quota": "3",
            "starts_on": "2026-03-01",
            "ends_on": "2026-12-31",
            "outlets": [str(self.outlet.id)],
            **changes,
        }

    def target_fields(self, **changes: object) -> dict[str, object]:
        return {"theme": str(self.theme.id), "count": "8", "due_on": "30/6/2026", **changes}

    def piece(self, **changes: object) -> dict[str, object]:
        return {
            "type": "article",
            "title": "Chợ phiên không tiền mặt",
            "organisation": str(self.unit.id),
            "planned_on": "2026-05-18",
            **changes,
        }


@pytest.fixture
def desk(session: Session) -> Desk:
    unit = make_organisation(session, "Sở Khoa học và Công nghệ")
    coordinator = make_person(session, Role.COORDINATOR, organisation=unit)
    officer = make_person(session, Role.OFFICER, organisation=unit)
    plan = make_plan(session)
    tasks = list(session.scalars(select(Task).order_by(Task.id)))
    theme, outlet = make_theme(session, "Bình dân học vụ số"), make_outlet(session)
    campaign = make_campaign(session, name="Phong trào toàn dân học số", themes=(theme,), tasks=(tasks[0],))
    series = make_series(session, theme, campaign=campaign, outlets=(outlet,))
    item = make_item(session, organisation=unit, title="Lớp học bên bếp lửa")
    foreign = make_item(session, title="Bài của đơn vị khác")
    make_placement(session, campaign, item, series=series)
    make_placement(session, campaign, foreign)
    target = make_target(session, theme, campaign=campaign, count=8, due_on=date(2026, 6, 30))
    session.commit()
    return Desk(
        coordinator, officer, unit, plan, tasks, theme, outlet, campaign, series, target, item, foreign
    )


READS = ["", "?month=2026-05", "?month=undated", "?month=rác"]
MANAGES = [
    ("get", "/edit"),
    ("post", "/edit"),
    ("post", "/archive"),
    ("post", "/restore"),
    ("get", "/series/new"),
    ("post", "/series/new"),
    ("get", "/series/{series}/edit"),
    ("post", "/series/{series}/edit"),
    ("post", "/series/{series}/archive"),
    ("post", "/series/{series}/restore"),
    ("get", "/targets/new"),
    ("post", "/targets/new"),
    ("get", "/targets/{target}/edit"),
    ("post", "/targets/{target}/edit"),
    ("post", "/targets/{target}/remove"),
]
WRITES = [("get", "/items/new"), ("post", "/items/new"), ("get", "/items/place"), ("post", "/items/place")]


def ask(visitor: Visitor, desk: Desk, method: str, rest: str) -> int:
    url = desk.url(rest.format(series=desk.series.id, target=desk.target.id))
    return (visitor.get(url) if method == "get" else visitor.post(url)).status_code


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER, Role.APPROVER, Role.MANAGER])
def test_who_works_at_the_desk_reads_list_and_campaign(
    session: Session, visit: Visit, desk: Desk, role: Role
) -> None:
    person = make_person(session, role)
    session.commit()
    visitor = visit(person)
    assert desk.campaign.name in visitor.get("/campaigns").text
    for rest in READS:
        answer = visitor.get(desk.url(rest))
        assert answer.status_code == 200
        assert answer.text.count("<h1") == 1
    assert "dòng 11" in answer.text
    assert f"/plans/{desk.plan.id}#task-{desk.tasks[0].id}" in answer.text
    assert f"/plans/{desk.plan.id}/versions/1/source#line-11" in answer.text


@pytest.mark.parametrize("role", [Role.UNIT, Role.OUTLET, Role.ADMINISTRATOR, None])
def test_a_stranger_does_not_learn_that_there_are_campaigns(
    session: Session, visit: Visit, desk: Desk, role: Role | None
) -> None:
    person = make_person(session, role)
    session.commit()
    visitor = visit(person)
    assert visitor.get("/campaigns").status_code == 404
    assert visitor.get(desk.url()).status_code == 404
    assert visitor.get("/campaigns/new").status_code == 404
    for method, rest in MANAGES + WRITES:
        assert ask(visitor, desk, method, rest) == 404
    assert visitor.post(desk.url(f"/items/{desk.item.id}/displace")).status_code == 404


def test_the_signed_out_are_sent_to_the_door(session: Session, visit: Visit, desk: Desk) -> None:
    visitor = visit(None)
    for url in ("/campaigns", "/campaigns/new", desk.url()):
        assert visitor.get(url).location.startswith("/sign-in")
    for method, rest in MANAGES + WRITES:
        assert ask(visitor, desk, method, rest) == 303
    assert visitor.post(desk.url(f"/items/{desk.item.id}/displace")).status_code == 303
    assert session.scalar(select(func.count()).select_from(Placement)) == 2


def test_an_officer_may_not_manage_campaigns(session: Session, visit: Visit, desk: Desk) -> None:
    visitor = visit(desk.officer)
    for method, rest in [*MANAGES]:
        assert ask(visitor, desk, method, rest) == 404
    page = visitor.get(desk.url()).text
    assert "Lập tin bài" in page
    assert "/edit" not in page


def test_a_manager_reads_and_changes_nothing(session: Session, visit: Visit, desk: Desk) -> None:
    manager = make_person(session, Role.MANAGER, organisation=desk.unit)
    session.commit()
    for method, rest in MANAGES + WRITES:
        assert ask(visit(manager), desk, method, rest) == 404


def test_pieces_of_other_units_are_counted_not_named(session: Session, visit: Visit, desk: Desk) -> None:
    page = visit(desk.officer).get(desk.url("?month=2026-05")).text
    assert desk.item.title in page
    assert desk.foreign.title not in page
    assert "Còn 1 tin bài của đơn vị khác" in page
    assert desk.foreign.title in visit(desk.coordinator).get(desk.url("?month=2026-05")).text


@pytest.mark.parametrize("number", ["0", "999999", str(2**63), "9" * 40])
def test_an_unknown_campaign_is_not_found(session: Session, visit: Visit, desk: Desk, number: str) -> None:
    visitor = visit(desk.coordinator)
    for rest in ("", "/edit", "/series/new", "/targets/new", "/items/new", "/items/place"):
        assert visitor.get(f"/campaigns/{number}{rest}").status_code == 404
    assert visitor.get(desk.url(f"/series/{number}/edit")).status_code == 404
    assert visitor.get(desk.url(f"/targets/{number}/edit")).status_code == 404
    assert visitor.post(desk.url(f"/items/{number}/displace")).status_code == 404


def test_parts_of_another_campaign_are_not_found_here(session: Session, visit: Visit, desk: Desk) -> None:
    other = make_campaign(session, themes=(desk.theme,))
    session.commit()
    visitor = visit(desk.coordinator)
    assert visitor.get(f"/campaigns/{other.id}/series/{desk.series.id}/edit").status_code == 404
    assert visitor.get(f"/campaigns/{other.id}/targets/{desk.target.id}/edit").status_code == 404
    assert visitor.post(f"/campaigns/{other.id}/items/{desk.item.id}/displace").status_code == 404


def test_the_list_keeps_its_filters_in_the_address(session: Session, visit: Visit, desk: Desk) -> None:
    visitor = visit(desk.coordinator)
    assert desk.campaign.name in visitor.get(f"/campaigns?q=TOAN DAN&theme={desk.theme.id}").text
    assert "Không có chiến dịch nào như vậy" in visitor.get("/campaigns?q=khong-co").text
    assert desk.campaign.name not in visitor.get("/campaigns?state=archived").text
    other = make_plan(session)
    session.commit()
    of_plan = visitor.get(f"/campaigns?plan={desk.plan.id}").text
    assert desk.campaign.name in of_plan
    assert f'<option value="{desk.plan.id}" selected' in of_plan
    assert "Không có chiến dịch nào như vậy" in visitor.get(f"/campaigns?plan={other.id}").text
    for odd in ("state=%00", "plan=x", f"plan={'9' * 30}", "theme=x", f"theme={'9' * 30}", f"q={'a' * 5000}"):
        assert visitor.get(f"/campaigns?{odd}").status_code == 200
    assert visitor.get("/campaigns?after=rac").status_code == 422


def test_an_empty_list_says_how_to_begin(session: Session, visit: Visit) -> None:
    coordinator, manager = make_person(session, Role.COORDINATOR), make_person(session, Role.MANAGER)
    session.commit()
    assert "Chọn nhiệm vụ để lập chiến dịch" in visit(coordinator).get("/campaigns").text
    assert "Chưa có chiến dịch" in visit(manager).get("/campaigns").text
    assert "Chưa có kế hoạch nào" in visit(coordinator).get("/campaigns/new").text


def test_a_coordinator_picks_tasks_and_opens_a_campaign(session: Session, visit: Visit, desk: Desk) -> None:
    visitor = visit(desk.coordinator)
    pick = visitor.get("/campaigns/new").text
    assert "Đã có chiến dịch: Phong trào toàn dân học số" in pick
    assert "Chọn ít nhất một nhiệm vụ" in visitor.get("/campaigns/new?pick=1").text
    form = visitor.get(f"/campaigns/new?task={desk.tasks[0].id}&task={desk.tasks[1].id}")
    assert "Nhiệm vụ thứ 1" in form.text
    answer = visitor.post("/campaigns/new", desk.fields(task=[str(one.id) for one in desk.tasks]))
    assert answer.status_code == 303
    page = visitor.get(answer.location).text
    assert "Tháng hành động vì dữ liệu số" in page
    assert "Nhiệm vụ thứ 2" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Nhập tên chiến dịch."),
        ({"name": MEGABYTE}, "nhiều nhất là 300"),
        ({"name": "…"}, "Tên phải có chữ."),
        ({"purpose": MEGABYTE}, "nhiều nhất là 3000"),
        ({"starts_on": "31/2/2026"}, "Ngày không đúng"),
        ({"starts_on": "2027-01-01"}, "Ngày kết thúc phải sau ngày bắt đầu."),
        ({"starts_on": "1999-12-31"}, "Ngày phải từ"),
        ({"organisation": ""}, "Chọn cơ quan chủ trì."),
        ({"organisation": "999999"}, "không có trong danh sách"),
        ({"themes": []}, "Chọn ít nhất một chủ đề."),
        ({"themes": ["999999"]}, "không có trong danh sách"),
    ],
)
def test_a_form_that_cannot_be_taken_is_shown_again_with_what_was_typed(
    session: Session, visit: Visit, desk: Desk, changes: dict[str, object], sentence: str
) -> None:
    visitor = visit(desk.coordinator)
    typed = desk.fields(**{"purpose": "Ghi chú đã gõ", **changes})
    for url in ("/campaigns/new", desk.url("/edit")):
        answer = visitor.post(url, {**typed, "version": "1"})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "purpose" in changes or "Ghi chú đã gõ" in answer.text
    assert session.scalar(select(func.count()).select_from(Campaign)) == 1


def test_decomposed_text_is_stored_composed(session: Session, visit: Visit, desk: Desk) -> None:
    visit(desk.coordinator).post("/campaigns/new", desk.fields(name="Tuần lễ số".encode().decode()))
    visit(desk.coordinator).post("/campaigns/new", desk.fields(name="Nga\u0300y hội"))
    names = set(session.scalars(select(Campaign.name)))
    assert "Ngày hội" in names


def test_tasks_that_are_not_there_lead_back_to_the_list_of_tasks(
    session: Session, visit: Visit, desk: Desk
) -> None:
    for tasks in ([], ["999999"], ["9" * 30], ["x"]):
        answer = visit(desk.coordinator).post("/campaigns/new", desk.fields(task=tasks))
        assert answer.status_code == 422
        assert "Chọn ít nhất một nhiệm vụ" in answer.text


def test_two_people_change_one_campaign_and_the_second_keeps_what_was_typed(
    session: Session, visit: Visit, desk: Desk
) -> None:
    first, second = visit(desk.coordinator), visit(desk.coordinator)
    assert 'name="version" type="hidden" value="1"' in first.get(desk.url("/edit")).text
    changed = desk.fields(starts_on="2026-01-01", version="1")
    assert first.post(desk.url("/edit"), changed).status_code == 303
    answer = second.post(desk.url("/edit"), {**changed, "purpose": "Bản của người thứ hai"})
    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in answer.text
    assert "Bản của người thứ hai" in answer.text
    session.expire_all()
    assert session.get_one(Campaign, desk.campaign.id).purpose == "Để ai cũng biết."


@pytest.mark.parametrize("version", ["", "0", "x", "9" * 50])
def test_a_form_without_a_true_version_changes_nothing(
    session: Session, visit: Visit, desk: Desk, version: str
) -> None:
    visitor = visit(desk.coordinator)
    assert visitor.post(desk.url("/edit"), desk.fields(version=version)).status_code == 409
    for rest in (
        "/archive",
        "/restore",
        f"/series/{desk.series.id}/archive",
        f"/series/{desk.series.id}/restore",
        f"/targets/{desk.target.id}/remove",
    ):
        assert visitor.post(desk.url(rest), {"version": version}).status_code == 409
    session.expire_all()
    assert session.get_one(Campaign, desk.campaign.id).version == 1
    assert session.get(Target, desk.target.id) is not None


def test_a_series_that_would_fall_outside_is_named_above_the_form(
    session: Session, visit: Visit, desk: Desk
) -> None:
    answer = visit(desk.coordinator).post(desk.url("/edit"), desk.fields(ends_on="2026-06-30", version="1"))
    assert answer.status_code == 409
    assert desk.series.name in answer.text


def test_a_campaign_is_archived_and_restored(session: Session, visit: Visit, desk: Desk) -> None:
    visitor = visit(desk.coordinator)
    assert visitor.post(desk.url("/archive"), {"version": "1"}).status_code == 303
    page = visitor.get(desk.url()).text
    assert "Đã lưu trữ" in page
    assert "Lập tin bài" not in page
    assert visitor.post(desk.url("/items/new"), desk.piece()).status_code == 409
    assert visitor.post(desk.url("/restore"), {"version": "2"}).status_code == 303
    assert "Lập tin bài" in visitor.get(desk.url()).text


def test_a_series_is_added_changed_and_put_away(session: Session, visit: Visit, desk: Desk) -> None:
    visitor = visit(desk.coordinator)
    assert visitor.get(desk.url("/series/new")).status_code == 200
    assert visitor.post(desk.url("/series/new"), desk.series_fields()).status_code == 303
    assert "Cùng bà con lên mạng" in visitor.get(desk.url()).text
    edit = desk.url(f"/series/{desk.series.id}/edit")
    assert visitor.get(edit).status_code == 200
    changed = desk.series_fields(name="Tên đã sửa", version="1")
    assert visitor.post(edit, changed).status_code == 303
    stale = visitor.post(edit, {**changed, "name": "Gõ muộn"})
    assert (stale.status_code, "Gõ muộn" in stale.text) == (409, True)
    assert visitor.post(desk.url(f"/series/{desk.series.id}/archive"), {"version": "2"}).status_code == 303
    assert "1 chuyên mục đã lưu trữ" in visitor.get(desk.url()).text
    assert visitor.post(desk.url(f"/series/{desk.series.id}/restore"), {"version": "3"}).status_code == 303


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": MEGABYTE}, "nhiều nhất là 300"),
        ({"ends_on": "2027-01-31"}, "thời gian chiến dịch"),
        ({"quota": "0"}, "Nhập số tin bài"),
        ({"quota": "-2"}, "Số tin bài mỗi kỳ phải từ 1"),
        ({"quota": "9" * 5_000}, "số nguyên"),
        ({"quota": "hai"}, "số nguyên"),
        ({"theme": "other"}, "không có trong danh sách"),
        ({"outlets": []}, "Chọn ít nhất một nơi đăng."),
        ({"editor": "999999"}, "không có trong danh sách"),
        ({"task": "other"}, "không có trong danh sách"),
        ({"cadence": "yearly"}, "không có trong danh sách"),
    ],
)
def test_a_series_that_does_not_fit_is_refused_beside_what_was_typed(
    session: Session, visit: Visit, desk: Desk, changes: dict[str, object], sentence: str
) -> None:
    other = {"theme": str(make_theme(session).id), "task": str(desk.tasks[1].id)}
    session.commit()
    changes = {name: other[name] if value == "other" else value for name, value in changes.items()}
    visitor = visit(desk.coordinator)
    for url in (desk.url("/series/new"), desk.url(f"/series/{desk.series.id}/edit")):
        answer = visitor.post(url, desk.series_fields(**{"version": "1", **changes}))
        assert answer.status_code == 422
        assert sentence in answer.text
    assert session.scalar(select(func.count()).select_from(Series)) == 1


def test_a_target_is_set_changed_and_removed(session: Session, visit: Visit, desk: Desk) -> None:
    visitor = visit(desk.coordinator)
    assert visitor.get(desk.url("/targets/new")).status_code == 200
    for place in ("", "kind:newspaper", str(desk.outlet.id)):
        fields = desk.target_fields(place=place, item_type="article")
        assert visitor.post(desk.url("/targets/new"), fields).status_code == 303
    assert desk.outlet.name in visitor.get(desk.url()).text
    edit = desk.url(f"/targets/{desk.target.id}/edit")
    assert visitor.get(edit).status_code == 200
    assert visitor.post(edit, desk.target_fields(count="20", version="1")).status_code == 303
    assert visitor.post(edit, desk.target_fields(count="30", version="1")).status_code == 409
    remove = desk.url(f"/targets/{desk.target.id}/remove")
    assert visitor.post(remove, {"version": "2"}).status_code == 303
    assert visitor.post(remove, {"version": "2"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"theme": "other"}, "không có trong danh sách"),
        ({"count": ""}, "Nhập số tin."),
        ({"count": "1000000000000"}, "Số tin phải từ 1"),
        ({"due_on": "2027-01-01"}, "thời gian chiến dịch"),
        ({"due_on": ""}, "Chọn ngày đến hạn."),
        ({"place": "kind:khac"}, "không có trong danh sách"),
        ({"place": "999999"}, "không có trong danh sách"),
        ({"item_type": "tho"}, "không có trong danh sách"),
    ],
)
def test_a_target_that_does_not_fit_is_refused_beside_what_was_typed(
    session: Session, visit: Visit, desk: Desk, changes: dict[str, object], sentence: str
) -> None:
    stranger = make_theme(session)
    session.commit()
    changes = {name: str(stranger.id) if value == "other" else value for name, value in changes.items()}
    visitor = visit(desk.coordinator)
    for url in (desk.url("/targets/new"), desk.url(f"/targets/{desk.target.id}/edit")):
        answer = visitor.post(url, desk.target_fields(**{"version": "1", **changes}))
        assert answer.status_code == 422
        assert sentence in answer.text
    session.expire_all()
    assert [one.count for one in session.scalars(select(Target))] == [8]


def test_an_officer_plans_a_piece_for_the_own_unit(session: Session, visit: Visit, desk: Desk) -> None:
    visitor = visit(desk.officer)
    page = visitor.get(desk.url(f"/items/new?series={desk.series.id}")).text
    assert f'selected value="{desk.series.id}"' in page
    answer = visitor.post(desk.url("/items/new"), desk.piece(series=str(desk.series.id)))
    assert answer.status_code == 303
    made = session.scalars(select(Item).order_by(Item.id.desc())).first()
    assert made is not None
    assert (made.title, made.author_id) == ("Chợ phiên không tiền mặt", desk.officer.id)
    assert answer.location == f"/items/{made.id}"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": MEGABYTE}, "nhiều nhất là 300"),
        ({"title": "…"}, "Tiêu đề phải có chữ."),
        ({"brief": MEGABYTE}, "nhiều nhất là 2000"),
        ({"planned_on": "2027-01-01"}, "thời gian chiến dịch"),
        ({"organisation": "other"}, "không có trong danh sách"),
        ({"series": "999999"}, "không có trong danh sách"),
        ({"deadline_on": "2026-05-19"}, "Hạn nộp bài phải không sau ngày 18/5/2026"),
        ({"type": ""}, "Chọn thể loại."),
    ],
)
def test_a_piece_that_does_not_fit_is_refused_beside_what_was_typed(
    session: Session, visit: Visit, desk: Desk, changes: dict[str, object], sentence: str
) -> None:
    foreign = str(desk.foreign.organisation_id)
    changes = {name: foreign if value == "other" else value for name, value in changes.items()}
    answer = visit(desk.officer).post(desk.url("/items/new"), desk.piece(**changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalar(select(func.count()).select_from(Item)) == 2


def test_a_piece_that_is_there_is_put_in_once_and_taken_out(
    session: Session, visit: Visit, desk: Desk
) -> None:
    item = make_item(session, organisation=desk.unit, title="Đêm hội trăng rằm")
    session.commit()
    visitor = visit(desk.officer)
    assert "Đêm hội trăng rằm" in visitor.get(desk.url("/items/place?q=TRANG RAM")).text
    assert "Không có tin bài nào" in visitor.get(desk.url("/items/place?q=xyz")).text
    assert visitor.post(desk.url("/items/place"), {"item": str(item.id)}).status_code == 303
    assert visitor.post(desk.url("/items/place"), {"item": str(item.id)}).status_code == 422
    displace = desk.url(f"/items/{item.id}/displace")
    assert visitor.post(displace).location == f"/items/{item.id}"
    assert visitor.post(displace).status_code == 404


def test_an_officer_moves_no_piece_of_another_unit(session: Session, visit: Visit, desk: Desk) -> None:
    stranger = make_item(session, title="Bài chưa ai đặt")
    session.commit()
    visitor = visit(desk.officer)
    assert stranger.title not in visitor.get(desk.url("/items/place")).text
    assert visitor.post(desk.url("/items/place"), {"item": str(stranger.id)}).status_code == 422
    assert visitor.post(desk.url(f"/items/{desk.foreign.id}/displace")).status_code == 404
    assert session.scalar(select(func.count()).select_from(Placement)) == 2
    session.commit()
    assert visit(desk.coordinator).post(desk.url(f"/items/{desk.foreign.id}/displace")).status_code == 303


def seen_by(app: Flask, person: Person, place: str, kind: type[Item] | type[Plan], key: int) -> str:
    """What the panels at *place* show to *person*."""
    with app.test_request_context():
        login_user(SignedIn(person.id, person.name, person.email, "vi", 0, ""))
        g.access = access_of(reading(), person.id, today=date(2026, 5, 4))
        return str(panels(place, reading().get_one(kind, key)))


def test_an_item_says_which_campaign_and_series_it_stands_in(
    session: Session, app: Flask, desk: Desk
) -> None:
    outlet = make_person(session, Role.OUTLET)
    session.commit()
    page = seen_by(app, desk.officer, "item.aside", Item, desk.item.id)
    assert desk.campaign.name in page
    assert desk.series.name in page
    assert f"/items/{desk.item.id}/displace" in page
    assert "displace" not in seen_by(app, desk.officer, "item.aside", Item, desk.foreign.id)
    assert desk.campaign.name not in seen_by(app, outlet, "item.aside", Item, desk.item.id)


def test_a_plan_shows_its_campaigns_and_the_way_to_a_new_one(
    session: Session, app: Flask, desk: Desk
) -> None:
    manager, unit = make_person(session, Role.MANAGER), make_person(session, Role.UNIT)
    session.commit()
    page = seen_by(app, desk.coordinator, "plan.aside", Plan, desk.plan.id)
    assert desk.campaign.name in page
    assert f"/campaigns/new?plan={desk.plan.id}" in seen_by(
        app, desk.coordinator, "plan.actions", Plan, desk.plan.id
    )
    assert "Lập chiến dịch" not in seen_by(app, manager, "plan.actions", Plan, desk.plan.id)
    read = seen_by(app, manager, "plan.aside", Plan, desk.plan.id)
    assert desk.campaign.name in read
    assert "Lập chiến dịch" not in read
    assert desk.campaign.name not in seen_by(app, unit, "plan.aside", Plan, desk.plan.id)
