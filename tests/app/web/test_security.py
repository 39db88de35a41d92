"""What every answer says to browsers, and what is refused before a view is asked."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import clock
from app.accounts.models import Person, SignIn
from app.accounts.permissions import Role
from app.accounts.sign_in import hash_password
from app.errors import Fault, Invalid, Refused
from app.factory import create_app
from app.organisations.models import Organisation
from app.settings import Settings
from app.web.assets import asset
from app.web.forms import say
from app.web.headers import HEADERS
from app.web.identity import public
from app.web.session import reading, writing
from tests.factories import make_organisation, make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


@pytest.fixture
def chief(session: Session) -> Person:
    person = make_person(session, Role.ADMINISTRATOR)
    session.commit()
    return person


@pytest.fixture
def app(settings: Settings, engine: Engine) -> Flask:
    """Pages of its own: doors are added to them."""
    return create_app(settings, engine)


@pytest.fixture
def crashing(app: Flask, caplog: pytest.LogCaptureFixture) -> Iterator[Flask]:
    """The pages with doors that break."""

    @app.route("/crash", methods=["GET", "POST"])
    @public
    def crash() -> str:
        with writing() as db:
            make_organisation(db, "Sở Nửa Chừng")
            raise ZeroDivisionError("bí mật của hệ thống")

    @app.get("/refuse")
    @public
    def refuse() -> str:
        raise Refused("Giá trị {value} và {{ngoặc}}", value="{0.__class__} %s {x}")

    @app.get("/busy")
    @public
    def busy() -> str:
        raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    with caplog.at_level(logging.CRITICAL, logger="loa.pages"):
        yield app


def test_every_answer_carries_the_headers(visit: Visit, chief: Person, crashing: Flask) -> None:
    page = visit(chief)
    answers: dict[str, TestResponse] = {
        "page": page.get("/people"),
        "door": visit(None).get("/sign-in"),
        "redirect": visit(None).get("/people"),
        "json": page.get("/healthz"),
        "404": page.get("/không-có"),
        "405": page.get("/sign-out"),
        "400": page.client.post("/sign-out"),
        "403": page.post("/sign-out", headers={"Origin": "https://evil.example"}),
        "500": page.get("/crash"),
        "style": page.get(asset("app.css")),
        "icon": page.get(asset("favicon.svg")),
        "no file": page.get("/static/none.css"),
    }
    for name, answer in answers.items():
        for header, value in HEADERS.items():
            assert answer.headers.get(header) == value, (name, header)
        assert "Access-Control-Allow-Origin" not in answer.headers, name
        assert "Strict-Transport-Security" not in answer.headers, name
        cached = "max-age=315360000, public, immutable" if name in {"style", "icon"} else "no-store"
        assert answer.headers["Cache-Control"] == cached, name
        answer.close()


def test_the_content_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = dict(one.strip().split(" ", 1) for one in HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)
    assert "http" not in str(policy)


@pytest.mark.parametrize(
    ("url", "is_https"), [("https://loa.example.vn", True), ("http://loa.example.vn", False)]
)
def test_cookies_are_closed_to_scripts_and_other_sites(
    settings: Settings, engine: Engine, session: Session, url: str, *, is_https: bool
) -> None:
    app = create_app(dataclasses.replace(settings, public_url=url), engine)
    person = make_person(session)
    person.password_hash = hash_password("hoa sen nở tháng năm")
    session.commit()
    guest = Visitor(app, engine, None)
    answers = [
        guest.get("/sign-in", base_url=url),
        guest.post("/language", {"lang": "en"}, base_url=url),
        guest.post("/sign-in", {"email": person.email, "password": "hoa sen nở tháng năm"}, base_url=url),
    ]
    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert len(cookies) >= 3
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert ("Secure" in cookie) is is_https
    assert ("Strict-Transport-Security" in answers[0].headers) is is_https


def test_a_form_without_its_token_is_refused_in_words(visit: Visit, chief: Person) -> None:
    answer = visit(chief).client.post("/people/new", data={"name": "X"})
    assert answer.status_code == 400
    assert "Trang này đã mở quá lâu" in answer.text
    answer = visit(chief).client.post("/people/new", data={"csrf_token": "rubbish"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({}, 303),
    ],
)
def test_a_change_sent_by_another_site_is_refused(
    visit: Visit, chief: Person, headers: dict[str, str], status: int
) -> None:
    answer = visit(chief).post("/sign-out", headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert "đến từ một trang khác" in answer.text


def test_reading_from_another_site_s_link_is_fine(visit: Visit, chief: Person) -> None:
    assert visit(chief).get("/people", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "vietnamese", "english"),
    [
        ("/không-có", 404, "Không tìm thấy", "Not found"),
        ("/sign-out", 405, "Trang này không nhận cách gửi như vậy.", "This page"),
        ("/crash", 500, "Hệ thống gặp lỗi", "Something went wrong"),
        ("/busy", 503, "Hệ thống đang bận", "busy"),
        ("/audit?after=rác", 422, "Địa chỉ trang không đúng", "page address"),
    ],
)
def test_what_goes_wrong_is_said_in_both_languages_and_to_machines(
    visit: Visit, chief: Person, crashing: Flask, *, path: str, status: int, vietnamese: str, english: str
) -> None:
    chief_role = visit(chief)
    answer = chief_role.get(path)
    assert answer.status_code == status
    assert vietnamese in answer.text
    assert "bí mật của hệ thống" not in answer.text
    machine = chief_role.get(path, headers={"Accept": "application/json"})
    assert machine.status_code == status
    assert json.loads(machine.text)["status"] == status
    part = chief_role.get(path, headers={"HX-Request": "true"})
    assert part.status_code == status
    assert part.headers["HX-Retarget"] == "#flashes"
    assert "<html" not in part.text
    chief_role.client.set_cookie("loa_lang", "en")
    other = chief_role.get(path)
    assert other.status_code == status
    assert english in other.text
    assert vietnamese not in other.text


def test_a_method_that_is_not_taken_names_those_that_are(visit: Visit, chief: Person) -> None:
    answer = visit(chief).get("/sign-out")
    assert answer.headers["Allow"] == "OPTIONS, POST"
    assert visit(chief).client.options("/people").status_code == 200
    head = visit(chief).client.head("/people")
    assert (head.status_code, head.text) == (200, "")
    assert visit(None).client.head("/people").status_code == 303


def test_more_than_is_taken_is_refused_in_words(visit: Visit, chief: Person) -> None:
    answer = visit(chief).post("/organisations/new", {"name": "x" * 13_000_000})
    assert answer.status_code == 413
    assert "quá lớn" in answer.text


def test_a_crash_leaves_nothing_half_done(
    crashing: Flask, engine: Engine, session: Session, visit: Visit, chief: Person
) -> None:
    answer = visit(chief).post("/crash")
    assert answer.status_code == 500
    assert "Việc vừa làm chưa được lưu" in answer.text
    assert session.scalar(select(Organisation).where(Organisation.name == "Sở Nửa Chừng")) is None
    session.commit()
    assert visit(chief).get("/people").status_code == 200


def test_a_database_that_fails_is_told_to_whoever_asks(
    app: Flask, engine: Engine, visit: Visit, chief: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where each page asks the database who is there: the page about it must not ask again."""
    page = visit(chief)

    def fail(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("the server closed the connection"))

    event.listen(engine, "before_cursor_execute", fail)
    with caplog.at_level(logging.CRITICAL, logger="loa.pages"):
        answer = page.get("/people")
    event.remove(engine, "before_cursor_execute", fail)
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.text
    assert page.get("/people").status_code == 200


def test_what_people_typed_is_never_read_as_a_pattern(crashing: Flask, visit: Visit) -> None:
    answer = visit(None).get("/refuse")
    assert answer.status_code == 409
    assert "Giá trị {0.__class__} %s {x} và {ngoặc}" in answer.text
    fault: Fault = Invalid("Tên “{name}”", name="{name} {0} {}")
    assert str(fault) == "Tên “{name} {0} {}”"
    with crashing.test_request_context():
        assert say("“{sentence}”", sentence="{x}") == "“{x}”"
        assert say("") == ""
        assert say("100% {x}") == "100% {x}"


def test_what_a_view_has_read_stays_at_hand_when_the_session_is_noted(
    app: Flask, session: Session, visit: Visit, chief: Person
) -> None:
    """Who is there is asked late on public pages, and then written down: once a minute."""

    @app.get("/late")
    @public
    def late() -> str:
        role = reading().scalars(select(SignIn)).one()
        from app.web.identity import person_or_none  # noqa: PLC0415

        assert person_or_none() is not None
        reading().refresh(role)
        return role.person.name

    page = visit(chief)
    row = session.scalars(select(SignIn)).one()
    row.seen_at = clock.now().replace(year=2020)
    session.commit()
    assert page.get("/late").text == chief.name


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%00",
        "bnVsbA",
        "W10",
        "W251bGxd",
        "WyJ4Il0",
        "W3RydWVd",
        "WzFlOTk5XQ",
        "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5OV0",
        "W" * 9_000,
        "W1tbW1s",
        "ộ",
    ],
)
def test_a_cursor_that_is_not_ours_is_refused_in_words(visit: Visit, chief: Person, cursor: str) -> None:
    answer = visit(chief).get("/audit", query_string={"after": cursor})
    assert answer.status_code == 422
    assert "Hãy mở lại danh sách từ đầu." in answer.text
