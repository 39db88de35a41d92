"""From a plan to work: made in one go, never twice, refused in words; asked by three people."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.db import Base, transaction
from app.errors import Refused, Stale
from campaigns.board.from_plan.queries import work_of
from campaigns.board.from_plan.services import (
    CampaignChoice,
    SeriesChoice,
    TargetChoice,
    Unfit,
    WorkChoices,
    WorkMade,
    make_work,
)
from campaigns.board.from_plan.shapes import Work
from campaigns.board.models import Campaign, CampaignTask, Series, Target
from campaigns.board.services import archive_campaign
from campaigns.board.targets.services import TargetInput, change_target
from campaigns.occasions.models import Occasion
from campaigns.plans.models import FactKind, Plan, PlanFact, PlanTheme, Task, TaskGroup
from campaigns.plans.services import archive_plan
from content.outlets.models import OutletKind
from tests.conftest import NOW
from tests.factories import make_organisation, make_outlet, make_person, make_plan, make_theme
from tests.page_forms import forms_of
from tests.visitor import Visitor

TODAY = date(2026, 5, 4)
Visit = Callable[[Person | None], Visitor]
TEXTS = (
    "Mở chuyên mục “Sống số” trên Cổng Thông tin điện tử tỉnh, 02 tin, bài/tháng về Bình dân học vụ số.",
    "Giới thiệu phong trào Bình dân học vụ số bằng ít nhất 10 phóng sự, hưởng ứng Ngày Chuyển đổi số quốc gia (10/10).",
)


@pytest.fixture(autouse=True)
def _at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages stand at the tests' moment too."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@dataclass
class Office:
    """A plan whose tasks ask for a column, for reports and for a day; who works on it."""

    plan: Plan
    coordinator: Person
    second: Person
    officer: Person
    home_id: int

    @property
    def page(self) -> str:
        return f"/plans/{self.plan.id}/work"


@pytest.fixture
def office(session: Session) -> Office:
    unit = make_organisation(session)
    people = [
        make_person(session, role, organisation=unit)
        for role in (Role.COORDINATOR, Role.COORDINATOR, Role.OFFICER)
    ]
    plan = make_plan(session, confirmed_by=people[0])
    theme = make_theme(session, "Bình dân học vụ số")
    session.add(PlanTheme(plan_id=plan.id, theme_id=theme.id))
    make_outlet(session, kind=OutletKind.PORTAL, is_own=True)
    for task, text in zip(_tasks(session, plan), TEXTS, strict=True):
        task.text = text
    day = {
        "day": 10,
        "month": 10,
        "year": None,
        "name": "Ngày Chuyển đổi số quốc gia",
        "kind": "commemorative",
    }
    report = {
        "who": ["Sở Khoa học và Công nghệ"], "to": ["Ủy ban nhân dân tỉnh"], "via": None, "cadence": ["6 tháng"],
        "due": [{"day": 20, "month": 6, "op": "trước"}], "adhoc": False, "text": "báo cáo định kỳ",
    }  # fmt: skip
    for kind, value, line in ((FactKind.KEY_DATE, day, 12), (FactKind.REPORTING, report, 18)):
        session.add(
            PlanFact(plan_id=plan.id, kind=kind, position=1, value=value, first_line=line, last_line=line)
        )
    session.commit()
    coordinator, second, officer = people
    return Office(plan, coordinator, second, officer, unit.id)


def _tasks(session: Session, plan: Plan) -> list[Task]:
    asked = select(Task).join(TaskGroup).where(TaskGroup.plan_id == plan.id).order_by(Task.position)
    return list(session.scalars(asked))


def offered(session: Session, office: Office) -> Work:
    return work_of(session, office.plan, today=TODAY, home_id=None)


def everything(session: Session, office: Office) -> WorkChoices:
    """All that the plan proposes by group, as it is proposed; themes left aside."""
    work = offered(session, office)
    home = office.home_id
    campaigns = {
        one.key: CampaignChoice(one.name, one.days.first, one.days.last, home, one.theme_ids)
        for one in work.campaigns
        if one.key.startswith("group-")
    }
    series = {
        one.key: SeriesChoice(one.name, one.theme_id or 0, one.cadence, one.quota or 0, one.outlet_ids)
        for one in work.series
    }
    targets = {one.key: TargetChoice(one.theme_id or 0, one.count, one.due_on) for one in work.targets}
    return WorkChoices(campaigns, series, targets, {1: "Ngày Chuyển đổi số"}, home)


def make(session: Session, office: Office, chosen: WorkChoices, **changed: Any) -> WorkMade:
    values: dict[str, Any] = {"seen": office.plan.version, "actor": office.coordinator, **changed}
    return make_work(session, office.plan, chosen, home_id=None, now=NOW, **values)


def counted(session: Session) -> tuple[int, ...]:
    opened = select(func.count()).select_from(Campaign).where(Campaign.occurrence_id.is_(None))
    others: list[type[Base]] = [Series, Target, Occasion]
    return tuple(
        session.scalar(one) or 0
        for one in (opened, *(select(func.count()).select_from(kind) for kind in others))
    )


# -- services


def test_one_yes_makes_everything_and_each_part_leads_back_to_its_task(
    session: Session, office: Office
) -> None:
    chosen = everything(session, office)
    assert make(session, office, chosen) == WorkMade(1, 1, 1, 1)
    session.commit()
    first, second = _tasks(session, office.plan)
    campaign = session.scalars(select(Campaign).where(Campaign.occurrence_id.is_(None))).one()
    linked = select(CampaignTask.task_id).where(CampaignTask.campaign_id == campaign.id)
    assert set(session.scalars(linked)) == {first.id, second.id}
    series, target = session.scalars(select(Series)).one(), session.scalars(select(Target)).one()
    assert (series.task_id, series.name, series.quota, series.ends_on) == (
        first.id,
        "Sống số",
        2,
        campaign.ends_on,
    )
    assert (target.task_id, target.count, target.printed) == (second.id, 10, "ít nhất 10 phóng sự")
    assert session.scalars(select(Occasion)).one().name == "Ngày Chuyển đổi số"
    (entry,) = (one for one in audit.history_of(session, office.plan) if one.action == "plan.work")
    assert entry.details == {"campaigns": 1, "series": 1, "targets": 1, "days": 1}


def test_the_same_yes_twice_makes_nothing_twice_and_is_told(session: Session, office: Office) -> None:
    chosen = everything(session, office)
    make(session, office, chosen)
    session.commit()
    before = counted(session)
    with pytest.raises(Stale, match="Vừa có người lập"):
        make(session, office, chosen, actor=office.second)
    session.rollback()
    assert counted(session) == before
    work = offered(session, office)
    assert (work.campaigns, work.series, work.targets) == ([], [], [])
    assert len(work.groups[0].campaigns_made) == 1


def test_what_was_left_is_still_proposed(session: Session, office: Office) -> None:
    chosen = everything(session, office)
    make(session, office, replace(chosen, series={}, targets={}, days={}))
    session.commit()
    work = offered(session, office)
    assert (len(work.series), len(work.targets)) == (1, 1)
    assert make(session, office, replace(chosen, campaigns={}, days={})) == WorkMade(0, 1, 1, 0)


def test_a_series_without_a_campaign_is_refused_at_its_place(session: Session, office: Office) -> None:
    chosen = everything(session, office)
    with pytest.raises(Unfit, match="chọn cả chiến dịch") as refused:
        make(session, office, replace(chosen, campaigns={}))
    assert refused.value.key == next(iter(chosen.series))


def test_nothing_is_made_when_one_part_cannot_be(session: Session, office: Office) -> None:
    chosen = everything(session, office)
    (key,) = chosen.targets
    late = replace(chosen.targets[key], due_on=date(2027, 1, 1))
    with pytest.raises(Unfit, match="thời gian chiến dịch") as refused:
        make(session, office, replace(chosen, targets={key: late}))
    assert refused.value.key == key
    session.rollback()
    assert counted(session) == (0, 0, 0, 0)


def test_a_plan_that_changed_or_was_put_away_makes_nothing(session: Session, office: Office) -> None:
    chosen = everything(session, office)
    with pytest.raises(Stale):
        make(session, office, chosen, seen=office.plan.version + 1)
    archive_plan(session, office.plan, seen=office.plan.version, actor=office.coordinator, now=NOW)
    with pytest.raises(Refused, match="lưu trữ"):
        make(session, office, chosen)


def test_work_that_was_put_away_is_proposed_again(session: Session, office: Office) -> None:
    make(session, office, everything(session, office))
    campaign = session.scalars(select(Campaign).where(Campaign.occurrence_id.is_(None))).one()
    archive_campaign(session, campaign, seen=campaign.version, actor=office.coordinator, now=NOW)
    session.commit()
    assert len(offered(session, office).series) == 1


def test_a_plan_is_read_in_the_same_queries_whatever_stands_on_it(
    session: Session, engine: Engine, office: Office
) -> None:
    def queries() -> int:
        seen: list[str] = []

        def note(*given: Any) -> None:
            seen.append(given[2])

        event.listen(engine, "before_cursor_execute", note)
        offered(session, office)
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    before = queries()
    make(session, office, everything(session, office))
    session.commit()
    assert queries() <= before + 1  # the themes of the campaigns that are there now
    assert before < 14


def test_another_task_of_a_target_takes_the_plans_words_from_it(session: Session, office: Office) -> None:
    make(session, office, everything(session, office))
    target = session.scalars(select(Target)).one()
    wanted: dict[str, Any] = {
        "theme_id": target.theme_id, "count": 12, "due_on": target.due_on, "outlet_id": None, "outlet_kind": None,
        "item_type": None,
    }  # fmt: skip
    kept = TargetInput(**wanted, task_id=target.task_id)
    change_target(session, target, kept, seen=target.version, actor=office.coordinator, now=NOW)
    assert target.printed == "ít nhất 10 phóng sự"
    moved = TargetInput(**wanted, task_id=_tasks(session, office.plan)[0].id)
    change_target(session, target, moved, seen=target.version, actor=office.coordinator, now=NOW)
    assert target.printed == ""


# -- pages


def filled(visitor: Visitor, page: str, **typed: Any) -> dict[str, Any]:
    """What the page's form would send, with *typed* in its fields by the end of their names."""
    answer = visitor.get(page)
    assert answer.status_code == 200
    (form,) = (one for one in forms_of(answer.text) if one.method == "post" and "version" in one.values)
    values: dict[str, Any] = {name: value for name, value in form.values.items() if name != "csrf_token"}
    for ending, value in typed.items():
        names = [name for name in {*form.values, *form.chosen} if name.endswith(ending.replace("_", "-", 1))]
        assert names, ending
        for name in names:
            values[name] = value
    return values


def test_the_page_as_it_stands_is_made_with_one_send(engine: Engine, visit: Visit, office: Office) -> None:
    boss = visit(office.coordinator)
    answer = boss.post(office.page, filled(boss, office.page))
    assert answer.status_code == 303
    shown = unescape(boss.get(answer.headers["Location"]).text)
    assert "Đã lập 1 chiến dịch, 1 chuyên mục, 1 chỉ tiêu, 1 ngày kỷ niệm." in shown
    assert "Mọi việc kế hoạch nêu đã được lập." in shown
    assert "Lập những việc đã chọn" not in shown
    plan = unescape(boss.get(f"/plans/{office.plan.id}").text)
    assert "Sống số" in plan
    assert "ít nhất 10 phóng sự" in plan
    with Session(engine) as session:
        campaign_id = session.scalar(select(Target.campaign_id))
    campaign = unescape(boss.get(f"/campaigns/{campaign_id}").text)
    assert "kế hoạch viết: “ít nhất 10 phóng sự”" in campaign
    assert campaign.count(f"/plans/{office.plan.id}#task-") == 4  # two tasks, the series, the target
    assert "thực hiện nhiệm vụ a" in campaign


def test_the_page_shows_each_proposal_beside_the_plans_words_and_keeps_the_reports(
    visit: Visit, office: Office
) -> None:
    shown = unescape(visit(office.coordinator).get(office.page).text)
    for words in (
        "“02 tin, bài/tháng”",
        "“ít nhất 10 phóng sự”",
        "dòng 11",
        "dòng 12",
        "trước ngày 20/6",
        "6 tháng",
    ):
        assert words in shown, words
    assert shown.count("<h1") == 1


def test_a_wrong_field_comes_back_with_what_was_typed_and_its_sentence(
    engine: Engine, visit: Visit, office: Office
) -> None:
    boss = visit(office.coordinator)
    wrong: tuple[tuple[Mapping[str, Any], str], ...] = (
        ({"_ends_on": "1/1/2026"}, "Ngày kết thúc phải sau ngày bắt đầu."),
        ({"_quota": "0"}, "Nhập một số từ 1 đến 1000."),
        ({"_quota": "mười"}, "Hãy nhập một số nguyên."),
        ({"_due_on": "2030-01-01"}, "Ngày phải nằm trong thời gian chiến dịch"),
        ({"_count": ""}, "Nhập một số từ 1 đến 100000."),
        ({"_outlets": []}, "Chọn ít nhất một nơi đăng."),
        ({"_themes": []}, "Chọn ít nhất một chủ đề."),
        ({"_organisation": ""}, "Chọn cơ quan chủ trì."),
        ({"_name": "…"}, "Tên phải có chữ."),
        ({"_name": ""}, "Nhập tên chiến dịch."),
        ({"_take": []}, "Chọn ít nhất một việc để lập."),
    )
    for typed, sentence in wrong:
        answer = boss.post(office.page, filled(boss, office.page, **typed))
        shown = unescape(answer.text)
        assert answer.status_code == 422, typed
        assert sentence in shown, sentence
        for value in typed.values():
            assert not value or str(value) in shown or re.search(r"2030-01-01|2026-01-01", shown), typed
    with Session(engine) as session:
        assert counted(session) == (0, 0, 0, 0)


def test_what_is_not_ticked_may_be_blank(engine: Engine, visit: Visit, office: Office) -> None:
    boss = visit(office.coordinator)
    values = filled(boss, office.page, _quota="", _count="")
    kept = {
        name: value for name, value in values.items() if not re.match(r"(series|target|day)-.*-take$", name)
    }
    assert boss.post(office.page, kept).status_code == 303
    with Session(engine) as session:
        assert counted(session) == (1, 0, 0, 0)


def test_names_days_and_numbers_are_taken_as_typed(engine: Engine, visit: Visit, office: Office) -> None:
    boss = visit(office.coordinator)
    values = filled(boss, office.page, _quota="3", _count="25", _ends_on="30/9/2026", _due_on="15/9/2026")
    values |= {name: "Mỗi nhà một người thạo số" for name in values if re.match(r"group-\d+-name", name)}
    assert boss.post(office.page, values).status_code == 303
    with Session(engine) as session:
        campaign = session.scalars(select(Campaign).where(Campaign.occurrence_id.is_(None))).one()
        assert (campaign.name, campaign.ends_on) == ("Mỗi nhà một người thạo số", date(2026, 9, 30))
        assert session.scalars(select(Series.quota)).one() == 3
        target = session.scalars(select(Target)).one()
        assert (target.count, target.due_on) == (25, date(2026, 9, 15))


def test_the_second_of_two_officers_is_told_and_sees_what_stands(
    engine: Engine, visit: Visit, office: Office
) -> None:
    first, second = visit(office.coordinator), visit(office.second)
    mine, theirs = filled(first, office.page), filled(second, office.page)
    assert first.post(office.page, mine).status_code == 303
    with Session(engine) as session:
        before = counted(session)
    answer = second.post(office.page, theirs)
    assert answer.status_code == 409
    assert "Vừa có người lập" in unescape(answer.text)
    assert "/campaigns/" in answer.text
    with Session(engine) as session:
        assert counted(session) == before


def test_an_officer_who_only_reads_and_who_is_signed_out_do_not_get_the_page(
    visit: Visit, office: Office
) -> None:
    for method in ("get", "post"):
        assert getattr(visit(office.officer), method)(office.page).status_code == 404
        answer = getattr(visit(None), method)(office.page)
        assert (answer.status_code, "/sign-in" in answer.headers["Location"]) == (303, True)
    assert office.page not in visit(office.officer).get(f"/plans/{office.plan.id}").text
    assert office.page in visit(office.coordinator).get(f"/plans/{office.plan.id}").text


def test_an_archived_plan_offers_nothing(engine: Engine, visit: Visit, office: Office) -> None:
    with transaction(engine) as session:
        plan = session.get_one(Plan, office.plan.id)
        archive_plan(session, plan, seen=plan.version, actor=office.coordinator, now=NOW)
    shown = visit(office.coordinator).get(office.page)
    assert "Kế hoạch này đã được lưu trữ" in unescape(shown.text)
    assert "group-" not in shown.text


def test_a_task_says_to_a_reader_what_was_made_of_it(visit: Visit, office: Office) -> None:
    boss = visit(office.coordinator)
    boss.post(office.page, filled(boss, office.page))
    page = unescape(visit(office.officer).get(f"/plans/{office.plan.id}").text)
    assert page.count("Đã lập từ nhiệm vụ này") == 2
    assert "2 tin, bài mỗi tháng" in page
