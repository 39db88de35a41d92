"""One-time links, and the first administrator: once, whoever comes at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.commands import user
from app.accounts.first import FirstAdministrator, make_first_administrator
from app.accounts.links import LINK_LASTS, find_link, make_link, use_link
from app.accounts.models import OneTimeLink, Person
from app.accounts.permissions import Role
from app.db import transaction
from app.errors import Fault, Missing, Refused
from app.organisations.models import Organisation
from tests.conftest import NOW
from tests.factories import make_organisation, make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
PASSWORD = "hoa sen nở tháng năm"
FIRST = {
    "organisation": "Sở Khoa học và Công nghệ",
    "name": "Trần Thị Sen",
    "email": "sen@vidu.vn",
    "password": PASSWORD,
}


def test_a_link_works_once(session: Session) -> None:
    person = make_person(session)
    token = make_link(session, person, now=NOW)
    assert use_link(session, token, password=PASSWORD, now=NOW).id == person.id
    with pytest.raises(Missing, match="đã được dùng"):
        use_link(session, token, password=PASSWORD, now=NOW)


def test_a_link_expires(session: Session) -> None:
    token = make_link(session, make_person(session), now=NOW)
    find_link(session, token, now=NOW + LINK_LASTS - timedelta(seconds=1))
    with pytest.raises(Missing, match="hết hạn"):
        find_link(session, token, now=NOW + LINK_LASTS)


def test_a_new_link_replaces_the_old_one(session: Session) -> None:
    person = make_person(session)
    old = make_link(session, person, now=NOW)
    new = make_link(session, person, now=NOW)
    with pytest.raises(Missing):
        find_link(session, old, now=NOW)
    find_link(session, new, now=NOW)


def test_an_ended_person_has_no_link(session: Session) -> None:
    person = make_person(session)
    token = make_link(session, person, now=NOW)
    person.ended_at = NOW
    session.flush()
    with pytest.raises(Missing):
        find_link(session, token, now=NOW)
    with pytest.raises(Refused, match="đã kết thúc"):
        make_link(session, person, now=NOW)


def test_no_secret_lies_in_the_database(session: Session) -> None:
    token = make_link(session, make_person(session), now=NOW)
    assert token not in str(session.scalars(select(OneTimeLink.token_hash)).all())


@pytest.mark.parametrize("token", ["x", "ộ", "%00", "a" * 5_000])
def test_a_link_that_was_never_made_is_missing(visit: Visit, token: str) -> None:
    answer = visit(None).get(f"/link/{token}")
    assert answer.status_code == 404
    assert "Hãy xin quản trị viên một đường dẫn mới" in answer.text


def test_the_invited_set_a_password_and_are_in(session: Session, visit: Visit) -> None:
    person = make_person(session, name="Đặng {Thị} Đào")
    token = make_link(session, person, now=clock.now())
    session.commit()
    guest = visit(None)
    assert "Đặng {Thị} Đào" in guest.get(f"/link/{token}").text
    assert guest.post(f"/link/{token}", {"password": "ngắn"}).status_code == 422
    assert guest.post(f"/link/{token}", {"password": PASSWORD}).location == "/"
    assert "Đặng {Thị} Đào" in guest.get("/me").text
    assert guest.get(f"/link/{token}").status_code == 404


def at_once(work: Callable[[int], object]) -> list[object]:
    """What two threads got, a Fault included."""
    together, found = threading.Barrier(2), []

    def run(number: int) -> None:
        together.wait()
        try:
            found.append(work(number))
        except Fault as fault:
            found.append(fault)

    threads = [threading.Thread(target=run, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_who_use_a_link_at_once_one_gets_in(engine: Engine, session: Session) -> None:
    token = make_link(session, make_person(session), now=NOW)
    session.commit()

    def work(number: int) -> object:
        with transaction(engine) as db:
            return use_link(db, token, password=f"{PASSWORD} {number}", now=NOW)

    assert sorted(type(one).__name__ for one in at_once(work)) == ["Missing", "Person"]


def test_of_two_first_administrators_at_once_there_is_one(engine: Engine, session: Session) -> None:
    organisation = make_organisation(session)
    tokens = [make_link(session, None, now=NOW)]
    for link in session.scalars(select(OneTimeLink)):
        link.expires_at = NOW + LINK_LASTS
    session.commit()

    def work(number: int) -> object:
        wanted = FirstAdministrator(f"Người {number}", f"n{number}@vidu.vn", PASSWORD, organisation.id)
        with transaction(engine) as db:
            return make_first_administrator(db, tokens[0], wanted, now=NOW, today=clock.local_day(NOW))

    found = sorted(type(one).__name__ for one in at_once(work))
    assert found in (["Missing", "Person"], ["Person", "Refused"])
    assert len(session.scalars(select(Person)).all()) == 1


def test_the_first_administrator_sets_up_once(session: Session, visit: Visit) -> None:
    token = make_link(session, None, now=clock.now())
    session.commit()
    guest = visit(None)
    assert "quản trị viên đầu tiên" in guest.get(f"/link/{token}").text
    assert guest.post(f"/link/{token}", FIRST).location == "/"
    home = guest.get("/").text
    assert "Xin chào Trần Thị Sen." in home
    assert 'href="/people"' in home
    assert visit(None).get(f"/link/{token}").status_code == 404
    again = make_link(session, None, now=clock.now())
    session.commit()
    assert visit(None).post(f"/link/{again}", {**FIRST, "email": "khac@vidu.vn"}).status_code == 409
    assert len(session.scalars(select(Person)).all()) == 1
    assert len(session.scalars(select(Organisation)).all()) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "không phải"}, "không phải là địa chỉ thư điện tử"),
        ({"email": "a@b..vn"}, "không phải là địa chỉ thư điện tử"),
        ({"password": "ngắn"}, "ít nhất 10 ký tự"),
        ({"organisation": "!!!"}, "Tên cơ quan phải có chữ."),
        ({"organisation": ""}, "Nhập tên cơ quan."),
        ({"name": "x" * 1_000_000}, "Dài 1000000 ký tự"),
    ],
)
def test_a_refused_set_up_keeps_what_was_typed_and_changes_nothing(
    session: Session, visit: Visit, wrong: dict[str, str], said: str
) -> None:
    token = make_link(session, None, now=clock.now())
    session.commit()
    answer = visit(None).post(f"/link/{token}", {**FIRST, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    for name, value in {**FIRST, **wrong}.items():
        assert name == "password" or f'value="{value}"' in answer.text
    assert session.scalars(select(Person)).all() == []
    assert session.scalars(select(Organisation)).all() == []


def test_the_command_makes_links(session: Session, database_url: str, tmp_path: object) -> None:
    environ = {"LOA_DATA": f"{tmp_path}/data", "LOA_DATABASE_URL": database_url}
    run = CliRunner().invoke
    first = run(user, ["link"], env=environ)
    assert first.output.startswith("http://127.0.0.1:8057/link/")
    person = make_person(session, Role.OFFICER, email="sen@vidu.vn", name="Trần Thị Sen")
    session.commit()
    session.close()
    assert isinstance(run(user, ["link"], env=environ).exception, Refused)
    assert isinstance(run(user, ["link", "ai@vidu.vn"], env=environ).exception, Missing)
    token = run(user, ["link", " SEN@vidu.vn"], env=environ).output.strip().rpartition("/")[2]
    found = find_link(session, token, now=clock.now())
    assert found.person_id == person.id
    session.close()
    assert run(user, ["list"], env=environ).output == "sen@vidu.vn\tTrần Thị Sen\n"
