"""The pages from a plan to its next version: hand in, compare, say what is what, accept; and the versions that were."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.db import transaction
from campaigns.plans.models import Plan, PlanUpload, Task, TaskUnit
from campaigns.plans.reading import read_source
from campaigns.plans.services import archive_plan
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from campaigns.plans.uploads.corrections import apply_corrections
from campaigns.plans.uploads.services import keep_upload
from tests.browser_fixtures import DESK, PHONE, LiveServer, axe, sideways
from tests.campaigns.plans.amending.newer_texts import MENDED, amending_text, newer_text
from tests.factories import (
    make_campaign,
    make_item,
    make_match,
    make_person,
    make_placement,
    make_publication,
    plan_text,
)
from tests.page_forms import PageForm, forms_of
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


class Desk:
    """A coordinator with a confirmed plan, and work done for one of its tasks."""

    def __init__(self, app: Flask, engine: Engine, visit: Visit) -> None:
        self.engine, self.files, self.visit = engine, app.extensions["loa"].files, visit
        with transaction(engine) as session:
            self.who = make_person(session, Role.COORDINATOR)
            self.plan_id = self._confirm(session)
            task = session.scalars(select(Task).where(Task.text.contains("Mỗi nhà một người"))).one()
            campaign, item = make_campaign(session, name="Nhà nhà thạo số", tasks=(task,)), make_item(session)
            make_placement(session, campaign, item)
            make_match(session, make_publication(session), item=item)
            self.task_id, self.campaign_id = task.id, campaign.id
        self.visitor = visit(self.who)

    def _confirm(self, session: Session) -> int:
        sha256, now = self.files.keep(plan_text().encode()), clock.now()
        upload = keep_upload(session, name="ke-hoach.txt", sha256=sha256, actor=self.who, now=now)
        read = read_source(plan_text().encode(), name=upload.name)
        draft, choices = apply_corrections(read, MENDED), PlanChoices()
        return confirm_plan(session, upload, draft, choices=choices, actor=self.who, now=now, read=read).id

    def hand_in(self, text: str, *, to: str = "") -> TestResponse:
        """Hand the text in for the plan, or at another address."""
        file = {"file": (io.BytesIO(text.encode()), "ban-moi.txt")}
        return self.visitor.post(to or f"/plans/{self.plan_id}/versions/new", file)

    def comparing(self, text: str) -> str:
        """The address of the comparison of a newer text."""
        answer = self.hand_in(text)
        assert answer.status_code == 303, answer.text
        return f"{answer.headers['Location']}/compare"

    def form(self, page: str, action: str, who: Visitor | None = None) -> PageForm:
        """The form of *page* that goes to *action*."""
        answer = (who or self.visitor).get(page)
        assert answer.status_code == 200
        return next(one for one in forms_of(answer.text) if one.action.endswith(action))

    def accept(self, page: str, which: str = "theirs", **typed: Any) -> TestResponse:
        """Press accept with the same word about every conflict."""
        return self.press(self.form(page, "/accept"), which, **typed)

    def press(
        self, form: PageForm, which: str = "theirs", who: Visitor | None = None, /, **typed: Any
    ) -> TestResponse:
        """Send a form as it stands."""
        chosen = dict.fromkeys((name for name in form.chosen if name.startswith("choice-")), which)
        values = {**form.values, **chosen, **typed}
        return (who or self.visitor).post(form.action, {k: v for k, v in values.items() if k != "csrf_token"})


@pytest.fixture
def desk(app: Flask, engine: Engine, visit: Visit) -> Desk:
    """The desk."""
    return Desk(app, engine, visit)


def test_a_newer_text_is_compared_and_accepted(desk: Desk) -> None:
    page = desk.comparing(newer_text())
    shown = desk.visitor.get(page).text
    assert shown.count("<h1") == 1
    assert shown.count("btn-primary") == 1
    assert '<del class="diff">một</del><ins class="diff">hai</ins>' in shown
    assert '<del class="compare__gone">Hưởng ứng phong trào' in shown
    assert "Nhà nhà thạo số" in shown
    assert "1 tin bài, 1 lượt đăng" in shown
    answer = desk.accept(page)
    assert answer.headers["Location"] == f"/plans/{desk.plan_id}/versions/2"
    assert "thư viện học liệu mở" in desk.visitor.get(answer.headers["Location"]).text
    plan = desk.visitor.get(f"/plans/{desk.plan_id}").text
    assert "Mỗi nhà một người thạo số" not in plan
    assert "Sở Công Thương" in plan
    assert "Mỗi nhà một người" in desk.visitor.get(f"/plans/{desk.plan_id}/versions/1/source").text
    assert "Mỗi nhà một người" not in desk.visitor.get(f"/plans/{desk.plan_id}/versions/2/source").text
    versions = desk.visitor.get(f"/plans/{desk.plan_id}/versions").text
    assert versions.index("Bản 2") < versions.index("Bản 1")


def test_the_trace_of_a_retired_task_says_so_and_leads_to_the_old_text(desk: Desk) -> None:
    desk.accept(desk.comparing(newer_text()))
    trace = desk.visitor.get(f"/campaigns/{desk.campaign_id}").text
    assert "Mỗi nhà một người thạo số" in trace
    assert "Nhiệm vụ này không còn trong bản mới của kế hoạch" in trace
    assert f"/plans/{desk.plan_id}/versions/1/source#line-79" in trace
    edit = desk.visitor.get(f"/campaigns/{desk.campaign_id}/edit").text
    assert f'value="{desk.task_id}" id="task-{desk.task_id}" checked' in edit
    assert "Mỗi nhà một người" not in desk.visitor.get("/campaigns/new").text


def test_a_conflict_needs_a_word(desk: Desk) -> None:
    page = desk.comparing(newer_text())
    shown = desk.visitor.get(page).text
    assert "Giữ chữ đang dùng: “Sở Khoa học và Công nghệ”" in shown
    assert "Lấy chữ của bản mới: “Sở Công Thương”" in shown
    form = desk.form(page, "/accept")
    answer = desk.visitor.post(form.action, {**form.values})
    assert answer.status_code == 422
    assert "Chọn một trong hai." in answer.text
    assert desk.accept(page, "ours").status_code == 303
    with Session(desk.engine) as session:
        assert "Sở Công Thương" not in set(session.scalars(select(TaskUnit.printed)))


def test_a_pair_said_by_hand_is_shown_before_it_is_accepted(desk: Desk) -> None:
    page = desk.comparing(newer_text())
    form = desk.form(page, "/accept")
    (asked,) = [name for name in form.chosen if name.startswith("pair-task")]
    assert str(desk.task_id) in form.chosen[asked]
    first = desk.press(form, **{asked: str(desk.task_id)})
    assert first.headers["Location"] == page, "what was not seen is not accepted"
    shown = desk.visitor.get(page).text
    assert "compare__gone" not in shown
    assert desk.accept(page).headers["Location"] == f"/plans/{desk.plan_id}/versions/2"
    with Session(desk.engine) as session:
        task = session.get_one(Task, desk.task_id)
        assert task.text.startswith("Xây dựng thư viện học liệu mở")
        assert task.retired_at is None


@pytest.mark.parametrize("said", ["0", "-1", "abc", "9" * 30, "<script>", ""])
def test_a_pair_that_is_not_offered_is_refused(desk: Desk, said: str) -> None:
    page = desk.comparing(newer_text())
    form = desk.form(page, "/compare")
    (asked,) = [name for name in form.chosen if name.startswith("pair-task")]
    assert desk.press(form, **{asked: said}).status_code == 422
    with Session(desk.engine) as session:
        assert session.scalars(select(Plan.latest)).one() == 1


def test_the_second_of_two_people_is_told(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        other = make_person(session, Role.COORDINATOR)
    theirs = desk.visit(other)
    page = desk.comparing(newer_text())
    later = desk.comparing(newer_text() + "\n")
    form = desk.form(later, "/accept", theirs)
    assert desk.accept(page).status_code == 303
    answer = desk.press(form, "theirs", theirs)
    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in answer.text
    assert "so với bản 2" in answer.text, "the page shows what holds now"
    assert theirs.get(page).status_code == 404


def test_the_refusal_of_a_second_plan_leads_here(desk: Desk) -> None:
    preview = desk.hand_in(newer_text(), to="/plans/new").headers["Location"]
    shown = desk.visitor.get(preview).text
    assert "Văn bản này đã có kế hoạch đang thực hiện" in shown
    refused = desk.press(desk.form(preview, "/confirm"))
    assert refused.status_code == 409
    assert "So sánh với kế hoạch đang thực hiện" in refused.text
    answer = desk.press(desk.form(preview, "/amend"))
    assert answer.headers["Location"] == f"{preview}/compare"
    assert "Xác nhận kế hoạch" not in desk.visitor.get(preview).text
    assert desk.visitor.post(f"{preview}/confirm", {"version": "2"}).status_code == 409


def test_an_amending_document_is_compared_clause_by_clause(desk: Desk) -> None:
    page = desk.comparing(amending_text())
    shown = desk.visitor.get(page).text
    assert "cuộc thi viết" in shown
    assert "chưa đặt được vào kế hoạch" in shown
    assert "Sửa đổi điểm k khoản 9 Mục II" in shown
    assert desk.accept(page).status_code == 303
    plan = desk.visitor.get(f"/plans/{desk.plan_id}").text
    assert "tủ sách “Khoa học vui”" in plan
    assert f"/plans/{desk.plan_id}/versions/2/source#line-26" in plan
    assert "77/QĐ-UBND" in desk.visitor.get(f"/plans/{desk.plan_id}/versions").text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (plan_text(), "không phải bản mới"),
        ("...\n", "chữ nào"),
        ("\n" * 20_001 + "a", "dòng nên không đọc được"),
    ],
)
def test_what_was_confirmed_or_cannot_be_read_is_refused_in_words(desk: Desk, text: str, said: str) -> None:
    answer = desk.hand_in(text)
    assert answer.status_code == 422
    assert said in answer.text
    with Session(desk.engine) as session:
        assert len(session.scalars(select(PlanUpload)).all()) == 1


def test_an_archived_plan_takes_no_version(desk: Desk) -> None:
    page = desk.comparing(newer_text())
    form = desk.form(page, "/accept")
    with transaction(desk.engine) as session:
        plan = session.get_one(Plan, desk.plan_id)
        archive_plan(session, plan, seen=plan.version, actor=desk.who, now=clock.now())
    assert desk.press(form).status_code == 409
    assert desk.hand_in("Kế hoạch khác\n").status_code == 409
    assert "Cập nhật từ bản mới" not in desk.visitor.get(f"/plans/{desk.plan_id}").text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.UNIT, Role.OUTLET, None])
def test_who_may_not_manage_plans_learns_nothing(desk: Desk, role: Role | None) -> None:
    page = desk.comparing(newer_text())
    person = None
    if role is not None:
        with transaction(desk.engine) as session:
            person = make_person(session, role)
    stranger = desk.visit(person)
    refused = 303 if role is None else 404
    assert stranger.get(page).status_code == refused
    assert stranger.get(f"/plans/{desk.plan_id}/versions/new").status_code == refused
    for action in ("compare", "accept", "amend"):
        assert stranger.post(page.replace("compare", action)).status_code == refused
    with Session(desk.engine) as session:
        assert session.scalars(select(Plan.latest)).one() == 1


@pytest.mark.browser
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_comparison_in_a_browser(
    desk: Desk, page: Page, live_server: LiveServer, sign_in_as: Callable[[Person], None]
) -> None:
    """Axe, no sideways scroll, and the whole way by keyboard at both widths."""
    address = desk.comparing(newer_text())
    sign_in_as(desk.who)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for path in (address, f"/plans/{desk.plan_id}/versions/new", f"/plans/{desk.plan_id}/versions"):
            page.goto(path)
            assert sideways(page) == 0, path
            assert axe(page) == [], path
    page.set_viewport_size(DESK)
    page.goto(address)
    page.get_by_role("button", name="Nhận làm bản 2").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Chọn giữ chữ nào", ignore_case=True)
    page.get_by_role("radio", name="Lấy chữ của bản mới").press("Space")
    page.get_by_role("button", name="Nhận làm bản 2").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bản 2 của kế hoạch")
    assert axe(page) == []
    page.set_viewport_size(PHONE)
    assert sideways(page) == 0
