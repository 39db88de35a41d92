"""Every main page of a province at work, at a desk and on a phone: accessible, no wider than its window, no error.

One browser context per person and width walks all of that person's pages; what is wrong is told page by page.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize
from sqlalchemy import Engine

from app import clock
from app.accounts.models import Person
from app.db import transaction
from app.storage import FileStore
from tests.browser_fixtures import DESK, PHONE, axe, sideways
from tests.scene import MOMENT, Scene, build_scene
from tests.scene_pages import PAGES, ScenePage

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

BY_PERSON = {
    who: list(pages)
    for who, pages in groupby(sorted(PAGES, key=lambda one: one.who), key=lambda one: one.who)
}


@pytest.fixture
def scene(app: Flask, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The province, with the clock standing at its moment."""
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    with transaction(engine) as session:
        made = build_scene(session, FileStore(app.extensions["loa"].settings.files))
        session.flush()
        session.expunge_all()
    return made


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_every_main_page_is_accessible_fits_its_window_and_makes_no_error(
    scene: Scene, page: Page, sign_in_as: Callable[[Person], None], *, window: ViewportSize
) -> None:
    page.set_viewport_size(window)
    wrong: list[str] = []
    for who, pages in BY_PERSON.items():
        page.context.clear_cookies()
        if who:
            sign_in_as(scene.people[who])
        wrong += [fault for one in pages for fault in _faults(page, scene, one)]
    assert wrong == []


def _faults(tab: Page, scene: Scene, asked: ScenePage) -> list[str]:
    """What is wrong with one page, each with its name; console errors are the fixture's to tell."""
    answer = tab.goto(asked.path(scene))
    if answer is None or answer.status != 200:
        return [f"{asked.name}: {answer.status if answer else 'no answer'}"]
    found = [f"{asked.name}: {fault}" for fault in axe(tab)]
    if wide := sideways(tab):
        found.append(f"{asked.name}: scrolls {wide} px sideways")
    if tab.locator("main h1, body > h1").count() != 1:
        found.append(f"{asked.name}: {tab.locator('main h1').count()} h1")
    if tab.locator("main .btn-primary:visible").count() > 1 + tab.locator("main form .btn-primary").count():
        found.append(f"{asked.name}: more than one primary action")
    return found


def test_every_action_of_a_page_is_reached_by_the_tabulator_and_shows_its_focus(
    scene: Scene, page: Page, sign_in_as: Callable[[Person], None]
) -> None:
    sign_in_as(scene.people["officer"])
    page.goto(f"/items/{scene.piece('Tờ gấp').id}")
    wanted = page.evaluate(
        "[...document.querySelectorAll('main a[href], main button, main input:not([type=hidden])')]"
        ".filter((one) => one.offsetParent).length"
    )
    reached, unmarked = set(), []
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        place = page.evaluate(_FOCUSED)
        if place and place["inside"]:
            reached.add(place["at"])
            if not place["marked"]:
                unmarked.append(place["at"])
    assert unmarked == []
    assert len(reached) >= wanted


_FOCUSED = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const look = getComputedStyle(one)
  const after = getComputedStyle(one, '::after')
  // the parts of a date field are the browser's own and mark themselves
  const marked = one.type === 'date' || [look, after].some((s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
    || look.boxShadow !== 'none'
  const all = [...document.querySelectorAll('*')]
  return { inside: !!one.closest('main'), at: all.indexOf(one) + ' ' + one.outerHTML.slice(0, 80), marked }
}"""
