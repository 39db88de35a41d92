"""The themes of a confirmed plan: chosen, added and taken off, by those who may."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import AuditEntry
from campaigns.plans.models import Plan, PlanTheme
from content.themes.models import Theme
from tests.conftest import NOW
from tests.factories import make_person, make_plan, make_theme
from tests.page_forms import forms_of
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


@pytest.fixture
def plan(session: Session) -> Plan:
    """A plan without a theme."""
    made = make_plan(session)
    session.commit()
    return made


@pytest.fixture
def coordinator(session: Session, visit: Visit) -> Visitor:
    """A coordinator."""
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    return visit(person)


def fields(browser: Visitor, page: str) -> dict[str, object]:
    """What the page's own form would send unchanged."""
    (form,) = (one for one in forms_of(browser.get(page).text) if "added" in one.values)
    return {name: value for name, value in form.values.items() if name != "csrf_token"}


def themes_of(session: Session, plan: Plan) -> set[str]:
    """The names of the plan's themes as they are stored."""
    session.expire_all()
    asked = select(Theme.name).join(PlanTheme, PlanTheme.theme_id == Theme.id)
    found = set(session.scalars(asked.where(PlanTheme.plan_id == plan.id)))
    session.rollback()  # a reader that stays open would keep SQLite from the next save
    return found


def test_themes_are_ticked_added_and_taken_off(session: Session, coordinator: Visitor, plan: Plan) -> None:
    kept, left = make_theme(session, "Chuyển đổi số"), make_theme(session, "Thông tin đối ngoại")
    kept_id, left_id = str(kept.id), str(left.id)
    page, version = f"/plans/{plan.id}/themes", plan.version
    session.commit()
    first = coordinator.get(page.removesuffix("/themes")).text
    assert "Kế hoạch này chưa gắn chủ đề nào." in first
    assert f'href="{page}"' in first
    assert f'href="{page}"' in coordinator.get(page.replace("themes", "work")).text

    added = unicodedata.normalize("NFD", "- Bình dân học vụ số;\n\nCHUYỂN ĐỔI SỐ\n")
    typed = {**fields(coordinator, page), "themes": [left_id], "added": added}
    assert coordinator.post(page, typed).status_code == 303
    # A name that the catalogue has, in other letters, is that theme.
    assert themes_of(session, plan) == {"Bình dân học vụ số", "Chuyển đổi số", "Thông tin đối ngoại"}
    assert fields(coordinator, page)["version"] == [str(version + 1)]
    assert f'href="{page}"' not in coordinator.get(page.replace("themes", "work")).text

    assert coordinator.post(page, {**fields(coordinator, page), "themes": [kept_id]}).status_code == 303
    assert themes_of(session, plan) == {"Chuyển đổi số"}
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "plan.themes")).all()
    assert [entry.details["themes"] for entry in entries] == [
        ["Bình dân học vụ số", "Chuyển đổi số", "Thông tin đối ngoại"],
        ["Chuyển đổi số"],
    ]


def test_a_retired_theme_stays_where_it_is_held_and_is_not_chosen_anew(
    session: Session, coordinator: Visitor, plan: Plan
) -> None:
    held, other = make_theme(session, "Chủ đề cũ"), make_theme(session, "Chủ đề đã bỏ")
    session.add(PlanTheme(plan_id=plan.id, theme_id=held.id))
    held.retired_at = other.retired_at = NOW
    session.commit()
    page = f"/plans/{plan.id}/themes"
    assert coordinator.post(page, fields(coordinator, page)).status_code == 303
    assert themes_of(session, plan) == {"Chủ đề cũ"}
    for wrong in (str(other.id), "999999999999999999999", "không"):
        answer = coordinator.post(page, {**fields(coordinator, page), "themes": [wrong]})
        assert answer.status_code == 422
        assert "Lựa chọn này không có trong danh sách." in unescape(answer.text)
    assert themes_of(session, plan) == {"Chủ đề cũ"}


def test_a_form_without_its_fields_takes_no_theme_off(
    session: Session, coordinator: Visitor, plan: Plan
) -> None:
    session.add(PlanTheme(plan_id=plan.id, theme_id=make_theme(session, "Chuyển đổi số").id))
    page, version = f"/plans/{plan.id}/themes", str(plan.version)
    session.commit()
    assert coordinator.post(page, {"version": version}).status_code == 422
    assert themes_of(session, plan) == {"Chuyển đổi số"}
    assert coordinator.post(page, fields(coordinator, page)).status_code == 303
    assert fields(coordinator, page)["version"] == [version]  # saved as it was: no change to tell of


def test_what_is_typed_badly_or_late_changes_nothing(
    session: Session, coordinator: Visitor, plan: Plan
) -> None:
    mine, theirs = make_theme(session, "Của tôi"), make_theme(session, "Của người khác")
    session.commit()
    page = f"/plans/{plan.id}/themes"
    long = coordinator.post(page, {**fields(coordinator, page), "added": "ă" * 301})
    assert long.status_code == 422
    assert "Tên chủ đề dài nhất 300 ký tự." in unescape(long.text)

    early = fields(coordinator, page)
    assert coordinator.post(page, {**early, "themes": [str(theirs.id)]}).status_code == 303
    late = coordinator.post(page, {**early, "themes": [str(mine.id)], "added": "Chủ đề đang gõ"})
    shown = unescape(late.text)
    assert late.status_code == 409
    assert "Hiện nay: Của người khác" in shown
    assert "Chủ đề đang gõ" in shown
    assert themes_of(session, plan) == {"Của người khác"}
    (form,) = (one for one in forms_of(late.text) if "added" in one.values)
    again = {name: value for name, value in form.values.items() if name != "csrf_token"}
    assert coordinator.post(page, again).status_code == 303
    assert themes_of(session, plan) == {"Của tôi", "Chủ đề đang gõ"}


def test_the_themes_of_an_archived_plan_stay(session: Session, coordinator: Visitor, plan: Plan) -> None:
    make_theme(session, "Chuyển đổi số")
    session.commit()
    page = f"/plans/{plan.id}/themes"
    typed = fields(coordinator, page)
    plan.archived_at = NOW
    session.commit()
    shown = coordinator.get(page)
    assert shown.status_code == 200
    assert "Đưa kế hoạch trở lại" in unescape(shown.text)
    answer = coordinator.post(page, {**typed, "version": str(plan.version), "added": "Chủ đề mới"})
    assert answer.status_code == 409
    assert "đã được lưu trữ" in unescape(answer.text)
    assert themes_of(session, plan) == set()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.OFFICER, 404), (Role.UNIT, 404), (Role.OUTLET, 404), (None, 303)]
)
def test_only_who_manages_plans_chooses(
    session: Session, visit: Visit, plan: Plan, role: Role | None, status: int
) -> None:
    person = make_person(session, role) if role else None
    session.commit()
    browser = visit(person)
    assert browser.get(f"/plans/{plan.id}/themes").status_code == status
    assert browser.post(f"/plans/{plan.id}/themes", {"version": "1", "added": "X"}).status_code == status
    if role is not None and browser.get(f"/plans/{plan.id}").status_code == 200:
        assert f"/plans/{plan.id}/themes" not in browser.get(f"/plans/{plan.id}").text
    assert themes_of(session, plan) == set()


def test_the_page_is_there_in_english(session: Session, coordinator: Visitor, plan: Plan) -> None:
    make_theme(session, "Chuyển đổi số")
    session.commit()
    coordinator.post("/language", {"lang": "en", "next": "/"})
    shown = unescape(coordinator.get(f"/plans/{plan.id}/themes").text)
    assert "Themes of the plan" in shown
    assert "campaigns made from the plan begin with these themes" in shown
