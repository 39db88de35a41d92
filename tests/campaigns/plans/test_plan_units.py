"""Units of a plan meet the chart: aliases, successors, several bodies in one block, what an officer chose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.organisations.models import name_key
from app.organisations.queries import find_organisation, find_organisations
from app.organisations.services import OrganisationInput, add_organisation
from campaigns.planfile.draft import Duty as DutyBlock
from campaigns.planfile.draft import Item, PlanDraft, Traced
from campaigns.plans.models import DutyUnit, Plan, PlanUpload
from campaigns.plans.own import count_own_work, own_work
from campaigns.plans.queries import blocks_of, duties_of, units_of_duties
from campaigns.plans.services import match_units
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from campaigns.plans.uploads.units import printed_units, unit_names
from tests.campaigns.plans.test_plan_pages import confirm, fields, upload
from tests.conftest import NOW
from tests.factories import make_organisation, make_person, make_upload
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
BLOCK = "Sở Tài chính, Sở Nội vụ và UBND các xã"


def a_plan(session: Session, units: dict[str, int | None] | None = None) -> Plan:
    """A plan whose one block names three bodies and asks two things of them."""
    title = Traced("Kế hoạch", 1, 1, "Kế hoạch")
    items = tuple(Item(None, Traced(f"Việc {number}", number, number, "")) for number in (3, 4))
    draft = PlanDraft(
        "x", ("x",) * 4, title=title, duties=(DutyBlock("1", Traced(BLOCK, 2, 2, BLOCK), items),)
    )
    choices = PlanChoices(units=units or {})
    actor = make_person(session, Role.COORDINATOR)
    return confirm_plan(session, make_upload(session), draft, choices=choices, actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("title", "names"),
    [
        (BLOCK, ("Sở Tài chính", "Sở Nội vụ", "UBND các xã")),
        ("Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",)),
        ("Các sở, ban, ngành, địa phương", ("Các sở, ban, ngành, địa phương",)),
        ("Tổ chức thực hiện", ("Tổ chức thực hiện",)),
    ],
)
def test_a_block_names_the_bodies_that_it_lists(title: str, names: tuple[str, ...]) -> None:
    assert unit_names(title) == names


def test_a_duty_is_asked_of_each_body_that_its_block_names(session: Session) -> None:
    finance, home = make_organisation(session, "Sở Tài chính"), make_organisation(session, "Sở Nội vụ")
    plan = a_plan(session)
    for one in (finance, home):
        assert [duty.text for duty in own_work(session, {one.id})[0].duties] == ["Việc 3", "Việc 4"]
    assert count_own_work(session, {finance.id, home.id}) == 2, "a duty of both counts once"
    (block,) = blocks_of(duties_of(session, plan), units_of_duties(session, plan))
    assert [(unit.printed, unit.organisation_id) for unit in block.units] == [
        ("Sở Tài chính", finance.id),
        ("Sở Nội vụ", home.id),
        ("UBND các xã", None),
    ]


def test_a_body_that_is_added_later_gets_its_duties(session: Session) -> None:
    plan = a_plan(session)
    finance = make_organisation(session, "Sở Tài chính")
    session.flush()
    found = match_units(session, plan, seen=plan.version, actor=make_person(session), now=NOW)
    assert found == 1
    assert count_own_work(session, {finance.id}) == 2


def test_what_an_officer_chose_comes_before_what_names_say(session: Session) -> None:
    make_organisation(session, "Sở Tài chính")
    other = make_organisation(session, "Sở Kế hoạch cũ")
    plan = a_plan(session, {name_key("Sở Tài chính"): None, name_key("UBND các xã"): other.id})
    units = session.scalars(
        select(DutyUnit).join(DutyUnit.duty).order_by(DutyUnit.duty_id, DutyUnit.position)
    )
    assert [unit.organisation_id for unit in units][:3] == [None, None, other.id]
    assert plan.id


def test_many_names_are_found_as_one_is_in_few_queries(session: Session, engine: Engine) -> None:
    actor = make_person(session)
    now = make_organisation(session, "Sở Nông nghiệp và Môi trường")
    old = make_organisation(session, "Sở Tài nguyên và Môi trường")
    old.successor_id = now.id
    add_organisation(
        session,
        OrganisationInput("Sở Tài chính", now.kind, aliases=("Sở TC",)),
        actor=actor,
        now=NOW,
    )
    names = {"Sở Tài nguyên và Môi trường", "SỞ TÀI CHÍNH", "Sở TC", "So Tai chinh", "Các sở", "..."}
    session.flush()
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    found = find_organisations(session, names)
    assert len(asked) <= 8
    assert set(found) == {"Sở Tài nguyên và Môi trường", "SỞ TÀI CHÍNH", "Sở TC", "So Tai chinh"}
    for name, match in found.items():
        assert match.organisation == find_organisation(session, name)
    merged = found["Sở Tài nguyên và Môi trường"]
    assert (merged.organisation, merged.named, merged.is_successor) == (now, old, True)
    assert not found["Sở TC"].is_successor


@pytest.fixture
def coordinator(session: Session, visit: Visit) -> Visitor:
    person = make_person(session, Role.COORDINATOR)
    now = make_organisation(session, "Sở Dân tộc và Tôn giáo")
    make_organisation(session, "Sở Tài chính").successor_id = now.id
    make_organisation(session, "Sở Khoa học và Công nghệ")
    session.commit()
    browser = visit(person)
    browser.get("/plans/new")
    return browser


def test_the_preview_says_to_whom_each_name_is_tied(session: Session, coordinator: Visitor) -> None:
    shown = coordinator.get(upload(coordinator)).text
    assert "nay là Sở Dân tộc và Tôn giáo" in shown
    assert "chưa có trong danh mục" in shown
    assert "Sở Khoa học và Công nghệ</span>" in shown


def test_from_the_choice_to_the_plan(session: Session, coordinator: Visitor) -> None:
    preview = upload(coordinator)
    page = f"{preview}/units"
    sent = fields(coordinator.get(page).text)
    printed = {value: name for name, value in sent.items() if name.endswith("-printed")}

    def of(name: str) -> str:
        return printed[name].replace("printed", "organisation")

    assert sent[of("Sở Tài chính")] == "Sở Dân tộc và Tôn giáo"
    changed = {
        of("Sở Khoa học và Công nghệ"): "",
        of("Sở Giáo dục và Đào tạo"): "so dan toc va ton giao",
    }
    assert coordinator.post(page, {**sent, **changed}).status_code == 303
    kept = session.scalars(select(PlanUpload)).one().corrections["units"]
    assert set(kept) == {name_key("Sở Khoa học và Công nghệ"), name_key("Sở Giáo dục và Đào tạo")}
    session.commit()
    confirm(coordinator, preview)
    units = {unit.printed: unit.organisation for unit in session.scalars(select(DutyUnit))}
    education = units["Sở Giáo dục và Đào tạo"]
    assert education is not None
    assert education.name == "Sở Dân tộc và Tôn giáo"
    assert units["Sở Khoa học và Công nghệ"] is None


def test_a_name_that_nobody_bears_is_refused_in_words(session: Session, coordinator: Visitor) -> None:
    page = f"{upload(coordinator)}/units"
    sent = fields(coordinator.get(page).text)
    answer = coordinator.post(page, {**sent, "rows-0-organisation": "Sở Không Có"})
    assert answer.status_code == 422
    assert "Không có cơ quan nào tên “Sở Không Có”" in answer.text
    assert coordinator.post(page, {**sent, "rows-0-organisation": "x" * 301}).status_code == 422
    assert session.scalars(select(PlanUpload)).one().corrections == {}


def test_units_are_chosen_by_who_manages_plans_on_what_they_saw(
    session: Session, visit: Visit, coordinator: Visitor
) -> None:
    page = f"{upload(coordinator)}/units"
    officer, unit = (make_person(session, role) for role in (Role.OFFICER, Role.UNIT))
    session.commit()
    assert visit(None).get(page).status_code == 303
    assert visit(officer).get(page).status_code == visit(unit).get(page).status_code == 404
    sent = fields(coordinator.get(page).text)
    chosen = {"rows-0-organisation": "Sở Dân tộc và Tôn giáo"}
    assert coordinator.post(page, {**sent, **chosen}).status_code == 303
    answer = coordinator.post(page, sent | {"rows-1-organisation": "Sở Dân tộc và Tôn giáo"})
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in answer.text


def test_printed_names_are_listed_once_in_the_order_of_the_document() -> None:
    block = DutyBlock("1", Traced(BLOCK, 2, 2, BLOCK), ())
    draft = PlanDraft("x", ("x",) * 2, duties=(block, block))
    assert printed_units(draft) == ["Sở Tài chính", "Sở Nội vụ", "UBND các xã"]
