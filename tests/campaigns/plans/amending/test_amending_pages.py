"""The pages from a plan to its next version: hand in, compare, say what is what, accept; and the versions that were."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.db import transaction
from campaigns.plans.models import TaskUnit
from campaigns.plans.reading import read_source
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from campaigns.plans.uploads.corrections import apply_corrections
from campaigns.plans.uploads.services import keep_upload
from tests.factories import (
    make_person,
    plan_text,
)
from tests.page_forms import forms_of
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]

ADDED = "e) Xây dựng thư viện học liệu mở dùng chung cho học sinh trong tỉnh. \n\n"


def without(text: str, first: str, following: str) -> str:
    """*text* without what stands from *first* up to *following*."""
    return text[: text.index(first)] + text[text.index(following) :]


def newer_text() -> str:
    """The plan a year later: a task gone, one added, one reworded, the lead of a group another one."""
    return (
        without(plan_text(), "b) Hưởng ứng", "c) Tổ chức chuỗi")
        .replace("c) Tổ chức chuỗi", "b) Tổ chức chuỗi")
        .replace("d) Biên soạn tờ gấp", "c) Biên soạn tờ gấp")
        .replace("mỗi dịp có ít nhất một tọa đàm", "mỗi dịp có ít nhất hai tọa đàm")
        .replace("- Cơ quan chủ trì: Sở Giáo dục", ADDED + "- Cơ quan chủ trì: Sở Giáo dục")
        .replace("- Cơ quan chủ trì: Sở Tài chính", "- Cơ quan chủ trì: Sở Công Thương")
    )


class Desk:
    """A coordinator with a confirmed plan."""

    def __init__(self, app: Flask, engine: Engine, visit: Visit) -> None:
        self.engine, files = engine, app.extensions["loa"].files
        with transaction(engine) as session:
            self.who = make_person(session, Role.COORDINATOR)
            sha256 = files.keep(plan_text().encode())
            now = clock.now()
            upload = keep_upload(session, name="ke-hoach.txt", sha256=sha256, actor=self.who, now=now)
            read = read_source(plan_text().encode(), name="ke-hoach.txt")
            typed = {"task_groups.2.lead": ["Sở Khoa học và Công nghệ"]}
            draft = apply_corrections(read, typed)
            plan = confirm_plan(
                session, upload, draft, choices=PlanChoices(), actor=self.who, now=now, read=read
            )
            self.plan_id, self.title = plan.id, plan.title
        self.visitor = visit(self.who)

    def hand_in(self, text: str) -> str:
        """The address of the comparison of a newer text."""
        file = {"file": (io.BytesIO(text.encode()), "ban-moi.txt")}
        answer = self.visitor.post(f"/plans/{self.plan_id}/versions/new", file)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"] + "/compare"

    def send(self, page: str, action: str, **typed: str) -> object:
        """Send the form of *page* to *action* as a browser does."""
        shown = self.visitor.get(page)
        assert shown.status_code == 200
        form = next(one for one in forms_of(shown.text) if one.action.endswith(action))
        values = {**form.filled(), **typed}
        return self.visitor.post(
            form.action, {name: value for name, value in values.items() if name != "csrf_token"}
        )


@pytest.fixture
def desk(app: Flask, engine: Engine, visit: Visit) -> Desk:
    """The desk."""
    return Desk(app, engine, visit)


def test_a_newer_text_is_compared_and_accepted(desk: Desk) -> None:
    page = desk.hand_in(newer_text())
    shown = desk.visitor.get(page).text
    assert '<del class="diff">một</del>' in shown
    assert '<ins class="diff">hai</ins>' in shown
    assert "Mỗi nhà một người thạo số" in shown
    assert "thư viện học liệu mở" in shown
    choice = next(name for form in forms_of(shown) for name in form.chosen if name.startswith("choice-group"))
    answer = desk.send(page, "/accept", **{choice: "theirs"})
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"] == f"/plans/{desk.plan_id}/versions/2"
    history = desk.visitor.get(answer.headers["Location"]).text
    assert "thư viện học liệu mở" in history
    plan = desk.visitor.get(f"/plans/{desk.plan_id}").text
    assert "Mỗi nhà một người thạo số" not in plan
    assert "Sở Công Thương" in plan
    assert "Bản 2" in plan
    assert "thạo số" in desk.visitor.get(f"/plans/{desk.plan_id}/versions/1/source").text
    assert "Bản 1" in desk.visitor.get(f"/plans/{desk.plan_id}/versions").text


def test_a_conflict_needs_a_word(desk: Desk) -> None:
    page = desk.hand_in(newer_text())
    shown = desk.visitor.get(page).text
    assert "Giữ chữ đang dùng: “Sở Khoa học và Công nghệ”" in shown
    assert "Lấy chữ của bản mới: “Sở Công Thương”" in shown
    form = next(one for one in forms_of(shown) if one.action.endswith("/accept"))
    answer = desk.visitor.post(form.action, form.values)
    assert answer.status_code == 422
    assert "Chọn một trong hai." in answer.text
    choice = next(name for name in form.chosen if name.startswith("choice-group"))
    assert desk.send(page, "/accept", **{choice: "ours"}).status_code == 303
    with Session(desk.engine) as session:
        leads = set(session.scalars(select(TaskUnit.printed)))
    assert "Sở Khoa học và Công nghệ" in leads
    assert "Sở Công Thương" not in leads
