"""The map in a browser: walked by arrows, its lists at the side, one sheet of paper; accessible in both schemes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from tests.scene import MOMENT, Scene, build_scene

from app import clock
from app.accounts.models import Person
from app.db import transaction
from app.storage import FileStore
from content.outlets.models import OutletKind
from tests.browser_fixtures import PHONE, axe, sideways
from tests.factories import make_outlet

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def scene(app: Flask, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The province, with the clock standing at its moment."""
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    with transaction(engine) as session:
        made = build_scene(session, FileStore(app.extensions["loa"].settings.files))
        session.flush()
        session.expunge_all()
    return made


def focused(page: Page) -> str:
    """What has the focus, as it is read aloud."""
    return str(
        page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
        )
    )


def test_the_map_is_one_stop_walked_by_arrows_and_opens_its_lists_at_the_side(
    scene: Scene, page: Page, sign_in_as: Callable[[Person], None]
) -> None:
    sign_in_as(scene.people["manager"])
    page.goto("/coverage")
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
    assert page.url.endswith("/coverage")
    sheet.get_by_role("link", name=re.compile("^Chỉ tiêu")).click()
    expect(sheet.get_by_role("link", name=re.compile("^Chỉ tiêu"))).to_have_attribute("aria-current", "page")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert focused(page) == here


def test_the_map_prints_on_one_sheet_and_fits_both_windows(
    scene: Scene, session: Session, page: Page, sign_in_as: Callable[[Person], None]
) -> None:
    for number in range(4):
        make_outlet(session, f"Loa truyền thanh xã {number}", kind=OutletKind.LOUDSPEAKER)
    session.commit()
    sign_in_as(scene.people["manager"])
    page.emulate_media(color_scheme="dark")
    page.goto("/coverage")
    assert axe(page) == []
    for width in (1440, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) == 0
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 84\d", sheet)  # A4 across
    page.set_viewport_size(PHONE)
    page.goto("/")
    assert (sideways(page), axe(page)) == (0, [])
