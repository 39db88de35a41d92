"""The ground's pages in a real browser: axe, no sideways scroll, both themes and languages, the keyboard alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.links import make_link
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.accounts.sign_in import hash_password
from app.audit import SystemActor
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.services import OrganisationInput, add_organisation
from app.web.identity import public
from tests.browser_fixtures import DESK, PHONE, axe, sideways
from tests.conftest import NOW
from tests.factories import make_organisation, make_person
from tests.look import settle

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
PASSWORD = "hoa sen nở tháng năm"
SHOTS = os.environ.get("LOA_SHOTS")  # a folder for pictures of every page, for whoever wants to look
LONG = "Trung tâm Phục vụ hành chính công và Chuyển đổi số liên thông tỉnh Quảng Ngãi"


@pytest.fixture
def chief(session: Session) -> Person:
    """An administrator in a province of its usual size."""
    lead = make_organisation(session, "Sở Khoa học và Công nghệ tỉnh Quảng Ngãi")
    person = make_person(
        session, Role.ADMINISTRATOR, organisation=lead, name="Trần Thị Sen", email="sen@vidu.vn"
    )
    person.password_hash = hash_password(PASSWORD)
    actor = SystemActor("python -m app import")
    for number in range(150):
        kind = list(OrganisationKind)[number % 10]
        name = f"{LONG} cơ sở {number}" if number % 30 == 0 else f"Xã Ba Động {number}"
        wanted = OrganisationInput(name, kind, aliases=(f"Tên cũ {number}",))
        add_organisation(session, wanted, actor=actor, now=NOW)
    for number in range(60):
        name = "Nguyễn" + "hoànganh" * 12 if number == 7 else f"Nguyễn Thị Đào {number}"
        make_person(
            session, list(Role)[number % 7], organisation=lead, name=name, email=f"p{number}@{'dai' * 20}.vn"
        )
    session.commit()
    audit.seal(session.get_bind())  # type: ignore[arg-type]
    return person


def look(page: Page, name: str, *, language: str = "vi") -> None:
    """Ask the page at both sizes and in both themes, and take its picture where one is wanted."""
    wrong = []
    schemes: list[Literal["light", "dark"]] = ["light", "dark"]
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        settle(page)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            wrong += [f"{scheme} {size['width']}: {one}" for one in axe(page)]
            if pixels := sideways(page):
                wrong.append(f"{scheme} {size['width']}: scrolls {pixels} px sideways")
            if SHOTS:
                path = Path(SHOTS) / f"{name}-{language}-{scheme}-{size['width']}.png"
                page.screenshot(path=path, full_page=size == PHONE)
    assert wrong == []
    page.set_viewport_size(DESK)


def speak_english(page: Page) -> None:
    page.context.add_cookies([{"name": "loa_lang", "value": "en", "url": page.url}])
    page.reload()


VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
NAMES = re.compile(
    "Sen|Đào|Nguyễn|Quảng Ngãi|Xã Ba|Tên cũ|Trung tâm|Tiếng Việt|Sở Một|vương quốc|import|Đặng"
)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "today"),
        ("/me", "me"),
        ("/people", "people"),
        ("/people?ended=1", "people-ended"),
        ("/people/new", "invite"),
        ("/people/9", "person"),
        ("/organisations", "organisations"),
        ("/organisations?words=zzz", "organisations-none"),
        ("/organisations/2", "organisation"),
        ("/organisations/2/edit", "organisation-edit"),
        ("/organisations/import", "import"),
        ("/audit", "audit"),
        ("/audit?actor=khong&action=person.end", "audit-none"),
        ("/none", "404"),
    ],
)
def test_a_page_is_sound(
    chief: Person, page: Page, sign_in_as: Callable[[Person], None], path: str, name: str
) -> None:
    sign_in_as(chief)
    page.goto(path)
    assert page.locator("h1").count() == 1
    look(page, name)
    speak_english(page)
    lines = page.locator("body").inner_text().split("\n")
    assert [line for line in lines if VIETNAMESE.search(line) and not NAMES.search(line)] == []
    if SHOTS:
        look(page, name, language="en")


def test_doors_are_sound(session: Session, chief: Person, page: Page) -> None:
    token = make_link(session, chief, now=clock.now())
    session.commit()
    page.goto("/sign-in")
    look(page, "sign-in")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    look(page, "sign-in-refused")
    page.goto(f"/link/{token}")
    look(page, "set-password")
    page.goto("/link/none")
    look(page, "link-gone")


def test_the_first_administrator_s_door_is_sound(session: Session, page: Page) -> None:
    token = make_link(session, None, now=clock.now())
    session.commit()
    page.goto(f"/link/{token}")
    look(page, "first")
    page.fill("#organisation", "Sở Khoa học và Công nghệ")
    page.fill("#name", "Trần Thị Sen")
    page.fill("#email", "sen@vidu.vn")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    expect(page.locator(".flash")).to_contain_text("Xin chào Trần Thị Sen.")
    look(page, "today-first")


def test_a_crash_and_a_closed_door_are_sound(
    app: Flask,
    chief: Person,
    page: Page,
    sign_in_as: Callable[[Person], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @public
    def crash() -> str:
        raise ZeroDivisionError

    monkeypatch.setitem(app.view_functions, "site.index", crash)
    sign_in_as(chief)
    page.goto("/tin")
    look(page, "500")
    page.goto("/people")
    page.evaluate("document.querySelector('[name=csrf_token]').value = 'x'")
    page.locator(".topbar form[action='/language'] button").click()
    expect(page.locator("h1")).to_have_text("Yêu cầu không đúng")
    look(page, "400")


def test_inviting_and_refusals_are_sound(
    session: Session, chief: Person, page: Page, sign_in_as: Callable[[Person], None]
) -> None:
    sign_in_as(chief)
    page.goto("/people/new")
    page.get_by_role("button", name="Mời", exact=True).click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    look(page, "invite-refused")
    page.fill("#name", "Đặng Thị Đào")
    page.fill("#email", "dao@vidu.vn")
    page.select_option("#organisation", label="Sở Khoa học và Công nghệ tỉnh Quảng Ngãi")
    page.select_option("#role", "approver")
    page.get_by_role("button", name="Mời", exact=True).click()
    expect(page.locator(".one-time-link")).to_contain_text("/link/")
    look(page, "hand-over")


def test_a_stale_form_and_an_import_are_sound(
    session: Session, chief: Person, page: Page, sign_in_as: Callable[[Person], None]
) -> None:
    sign_in_as(chief)
    first = session.scalars(select(Organisation).order_by(Organisation.id)).all()[1]
    page.goto(f"/organisations/{first.id}/edit")
    page.fill("#name", "Sở Một do tôi đặt")
    first.name = "Sở Một do người khác đặt"
    session.commit()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("vừa được người khác thay đổi")
    expect(page.locator("#name")).to_have_value("Sở Một do tôi đặt")
    look(page, "stale")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("h1")).to_have_text("Sở Một do tôi đặt")
    page.goto("/organisations/import")
    rows = "Tên;Loại\nSở Một;Sở\nX;vương quốc\n".encode()
    page.set_input_files("#file", {"name": "ds.csv", "mimeType": "text/csv", "buffer": rows})
    page.get_by_role("button", name="Nhập", exact=True).click()
    expect(page.locator(".note")).to_contain_text("Đã thêm 1, có sẵn 0, không nhận 1.")
    look(page, "import-report")


def tab_to(page: Page, selector: str, *, most: int = 40) -> None:
    """Walk with the tabulator until *selector* has the focus."""
    goal = page.locator(selector)
    for _ in range(most):
        page.keyboard.press("Tab")
        if goal.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not reached by the tabulator")


def test_signing_in_and_out_by_keyboard_alone(chief: Person, page: Page) -> None:
    page.goto("/people?ended=1")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type(chief.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people?ended=1")
    tab_to(page, "summary[aria-label*='Trần Thị Sen']")
    page.keyboard.press("Enter")
    tab_to(page, "form[action='/sign-out'] button", most=6)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in")
    page.goto("/people")
    page.wait_for_url("**/sign-in?next=/people")
