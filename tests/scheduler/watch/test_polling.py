"""Polling real answers of a local server: what is kept, what is not fetched twice, what is told when it fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.outbound.door import Door, Limits
from content.outlets.feeds.address import read_feed_address
from content.outlets.feeds.models import DateOrder, Feed, FeedOutage
from content.publications.found.services import FoundCount
from content.publications.models import Publication
from scheduler.watch import polling
from scheduler.watch.claim import Claim
from scheduler.watch.look import Look, look_at
from scheduler.watch.polling import poll_due
from scheduler.watch.settle import Moment, settle
from tests.conftest import NOW
from tests.local_server import Call, Server, serving
from tests.scheduler.watch.papers import DAY, Poller, fresh_feed, item, rss, serve, serve_validated


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on 127.0.0.1."""
    with serving() as made:
        yield made


@pytest.fixture
def poller(engine: Engine, server: Server) -> Poller:
    """A poller that may reach that server."""
    return Poller(engine, server)


def publications(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(Publication)) or 0


def outages(engine: Engine) -> list[FeedOutage]:
    with Session(engine) as session:
        return list(session.scalars(select(FeedOutage).order_by(FeedOutage.id)))


def test_a_first_poll_keeps_what_it_found_and_learns_the_rhythm(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    feed = fresh_feed(session, server, "/rss")
    serve(server, "/rss", *[item(n) for n in range(1, 11)], Cache_Control="max-age=60", ETag='"a"')
    assert poller.poll() == 1
    found = poller.read(feed)
    assert publications(engine) == 10
    assert (found.title, found.etag, found.failure) == ("Báo Quảng Ngãi", '"a"', "")
    assert (found.watched_since, found.answered_at, found.read_at) == (NOW, NOW, NOW)
    assert found.newest_entry_at == NOW - timedelta(hours=1)
    assert (found.interval, found.next_poll_at) == (1800, NOW + timedelta(minutes=32))
    assert (found.lease_owner, found.lease_until, found.gap_at) == (None, None, None)
    assert poller.poll() == 0
    assert server.asked["/rss"] == 1
    assert server.calls[0][1]["User-Agent"] == "Loa/1 (+https://loa.vidu.vn)"


def test_nothing_is_written_but_the_moment_when_nothing_changed(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    """By the server's word, by the same bytes, or when only the date of the feed itself moves."""
    state = {"etag": '"1"', "built": ""}
    serve_validated(
        server,
        "/etag",
        lambda: rss(item(1), item(2), built=f"<lastBuildDate>{state['built']}</lastBuildDate>"),
        lambda: state["etag"],
    )
    feed = fresh_feed(session, server, "/etag")
    poller.poll()
    first = poller.read(feed)
    second = poller.poll_again(feed)
    assert "If-None-Match" in server.calls[-1][1]
    assert (second.read_at, second.answered_at) == (NOW, poller.now)
    state["etag"] = '"2"'  # the same bytes under another mark
    third = poller.poll_again(feed)
    assert (third.etag, third.read_at, third.body_sha256) == ('"2"', poller.now, first.body_sha256)
    state |= {"etag": '"3"', "built": "Mon, 04 May 2026 03:00:00 GMT"}
    fourth = poller.poll_again(feed)
    assert fourth.body_sha256 != first.body_sha256
    assert fourth.entries_sha256 == first.entries_sha256
    assert (publications(engine), fourth.version, server.asked["/etag"]) == (2, first.version, 4)
    state["etag"] = '"4"'
    serve(server, "/etag", item(0), item(1), item(2))
    assert poller.poll_again(feed).gap_at is None
    assert publications(engine) == 3


REFUSALS: list[tuple[int, dict[str, str], str, timedelta]] = [
    (404, {}, "404", timedelta(minutes=32)),  # half an hour, and away from the full hour
    (403, {"cf_mitigated": "challenge"}, "Cloudflare", timedelta(minutes=32)),
    (429, {"Retry_After": "7200"}, "429", timedelta(hours=2)),
    (429, {"Retry_After": "Mon, 04 May 2026 06:30:00 GMT"}, "429", timedelta(hours=5)),
    (503, {"Retry_After": "999999"}, "5xx", DAY),
    (500, {"Retry_After": "nope"}, "5xx", timedelta(minutes=32)),
    (418, {}, "mã không dùng được", timedelta(minutes=32)),
    (302, {"Location": "http://127.9/"}, "Địa chỉ không đúng", timedelta(minutes=32)),
    (302, {"Location": "http://127.0.0.9/"}, "mạng nội bộ", timedelta(minutes=32)),
]


def test_a_refusal_is_told_in_words_and_asked_again_later(
    session: Session, server: Server, poller: Poller
) -> None:
    feeds = []
    for number, (status, headers, _, _) in enumerate(REFUSALS):
        server.routes[f"/{number}"] = lambda call, status=status, headers=headers: call.answer(  # type: ignore[misc]
            status, **headers
        )
        feeds.append(fresh_feed(session, server, f"/{number}"))
    poller.poll()
    for feed, (_, _, said, wait) in zip(feeds, REFUSALS, strict=True):
        found = poller.read(feed)
        assert said in found.failure
        assert (found.failures, found.failing_since, found.gone_at) == (1, NOW, None)
        assert (found.failure, found.next_poll_at - NOW) == (found.failure, wait)
    assert [(one.began_at, one.ended_at) for one in outages(poller.engine)] == [(NOW, None)] * len(feeds)


def test_a_broken_feed_is_asked_ever_later_never_given_up_and_its_outage_ends(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    feed = fresh_feed(session, server, "/rss")
    feed.interval = 14_400
    session.commit()
    server.routes["/rss"] = lambda call: call.answer(200, b"<html><body>Trang ch\xe1\xbb\xa7</body></html>")
    poller.poll()
    waits = [poller.read(feed).next_poll_at - poller.now]
    for _ in range(9):
        found = poller.poll_again(feed)
        waits.append(found.next_poll_at - poller.now)
    assert waits == sorted(waits)
    assert waits[-1] <= DAY + timedelta(minutes=5)
    assert found.failures == 10
    assert "trang web" in found.failure
    serve(server, "/rss", item(1))
    well = poller.poll_again(feed)
    assert (well.failures, well.failing_since, well.failure) == (0, None, "")
    assert [(one.began_at, one.ended_at) for one in outages(engine)] == [(NOW, poller.now)]


def test_a_feed_that_is_gone_waits_for_a_person(session: Session, server: Server, poller: Poller) -> None:
    feed = fresh_feed(session, server, "/rss")
    server.routes["/rss"] = lambda call: call.answer(410)
    poller.poll()
    found = poller.poll_again(feed, after=30 * DAY)
    assert (found.gone_at, server.asked["/rss"]) == (NOW, 1)
    assert "bỏ hẳn" in found.failure


def test_one_broken_feed_never_stops_the_others(
    session: Session, engine: Engine, server: Server, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bombs, silence, an endless answer, a fault of our own: the others are read, each failure has its sentence."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss>&b;</rss>'
    server.routes["/dtd"] = lambda call: call.answer(200, bomb)

    def silent(call: Call) -> None:
        server.closing.wait(5)

    def endless(call: Call) -> None:
        call.raw(b"HTTP/1.1 200 OK\r\n\r\n")
        while not server.closing.is_set():
            call.wfile.write(bytes(65_536))

    server.routes["/endless"], server.routes["/silent"] = endless, silent
    serve(server, "/well", item(1))
    serve(server, "/odd", item(2))
    serve(server, "/poison", item(3, title="ĐỘC"))
    feeds = {
        path: fresh_feed(session, server, path)
        for path in ("/dtd", "/silent", "/endless", "/odd", "/poison", "/well")
    }

    def stumble(door: Door, claim: Claim, *, limits: Limits, now: datetime) -> Look:
        if claim.address.endswith("/odd"):
            raise ZeroDivisionError
        return look_at(door, claim, limits=limits, now=now)

    def choke(engine: Engine, look: Look, at: Moment, **given: Any) -> FoundCount:
        if look.news and look.news.entries[0].title == "ĐỘC":
            raise ZeroDivisionError
        return settle(engine, look, at, **given)

    monkeypatch.setattr(polling, "look_at", stumble)
    monkeypatch.setattr(polling, "settle", choke)
    begun = time.monotonic()
    assert poller.poll() == 6
    assert time.monotonic() - begun < 3
    told = {path: poller.read(feed).failure for path, feed in feeds.items()}
    assert told["/well"] == ""
    assert publications(engine) == 1
    assert "DTD" in told["/dtd"]
    assert "quá chậm" in told["/silent"]
    assert "quá mức" in told["/endless"]
    assert "nhật ký" in told["/odd"]
    assert "nhật ký" in told["/poison"]
    assert all(poller.read(feed).lease_until is None for feed in feeds.values())


def test_a_changed_guid_makes_no_second_publication(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    feed = fresh_feed(session, server, "/rss")
    for turn in range(3):
        serve(server, "/rss", item(1, guid=f"{turn}-a"), item(2, guid=f"{turn}-b"))
        poller.poll_again(feed)
    assert publications(engine) == 2


def test_a_poll_that_shows_only_new_entries_says_that_some_may_be_missing(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    feed = fresh_feed(session, server, "/rss")
    serve(server, "/rss", *[item(n) for n in range(10, 20)])
    poller.poll()
    before = poller.read(feed)
    serve(server, "/rss", *[item(n) for n in range(10)])
    found = poller.poll_again(feed)
    assert found.gap_at == poller.now
    assert found.interval < before.interval
    assert outages(engine) == []
    poller.now += 3 * DAY  # nobody polled for days
    serve(server, "/rss", *[item(n) for n in range(30, 40)])
    poller.poll()
    assert [(one.began_at, one.ended_at) for one in outages(engine)] == [(found.answered_at, poller.now)]


def test_a_permanent_redirect_is_adopted_after_a_week(
    session: Session, server: Server, poller: Poller
) -> None:
    feed = fresh_feed(session, server, "/old")
    serve(server, "/new", item(1))
    server.routes["/old"] = lambda call: call.answer(301, Location="/new")
    poller.poll()
    found = poller.read(feed)
    assert (found.address, found.moved_to, found.moved_since) == (server.url("/old"), server.url("/new"), NOW)
    poller.poll_again(feed, after=6 * DAY)
    server.routes["/old"] = lambda call: call.answer(302, Location="/new")
    assert poller.poll_again(feed, after=DAY).moved_to is None
    server.routes["/old"] = lambda call: call.answer(308, Location="/new")
    poller.poll_again(feed, after=DAY)
    assert poller.poll_again(feed, after=6 * DAY).address == server.url("/old")
    adopted = poller.poll_again(feed, after=DAY)
    assert (adopted.address, adopted.moved_to) == (server.url("/new"), None)
    assert adopted.version == feed.version + 1
    before = server.asked["/old"]
    poller.poll_again(feed, after=DAY)
    assert server.asked["/old"] == before


@pytest.mark.parametrize("status", [404, 410])
def test_a_redirect_is_adopted_at_once_when_the_old_address_is_no_more(
    session: Session, server: Server, poller: Poller, status: int
) -> None:
    feed = fresh_feed(session, server, "/old")
    serve(server, "/new", item(1))
    server.routes["/old"] = lambda call: call.answer(301, Location="/new")
    poller.poll()
    server.routes["/old"] = lambda call: call.answer(status)
    found = poller.poll_again(feed)
    assert (found.address, found.failures, found.gone_at) == (server.url("/new"), 0, None)


def test_an_address_that_another_feed_has_is_not_adopted(
    session: Session, server: Server, poller: Poller
) -> None:
    feed = fresh_feed(session, server, "/old")
    server.routes["/old"] = lambda call: call.answer(301, Location="/new")
    serve(server, "/new", item(1))
    poller.poll()
    other = fresh_feed(session, server, "/new")
    other.address_key = read_feed_address(other.address).key
    session.commit()
    found = poller.poll_again(feed, after=8 * DAY)
    assert (found.address, found.failure) == (server.url("/old"), "")


def test_a_server_that_lies_about_no_change_is_asked_without_its_marks(
    session: Session, engine: Engine, server: Server, poller: Poller
) -> None:
    feed = fresh_feed(session, server, "/lies")
    items = [item(1)]
    serve_validated(server, "/lies", lambda: rss(*items), lambda: '"always"')
    lively = fresh_feed(session, server, "/lively", outlet=feed.outlet)
    serve(server, "/lively", item(10))
    poller.poll()
    items.insert(0, item(0, at=NOW + timedelta(hours=3)))
    poller.poll_again(feed, after=timedelta(hours=20))
    assert publications(engine) == 2
    serve(server, "/lively", item(-30), item(10))  # 30 hours later the other section shows news
    poller.poll_again(lively, after=timedelta(hours=12))
    if (
        poller.read(feed).etag is not None
    ):  # both were due in that turn, and this one may have been read first
        poller.poll_again(feed)
    assert poller.read(feed).etag is None
    poller.poll_again(feed)
    assert publications(engine) == 4
    assert poller.read(feed).etag == '"always"'


def test_the_order_of_day_and_month_is_settled_after_three_polls(
    session: Session, server: Server, poller: Poller
) -> None:
    feed = fresh_feed(session, server, "/rss")
    for turn in range(4):
        day = 20 + turn
        body = rss(
            item(turn).replace("</item>", "").split("<pubDate>")[0]
            + f"<pubDate>{day}/4/2026 08:00</pubDate></item>"
        )
        server.routes["/rss"] = lambda call, body=body: call.answer(200, body)  # type: ignore[misc]
        found = poller.poll_again(feed)
        assert (found.date_order, found.date_order_seen) == (DateOrder.DAY_FIRST, turn + 1)


def test_the_sections_of_a_host_share_a_connection_and_two_at_most_are_in_flight(
    session: Session, server: Server, poller: Poller
) -> None:
    flying, most, lock = 0, 0, threading.Lock()

    def slow(call: Call) -> None:
        nonlocal flying, most
        with lock:
            flying += 1
            most = max(most, flying)
        server.closing.wait(0.02)
        with lock:
            flying -= 1
        call.answer(200, rss(item(int(call.path[1:]))))

    for number in range(8):
        server.routes[f"/{number}"] = slow
        fresh_feed(session, server, f"/{number}")
    assert poller.poll() == 8
    assert most == 2
    assert len({port for _, _, port in server.calls}) == 2


def test_a_process_that_is_to_stop_gives_back_what_it_has_not_asked(
    session: Session, server: Server, poller: Poller
) -> None:
    stopping = threading.Event()

    def last(call: Call) -> None:
        stopping.set()
        call.answer(200, rss(item(1)))

    feeds = [fresh_feed(session, server, f"/{number}") for number in range(6)]
    for number in range(6):
        server.routes[f"/{number}"] = last
    polled = poll_due(poller.watcher, stopping)
    assert 1 <= polled <= 2
    left = [poller.read(feed) for feed in feeds]
    assert all(one.lease_until is None for one in left)
    assert sum(one.polled_at is not None for one in left) == polled
    assert poll_due(poller.watcher, stopping) == 0


def test_a_round_that_takes_too_long_gives_back_the_rest(
    session: Session, server: Server, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LONGEST_ROUND", timedelta(seconds=0.2))

    def silent(call: Call) -> None:
        server.closing.wait(5)

    for number in range(6):
        server.routes[f"/{number}"] = silent
        fresh_feed(session, server, f"/{number}")
    serve(server, "/well", item(1))
    other = fresh_feed(session, server, "/well")
    other.host = "khac.vn"
    session.commit()
    assert poller.poll() == 3
    assert sum(server.asked.values()) == 3
    assert poller.read(other).failure == ""
    with Session(poller.engine) as fresh:
        assert all(one.lease_until is None for one in fresh.query(Feed))


@pytest.mark.parametrize("news", [True, False])
def test_a_poller_that_woke_up_late_changes_nothing(
    session: Session, engine: Engine, server: Server, poller: Poller, news: bool
) -> None:
    """Another took the feed over in the meantime, or a person changed it: both raise the lease's number."""
    feed = fresh_feed(session, server, "/rss")
    serve(server, "/rss", item(1))
    poller.poll()
    before = poller.read(feed)

    def meanwhile(call: Call) -> None:
        with Session(engine.execution_options(write=True)) as other, other.begin():
            held = other.get_one(Feed, feed.id)
            held.lease_token += 1
            held.title = "Người khác"
        call.answer(200, rss(item(2), item(1)) if news else rss(item(1)))

    server.routes["/rss"] = meanwhile
    found = poller.poll_again(feed)
    assert found.title == "Người khác"
    assert (found.answered_at, found.next_poll_at) == (before.answered_at, before.next_poll_at)
    assert publications(engine) == 1
