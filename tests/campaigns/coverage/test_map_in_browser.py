"""The map in a browser: walked by arrows, its lists at the side, one sheet of paper; accessible in both schemes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser_fixtures import PHONE, axe, sideways
from tests.look import settle
from tests.studio import Studio, studio

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """The demonstration, served."""
    with studio(tmp_path_factory.mktemp("studio")) as made:
        yield made


@pytest.fixture
def manager(at: Studio, page: Page) -> Page:
    """The manager's tab."""
    page.context.add_cookies([{"name": "loa", "value": at.cookie("manager"), "url": at.url}])
    return page


def focused(page: Page) -> str:
    """What has the focus, as it is read aloud."""
    return str(
        page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
        )
    )


def test_the_map_is_one_stop_walked_by_arrows_and_opens_its_lists_at_the_side(
    at: Studio, manager: Page
) -> None:
    page = manager
    page.goto(f"{at.url}/coverage")
    themes = sorted(
        {
            label.partition(",")[0]
            for label in page.locator("a.map__cell").evaluate_all("all => all.map(one => one.ariaLabel)")
        }
    )
    assert page.locator("a.map__cell[tabindex='0']").count() == 1
    page.locator("a.map__cell[tabindex='0']").focus()
    first = focused(page)
    for key, back in (
        ("ArrowRight", "ArrowLeft"),
        ("ArrowDown", "ArrowUp"),
        ("End", "Home"),
        ("Control+End", "Control+Home"),
    ):
        page.keyboard.press(key)
        assert focused(page) != first, key
        page.keyboard.press(back)
        assert focused(page) == first, back
    page.keyboard.press("ArrowDown")
    here = focused(page)
    assert here.partition(",")[0] in themes
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", level=2)).to_contain_text(here.partition(",")[0])
    assert page.url == f"{at.url}/coverage"
    sheet.get_by_role("link", name=re.compile("^Chỉ tiêu")).click()
    expect(sheet.get_by_role("link", name=re.compile("^Chỉ tiêu"))).to_have_attribute("aria-current", "page")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert focused(page) == here


def test_the_map_prints_on_one_sheet_and_fits_both_windows(at: Studio, manager: Page) -> None:
    page = manager
    page.emulate_media(color_scheme="dark")
    settle(page)
    page.goto(f"{at.url}/coverage")
    assert axe(page) == []
    for width in (1440, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) == 0
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 84\d", sheet)  # A4 across
    page.set_viewport_size(PHONE)
    page.goto(f"{at.url}/")
    assert (sideways(page), axe(page)) == (0, [])
