"""Many rows at once: each by its own right and version, one summary, and what can be taken back is offered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import AuditEntry
from app.bulk import MOST
from app.organisations.models import OrganisationKind
from content.items.bulk.services import shift_item
from content.items.models import Item, ItemTheme, Stage
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.slots.models import Slot, SlotState
from tests.factories import (
    make_item,
    make_match,
    make_organisation,
    make_outlet,
    make_person,
    make_publication,
    make_slot,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
DAY = date(2026, 6, 1)


def rows(*picked: Item | Publication | Slot) -> list[str]:
    return [f"{one.id}.{one.version}" for one in picked]


def test_pieces_are_moved_each_by_its_right_and_version_and_moved_back(
    session: Session, engine: Engine, visit: Visit
) -> None:
    unit = make_organisation(session)
    officer = make_person(session, Role.OFFICER, organisation=unit)
    mine = [
        make_item(session, title=f"Của ta {number}", organisation=unit, planned_on=DAY) for number in range(3)
    ]
    stale = make_item(session, title="Bị sửa trước", organisation=unit, planned_on=DAY)
    open_one = make_item(session, title="Đã duyệt nơi khác", stage=Stage.APPROVED, planned_on=DAY)
    secret = make_item(session, title="Nháp kín nơi khác", planned_on=DAY)
    session.commit()
    sent = [*rows(*mine, open_one, secret), f"{stale.id}.{stale.version + 7}", "99999999.1", "rác"]
    visitor = visit(officer)
    answer = visitor.post(
        "/items/bulk", {"deed": "shift", "days": "-3", "row": sent, "next": "/items?stage=idea"}
    )
    text = unescape(answer.text)
    assert answer.status_code == 200
    assert "Đã dời 3 tin bài." in text
    assert "4 tin bài không dời được" in text
    assert "Bị sửa trước: Nội dung vừa được người khác thay đổi" in re.sub(r"</?strong>", "", text)
    assert "Đã duyệt nơi khác: Bạn không có quyền" in re.sub(r"</?strong>", "", text)
    assert "Nháp kín" not in text
    assert 'href="/items?stage=idea"' in text
    with Session(engine) as after:
        days = {one.title: one.planned_on for one in after.scalars(select(Item))}
        assert {days[one.title] for one in mine} == {DAY - timedelta(days=3)}
        assert {days[one.title] for one in (stale, open_one, secret)} == {DAY}
        done = after.scalars(select(AuditEntry.subject_id).where(AuditEntry.action == "item.replan"))
        assert sorted(done) == sorted(one.id for one in mine)
    with Session(engine) as now:
        sent = rows(*now.scalars(select(Item).where(Item.id.in_([one.id for one in mine]))))
    moved = visitor.post("/items/bulk", {"deed": "move", "day": "2026-07-09", "row": sent, "next": "/items"})
    assert moved.status_code == 303
    page = visitor.get("/items").text
    assert "Đã chuyển 3 tin bài." in page
    form = page.split('action="/items/bulk/undo"')[1].split("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert visitor.post("/items/bulk/undo", fields).status_code == 303
    with Session(engine) as after:
        found = {after.get_one(Item, one.id).planned_on for one in mine}
        assert found == {DAY - timedelta(days=3)}
    assert "Hoàn tác" not in visitor.get("/items/by-day").text.split("flashes")[0]
    assert visitor.post("/items/bulk/undo", fields).status_code == 409  # the versions went on


def test_what_cannot_be_taken_back_is_asked_first(session: Session, engine: Engine, visit: Visit) -> None:
    unit, theme = make_organisation(session), make_theme(session)
    officer, other = (make_person(session, Role.OFFICER, organisation=unit) for _ in range(2))
    approved = make_item(session, title="Đã duyệt", organisation=unit, stage=Stage.APPROVED)
    idea = make_item(session, title="Ý tưởng", organisation=unit)
    session.commit()
    visitor, sent = visit(officer), rows(approved, idea)
    asked = visitor.post("/items/bulk", {"deed": "withdraw", "row": sent})
    assert asked.status_code == 422
    assert "Ghi lý do" in asked.text
    assert f'value="{sent[0]}" checked' in asked.text
    asked = visitor.post("/items/bulk", {"deed": "withdraw", "reason": "Sai số liệu", "row": sent})
    assert asked.status_code == 200
    assert 'value="Sai số liệu"' in asked.text
    told = visitor.post(
        "/items/bulk", {"deed": "withdraw", "reason": "Sai số liệu", "row": sent, "sure": "1"}
    )
    assert "Đã thu hồi 1 tin bài." in told.text
    assert "Chỉ thu hồi được tin bài đã duyệt" in told.text
    themed = visitor.post("/items/bulk", {"deed": "theme", "theme": str(theme.id), "row": rows(idea)})
    assert themed.status_code == 303
    handed = visitor.post(
        "/items/bulk", {"deed": "hand", "writer": str(other.id), "row": [f"{idea.id}.{idea.version + 1}"]}
    )
    assert handed.status_code == 303
    with Session(engine) as after:
        assert after.get_one(Item, approved.id).stage is Stage.WITHDRAWN
        assert after.get_one(Item, idea.id).author_id == other.id
        assert after.get_one(ItemTheme, (idea.id, theme.id))
    wrong: list[tuple[dict[str, object], int, str]] = [
        ({"deed": "move", "day": "hôm kia", "row": sent}, 422, "Ngày không đúng"),
        ({"deed": "shift", "days": "9" * 30, "row": sent}, 422, "Nhập số ngày"),
        ({"deed": "theme", "theme": "7777", "row": sent}, 422, "Chọn chủ đề"),
        ({"deed": "hand", "writer": "x", "row": sent}, 422, "Chọn người viết"),
        ({"deed": "withdraw", "reason": "ế" * 400_000, "row": sent, "sure": "1"}, 422, "dài nhất"),
    ]
    for data, status, sentence in wrong:
        answer = visitor.post("/items/bulk", data)
        assert (answer.status_code, sentence in answer.text) == (status, True), data["deed"]
    aside: list[tuple[dict[str, object], str]] = [
        ({"deed": "xóa hết", "row": sent}, "Chưa chọn việc"),
        ({"deed": "archive", "reason": "Giữ lại"}, "Chưa chọn dòng nào"),
        ({"deed": "archive", "row": [f"{number}.1" for number in range(1, MOST + 2)]}, "nhiều nhất 200"),
    ]
    for data, sentence in aside:
        answer = visitor.post("/items/bulk", {**data, "next": "/items?type=article"})
        assert (answer.status_code, sentence in answer.text) == (422, True)
        assert 'href="/items?type=article"' in answer.text
        assert "reason" not in data or 'value="Giữ lại"' in answer.text
    manager = make_person(session, Role.MANAGER)
    session.commit()
    assert visit(manager).post("/items/bulk", {"deed": "archive", "row": sent}).status_code == 404
    assert "data-bulk-row" not in visit(manager).get("/items").text
    assert visit(None).post("/items/bulk", {}).status_code == 303


def test_publications_are_confirmed_themed_and_left_out(
    session: Session, engine: Engine, visit: Visit
) -> None:
    paper = make_organisation(session, kind=OrganisationKind.PRESS)
    outlet, theme, other = make_outlet(session, organisation=paper), make_theme(session), make_theme(session)
    proposed, plain = make_publication(session, outlet=outlet), make_publication(session)
    make_match(session, proposed, theme=theme, decision=MatchDecision.PROPOSED)
    proposed.status = PublicationStatus.FOUND
    officer, press = make_person(session, Role.OFFICER), make_person(session, Role.OUTLET, organisation=paper)
    session.commit()
    visitor = visit(officer)
    told = visitor.post("/publications/bulk", {"deed": "confirm", "row": rows(proposed, plain)})
    assert "Đã xác nhận 1 tin." in told.text
    assert "không có chỗ khớp nào được đề xuất" in told.text
    with Session(engine) as now:
        held = now.scalars(select(Match).where(Match.publication_id == proposed.id)).one()
        assert held.decision is MatchDecision.CONFIRMED
        publication = now.get_one(Publication, proposed.id)
        assert publication.status is PublicationStatus.CONFIRMED
        sent = rows(publication, now.get_one(Publication, plain.id))
    assert (
        visitor.post("/publications/bulk", {"deed": "theme", "theme": str(other.id), "row": sent}).status_code
        == 303
    )
    with Session(engine) as now:
        pairs = {(one.publication_id, one.theme_id) for one in now.scalars(select(Match))}
        assert pairs == {(proposed.id, theme.id), (proposed.id, other.id), (plain.id, other.id)}
        sent = rows(now.get_one(Publication, proposed.id), now.get_one(Publication, plain.id))
    theirs = visit(press).post("/publications/bulk", {"deed": "dismiss", "reason": "Trùng", "row": sent})
    assert "Đã bỏ qua 1 tin" in theirs.text
    assert plain.title not in theirs.text
    assert (
        "Chưa chọn việc"
        in visit(press)
        .post(
            "/publications/bulk",
            {"deed": "confirm", "row": sent, "next": "/publications"},
            follow_redirects=True,
        )
        .text
    )
    with Session(engine) as now:
        gone = now.get_one(Publication, proposed.id)
        assert gone.status is PublicationStatus.DISMISSED
        sent = rows(gone)
    assert "Đưa trở lại" in visitor.get("/publications?state=dismissed").text
    assert visitor.post("/publications/bulk", {"deed": "restore", "row": sent}).status_code == 303


def test_slots_are_listed_held_released_and_cancelled(session: Session, engine: Engine, visit: Visit) -> None:
    unit = make_organisation(session)
    item = make_item(session, title="Chợ phiên số", organisation=unit, stage=Stage.APPROVED)
    due = clock.now() + timedelta(days=3)
    slots = [make_slot(session, item=item, due_at=due + timedelta(hours=number)) for number in range(2)]
    sent_out = make_slot(session, item=item, due_at=due - timedelta(days=9), state=SlotState.PUBLISHED)
    foreign = make_slot(session, item=make_item(session, title="Nơi khác", stage=Stage.APPROVED), due_at=due)
    officer = make_person(session, Role.OFFICER, organisation=unit)
    session.commit()
    visitor = visit(officer)
    page = visitor.get("/slots").text
    assert page.count("data-bulk-row") == 3
    assert "Nơi khác" not in page
    assert visitor.get("/slots?state=published").text.count("data-bulk-row") == 1
    assert visitor.get(f"/slots?q=cho+phien&from={due:%Y-%m-%d}&channel=x").text.count("data-bulk-row") == 2
    held = visitor.post(
        "/slots/bulk", {"deed": "hold", "reason": "Chờ số liệu", "row": rows(*slots, sent_out, foreign)}
    )
    assert "Đã tạm giữ 2 lịch đăng." in held.text
    assert "2 lịch đăng không tạm giữ được" in held.text
    assert "Nơi khác" not in held.text
    with Session(engine) as now:
        sent = rows(*(now.get_one(Slot, one.id) for one in slots))
    assert visitor.post("/slots/bulk", {"deed": "release", "row": sent[:1]}).status_code == 303
    assert (
        "Lịch đã hủy không đăng nữa" in visitor.post("/slots/bulk", {"deed": "cancel", "row": sent[1:]}).text
    )
    assert visitor.post("/slots/bulk", {"deed": "cancel", "row": sent[1:], "sure": "1"}).status_code == 303
    with Session(engine) as after:
        states = [after.get_one(Slot, one.id).state for one in (*slots, sent_out, foreign)]
        assert states == [SlotState.SCHEDULED, SlotState.CANCELLED, SlotState.PUBLISHED, SlotState.SCHEDULED]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_row_that_changes_while_the_others_are_done_is_told_and_keeps_none_back(
    session: Session, engine: Engine, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race itself: the version in the row goes on between reading it and writing it."""
    import content.items.bulk.views as bulk  # noqa: PLC0415 - its service is what is held up here

    unit = make_organisation(session)
    officer = make_person(session, Role.OFFICER, organisation=unit)
    first, second = (make_item(session, organisation=unit, planned_on=DAY) for _ in range(2))
    session.commit()
    real = shift_item

    def slow(db: Session, item: Item, **given: object) -> None:
        if item.id == first.id:
            db.execute(Item.__table__.update().where(Item.id == item.id).values(version=Item.version + 1))  # type: ignore[attr-defined]
        real(db, item, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(bulk, "shift_item", slow)
    told = visit(officer).post("/items/bulk", {"deed": "shift", "days": "2", "row": rows(first, second)})
    assert "Đã dời 1 tin bài." in told.text
    assert "Nội dung vừa được người khác thay đổi" in told.text
    with Session(engine) as after:
        assert [after.get_one(Item, one.id).planned_on for one in (first, second)] == [
            DAY,
            DAY + timedelta(days=2),
        ]
