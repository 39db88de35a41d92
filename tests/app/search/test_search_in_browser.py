"""The search box by keyboard alone, ticks and undoing in a list; both sound at both sizes and in both schemes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from tests.browser_fixtures import DESK, PHONE, axe, sideways
from tests.factories import make_item, make_organisation, make_person, make_slot
from tests.look import settle

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
LONG = "Chuyển đổi số về bản: chuyện của người già học quét mã để bán gừng và gọi cho con đi làm xa qua mạng"


@pytest.fixture
def officer(session: Session) -> Person:
    """Somebody with a list of pieces."""
    unit = make_organisation(session, "Sở Khoa học và Công nghệ")
    person = make_person(session, Role.OFFICER, organisation=unit)
    for number in range(8):
        title = f"{LONG} {number}"
        item = make_item(session, title=title, organisation=unit, planned_on=date(2026, 5, 4), author=person)
    make_slot(session, item=item)
    session.commit()
    return person


def sound(page: Page) -> list[str]:
    """What is wrong with the page as it stands: light on a desk, dark on a phone."""
    wrong = []
    for size, scheme in ((PHONE, "dark"), (DESK, "light")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        settle(page)
        page.set_viewport_size(size)
        wrong += [f"{size['width']}: {one}" for one in axe(page)]
        if sideways(page):
            wrong.append(f"{size['width']}: scrolls sideways")
    return wrong


def test_everything_is_found_by_keyboard(
    officer: Person, page: Page, sign_in_as: Callable[[Person], None]
) -> None:
    sign_in_as(officer)
    page.goto("/items")
    expect(page.locator("#bulk-reason")).not_to_be_visible()  # the scripts have begun
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Tìm bất cứ gì")
    expect(box).to_be_focused()
    expect(page.get_by_role("option", name="Lịch", exact=True)).to_be_visible()
    page.keyboard.type("chuyen doi so ve ban")
    option = page.locator("#palette-found [role=option]").first
    expect(option.locator("mark")).to_have_text("Chuyển đổi số về bản")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator("#palette-said")).to_have_text("8 gợi ý")
    assert sound(page) == []
    page.keyboard.press("ArrowDown")
    expect(page.locator("#palette-found [role=option]").nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("lich dang")
    expect(page.locator("#palette-found [role=option]").first).to_contain_text("Lịch đăng")
    page.keyboard.press("Enter")
    page.wait_for_url("**/slots")
    assert sound(page) == []
    page.goto("/search?q=chuyen+doi+so")
    assert page.locator("mark").count() >= 5
    assert sound(page) == []


def test_pieces_are_ticked_shifted_and_put_back(
    officer: Person, page: Page, sign_in_as: Callable[[Person], None]
) -> None:
    sign_in_as(officer)
    page.goto("/items")
    expect(page.locator("#bulk-reason")).not_to_be_visible()
    page.locator("tbody a").nth(1).focus()
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_have_text("Đã chọn 1")
    page.get_by_label("Chọn cả trang").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("Đã chọn 8")
    page.get_by_label("Việc cần làm").select_option("shift")
    expect(page.locator("#bulk-reason")).not_to_be_visible()
    page.locator("#bulk-days").fill("3")
    assert sound(page) == []
    page.get_by_role("button", name="Làm").click()
    expect(page.get_by_text("Đã dời 8 tin bài.")).to_be_visible()
    expect(page.get_by_text("7/5/2026").first).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã đưa 8 tin bài về ngày cũ.")).to_be_visible()
    expect(page.get_by_text("4/5/2026").first).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Tìm và đi tới")
    expect(page.locator("#keys")).to_contain_text("Đánh dấu dòng")
