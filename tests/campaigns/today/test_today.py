"""Hôm nay: what needs this person now, in one list by urgency, and what the next days hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import access_of
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.organisations.models import Organisation
from campaigns.board.lead_up.services import plan_lead_up
from campaigns.board.models import Cadence
from campaigns.occasions.models import DayOff, Occurrence
from campaigns.today.queries import behind_pace, days_ahead, late_steps
from content.items.models import Stage
from content.slots.models import SlotState
from tests.conftest import NOW
from tests.factories import (
    make_campaign,
    make_item,
    make_match,
    make_occasion,
    make_organisation,
    make_outlet,
    make_person,
    make_placement,
    make_publication,
    make_series,
    make_slot,
    make_target,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
TODAY = date(2026, 5, 4)  # a Monday
ROW = re.compile(
    r'<div class="queue__kind">(?:<svg.*?</svg>)?([^<]+)</div>\s*<h3[^>]*>(?:<a[^>]*>)?([^<]+)', re.DOTALL
)


@pytest.fixture(autouse=True)
def _stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def rows_of(page: str) -> list[tuple[str, str]]:
    """The rows of "Cần bạn lúc này": kind and title, in order."""
    return [(kind.strip(), title.strip()) for kind, title in ROW.findall(unescape(page))]


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def desk(session: Session, unit: Organisation, author: Person, reviewer: Person) -> None:
    """Something of every kind that needs an officer."""

    def piece(title: str, stage: Stage, days: int, **more: object) -> None:
        make_item(
            session, title=title, stage=stage, organisation=unit, author=author, reviewer=reviewer,
            planned_on=day(days), **more,  # type: ignore[arg-type]
        )  # fmt: skip

    piece("Bài nháp ngày kia", Stage.DRAFTING, 2)
    piece("Bài nháp hôm nay", Stage.DRAFTING, 0)
    piece("Bài nháp trễ", Stage.DRAFTING, -3)
    piece("Bài duyệt xong", Stage.APPROVED, 1)
    piece("Bài chờ duyệt", Stage.IN_REVIEW, 0)
    piece("Bài chờ duyệt sau", Stage.IN_REVIEW, 5)
    failed = make_item(session, title="Bài hỏng", stage=Stage.APPROVED, organisation=unit, author=author)
    make_slot(session, item=failed, due_at=NOW - timedelta(days=1), state=SlotState.FAILED)
    make_publication(session, published_at=NOW - timedelta(days=2))


def test_an_officer_reads_one_list_the_most_urgent_first_each_thing_once(
    session: Session, visit: Visit
) -> None:
    unit = make_organisation(session)
    officer = make_person(session, Role.OFFICER, organisation=unit)
    approver = make_person(session, Role.APPROVER, organisation=unit)
    stranger = make_person(session, Role.OFFICER)
    desk(session, unit, officer, approver)
    session.commit()
    page = visit(officer).get("/").text
    rows = rows_of(page)
    assert rows == [
        ("Đến hạn mà chưa được duyệt", "Bài nháp trễ"),
        ("Chưa đăng được", "Bài hỏng"),
        ("Đến hạn mà chưa được duyệt", "Bài nháp hôm nay"),
        ("Đến hạn mà chưa được duyệt", "Bài chờ duyệt"),
        ("Đã duyệt mà chưa lên lịch", "Bài duyệt xong"),
        ("Đến hạn mà chưa được duyệt", "Bài nháp ngày kia"),
        ("Tin đã đăng chưa khớp", "1 tin trong 30 ngày qua chưa thuộc tin bài hay chủ đề nào"),
    ]
    assert "Cần bạn lúc này (7)" in page
    assert [kind for kind, _ in rows_of(visit(stranger).get("/").text)] == ["Tin đã đăng chưa khớp"]
    assert rows_of(visit(approver).get("/").text) == [
        ("Chờ bạn duyệt", "Bài chờ duyệt"),
        ("Chờ bạn duyệt", "Bài chờ duyệt sau"),
    ]
    assert visit(None).get("/").location.startswith("/sign-in")


def test_each_role_finds_first_what_it_came_for(session: Session, visit: Visit) -> None:
    unit = make_organisation(session)
    people = {role: make_person(session, role, organisation=unit) for role in Role}
    theme, outlet = make_theme(session, "Chuyển đổi số"), make_outlet(session, organisation=unit)
    make_target(session, theme, outlet=outlet, count=3, due_on=day(-2))
    make_match(session, make_publication(session, outlet=outlet, published_at=NOW), theme=theme)
    session.commit()
    pages = {role: unescape(visit(person).get("/").text) for role, person in people.items()}
    heads = {role: re.findall(r"<h2[^>]*>\s*([^<]+?)\s*(?:<|$)", page) for role, page in pages.items()}
    assert heads[Role.MANAGER][0] == "Đã đăng trong tháng 5/2026"
    assert heads[Role.OUTLET][0] == "Ghi nhận bài đã đăng"
    assert "Trễ 2" in pages[Role.MANAGER]
    assert "Nơi chưa rõ" in pages[Role.MANAGER]
    assert "Đã đăng trong tháng 5/2026" in heads[Role.COORDINATOR]
    for role, page in pages.items():
        assert page.count("<h1") == 1
        assert ("14 ngày tới" in page) is (
            role in {Role.COORDINATOR, Role.OFFICER, Role.APPROVER, Role.MANAGER}
        ), role


def test_the_next_days_count_what_this_person_may_know(session: Session) -> None:
    unit, other = make_organisation(session), make_organisation(session)
    officer = make_person(session, Role.OFFICER, organisation=unit)
    make_item(session, organisation=unit, planned_on=day(1))
    make_item(session, organisation=unit, planned_on=day(1), stage=Stage.WITHDRAWN)
    ready = make_item(session, organisation=unit, planned_on=day(1), stage=Stage.APPROVED)
    make_item(session, organisation=other, planned_on=day(1))  # another unit's draft
    make_slot(session, item=ready, due_at=NOW + timedelta(days=1))
    make_slot(session, item=ready, due_at=NOW + timedelta(days=1, hours=1), state=SlotState.CANCELLED)
    make_slot(
        session,
        item=make_item(session, organisation=other, stage=Stage.APPROVED, planned_on=None),
        due_at=NOW + timedelta(days=1),
    )
    make_occasion(session, name="Ngày Khoa học 18/5")
    session.add(DayOff(day=day(2), name="Nghỉ bù", is_off=True))
    session.commit()
    days = days_ahead(session, access_of(session, officer.id, today=TODAY), today=TODAY, language="vi")
    assert [one.day for one in days] == [day(number) for number in range(14)]
    assert (days[1].pieces, days[1].undecided, days[1].slots) == (2, 1, 1)
    assert [one.day for one in days if one.is_off] == [day(number) for number in (2, 5, 6, 12, 13)]
    assert [kept.occasion.name for one in days for kept in one.occurrences] == []  # 18/5 is the fifteenth day
    later = days_ahead(session, access_of(session, officer.id, today=TODAY), today=day(1), language="vi")
    assert [kept.occasion.name for kept in later[13].occurrences] == ["Ngày Khoa học 18/5"]


def test_series_behind_pace_are_told_own_ones_first(session: Session) -> None:
    officer = make_person(session, Role.OFFICER)
    theme, campaign = make_theme(session), make_campaign(session)
    outlets = (make_outlet(session),)
    mine = make_series(session, theme, outlets=outlets, campaign=campaign, cadence=Cadence.MONTHLY, quota=4)
    mine.editor_id = officer.id
    week = make_series(session, theme, outlets=outlets, campaign=campaign, quota=2)
    full = make_series(session, theme, outlets=outlets, campaign=campaign, quota=1)
    over = make_series(session, theme, outlets=outlets, campaign=campaign, quota=9)
    over.ends_on = day(-1)
    make_placement(session, campaign, make_item(session, planned_on=day(2)), series=week)
    make_placement(session, campaign, make_item(session, planned_on=day(3)), series=full)
    session.commit()
    found = behind_pace(session, access_of(session, officer.id, today=TODAY), today=TODAY)
    assert [(row.series.id, row.pace.planned, row.pace.quota) for row in found] == [
        (mine.id, 0, 4),
        (week.id, 1, 2),
    ]


def test_a_lead_up_with_late_steps_needs_who_runs_campaigns(session: Session, visit: Visit) -> None:
    coordinator = make_person(session, Role.COORDINATOR)
    occasion = make_occasion(
        session, name="Ngày Khoa học 18/5", themes=(make_theme(session),), owner=coordinator
    )
    occurrence = (
        session.query(Occurrence).filter_by(occasion_id=occasion.id).order_by(Occurrence.held_on).first()
    )
    assert occurrence is not None
    campaign = plan_lead_up(session, occurrence, actor=coordinator, now=NOW)
    session.commit()
    (late,) = late_steps(session, today=TODAY)
    assert late.campaign.id == campaign.id
    assert late.steps
    session.commit()
    assert rows_of(visit(coordinator).get("/").text)[0] == ("Bước chuẩn bị đến hạn", campaign.name)
    assert campaign.name not in [title for _, title in rows_of(visit(make_officer(session)).get("/").text)]


def make_officer(session: Session) -> Person:
    officer = make_person(session, Role.OFFICER)
    session.commit()
    return officer


def test_the_page_asks_the_same_number_of_questions_whatever_there_is(
    session: Session, visit: Visit, engine: Engine
) -> None:
    unit = make_organisation(session)
    coordinator = make_person(session, Role.COORDINATOR, organisation=unit)
    session.commit()
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def count() -> int:
        asked.clear()
        visitor.get("/")
        return len(asked)

    visitor = visit(coordinator)
    counts = []
    for round_ in range(2):
        desk(session, unit, coordinator, coordinator)
        campaign = make_campaign(session)
        for _ in range(3):
            make_series(session, make_theme(session), outlets=(make_outlet(session),), campaign=campaign)
        make_occasion(session, name=f"Ngày {round_}")
        session.commit()
        counts.append(count())
    assert counts[1] <= counts[0] + 2
    assert counts[0] <= 50
