"""The ground's pages in a real browser: axe, no sideways scroll, the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.accounts.sign_in import hash_password
from tests.browser_fixtures import DESK, PHONE, axe, sideways
from tests.factories import make_person

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
PASSWORD = "hoa sen nở tháng năm"


def test_signing_in_and_out_by_keyboard_alone(session: Session, page: Page) -> None:
    person = make_person(session, Role.ADMINISTRATOR, name="Trần Thị Sen")
    person.password_hash = hash_password(PASSWORD)
    session.commit()
    page.goto("/people")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type(person.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people")
    account = page.locator("summary[aria-label*='Trần Thị Sen']")
    for _ in range(30):
        page.keyboard.press("Tab")
        if account.evaluate("one => one === document.activeElement"):
            break
    expect(account).to_be_focused()
    page.keyboard.press("Enter")
    leave = page.get_by_role("button", name="Đăng xuất")
    for _ in range(6):
        page.keyboard.press("Tab")
        if leave.evaluate("one => one === document.activeElement"):
            break
    expect(leave).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in")
    page.goto("/people")
    page.wait_for_url("**/sign-in?next=/people")


@pytest.mark.parametrize("path", ["/", "/people"])
def test_a_page_is_sound(
    session: Session, page: Page, sign_in_as: Callable[[Person], None], path: str
) -> None:
    person = make_person(session, Role.ADMINISTRATOR)
    session.commit()
    sign_in_as(person)
    page.goto(path)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert axe(page) == []
        assert sideways(page) == 0
