"""From a text that waits to campaigns in under a minute, by the keyboard alone; the page fits both windows."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaigns.board.models import Campaign, CampaignTask
from campaigns.plans.models import Plan, PlanUpload, Task, TaskGroup
from tests.browser_fixtures import DESK, PHONE, axe, sideways
from tests.look import badly_laid_out, beyond_the_keyboard
from tests.studio import Studio, studio

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """The demonstration, served."""
    with studio(tmp_path_factory.mktemp("studio")) as made:
        yield made


@pytest.fixture
def coordinator(at: Studio, page: Page) -> Page:
    """The coordinator's tab."""
    page.context.add_cookies([{"name": "loa", "value": at.cookie("coordinator"), "url": at.url}])
    return page


def tab_to(page: Page, name: str) -> None:
    """Press the tabulator until the button or field of that name has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "[document.activeElement.textContent, document.activeElement.id].join(' ').trim()"
        )
        if name in found:
            return
    raise AssertionError(f"no key reaches {name}")


def test_an_officer_goes_from_a_text_to_campaigns_in_under_a_minute_by_the_keyboard(
    at: Studio, coordinator: Page
) -> None:
    page = coordinator
    with Session(at.engine) as session:
        upload_id = session.scalar(select(PlanUpload.id).where(PlanUpload.plan_id.is_(None)))
        before = session.scalar(select(func.count()).select_from(Campaign)) or 0
    page.goto(f"{at.url}/plans/uploads/{upload_id}")
    begun = time.monotonic()
    tab_to(page, "Xác nhận kế hoạch")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/*")
    tab_to(page, "Từ kế hoạch đến việc")
    page.keyboard.press("Enter")
    page.wait_for_url("**/work")
    tab_to(page, "-take")
    tab_to(page, "-name")
    page.keyboard.press("Enter")  # as in every form, it sends
    expect(page.locator(".flash, [role=status]").filter(has_text="Đã lập").first).to_be_visible()
    assert time.monotonic() - begun < 60
    with Session(at.engine) as session:
        plan = session.scalars(select(Plan).order_by(Plan.id.desc())).first()
        assert plan is not None
        made = session.scalars(
            select(CampaignTask.campaign_id)
            .join(Task, CampaignTask.task_id == Task.id)
            .join(TaskGroup)
            .where(TaskGroup.plan_id == plan.id)
            .distinct()
        ).all()
        groups = session.scalar(
            select(func.count()).select_from(TaskGroup).where(TaskGroup.plan_id == plan.id)
        )
        assert len(made) >= (groups or 0) > 0
        assert (session.scalar(select(func.count()).select_from(Campaign)) or 0) > before


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_is_whole_in_both_windows_and_tongues(
    at: Studio, coordinator: Page, window: dict[str, int], lang: str
) -> None:
    page = coordinator
    page.set_viewport_size(window)  # type: ignore[arg-type]
    page.goto(f"{at.url}/plans/1")
    if lang == "en":
        page.locator("form[action$='/language'] button").first.click()
        page.wait_for_load_state()
    for address in ("/plans/1", "/plans/1/work"):
        page.goto(f"{at.url}{address}")
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator("h1").count() == 1
        assert sideways(page) == 0
        assert badly_laid_out(page) == []
        assert beyond_the_keyboard(page) == []
        assert axe(page) == []


def test_what_is_wrong_is_said_at_its_field_and_takes_the_focus(at: Studio, coordinator: Page) -> None:
    page = coordinator
    page.goto(f"{at.url}/plans/1/work")
    name = page.locator("input[id$='-name']").first
    name.fill("")
    page.get_by_role("button", name="Lập những việc đã chọn").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("p[id$='-name-error']").first).to_contain_text("Nhập tên chiến dịch.")
    assert axe(page) == []
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("input[id$='-name']").first).to_be_focused()
