"""The pages of themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from content.themes.models import Theme
from tests.factories import make_person, make_publication, make_theme
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


def enter(visit: Visit, person: Person) -> Visitor:
    """Somebody who has a page open, and with it the token that forms carry."""
    browser = visit(person)
    browser.get("/me")
    return browser


def test_the_desk_reads_and_the_coordinator_manages(session: Session, visit: Visit) -> None:
    theme = make_theme(session, "Bình dân học vụ số")
    coordinator, officer = make_person(session, Role.COORDINATOR), make_person(session, Role.OFFICER)
    unit, outlet = make_person(session, Role.UNIT), make_person(session, Role.OUTLET)
    session.commit()
    assert "Thêm chủ đề" in visit(coordinator).get("/themes").text
    page = visit(officer).get("/themes")
    assert page.status_code == 200
    assert "Bình dân học vụ số" in page.text
    assert "Thêm chủ đề" not in page.text
    for path in ("/themes/new", f"/themes/{theme.id}/edit"):
        assert visit(coordinator).get(path).status_code == 200
        assert visit(officer).get(path).status_code == 404
        assert visit(None).get(path).status_code == 303
    for stranger in (unit, outlet):
        assert visit(stranger).get("/themes").status_code == 404
    assert visit(None).get("/themes").status_code == 303


def test_a_theme_is_added_edited_retired_and_restored(session: Session, visit: Visit) -> None:
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    browser = enter(visit, person)
    form = {"name": "Chuyển đổi số", "phrases": "chuyển đổi số\nkinh tế số"}
    assert browser.post("/themes/new", form).status_code == 303
    theme = session.scalars(select(Theme)).one()
    session.commit()
    edit = f"/themes/{theme.id}/edit"
    assert "kinh tế số" in browser.get(edit).text
    assert browser.post(edit, {**form, "name": "Chuyển đổi số quốc gia", "version": "1"}).status_code == 303
    stale = browser.post(edit, {**form, "name": "Tên gõ dở", "version": "1"})
    assert (stale.status_code, "Tên gõ dở" in stale.text) == (409, True)
    assert browser.post(f"/themes/{theme.id}/retire", {"version": "2"}).status_code == 303
    assert "Chuyển đổi số quốc gia" not in browser.get("/themes").text
    assert "Chuyển đổi số quốc gia" in browser.get("/themes?retired=1").text
    assert browser.post(f"/themes/{theme.id}/retire", {"version": "3"}).status_code == 409
    assert browser.post(f"/themes/{theme.id}/restore", {"version": "3"}).status_code == 303


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": ""}, "Nhập tên chủ đề"),
        ({"name": "x" * 1_000_000}, "nhiều nhất là 300"),
        ({"name": "123"}, "phải có chữ"),
        ({"name": "Chủ đề", "phrases": "57"}, "57-NQ/TW"),
        ({"name": "Chủ đề", "phrases": "x" * 300}, "nhiều nhất là 200"),
        ({"name": "Chủ đề", "colour": "13"}, "không có trong danh sách"),
        ({"name": "Chủ đề", "document_id": "999"}, "không có trong danh sách"),
    ],
)
def test_bad_themes_are_answered_in_words(
    session: Session, visit: Visit, form: dict[str, str], said: str
) -> None:
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    answer = enter(visit, person).post("/themes/new", form)
    assert answer.status_code == 422
    assert said in answer.text
    assert session.scalars(select(Theme)).all() == []


def test_a_taken_name_is_refused_and_kept_in_the_form(session: Session, visit: Visit) -> None:
    make_theme(session, "Chuyển đổi số")
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    answer = enter(visit, person).post("/themes/new", {"name": "chuyen doi so", "phrases": "cụm từ đã gõ"})
    assert answer.status_code == 409
    assert "Đã có chủ đề" in answer.text
    assert "cụm từ đã gõ" in answer.text
    assert visit(person).get("/themes/999/edit").status_code == 404


def test_phrases_show_what_they_would_find_before_they_are_saved(session: Session, visit: Visit) -> None:
    person, officer = make_person(session, Role.COORDINATOR), make_person(session, Role.OFFICER)
    other = make_theme(session, "Kinh tế số ở nông thôn")
    theme, now = make_theme(session, "Kinh tế số"), clock.now()
    for title in ("Kinh tế số về làng", "Kinh tế số dư thừa", "Tin thời tiết"):
        make_publication(session, title=title, published_at=now)
    session.commit()
    coordinator = enter(visit, person)
    typed = {
        "name": "Kinh tế số",
        "phrases": "kinh tế số\nlàng",
        "exclusions": "kinh tế số dư\nbóng đá",
        "version": "1",
    }
    path = f"/themes/{theme.id}/preview"
    text = coordinator.post(path, typed).text
    assert "Khớp 1 trong 3 tin của 90 ngày qua" in text
    assert "Kinh tế số dư thừa" not in text
    assert "“làng” chỉ có 1 âm tiết" in text
    assert f"nằm trong “{other.name}”" in text
    assert "Cụm loại trừ “bóng đá” không chung chữ nào" in text
    part = coordinator.post("/themes/preview", typed, headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="theme-preview"')
    wrong = coordinator.post(path, {**typed, "name": "", "phrases": "cụm từ đã gõ"})
    assert (wrong.status_code, "cụm từ đã gõ" in wrong.text) == (422, True)
    assert enter(visit, officer).post(path, typed).status_code == 404
    assert coordinator.post(f"/themes/{theme.id}/edit", typed).status_code == 303
    assert "kinh tế số dư" in coordinator.get(f"/themes/{theme.id}/edit").text
    # Two people: the second saw other phrases.
    assert coordinator.post(f"/themes/{theme.id}/edit", {**typed, "phrases": "khác"}).status_code == 409
    both = {**typed, "exclusions": "kinh tế số", "version": "2"}
    assert coordinator.post(f"/themes/{theme.id}/edit", both).status_code == 422
