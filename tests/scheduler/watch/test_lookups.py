"""A pasted link is read by the scheduler: what the page says, whose it is, and a sentence where it says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from content.publications.address import read_address
from content.publications.lookups.models import Lookup, LookupState
from scheduler.watch.lookups import claim_errands, outlet_at, run_errands
from tests.conftest import NOW
from tests.factories import make_outlet, make_person
from tests.local_server import Server, serving
from tests.scheduler.watch.papers import Poller

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>Quảng Ngãi mở 120 lớp học số - Báo Quảng Ngãi</title>
<meta property="og:title" content="Quảng Ngãi mở 120 lớp học số">
<meta property="og:description" content="Bà con các xã được hướng dẫn dùng dịch vụ công.">
<meta property="article:published_time" content="{when}">
<link rel="canonical" href="{canonical}"></head><body><p>Bà con học dùng VNeID.</p></body></html>"""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on 127.0.0.1."""
    with serving() as made:
        yield made


@pytest.fixture
def poller(engine: Engine, server: Server) -> Poller:
    """A scheduler that may reach that server."""
    return Poller(engine, server)


def paste(session: Session, address: str) -> Lookup:
    made = Lookup(
        address=address,
        address_key=read_address(address).key,
        asked_by_id=make_person(session).id,
        asked_at=NOW,
        state=LookupState.WAITING,
    )
    session.add(made)
    session.commit()
    return made


def read(engine: Engine, errand: Lookup) -> Lookup:
    with Session(engine, expire_on_commit=False) as fresh:
        return fresh.get_one(Lookup, errand.id)


def show(server: Server, path: str, *, when: str = "2026-05-04T07:30:00+07:00", canonical: str = "") -> None:
    body = PAGE.format(when=when, canonical=canonical).encode()
    server.routes[path] = lambda call: call.answer(200, body, Content_Type="text/html; charset=utf-8")


def test_what_a_page_says_is_offered(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    paper = make_outlet(session)
    paper.address = f"http://www.{server.host}/"
    show(server, "/tin-1.html", canonical=server.url("/bai-that.html"))
    show(server, "/mai-sau.html", when="2199-01-01T00:00:00+07:00", canonical="https://trang-khac.vn/x.html")
    good = paste(session, server.url("/tin-1.html"))
    odd = paste(session, server.url("/mai-sau.html"))
    assert run_errands(poller.watcher, Event()) == 2
    found = read(engine, good)
    assert (found.state, found.failure, found.version) == (LookupState.FOUND, "", good.version + 1)
    assert found.title == "Quảng Ngãi mở 120 lớp học số"
    assert "dịch vụ công" in found.summary
    assert found.published_at == NOW - timedelta(hours=1)
    assert found.canonical == server.url("/bai-that.html")
    strange = read(engine, odd)
    assert (strange.published_at, strange.canonical) == (None, server.url("/mai-sau.html"))
    assert run_errands(poller.watcher, Event()) == 0


def test_a_page_that_cannot_be_read_says_why(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    server.routes["/mat.html"] = lambda call: call.answer(404)
    server.routes["/khoa.html"] = lambda call: call.answer(403)
    server.routes["/anh.jpg"] = lambda call: call.answer(200, b"\xff\xd8", Content_Type="image/jpeg")
    server.routes["/rong.html"] = lambda call: call.answer(200, b"", Content_Type="text/html")
    server.routes["/trong.html"] = lambda call: call.answer(302, Location="http://127.0.0.9/")
    said = {"/mat.html": "không có bài", "/khoa.html": "không cho hệ thống đọc", "/anh.jpg": "không phải một trang",
            "/rong.html": "không cho biết tiêu đề", "/trong.html": "mạng nội bộ"}  # fmt: skip
    errands = {path: paste(session, server.url(path)) for path in said}
    run_errands(poller.watcher, Event())
    for path, errand in errands.items():
        found = read(engine, errand)
        assert (found.state, found.attempts) == (LookupState.FAILED, 1), path
        assert said[path] in found.failure


def test_a_server_in_trouble_is_asked_three_times(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    server.routes["/tin.html"] = lambda call: call.answer(503)
    errand = paste(session, server.url("/tin.html"))
    for attempt, wait in enumerate((0, 5, 30), start=1):
        poller.now += timedelta(seconds=wait - 1)
        if wait:
            assert run_errands(poller.watcher, Event()) == 0
        poller.now += timedelta(seconds=1)
        run_errands(poller.watcher, Event())
        found = read(engine, errand)
        assert (found.attempts, server.asked["/tin.html"]) == (attempt, attempt)
        assert found.state is (LookupState.FAILED if attempt == 3 else LookupState.WAITING)
        assert "gặp lỗi" in found.failure


def test_who_took_the_errand_over_is_not_overwritten_nor_a_person_s_word(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    """A link is read by one process at a time; what a person dismissed meanwhile stays dismissed."""
    show(server, "/tin.html")
    errand = paste(session, server.url("/tin.html"))
    assert len(claim_errands(poller.watcher)) == 1
    assert claim_errands(poller.watcher) == []
    poller.now += timedelta(seconds=121)
    body = PAGE.format(when="", canonical="").encode()

    def meanwhile(call: object) -> None:
        with Session(engine.execution_options(write=True)) as other, other.begin():
            other.get_one(Lookup, errand.id).state = LookupState.DISMISSED
        call.answer(200, body, Content_Type="text/html")  # type: ignore[attr-defined]

    server.routes["/tin.html"] = meanwhile
    assert run_errands(poller.watcher, Event()) == 1
    assert (read(engine, errand).state, read(engine, errand).title) == (LookupState.DISMISSED, "")


def test_a_process_that_is_to_stop_takes_no_errand(session: Session, poller: Poller) -> None:
    paste(session, "https://bao.vidu.vn/tin.html")
    stopping = Event()
    stopping.set()
    assert run_errands(poller.watcher, stopping) == 0


def test_whose_page_it_is(session: Session) -> None:
    """The outlet on that site, the nearest one above it, nobody where two could be."""
    homes = {"https://baoquangngai.vn": 1, "https://www.vidu.gov.vn/": 2, "http://so.vidu.gov.vn": 3,
             "https://doi.vn/a": 4, "https://doi.vn/b": 5, "": 6}  # fmt: skip
    outlets = {}
    for home in homes:
        outlets[home] = made = make_outlet(session)
        made.address = home
    old = make_outlet(session)
    old.address, old.retired_at = "https://cu.vn", NOW
    session.flush()
    asked: dict[str, str | None] = {
        "http://m.baoquangngai.vn/tin-1.html": "https://baoquangngai.vn",
        "https://media.baoquangngai.vn/x": "https://baoquangngai.vn",
        "https://vidu.gov.vn/x": "https://www.vidu.gov.vn/",
        "https://so.vidu.gov.vn/x": "http://so.vidu.gov.vn",
        "https://xa.so.vidu.gov.vn/x": "http://so.vidu.gov.vn",
        "https://khongbaoquangngai.vn/x": None,
        "https://doi.vn/a/1": None,
        "https://cu.vn/1": None,
    }
    for address, at in asked.items():
        assert outlet_at(session, address) == (outlets[at].id if at else None), address
