"""The calendar in a real browser: dragged, moved by keyboard, undone, made by a click; accessible at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from pypdfium2 import PdfDocument
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.text import nfc
from content.items.models import Item, Stage
from content.slots.models import Slot
from tests.browser_fixtures import DESK, PHONE, axe, sideways
from tests.factories import at_hour, make_item, make_organisation, make_person, make_slot, make_theme
from tests.look import settle

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

FIRST = date(2027, 3, 1)  # a Monday, in a month that lies ahead of every clock
SOON = FIRST + timedelta(days=2)


@pytest.fixture
def writer(session: Session, page: Page, sign_in_as: Callable[[Person], None]) -> Person:
    """An officer at the calendar of March 2027: a draft on the 3rd, a booked piece on the 9th, an idea in the pool."""
    unit = make_organisation(session, "Sở Khoa học và Công nghệ")
    made = make_person(session, Role.OFFICER, organisation=unit)
    theme = make_theme(session, "Chuyển đổi số", colour=4)
    for stage, title, day in (
        (Stage.DRAFTING, "Bản nháp về lớp học số", SOON),
        (Stage.APPROVED, "Bản tin loa đã lên lịch", SOON + timedelta(days=6)),
        (Stage.IDEA, "Ý tưởng trong kho", None),
    ):
        item = make_item(
            session, stage=stage, title=title, organisation=unit, author=made, planned_on=day, themes=(theme,)
        )
        if stage is Stage.APPROVED and day is not None:
            make_slot(session, item=item, due_at=at_hour(day, 5, 15))
    session.commit()
    sign_in_as(made)
    page.goto("/calendar?month=2027-03")
    expect(_card(page, "Bản nháp")).to_be_visible()
    return made


def _card(page: Page, title: str) -> Locator:
    return page.locator(".card", has_text=title)


def _cell(page: Page, day: date) -> Locator:
    return page.locator(f'.day[data-date="{day}"]')


def _drag(page: Page, source: Locator, target: Locator) -> None:
    """By mouse, as a hand does: down, a little, there, up."""
    start, end = source.bounding_box(), target.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 40, start["y"] + 18)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 30, steps=5)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] - 20, steps=10)
    page.mouse.up()


def _planned(engine: Engine, title: str) -> date | None:
    with Session(engine) as session:
        return session.query(Item).filter(Item.title.startswith(title)).one().planned_on


def test_cards_are_dragged_to_a_day_from_the_pool_and_refused_with_what_others_did(
    writer: Person, page: Page, engine: Engine
) -> None:
    there = SOON + timedelta(days=7)
    _drag(page, _card(page, "Bản tin loa"), _cell(page, there))
    expect(page.locator("[data-undo-text]")).to_have_text("Đã chuyển từ 9/3/2027 sang 10/3/2027.")
    expect(_cell(page, there).locator(".card__hour")).to_have_text("05:15")
    with Session(engine) as session:
        assert clock.local_day(session.query(Slot).one().due_at) == there
    _drag(page, page.locator(".pool__card"), _cell(page, there))
    expect(page.locator(".pool__count")).to_have_text("0")
    assert _planned(engine, "Ý tưởng") == there

    with Session(engine.execution_options(write=True)) as session:
        item = session.query(Item).filter(Item.title.startswith("Bản nháp")).one()
        item.planned_on = SOON + timedelta(days=1)
        session.commit()
    _drag(page, _card(page, "Bản nháp"), _cell(page, there))
    expect(page.locator(".toast--danger")).to_be_visible()
    expect(_cell(page, SOON + timedelta(days=1)).locator(".card")).to_have_count(1)


def test_a_card_is_moved_and_undone_by_keyboard_and_a_piece_is_made_on_a_day(
    writer: Person, page: Page, engine: Engine
) -> None:
    _cell(page, SOON - timedelta(days=1)).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(_card(page, "Bản nháp").locator("a")).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-move-said]")).to_have_text("Thứ Năm, 11/3/2027")
    page.keyboard.press("Enter")
    expect(page.locator("[data-undo-text]")).to_have_text("Đã chuyển từ 3/3/2027 sang 11/3/2027.")
    assert _planned(engine, "Bản nháp") == SOON + timedelta(days=8)
    expect(_card(page, "Bản nháp").locator("a")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(_cell(page, SOON).locator(".card")).to_have_count(1)
    assert _planned(engine, "Bản nháp") == SOON

    day = SOON + timedelta(days=2)
    _cell(page, day).click(position={"x": 60, "y": 70})
    page.keyboard.type("Tin làm ngay trên lịch")
    page.keyboard.press("Enter")
    expect(_cell(page, day).locator(".card")).to_contain_text("Tin làm ngay")
    assert _planned(engine, "Tin làm ngay") == day
    _card(page, "Tin làm ngay").click()
    expect(page.locator(".pop__acts")).to_contain_text("Chuyển ngày")
    page.keyboard.press("Escape")
    expect(page.locator(".pop")).to_be_hidden()
    page.locator('[data-calendar-view="week"]').click()
    expect(page).to_have_url(re.compile(r"view=week&day=2027-03-01"))
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Tháng 3 năm 2027")


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_every_view_is_accessible_and_fits_its_window(
    writer: Person, page: Page, *, window: ViewportSize
) -> None:
    page.set_viewport_size(window)
    wrong: list[str] = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        settle(page)
        for view in ("month", "week", "list"):
            page.goto(f"/calendar?view={view}&month=2027-03")
            expect(page.locator("[data-calendar-grid]")).not_to_have_attribute("aria-busy", "true")
            wrong += [f"{scheme} {view}: {fault}" for fault in axe(page)]
            wrong += [f"{scheme} {view}: sideways"] * bool(sideways(page))
    page.goto("/calendar?month=2027-03")
    if window is PHONE:
        _cell(page, SOON).click()
        expect(page.locator(".day-panel__list")).to_contain_text("Bản nháp")
        page.locator(".day-panel__list a").click()
    else:
        page.locator(".card__link").first.click()
    expect(page.locator(".pop__acts")).to_be_visible()
    wrong += axe(page)
    page.locator("[data-calendar-move]").click()
    expect(page.locator(".move-bar")).to_be_visible()
    wrong += axe(page)
    assert "\n".join(sorted(set(wrong))) == ""


def test_today_is_readable_on_a_day_off_too(writer: Person, page: Page) -> None:
    """The suite runs on any day of the week: a Sunday of the month is marked as today would be."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        settle(page)
        marked = page.evaluate(_TODAY_ON_SUNDAY)
        assert marked == 1
        assert axe(page) == []


_TODAY_ON_SUNDAY = """() => {
  const cell = document.querySelector('[role=gridcell][data-date="2027-03-14"]')
  cell.classList.add('day--today')
  return document.querySelectorAll('.day--today[data-off] .day__number').length
}"""


def test_a_month_of_six_weeks_is_printed_whole_on_one_sheet(
    writer: Person, page: Page, session: Session
) -> None:
    day = date(2027, 8, 4)  # August 2027 stands in six weeks
    titles = [
        f"Bài về chuyển đổi số ở xã thứ {number}, tựa đề dài hơn một dòng của thẻ" for number in range(1, 8)
    ]
    unit = session.query(Item).limit(1).one().organisation
    for title in titles:
        make_item(session, title=title, organisation=unit, author=writer, planned_on=day)
    session.commit()
    for view, sheets in (("month=2027-08", 1), (f"view=week&day={day}", 1)):
        page.goto(f"/calendar?{view}")
        expect(_card(page, "xã thứ 1,").first).to_be_visible()
        printed = PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(printed) == sheets, view
        text = nfc("".join(printed[0].get_textpage().get_text_range().split()))
        for title in titles:  # of a day with many cards the screen shows three
            assert title.replace(" ", "") in text
        assert page.locator(".paper").count() == 0


def test_the_cards_of_a_month_are_asked_once_and_by_the_head_of_the_page(writer: Person, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/calendar/cards?" in one.url else None)
    page.goto("/calendar?month=2027-05")  # whose weeks begin in April and end in June
    expect(page.locator('.day[data-date="2027-06-06"]')).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [one.partition("?")[2] for one in asked] == ["start=2027-04-26&end=2027-06-07"]
    assert page.locator('link[rel="preload"][as="fetch"]').count() == 1
    page.goto("/calendar?month=2027-03&q=nháp")
    expect(_card(page, "Bản nháp")).to_be_visible()
    assert page.locator('link[rel="preload"][as="fetch"]').count() == 0
