"""The door, tried by people who may not pass: guesses, replays, ended accounts, foreign addresses."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts import sign_in
from app.accounts.access import access_of
from app.accounts.models import Person, SignIn, SignInFailure
from app.accounts.permissions import Permission, Role
from app.accounts.sign_in import SignInRefused, check_password, hash_password
from app.audit import AuditEntry
from app.db import transaction
from tests.conftest import NOW
from tests.factories import make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
PASSWORD = "hoa sen nở tháng năm"
WRONG = "Thư điện tử hoặc mật khẩu không đúng."


def somebody(session: Session, role: Role | None = Role.ADMINISTRATOR, **options: object) -> Person:
    person = make_person(session, role, **options)  # type: ignore[arg-type]
    person.password_hash = hash_password(PASSWORD)
    session.commit()
    return person


def test_right_and_wrong(session: Session, visit: Visit) -> None:
    person = somebody(session)
    stranger = visit(None)
    answer = stranger.post("/sign-in", {"email": person.email, "password": "khác hẳn"})
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert person.email in answer.text
    assert "khác hẳn" not in answer.text
    answer = stranger.post("/sign-in", {"email": f"  {person.email.upper()} ", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/")
    assert stranger.get("/people").status_code == 200


def test_wrong_ended_uninvited_and_unknown_are_answered_alike(session: Session, visit: Visit) -> None:
    known, ended, uninvited = somebody(session), somebody(session), make_person(session)
    ended.ended_at = NOW
    session.commit()
    said = set()
    for email, password in [
        (known.email, "sai mật khẩu rồi"),
        (ended.email, PASSWORD),
        (uninvited.email, PASSWORD),
        ("khong-co@vidu.vn", PASSWORD),
    ]:
        answer = visit(None).post("/sign-in", {"email": email, "password": password})
        assert answer.status_code == 422
        said.add(answer.text.split("error-summary", 1)[1].split("</ul>", 1)[0])
    assert len(said) == 1
    assert WRONG in said.pop()


def test_a_password_typed_in_decomposed_letters_is_the_same(session: Session, visit: Visit) -> None:
    person = somebody(session)
    apart = unicodedata.normalize("NFD", PASSWORD)
    assert apart != PASSWORD
    assert visit(None).post("/sign-in", {"email": person.email, "password": apart}).status_code == 303


@pytest.mark.parametrize(
    "email", ["", "x" * 1_000_000, "\x00", "İ" * 254, "a@b.vn\n", "'; DROP TABLE person"]
)
def test_rubbish_at_the_door_is_refused_in_words(session: Session, visit: Visit, email: str) -> None:
    answer = visit(None).post("/sign-in", {"email": email, "password": "gì cũng được"})
    assert answer.status_code == 422
    assert "Chưa gửi được" in answer.text


def tries(
    session: Session, person: Person, number: int, *, address: str = "10.0.0.1", after: int = 0
) -> list[str]:
    said = []
    for turn in range(number):
        try:
            check_password(
                session, person.email, "sai", address=address, now=NOW + timedelta(seconds=after * (turn + 1))
            )
        except SignInRefused as fault:
            said.append(str(fault))
    return said


def test_the_delay_grows_per_account_and_is_forgotten(session: Session) -> None:
    person = somebody(session)
    said = tries(session, person, 5)
    assert said[:4] == [WRONG] * 4
    assert said[4] == "Đã thử sai nhiều lần. Hãy đợi 3 giây rồi thử lại."
    with pytest.raises(SignInRefused, match="đợi"):  # the right password waits too
        check_password(session, person.email, PASSWORD, address="10.9.9.9", now=NOW)
    row = session.get_one(SignInFailure, f"account:{person.email}")
    waits = []
    for _ in range(12):
        moment = row.blocked_until + timedelta(seconds=1)
        with pytest.raises(SignInRefused, match="không đúng"):
            check_password(session, person.email, "sai", address="10.0.0.2", now=moment)
        session.refresh(row)
        waits.append((row.blocked_until - moment).total_seconds())
    assert waits == sorted(waits)
    assert waits[0] == 4
    assert waits[-1] == sign_in.LONGEST_WAIT.total_seconds()
    later = row.blocked_until + timedelta(seconds=1)
    assert check_password(session, person.email, PASSWORD, address="10.0.0.3", now=later).id == person.id
    assert session.scalar(select(SignInFailure).where(SignInFailure.key == row.key)) is None


def test_the_delay_grows_per_address_over_many_accounts(session: Session) -> None:
    people = [somebody(session) for _ in range(17)]
    said = [tries(session, person, 1)[0] for person in people]
    assert said[:16] == [WRONG] * 16
    assert "đợi" in said[16]
    assert check_password(session, people[0].email, PASSWORD, address="10.0.0.9", now=NOW).id == people[0].id


def test_failures_of_yesterday_do_not_count_and_are_thrown_away(session: Session) -> None:
    person, other = somebody(session), somebody(session)
    tries(session, person, 4)
    later = NOW + timedelta(days=1, hours=1)
    with pytest.raises(SignInRefused, match="không đúng"):
        check_password(session, person.email, "sai", address="10.0.0.1", now=later)
    assert session.get_one(SignInFailure, f"account:{person.email}").count == 1
    tries(session, other, 1, address="10.0.0.7")
    check_password(session, other.email, PASSWORD, address="10.0.0.8", now=later + timedelta(days=2))
    assert session.scalars(select(SignInFailure)).all() == []


def test_the_count_survives_the_refusal(session: Session, visit: Visit) -> None:
    person = somebody(session)
    stranger = visit(None)
    for _ in range(4):
        stranger.post("/sign-in", {"email": person.email, "password": "sai"})
    assert "Hãy đợi" in stranger.post("/sign-in", {"email": person.email, "password": PASSWORD}).text


def test_signing_in_takes_a_new_session(session: Session, visit: Visit) -> None:
    """A cookie that somebody planted before is worth nothing after."""
    person = somebody(session)
    victim = visit(None)
    victim.get("/sign-in")
    planted = victim.client.get_cookie("loa")
    assert planted is not None
    victim.post("/sign-in", {"email": person.email, "password": PASSWORD})
    fresh = victim.client.get_cookie("loa")
    assert fresh is not None
    assert fresh.value != planted.value
    attacker = visit(None)
    attacker.client.set_cookie("loa", planted.value)
    assert attacker.get("/people").status_code == 303


def test_a_cookie_of_before_the_sign_out_opens_nothing(session: Session, visit: Visit) -> None:
    leaver = visit(somebody(session))
    assert leaver.get("/me").status_code == 200
    kept = leaver.client.get_cookie("loa")
    assert kept is not None
    assert leaver.post("/sign-out").location == "/sign-in"
    assert leaver.get("/me").status_code == 303
    replay = visit(None)
    replay.client.set_cookie("loa", kept.value)
    assert replay.get("/me").status_code == 303


def test_the_session_of_an_ended_person_ends_at_once(session: Session, visit: Visit) -> None:
    person = somebody(session)
    guest = visit(person)
    assert guest.get("/me").status_code == 200
    person.ended_at = NOW
    session.commit()
    assert guest.get("/me").status_code == 303


def test_a_session_ends_after_half_a_day_unseen(session: Session, visit: Visit) -> None:
    guest = visit(somebody(session))
    row = session.scalars(select(SignIn)).one()
    row.expires_at = clock.now()
    session.commit()
    assert guest.get("/me").status_code == 303


def test_a_session_in_use_is_noted_once_a_minute(session: Session, visit: Visit) -> None:
    guest = visit(somebody(session))
    row = session.scalars(select(SignIn)).one()
    row.seen_at = before = clock.now() - timedelta(minutes=2)
    session.commit()
    assert guest.get("/me").status_code == 200
    session.expire_all()
    assert row.seen_at > before
    noted = row.seen_at
    session.commit()
    guest.get("/me")
    session.expire_all()
    assert row.seen_at == noted


@pytest.mark.parametrize(
    ("starts", "ends", "may"),
    [(-1, None, True), (0, 0, True), (0, None, True), (-9, -1, False), (1, None, False), (1, 9, False)],
)
def test_a_role_holds_from_its_first_day_to_its_last(
    session: Session, starts: int, ends: int | None, may: bool
) -> None:
    today = date(2026, 5, 18)
    person = make_person(
        session,
        Role.ADMINISTRATOR,
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )
    assert access_of(session, person.id, today=today).may(Permission.MANAGE_PEOPLE) is may


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [
        ("/people", "/people"),
        ("/organisations?words=s%E1%BB%9F&closed=1", "/organisations?words=s%E1%BB%9F&closed=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https:evil.example", "/"),
        ("https://evil.example/people", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("/\t/[", "/"),
        ("people", "/"),
        ("", "/"),
        ("/" + "x" * 5_000, "/"),
    ],
)
def test_after_the_door_nobody_leaves_the_house(
    session: Session, visit: Visit, wanted: str, lands: str
) -> None:
    person = somebody(session)
    form = {"email": person.email, "password": PASSWORD, "next": wanted}
    assert visit(None).post("/sign-in", form).location == lands
    assert visit(person).get("/sign-in", query_string={"next": wanted}).location == lands
    assert visit(person).post("/language", {"lang": "en", "next": wanted}).location == lands


def test_the_page_that_was_asked_for_is_kept_through_a_failure(session: Session, visit: Visit) -> None:
    person = somebody(session)
    stranger = visit(None)
    door = stranger.get("/organisations?words=sở").location
    assert door is not None
    answer = stranger.post(
        door, {"email": person.email, "password": "sai", "next": "/organisations?words=sở"}
    )
    assert 'value="/organisations?words=sở"' in answer.text


def test_a_part_asked_for_by_somebody_signed_out_leads_to_the_door(visit: Visit) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/audit?action=x"}
    answer = visit(None).get("/people", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/audit?action%3Dx"


def test_changing_the_password_ends_the_other_sessions(session: Session, visit: Visit) -> None:
    person = somebody(session)
    here, there = visit(person), visit(person)
    new = "trời trong xanh thẳm"
    answer = here.post("/me/password", {"present": PASSWORD, "password": new})
    assert answer.status_code == 303
    assert here.get("/me").status_code == 200
    assert there.get("/me").status_code == 303
    assert visit(None).post("/sign-in", {"email": person.email, "password": PASSWORD}).status_code == 422
    assert visit(None).post("/sign-in", {"email": person.email, "password": new}).status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "said"),
    [
        ("sai", "trời trong xanh thẳm", "Mật khẩu hiện tại không đúng."),
        (PASSWORD, "ngắn", "ít nhất 10 ký tự"),
        (PASSWORD, "aaaaaaaaaaaaaaaa", "không chỉ lặp vài ký tự"),
        (PASSWORD, "x" * 1_000_000, "nhiều nhất là 200"),
        (PASSWORD, "", "Nhập mật khẩu mới."),
        ("", "trời trong xanh thẳm", "Nhập mật khẩu hiện tại."),
    ],
)
def test_a_refused_change_of_password_changes_nothing(
    session: Session, visit: Visit, present: str, new: str, said: str
) -> None:
    person = somebody(session)
    answer = visit(person).post("/me/password", {"present": present, "password": new})
    assert answer.status_code == 422
    assert said in answer.text
    assert visit(None).post("/sign-in", {"email": person.email, "password": PASSWORD}).status_code == 303


def test_guessing_the_present_password_waits_as_the_door_does(session: Session, visit: Visit) -> None:
    person = visit(somebody(session))
    for _ in range(4):
        person.post("/me/password", {"present": "sai", "password": "trời trong xanh thẳm"})
    answer = person.post("/me/password", {"present": "sai", "password": "trời trong xanh thẳm"})
    assert answer.status_code == 422
    assert "Hãy đợi" in answer.text


def test_one_ends_ones_own_sessions_and_nobody_elses(session: Session, visit: Visit) -> None:
    mine, other = somebody(session), somebody(session)
    here, there, theirs = visit(mine), visit(mine), visit(other)
    ids = {row.person_id: row.id for row in session.scalars(select(SignIn).order_by(SignIn.id))}
    session.commit()
    assert here.post(f"/me/sessions/{ids[other.id]}/end").status_code == 404
    assert theirs.get("/me").status_code == 200
    assert here.post(f"/me/sessions/{ids[mine.id]}/end").status_code == 303
    assert there.get("/me").status_code == 303
    session.commit()
    visit(mine)
    assert here.post("/me/sessions/end-others").status_code == 303
    session.expire_all()
    assert len(session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all()) == 2
    assert session.scalar(select(AuditEntry.id).where(AuditEntry.action == "sign_in.end_others"))
    session.commit()
    assert here.post("/me/sessions/999999/end").status_code == 404


def test_a_long_agent_and_a_foreign_address_are_kept_short(
    app: Flask, engine: Engine, session: Session
) -> None:
    person = somebody(session)
    with transaction(engine) as db:
        sign_in.start_sign_in(db, person, address="x" * 500, agent="ộ" * 5_000, now=NOW)
    row = session.scalars(select(SignIn)).one()
    assert (len(row.address), len(row.agent)) == (64, 300)
