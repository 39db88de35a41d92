"""The administrator's pages about people, asked by three, with bad input, and by two at once."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts import services
from app.accounts.models import Membership, Person
from app.accounts.permissions import Role
from app.audit import AuditEntry, SystemActor
from app.db import transaction
from app.errors import Fault, Refused
from tests.conftest import NOW
from tests.factories import make_organisation, make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
US = SystemActor("kiểm thử")


@pytest.fixture
def chief(session: Session) -> Person:
    person = make_person(
        session, Role.ADMINISTRATOR, name="Quản Trị", organisation=make_organisation(session, "Sở A")
    )
    person.password_hash = "set"
    session.commit()
    return person


@pytest.mark.parametrize("path", ["/people", "/people?ended=1", "/people/new", "/people/1"])
def test_three_people_ask(session: Session, visit: Visit, chief: Person, path: str) -> None:
    officer = make_person(session, Role.COORDINATOR)
    session.commit()
    assert visit(chief).get(path).status_code == 200
    assert visit(officer).get(path).status_code == 404
    assert visit(None).get(path).status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/people/new",
        "/people/1",
        "/people/1/roles",
        "/people/1/roles/1/end",
        "/people/1/link",
        "/people/1/end",
        "/people/1/restore",
    ],
)
def test_whoever_may_not_changes_nothing(session: Session, visit: Visit, chief: Person, path: str) -> None:
    officer = make_person(session, Role.COORDINATOR)
    session.commit()
    assert visit(officer).post(path, {"name": "X", "version": "1"}).status_code == 404
    assert visit(None).post(path, {"name": "X", "version": "1"}).status_code == 303
    assert session.scalars(select(AuditEntry).where(AuditEntry.action != "sign_in.start")).all() == []


def test_inviting_shows_the_link_once(session: Session, visit: Visit, chief: Person) -> None:
    here = session.scalars(select(Membership)).one().organisation_id
    session.commit()
    form = {"name": "Đặng {Thị} Đào", "email": "DAO@vidu.vn", "organisation": str(here), "role": "officer"}
    answer = visit(chief).post("/people/new", form)
    assert answer.status_code == 200
    found = re.search(r"http://127\.0\.0\.1:8057(/link/[\w-]+)", answer.text)
    assert found
    assert visit(None).get(found[1]).status_code == 200
    person = session.scalars(select(Person).where(Person.email == "dao@vidu.vn")).one()
    assert person.name == "Đặng {Thị} Đào"
    session.commit()
    again = visit(chief).post("/people/new", form)
    assert again.status_code == 409
    assert "Đã có người dùng với thư điện tử dao@vidu.vn." in again.text
    assert 'value="Đặng {Thị} Đào"' in again.text
    assert "Đặng {Thị} Đào" in visit(chief).get(f"/people/{person.id}").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Nhập họ và tên."),
        ({"name": "\u200b \u202e"}, "Nhập họ và tên."),
        ({"name": "x" * 1_000_000}, "Dài 1000000 ký tự, nhiều nhất là 200."),
        ({"email": "{0.__class__}@"}, "“{0.__class__}@” không phải là địa chỉ"),
        ({"email": "a b@vidu.vn"}, "không phải là địa chỉ"),
        ({"organisation": ""}, "Chọn cơ quan."),
        ({"organisation": "999999"}, "Lựa chọn này không có trong danh sách."),
        ({"role": "emperor"}, "Lựa chọn này không có trong danh sách."),
        ({"role": ""}, "Chọn vai trò."),
    ],
)
def test_a_refused_invitation_keeps_what_was_typed(
    session: Session, visit: Visit, chief: Person, wrong: dict[str, str], said: str
) -> None:
    here = session.scalars(select(Membership)).one().organisation_id
    session.commit()
    form = {
        "name": "Đặng Thị Đào",
        "email": "dao@vidu.vn",
        "organisation": str(here),
        "role": "unit",
        **wrong,
    }
    answer = visit(chief).post("/people/new", form)
    assert answer.status_code == 422
    assert said in answer.text
    if "name" not in wrong:
        assert 'value="Đặng Thị Đào"' in answer.text
    if len(wrong.get("name", "")) > 1_000:
        assert wrong["name"] in answer.text
    if "role" not in wrong:
        assert '<option selected value="unit">' in answer.text
    assert len(session.scalars(select(Person)).all()) == 1


def test_a_stale_change_keeps_what_was_typed_and_shows_what_is(
    session: Session, visit: Visit, chief: Person
) -> None:
    person = make_person(session, name="Tên Cũ", email="cu@vidu.vn")
    session.commit()
    page = visit(chief)
    page.get(f"/people/{person.id}")
    first = page.post(f"/people/{person.id}", {"name": "Tên Mới", "email": "cu@vidu.vn", "version": "1"})
    assert first.status_code == 303
    late = page.post(f"/people/{person.id}", {"name": "Tên Khác", "email": "khac@vidu.vn", "version": "1"})
    assert late.status_code == 409
    assert "vừa được người khác thay đổi" in late.text
    assert 'value="Tên Khác"' in late.text
    assert "Hiện nay: Tên Mới" in late.text
    assert 'name="version" type="hidden" value="2"' in late.text
    again = page.post(f"/people/{person.id}", {"name": "Tên Khác", "email": "khac@vidu.vn", "version": "2"})
    assert again.status_code == 303
    session.expire_all()
    assert (person.name, person.email, person.version) == ("Tên Khác", "khac@vidu.vn", 3)


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 5_000, "²"])
def test_a_version_that_is_none_is_stale(session: Session, visit: Visit, chief: Person, version: str) -> None:
    person = make_person(session)
    session.commit()
    form = {"name": "Tên Khác", "email": "khac@vidu.vn", "version": version}
    assert visit(chief).post(f"/people/{person.id}", form).status_code == 409
    assert visit(chief).post(f"/people/{person.id}/end", form).status_code == 409


def test_a_refused_change_leaves_the_other_form_fresh(session: Session, visit: Visit, chief: Person) -> None:
    person = make_person(session)
    session.commit()
    answer = visit(chief).post(f"/people/{person.id}", {"name": "", "email": "x", "version": "1"})
    assert answer.status_code == 422
    assert f'value="{clock.local_day(clock.now()).isoformat()}"' in answer.text
    assert answer.text.count("error-summary__title") == 1


def test_giving_and_ending_a_role(session: Session, visit: Visit, chief: Person) -> None:
    person, there = make_person(session, None), make_organisation(session, "Sở B")
    session.commit()
    page, url = visit(chief), f"/people/{person.id}/roles"
    form = {"organisation": str(there.id), "role": "approver", "starts_on": "1/1/2026", "ends_on": ""}
    assert page.post(url, form).status_code == 303
    twice = page.post(url, form)
    assert twice.status_code == 409
    assert "đã có vai trò này tại Sở B" in twice.text
    backwards = page.post(url, {**form, "role": "unit", "ends_on": "31/12/2025"})
    assert backwards.status_code == 422
    assert 'value="2025-12-31"' in backwards.text
    rubbish = page.post(url, {**form, "role": "unit", "starts_on": "31/2/2026"})
    assert rubbish.status_code == 422
    assert 'value="31/2/2026"' in rubbish.text
    assert "Ngày không đúng" in rubbish.text
    assert "Chọn ngày bắt đầu." not in rubbish.text
    role = session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
    session.commit()
    assert page.post(f"/people/{chief.id}/roles/{role.id}/end").status_code == 404
    assert page.post(f"{url}/{role.id}/end").status_code == 303
    session.expire_all()
    assert role.ends_on == clock.local_day(clock.now()) - timedelta(days=1)
    session.commit()
    assert page.post(f"{url}/{role.id}/end").status_code == 409


def test_a_role_that_ended_long_ago_keeps_its_day(session: Session, chief: Person) -> None:
    person = make_person(session, Role.UNIT, ends_on=date(2025, 1, 1))
    role = session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
    with pytest.raises(Refused):
        services.end_role(session, role, actor=US, now=NOW, today=date(2026, 5, 4))
    assert role.ends_on == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), True),
        (date(2026, 1, 1), date(2026, 4, 1), False),
        (date(2026, 7, 1), None, True),
        (date(2026, 6, 30), None, False),
        (date(2026, 1, 1), None, False),
    ],
)
def test_one_role_is_not_held_twice_on_one_day(
    session: Session, first: date, last: date | None, fits: bool
) -> None:
    there = make_organisation(session)
    person = make_person(
        session, Role.UNIT, organisation=there, starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30)
    )
    try:
        services.give_role(
            session,
            person,
            organisation_id=there.id,
            role=Role.UNIT,
            starts_on=first,
            ends_on=last,
            actor=US,
            now=NOW,
        )
    except Refused:
        assert not fits
    else:
        assert fits


def test_ending_and_restoring(session: Session, visit: Visit, chief: Person) -> None:
    person = make_person(session, name="Trần Thị Sen")
    session.commit()
    guest, page = visit(person), visit(chief)
    assert guest.get("/me").status_code == 200
    assert page.post(f"/people/{person.id}/end", {"version": "1"}).status_code == 303
    assert guest.get("/me").status_code == 303
    assert "Trần Thị Sen" not in page.get("/people").text
    assert "Trần Thị Sen" in page.get("/people?ended=1").text
    assert page.post(f"/people/{person.id}/end", {"version": "2"}).status_code == 409
    assert page.post(f"/people/{person.id}/link").status_code == 409
    assert page.post(f"/people/{person.id}/restore", {"version": "2"}).status_code == 303
    assert guest.get("/me").status_code == 303  # the old session stays ended
    deeds = session.scalars(
        select(AuditEntry.action).where(
            AuditEntry.subject_id == person.id, AuditEntry.subject_type == "person"
        )
    ).all()
    assert deeds == ["person.end", "person.restore"]


def test_nobody_ends_themselves(session: Session, visit: Visit, chief: Person) -> None:
    answer = visit(chief).post(f"/people/{chief.id}/end", {"version": str(chief.version)})
    assert answer.status_code == 409
    assert "Bạn không thể tự kết thúc" in answer.text


@pytest.mark.parametrize("other", ["none", "uninvited", "ended", "later", "until"])
def test_the_last_administrator_stays(session: Session, chief: Person, other: str) -> None:
    """One who has no password yet, whose role has an end or has not begun, does not count."""
    if other != "none":
        second = make_person(
            session,
            Role.ADMINISTRATOR,
            starts_on=date(2027, 1, 1) if other == "later" else date(2020, 1, 1),
            ends_on=date(2026, 12, 31) if other == "until" else None,
        )
        second.password_hash = None if other == "uninvited" else "set"
        second.ended_at = NOW if other == "ended" else None
        session.flush()
    with pytest.raises(Refused, match="ít nhất một quản trị viên"):
        services.end_person(session, chief, seen=chief.version, actor=US, now=NOW)
    role = session.scalars(select(Membership).where(Membership.person_id == chief.id)).one()
    with pytest.raises(Refused, match="ít nhất một quản trị viên"):
        services.end_role(session, role, actor=US, now=NOW, today=clock.local_day(NOW))


def test_two_administrators_who_end_one_another_at_once_leave_one(engine: Engine, session: Session) -> None:
    pair = [make_person(session, Role.ADMINISTRATOR) for _ in range(2)]
    for one in pair:
        one.password_hash = "set"
    session.commit()
    together, faults = threading.Barrier(2), []

    def end(number: int) -> None:
        together.wait()
        try:
            with transaction(engine) as db:
                services.end_person(
                    db, db.get_one(Person, pair[number].id), seen=2, actor=pair[1 - number], now=NOW
                )
        except Fault as fault:
            faults.append(type(fault))

    threads = [threading.Thread(target=end, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == [Refused]
    session.expire_all()
    assert len(session.scalars(select(Person).where(Person.ended_at.is_(None))).all()) == 1


@pytest.mark.parametrize(
    "path", ["/people/999999", "/people/99999999999999999999", "/people/x", "/people/-1"]
)
def test_somebody_who_is_not_there_is_missing(visit: Visit, chief: Person, path: str) -> None:
    assert visit(chief).get(path).status_code == 404
