"""The queue in a browser: one key for each decision, the next entry in focus, ten seconds to take it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from content.publications.found.services import record_found
from content.publications.models import Publication, PublicationStatus
from tests.browser_fixtures import PHONE, axe, sideways
from tests.factories import make_entry, make_feed, make_person, make_theme

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


def test_the_queue_is_gone_through_with_one_key_each(
    session: Session, page: Page, sign_in_as: Callable[[Person], None]
) -> None:
    person, now = make_person(session), clock.now()
    make_theme(session, "Chuyển đổi số")
    titles = [f"Chuyển đổi số ở xã {name}" for name in ("Ba Tơ", "Trà Bồng", "Sơn Tây", "Lý Sơn")]
    entries = [
        make_entry(one, published_at=now - timedelta(hours=hour), summary="Xã mở lớp buổi tối.")
        for hour, one in enumerate(titles)
    ]
    record_found(session, make_feed(session), entries, now=now)
    session.commit()
    sign_in_as(person)
    page.goto("/publications/queue")
    assert axe(page) == []
    current = page.locator(".found__row[aria-current]")
    expect(current).to_contain_text("Ba Tơ")
    page.keyboard.press("j")
    expect(current).to_contain_text("Trà Bồng")
    page.keyboard.press("k")
    page.keyboard.press("y")
    expect(page.locator(".found__done")).to_contain_text("Đã xác nhận")
    expect(current).to_be_focused()
    expect(current).to_contain_text("Trà Bồng")
    expect(page.locator("#queue-tabs .tabs__count")).to_have_text("3")
    page.keyboard.press("u")
    expect(current).to_contain_text("Ba Tơ")
    expect(current).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator(".found__done")).to_contain_text("Đã bỏ qua")
    expect(current).to_contain_text("Trà Bồng")
    expect(current).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator(".found__choose input[name=themes]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".found__choose form")).to_have_count(0)
    page.keyboard.press("i")
    expect(page.locator(".found__choose input[name=item]").first).to_be_focused()
    page.keyboard.press("y")  # what is chosen in the open form, not what was proposed
    expect(page.locator(".found__done")).to_contain_text("Đã xác nhận")
    expect(current).to_contain_text("Sơn Tây")
    expect(current).to_be_focused()
    page.set_viewport_size(PHONE)
    assert sideways(page) == 0
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Sơn Tây")
    states = dict(session.execute(select(Publication.title, Publication.status)).all())
    assert [states[title] for title in titles] == [
        PublicationStatus.DISMISSED, PublicationStatus.CONFIRMED, PublicationStatus.FOUND, PublicationStatus.FOUND,
    ]  # fmt: skip
