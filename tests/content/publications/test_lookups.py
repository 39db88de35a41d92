"""A pasted link: read by the scheduler, shown for a yes, refused at once when it is in the list already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.errors import Invalid, Refused, Stale
from content.items.models import Stage
from content.publications.found.services import record_found
from content.publications.lookups.models import Lookup, LookupState
from content.publications.lookups.services import ask_lookup, log_lookup
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.services import AlreadyLogged
from tests.conftest import NOW
from tests.factories import (
    make_entry,
    make_feed,
    make_item,
    make_lookup,
    make_outlet,
    make_person,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
LINK = "https://bao.example.vn/to-cong-nghe-so.html"
TITLE = "Tổ công nghệ số cộng đồng giúp bà con nộp hồ sơ trực tuyến"


def test_asking_twice_is_one_errand_and_a_known_link_is_told_at_once(session: Session) -> None:
    person, outlet = make_person(session), make_outlet(session)
    asked = ask_lookup(session, LINK + "?utm_source=zalo", outlet=outlet, actor=person, now=NOW)
    assert (asked.state, asked.address) == (LookupState.WAITING, LINK)
    assert ask_lookup(session, LINK, outlet=None, actor=person, now=NOW).id == asked.id
    with pytest.raises(Invalid):
        ask_lookup(session, "javascript:alert(1)", outlet=None, actor=person, now=NOW)
    with pytest.raises(Refused):
        log_lookup(session, asked, chosen=None, seen=asked.version, actor=person, now=NOW)
    # What watching found needs no reading, and the yes takes it out of the queue.
    entry = make_entry(TITLE, link="https://bao.example.vn/da-thay.html")
    record_found(session, make_feed(session, outlet=outlet), [entry], now=NOW)
    seen = ask_lookup(session, entry.link, outlet=None, actor=person, now=NOW)
    assert (seen.state, seen.title, seen.outlet_id) == (LookupState.FOUND, TITLE, outlet.id)
    made = log_lookup(session, seen, chosen=None, seen=seen.version, actor=person, now=NOW)
    assert (made.status, made.logged_by_id) == (PublicationStatus.LOGGED, person.id)
    assert session.scalar(select(func.count()).select_from(Publication)) == 1
    with pytest.raises(AlreadyLogged):
        ask_lookup(session, entry.link, outlet=None, actor=person, now=NOW)
    with pytest.raises(Stale):
        log_lookup(session, seen, chosen=None, seen=0, actor=person, now=NOW)


def test_an_officer_pastes_waits_and_says_yes(session: Session, visit: Visit) -> None:
    now = clock.now()
    theme, outlet = make_theme(session, "Kỹ năng số"), make_outlet(session)
    person, other, manager = make_person(session), make_person(session), make_person(session, Role.MANAGER)
    item = make_item(
        session, stage=Stage.APPROVED, title=TITLE, planned_on=clock.local_day(now), themes=(theme,)
    )
    session.commit()
    officer = visit(person)
    assert 'action="/publications/lookups"' in officer.get("/").text
    assert 'action="/publications/lookups"' in officer.get("/publications/new").text
    answer = officer.post("/publications/lookups", {"link": LINK})
    page = answer.headers["Location"]
    waiting = officer.get(page).text
    assert 'hx-trigger="every 1s"' in waiting
    assert "Xem đã đọc xong chưa" in waiting  # for who has no JavaScript
    for who, status in ((other, 404), (manager, 404), (None, 303)):
        stranger = visit(who)
        assert stranger.get(page).status_code == status
        assert [stranger.post(page + end).status_code for end in ("/log", "/dismiss")] == [status, status]
    session.expire_all()
    lookup = session.scalars(select(Lookup)).one()
    lookup.state, lookup.title, lookup.summary = LookupState.FOUND, TITLE, "Đoạn tóm tắt của báo."
    lookup.published_at, lookup.outlet_id = now - timedelta(hours=3), outlet.id
    session.commit()
    part = officer.get(page, headers={"HX-Request": "true"}).text
    assert "every 1s" not in part
    assert "trùng nguyên tiêu đề" in part
    sent = {"version": str(lookup.version), "item": str(item.id), "themes": str(theme.id)}
    session.commit()
    assert officer.post(page + "/log", {**sent, "version": "77"}).status_code == 409
    assert officer.post(page + "/log", sent).status_code == 303
    session.expire_all()
    made = session.scalars(select(Publication)).one()
    assert (made.title, made.summary, made.status) == (
        TITLE,
        "Đoạn tóm tắt của báo.",
        PublicationStatus.LOGGED,
    )
    decided = session.scalars(select(Match.decision)).all()
    assert decided == [MatchDecision.CONFIRMED] * 2
    session.commit()  # SQLite has one writer: this session's reading holds the others up
    again = officer.post("/publications/lookups", {"link": LINK})
    assert (again.status_code, f"/publications/{made.id}" in again.text) == (409, True)
    wrong = officer.post("/publications/lookups", {"link": "không phải đường dẫn"})
    assert (wrong.status_code, "không phải đường dẫn" in wrong.text) == (422, True)
    assert officer.post(page + "/log", sent).status_code == 409
    assert "Đường dẫn này đã được ghi nhận" in officer.get(page).text


def test_an_outlet_logs_its_own_and_completes_what_the_page_did_not_say(
    session: Session, visit: Visit
) -> None:
    own, foreign = make_outlet(session), make_outlet(session)
    make_theme(session, "Tổ công nghệ số cộng đồng")
    person = make_person(session, Role.OUTLET, organisation=own.organisation)
    rival = make_lookup(session, person, outlet=foreign)
    failed = make_lookup(session, person, outlet=own, state=LookupState.FAILED)
    failed.failure, failed.title, failed.published_at = "Máy chủ của báo đang gặp lỗi.", "", None
    good = make_lookup(session, person, outlet=own)
    session.commit()
    press = visit(person)
    page = "/publications/lookups/"
    assert "Bạn không ghi nhận thay nơi đăng này được" in press.get(page + str(rival.id)).text
    assert press.post(f"{page}{rival.id}/log", {"version": str(rival.version)}).status_code == 404
    assert "Máy chủ của báo đang gặp lỗi" in press.get(page + str(failed.id)).text
    text = press.get(page + str(good.id)).text
    assert "cán bộ truyền thông sẽ xác nhận" in text
    assert 'name="themes"' not in text
    assert press.post(f"{page}{good.id}/log", {"version": str(good.version)}).status_code == 303
    form = press.get(f"/publications/new?lookup={failed.id}").text
    assert failed.address in form
    moment = clock.local(clock.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    typed = {"link": failed.address, "title": "Tự nhập", "outlet": str(own.id), "published_at": moment}
    assert press.post(f"/publications/new?lookup={failed.id}", typed).status_code == 303
    assert press.post(f"{page}{rival.id}/dismiss", {"version": str(rival.version)}).status_code == 303
    session.expire_all()
    assert [session.get_one(Lookup, one.id).state for one in (rival, failed, good)] == [
        LookupState.DISMISSED, LookupState.LOGGED, LookupState.LOGGED,
    ]  # fmt: skip
    assert set(session.scalars(select(Match.decision))) == {MatchDecision.PROPOSED}  # others confirm
    assert press.get("/publications/new?lookup=" + "9" * 12).status_code == 404
