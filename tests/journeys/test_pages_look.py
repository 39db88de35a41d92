"""Every page of the demonstration, at a desk and on a phone: accessible, no wider than its window, all of it readable.

The pages come from the routes, so that one that is added later is looked at too. One tab per width walks all of
them; what is wrong is told page by page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser_fixtures import DESK, PHONE, axe, sideways, watched
from tests.every_page import EveryPage, Pages, every_page
from tests.look import badly_laid_out, beyond_the_keyboard, settle
from tests.studio import MOMENT, Studio, studio

pytestmark = pytest.mark.browser

# Pages that everybody looks at all day: their dark scheme is asked too. The others are made of the same parts.
MAIN = {
    "today-officer", "today-manager", "calendar-index", "items-index", "items-show", "item-review-review",
    "campaigns-show", "coverage-index", "plan-uploads-preview", "publications-queue", "operations-index", "site-show",
}  # fmt: skip


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """The demonstration, served."""
    with studio(tmp_path_factory.mktemp("studio")) as made:
        yield made


@pytest.fixture(scope="module")
def pages(at: Studio) -> Pages:
    """All its pages."""
    return every_page(at)


def walk(
    context: BrowserContext, at: Studio, pages: list[EveryPage], faults: list[str]
) -> Iterator[tuple[EveryPage, Page]]:
    """Each page in its person's tab, person by person; what the browser complains of is put among the faults."""
    by_person = groupby(sorted(pages, key=lambda one: one.who), key=lambda one: one.who)
    for who, theirs in by_person:
        context.clear_cookies()
        if who:
            context.add_cookies([{"name": "loa", "value": at.cookie(who), "url": at.url}])
        tab = context.new_page()
        wrong = watched(tab)
        for one in theirs:
            answer = tab.goto(at.url + one.path)
            if answer is None or answer.status != 200:
                faults.append(f"{one.name}: {answer.status if answer else 'no answer'}")
            else:
                yield one, tab
            faults += [f"{one.name}: {fault}" for fault in wrong]
            wrong.clear()
        tab.close()


def test_every_route_that_answers_with_a_page_has_a_sample(pages: Pages) -> None:
    assert pages.without == []
    assert len(pages.found) > 90


def test_every_page_is_accessible_at_a_desk(browser: Browser, at: Studio, pages: Pages) -> None:
    faults: list[str] = []
    context = _context(browser, DESK)
    for one, tab in walk(context, at, pages.found, faults):
        faults += [f"{one.name}: {fault}" for fault in (*axe(tab), *_layout(tab), *beyond_the_keyboard(tab))]
        if tab.locator("h1").count() != 1:
            faults.append(f"{one.name}: {tab.locator('h1').count()} h1")
        forms = tab.locator("main form .btn-primary").count()
        if tab.locator("main .btn-primary:visible").count() > 1 + forms:
            faults.append(f"{one.name}: more than one primary action")
        if one.name in MAIN:
            tab.emulate_media(color_scheme="dark")
            settle(tab)
            faults += [f"{one.name}, dark: {fault}" for fault in axe(tab)]
            tab.emulate_media(color_scheme="light")
    context.close()
    assert not faults, "\n".join(faults)


def test_every_page_fits_a_phone(browser: Browser, at: Studio, pages: Pages) -> None:
    faults: list[str] = []
    context = _context(browser, PHONE)
    for one, tab in walk(context, at, pages.found, faults):
        faults += [f"{one.name}: {fault}" for fault in _layout(tab)]
        if one.name in MAIN:
            faults += [f"{one.name}: {fault}" for fault in axe(tab)]
    context.close()
    assert not faults, "\n".join(faults)


def _context(browser: Browser, window: ViewportSize) -> BrowserContext:
    """A window in which it is the moment of the studio, so that no page looks otherwise on another day."""
    context = browser.new_context(viewport=window, locale="vi-VN", reduced_motion="reduce")
    context.clock.set_fixed_time(MOMENT)
    return context


def _layout(tab: Page) -> list[str]:
    wide = sideways(tab)
    return [*([f"scrolls {wide} px sideways"] if wide else []), *badly_laid_out(tab)]


def test_every_action_of_a_page_is_reached_by_the_tabulator_and_shows_its_focus(
    browser: Browser, at: Studio, pages: Pages
) -> None:
    faults: list[str] = []
    context = _context(browser, DESK)
    chosen = [
        one for one in pages.found if one.name in {"items-show", "campaigns-show", "publications-queue"}
    ]
    for one, tab in walk(context, at, chosen, faults):
        wanted = tab.evaluate(
            "[...document.querySelectorAll('main a[href], main button, main input:not([type=hidden])')]"
            ".filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0).length"
        )
        reached, unmarked = set(), set()
        for _ in range(wanted + 80):
            tab.keyboard.press("Tab")
            place = tab.evaluate(_FOCUSED)
            if place and place["inside"]:
                reached.add(place["at"])
                if not place["marked"]:
                    unmarked.add(place["at"])
        faults += [f"{one.name}: no sign of the focus on {place}" for place in sorted(unmarked)]
        if len(reached) < wanted:
            faults.append(f"{one.name}: {len(reached)} of {wanted} reached")
    context.close()
    assert not faults, "\n".join(faults)


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
