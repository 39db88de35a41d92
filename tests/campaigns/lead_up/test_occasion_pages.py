"""The pages of yearly days, asked by who may, by an officer who only reads, and by who is signed out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.db import read_session, transaction
from campaigns.board.lead_up.keeping import keep_lead_ups
from campaigns.board.lead_up.queries import campaigns_of_occurrences, milestones_of
from campaigns.board.models import Campaign, Milestone, Placement
from campaigns.occasions.models import DayOff, Occasion, OccasionTask, Occurrence, RuleKind, StepKind
from campaigns.occasions.queries import occurrences_of, template_of
from campaigns.occasions.rules import Rule
from campaigns.plans.models import FactKind, Plan, PlanFact
from content.items.models import Stage
from tests.factories import make_occasion, make_organisation, make_person, make_plan, make_theme
from tests.page_forms import forms_of
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
# What SQL does there is asked of both databases in test_lead_up.py and test_materialise.py.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NFD = unicodedata.normalize("NFD", "Ngày hội Đổi mới sáng tạo")


DAYS_OF_PLAN = {(18, 5), (1, 10), (10, 10)}  # which the plan of these tests names itself


class Office:
    """A lead agency with one yearly day, half a year from now, and its lead-ups."""

    def __init__(self, session: Session, engine: Engine, visit: Visit) -> None:
        now = clock.now()
        today = clock.local_day(now)
        ahead = (today + timedelta(days=170 + more) for more in range(4))
        day = next(one for one in ahead if (one.day, one.month) not in DAYS_OF_PLAN)
        self.engine, self.db = engine, read_session(engine)
        self.unit = make_organisation(session, "Sở Khoa học và Công nghệ")
        self.coordinator = make_person(session, Role.COORDINATOR, organisation=self.unit)
        self.officer = make_person(session, Role.OFFICER)
        self.theme = make_theme(session, "Chuyển đổi số toàn diện")
        self.occasion = make_occasion(
            session,
            name="Ngày Chuyển đổi số quốc gia",
            rule=Rule(RuleKind.SOLAR, day.month, min(day.day, 28)),
            themes=(self.theme,),
            organisation=self.unit,
            owner=self.coordinator,
            now=now,
        )
        keep_lead_ups(session, self.occasion, actor=self.coordinator, now=now)
        self.first = occurrences_of(session, self.occasion)[0]
        self.campaign = campaigns_of_occurrences(session, [self.first.id])[self.first.id]
        session.commit()
        self.boss, self.reader, self.nobody = visit(self.coordinator), visit(self.officer), visit(None)

    @property
    def path(self) -> str:
        return f"/occasions/{self.occasion.id}"

    def fresh(self) -> Session:
        """A session for reading what the database holds now; only one is open."""
        self.db.close()
        self.db = read_session(self.engine)
        return self.db

    def filled(self, page: str, **typed: object) -> dict[str, object]:
        """The form of *page* as the coordinator's browser would send it, with *typed* in its fields."""
        answer = self.boss.get(page)
        assert answer.status_code == 200, page
        form = next(one for one in forms_of(answer.text) if one.method == "post")
        return {**{name: value for name, value in form.filled().items() if name != "csrf_token"}, **typed}


@pytest.fixture
def office(session: Session, engine: Engine, visit: Visit) -> Iterator[Office]:
    """The lead agency."""
    made = Office(session, engine, visit)
    yield made
    made.db.close()


def test_who_reads_campaigns_sees_days_and_how_far_they_are_and_changes_nothing(office: Office) -> None:
    for page in ("/occasions", office.path, "/days-off", "/occasions?retired=1"):
        assert office.boss.get(page).status_code == 200
        assert office.nobody.get(page).status_code == 303
        shown = office.reader.get(page)
        assert shown.status_code == 200
        assert not [form for form in forms_of(shown.text) if form.method == "post"], page
    listed = unescape(office.reader.get("/occasions").text)
    assert "Ngày Chuyển đổi số quốc gia" in listed
    assert "Nêu yêu cầu" in listed
    assert "Thêm ngày, dịp" not in listed
    for page in (
        "/occasions/new",
        "/occasions/usual",
        f"{office.path}/edit",
        f"{office.path}/template",
        f"{office.path}/retire",
        f"{office.path}/occurrences/{office.first.id}/move",
        f"{office.path}/occurrences/{office.first.id}/cancel",
        f"{office.path}/occurrences/{office.first.id}/slogan",
    ):
        assert office.reader.get(page).status_code == 404, page
        assert office.reader.post(page).status_code == 404, page
        assert office.nobody.post(page).status_code == 303, page


def test_a_day_is_added_with_its_campaigns(office: Office) -> None:
    typed = {"name": NFD, "month": "10", "day": "1", "themes": [str(office.theme.id)]}
    data = office.filled("/occasions/new", **typed)
    answer = office.boss.post("/occasions/new", data)
    assert answer.status_code == 303
    db = office.fresh()
    made = db.scalars(select(Occasion).where(Occasion.name == "Ngày hội Đổi mới sáng tạo")).one()
    assert made.owner_id == office.coordinator.id
    campaigns = campaigns_of_occurrences(db, [one.id for one in occurrences_of(db, made)])
    assert len(campaigns) == 2
    shown = unescape(office.boss.get(answer.headers["Location"]).text)
    assert "Ngày 1/10 hằng năm" in shown
    again = office.boss.post("/occasions/new", data)
    assert again.status_code == 409
    assert "Đã có ngày, dịp tên" in unescape(again.text)


@ON_SQLITE
def test_what_cannot_be_is_said_in_words_and_kept(office: Office) -> None:
    page, name = "/occasions/new", "Một tên đã gõ"
    wrong: tuple[tuple[dict[str, object], str], ...] = (
        ({"name": " "}, "Nhập tên ngày, dịp."),
        ({"name": "ế" * 400_000}, "nhiều nhất là 250"),
        ({"name": name, "month": "2", "day": "30"}, "nhiều nhất 29 ngày"),
        ({"name": name, "kind": "weekday", "nth": "", "weekday": ""}, "Chọn tuần thứ mấy"),
        ({"name": name, "window_before": "9" * 30}, "Nhập một số từ 0 đến 120."),
        ({"name": name, "window_after": "-1"}, "Nhập một số từ 0 đến 120."),
        ({"name": name, "themes": []}, "Chọn ít nhất một chủ đề"),
        ({"name": name, "task": "999999999"}, "Có nhiệm vụ không thuộc kế hoạch"),
        ({"name": name, "owner": str(office.officer.id)}, "không có trong danh sách"),
    )
    sound = {"themes": [str(office.theme.id)], "day": "1", "month": "6"}
    for typed, sentence in wrong:
        answer = office.boss.post(page, office.filled(page, **{**sound, **typed}))
        assert answer.status_code == 422, typed
        assert sentence in unescape(answer.text), sentence
        assert str(typed["name"]).strip() in unescape(answer.text)
    assert [one.id for one in office.fresh().scalars(select(Occasion))] == [office.occasion.id]
    for path in ("/occasions/999999", "/occasions/999999/edit", f"{office.path}/occurrences/999999/move"):
        assert office.boss.get(path).status_code == 404


def test_a_changed_rule_moves_days_and_pieces_and_a_stale_form_keeps_its_words(office: Office) -> None:
    page = f"{office.path}/edit"
    data = office.filled(page, day="3")
    before = {one.id: one.held_on for one in occurrences_of(office.fresh(), office.occasion)}
    assert office.boss.post(page, data).status_code == 303
    db = office.fresh()
    after = {one.id: one.held_on for one in occurrences_of(db, office.occasion)}
    assert {key: day.replace(day=3) for key, day in before.items()}.items() <= after.items()
    campaign = db.get_one(Campaign, office.campaign.id)
    assert campaign.held_on == after[office.first.id]
    stale = office.boss.post(page, {**data, "name": "Tên đã gõ của người thứ hai"})
    assert stale.status_code == 409
    assert "Tên đã gõ của người thứ hai" in unescape(stale.text)


def test_an_occurrence_is_moved_after_saying_what_goes_along(office: Office) -> None:
    with transaction(office.engine) as db:
        placed = select(Placement).where(Placement.campaign_id == office.campaign.id)
        begun = db.scalars(placed).first()
        assert begun is not None
        begun.item.stage = Stage.DRAFTING
    page = f"{office.path}/occurrences/{office.first.id}/move"
    shown = unescape(office.boss.get(page).text)
    assert "Dời theo (5)" in shown
    assert "Giữ nguyên vì đã có người làm (1)" in shown
    day = office.first.held_on + timedelta(days=5)
    data = office.filled(page, held_on=day.isoformat())
    answer = office.boss.post(page, data, follow_redirects=True)
    assert "5 tin bài dời theo. 1 tin bài đã có người làm giữ nguyên." in unescape(answer.text)
    assert office.fresh().get_one(Occurrence, office.first.id).held_on == day
    assert office.boss.post(page, data).status_code == 409
    for typed in ("", "hôm qua", "2020-01-01", "2090-01-01"):
        assert office.boss.post(page, office.filled(page, held_on=typed)).status_code == 422


def test_an_occurrence_is_cancelled_with_a_reason_and_kept_again(office: Office) -> None:
    page = f"{office.path}/occurrences/{office.first.id}/cancel"
    assert office.boss.post(page, office.filled(page, reason=" ")).status_code == 422
    answer = office.boss.post(page, office.filled(page, reason="Hoãn vì bão số 9"), follow_redirects=True)
    assert "6 tin bài chưa ai viết đã lưu trữ." in unescape(answer.text)
    assert "Đã hủy: Hoãn vì bão số 9" in unescape(answer.text)
    keep = next(form for form in forms_of(answer.text) if form.action.endswith("/keep"))
    answer = office.boss.post(keep.action, {"version": keep.values["version"][0]}, follow_redirects=True)
    assert "6 tin bài được lập lại." in unescape(answer.text)
    assert office.boss.post(keep.action, {"version": "99"}).status_code == 409
    assert office.reader.post(keep.action).status_code == 404


@ON_SQLITE
def test_an_occasion_is_retired_and_used_again(office: Office) -> None:
    page = f"{office.path}/retire"
    shown = unescape(office.boss.get(page).text)
    assert re.search(r"Tin bài chưa ai viết sẽ lưu trữ</dt><dd[^>]*>12<", shown)
    assert office.boss.post(page, {"version": "99"}).status_code == 409
    assert office.boss.post(page, office.filled(page)).status_code == 303
    assert office.occasion.name in unescape(office.boss.get("/occasions?retired=1").text)
    assert office.boss.post(f"{office.path}/edit", {"name": "x"}).status_code == 422
    restore = next(
        form for form in forms_of(office.boss.get(office.path).text) if form.action.endswith("/restore")
    )
    assert office.boss.post(restore.action, {"version": restore.values["version"][0]}).status_code == 303
    assert office.fresh().get_one(Occasion, office.occasion.id).retired_at is None


@ON_SQLITE
def test_the_template_is_changed_row_by_row(office: Office) -> None:
    page = f"{office.path}/template"
    assert office.boss.post(page, office.filled(page, **{"steps-0-days": "999"})).status_code == 422
    typed = {
        "steps-0-days": "45",
        "steps-0-is_working": [],
        "pieces-0-title": "",
        "pieces-6-title": "Tờ rơi {name}",
        "pieces-6-days": "2",
    }
    data = office.filled(page, **typed)
    assert office.boss.post(page, data).status_code == 303
    db = office.fresh()
    template = template_of(db, office.occasion)
    assert template.steps[0].days == -45
    assert [piece.title for piece in template.pieces][-1] == "Tờ rơi {name}"
    assert len(template.pieces) == 6
    brief = milestones_of(db, office.campaign)[0]
    assert brief.due_on == office.first.held_on - timedelta(days=45)
    assert office.boss.post(page, data).status_code == 409


@ON_SQLITE
def test_the_campaign_shows_its_steps_and_takes_ticks(office: Office) -> None:
    page = f"/campaigns/{office.campaign.id}"
    shown = unescape(office.boss.get(page).text)
    for word in ("Nêu yêu cầu", "Soạn thảo", "Thu thập tin đã đăng", "Chưa đến hạn", "Xong 0/6 bước"):
        assert word in shown
    assert "Đổi hạn" not in office.reader.get(page).text
    steps = {one.kind: one for one in milestones_of(office.fresh(), office.campaign)}
    report, draft = steps[StepKind.REPORT], steps[StepKind.DRAFT]
    done = office.boss.post(f"{page}/steps/{report.id}/finish", {"version": "1"}, follow_redirects=True)
    assert "Xong 1/6 bước" in unescape(done.text)
    assert office.boss.post(f"{page}/steps/{report.id}/finish", {"version": "1"}).status_code == 409
    assert office.boss.post(f"{page}/steps/{draft.id}/finish", {"version": "1"}).status_code == 409
    assert office.boss.post(f"{page}/steps/{report.id}/reopen", {"version": "2"}).status_code == 303
    edit = f"{page}/steps/{draft.id}/edit"
    data = office.filled(edit, due_on="2030-01-31", note="Theo lịch họp")
    assert office.boss.post(edit, data).status_code == 303
    assert office.fresh().get_one(Milestone, draft.id).due_on == date(2030, 1, 31)
    stale = office.boss.post(edit, {**data, "note": "Ghi chú thứ hai"})
    assert stale.status_code == 409
    assert "Ghi chú thứ hai" in unescape(stale.text)
    assert office.reader.post(edit, data).status_code == 404


@ON_SQLITE
def test_usual_days_are_ticked(office: Office) -> None:
    page = "/occasions/usual"
    data = office.filled(page, days=["gio-to", "bao-chi"], organisation=str(office.unit.id))
    assert office.boss.post(page, {**data, "days": []}).status_code == 422
    assert office.boss.post(page, {**data, "days": ["khong-co"]}).status_code == 422
    assert office.boss.post(page, data).status_code == 303
    listed = unescape(office.boss.get("/occasions").text)
    assert "Giỗ Tổ Hùng Vương" in listed
    assert "Mùng 10 tháng 3 âm lịch" in listed


def test_days_that_a_plan_names_are_made_with_their_tasks(office: Office) -> None:
    with transaction(office.engine) as db:
        plan: Plan = make_plan(db)
        for position, (day, name, kind) in enumerate(
            (
                (18, "Ngày Khoa học và Công nghệ Việt Nam", "commemorative"),
                (20, "hoàn thành trước", "deadline"),
                (None, "tháng 6", "commemorative"),
                (30, "kỷ niệm 80 năm Ngày truyền thống của ngành", "commemorative"),
            )
        ):
            value = {"day": day, "month": 5, "year": None, "name": name, "kind": kind}
            fact = PlanFact(
                plan_id=plan.id,
                kind=FactKind.KEY_DATE,
                position=position,
                value=value,
                first_line=11,
                last_line=11,
            )
            db.add(fact)
    assert "Lập ngày kỷ niệm từ kế hoạch" in unescape(office.boss.get(f"/plans/{plan.id}").text)
    assert "Lập ngày kỷ niệm từ kế hoạch" not in unescape(office.reader.get(f"/plans/{plan.id}").text)
    page = f"/occasions/from-plan/{plan.id}"
    assert office.reader.get(page).status_code == 404
    data = office.filled(page, organisation=str(office.unit.id), themes=[str(office.theme.id)])
    assert data["days"] == ["0"]
    assert office.boss.post(page, data).status_code == 303
    db = office.fresh()
    made = db.scalars(select(Occasion).order_by(Occasion.id.desc())).first()
    assert made is not None
    assert (made.name, made.day, made.month) == ("Ngày Khoa học và Công nghệ Việt Nam", 18, 5)
    assert len(db.scalars(select(OccasionTask).where(OccasionTask.occasion_id == made.id)).all()) == 1
    assert made.name in unescape(office.boss.get(page).text)
    assert office.boss.post(page, data).status_code == 422  # it is kept already


@ON_SQLITE
def test_days_off_are_set_changed_and_taken_back(office: Office) -> None:
    page = "/days-off?year=2026"
    assert "Mùng hai Tết Nguyên Đán" in unescape(office.boss.get(page).text)
    data = office.filled(page, day="2026-01-02", kind="off", name="Nghỉ hoán đổi cho thứ Bảy 10/1/2026")
    assert office.boss.post(page, data).status_code == 303
    assert office.boss.post(page, data).status_code == 409
    for typed, sentence in (
        ({"day": "2026-09-02"}, "đã là ngày nghỉ lễ rồi"),
        ({"day": "2/2"}, "Ngày không đúng"),
        ({"day": "2026-03-02", "name": "ế" * 400_000}, "nhiều nhất là 200"),
    ):
        answer = office.boss.post(page, {**data, **typed})
        assert answer.status_code == 422
        assert sentence in unescape(answer.text)
        assert str(typed.get("name", data["name"])) in unescape(answer.text)
    assert office.reader.post(page, data).status_code == 404
    row = office.fresh().scalars(select(DayOff)).one()
    edit = f"/days-off/{row.id}/edit"
    changed = office.filled(edit, kind="worked", name="Vẫn làm việc")
    assert office.boss.post(edit, changed).status_code == 303
    stale = office.boss.post(edit, {**changed, "name": "Tên thứ hai"})
    assert stale.status_code == 409
    assert "Tên thứ hai" in unescape(stale.text)
    assert office.boss.post(f"/days-off/{row.id}/clear", {"version": "1"}).status_code == 409
    assert office.boss.post(f"/days-off/{row.id}/clear", {"version": "2"}).status_code == 303
    assert office.fresh().scalars(select(DayOff)).all() == []


@ON_SQLITE
def test_the_slogan_of_a_year_is_written_down(office: Office) -> None:
    page = f"{office.path}/occurrences/{office.first.id}/slogan"
    data = office.filled(page, slogan="Chuyển đổi số gần dân hơn")
    assert office.boss.post(page, data).status_code == 303
    assert "“Chuyển đổi số gần dân hơn”" in unescape(office.reader.get(office.path).text)
    stale = office.boss.post(page, {**data, "slogan": "Câu thứ hai"})
    assert stale.status_code == 409
    assert "Câu thứ hai" in unescape(stale.text)
    assert "Chuyển đổi số gần dân hơn" in unescape(stale.text)
    assert office.boss.post(page, {**data, "slogan": "ế" * 400_000}).status_code == 422
