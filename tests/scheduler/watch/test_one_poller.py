"""However many schedulers run, a feed has one poller: counted at the server that is polled."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from content.publications.lookups.models import Lookup, LookupState
from scheduler.watch.claim import Claim, claim, give_back
from tests.conftest import NOW
from tests.factories import make_feed, make_outlet, make_person
from tests.local_server import serving
from tests.scheduler.processes import count, end, start_scheduler, wait_until
from tests.scheduler.watch.papers import fresh_feed, item, serve

FEEDS = 24


def take(
    engine: Engine, *, owner: str = "a", seconds: float = 0, limit: int = 200, per_host: int = 10
) -> list[Claim]:
    now = NOW + timedelta(seconds=seconds)
    return claim(engine, owner=owner, now=now, limit=limit, per_host=per_host)


def test_only_what_is_due_watched_and_free_is_taken_the_oldest_first(
    session: Session, engine: Engine
) -> None:
    due = [make_feed(session) for _ in range(4)]
    for number, feed in enumerate(due):
        feed.host, feed.next_poll_at = f"{number}.vn", NOW - timedelta(minutes=number)
    off, gone, later, retired = (make_feed(session) for _ in range(4))
    off.is_watched, gone.gone_at, later.next_poll_at = False, NOW, NOW + timedelta(hours=1)
    retired.outlet.retired_at = NOW
    session.commit()
    assert {one.feed_id for one in take(engine, limit=2)} == {due[3].id, due[2].id}
    assert {one.feed_id for one in take(engine, owner="b")} == {due[1].id, due[0].id}
    assert take(engine) == []
    assert take(engine, seconds=119) == []


def test_one_host_does_not_fill_a_batch(session: Session, engine: Engine) -> None:
    outlet = make_outlet(session)
    for number in range(8):
        make_feed(session, outlet=outlet).next_poll_at = NOW - timedelta(hours=8 - number)
    quiet = make_feed(session, outlet=outlet)
    quiet.host = "khac.vn"
    session.commit()
    taken = take(engine, per_host=3, limit=10)
    assert Counter(one.host for one in taken) == {"bao.example.vn": 3, "khac.vn": 1}


def test_a_lease_that_ran_out_is_taken_over_and_the_first_holder_can_give_nothing_back(
    session: Session, engine: Engine
) -> None:
    feed = make_feed(session)
    session.commit()
    (first,) = take(engine)
    (second,) = take(engine, owner="b", seconds=121)
    assert second.fence == first.fence + 1
    give_back(engine, [first])
    assert take(engine, seconds=122) == []
    give_back(engine, [second])
    assert [one.feed_id for one in take(engine, seconds=122)] == [feed.id]


def test_pollers_at_the_same_moment_never_take_the_same_feed(session: Session, engine: Engine) -> None:
    outlet = make_outlet(session)
    for number in range(60):
        make_feed(session, outlet=outlet).host = f"{number}.vn"
    session.commit()
    together = Barrier(4)

    def work(owner: str) -> list[int]:
        together.wait(30)
        taken: list[int] = []
        while found := take(engine, owner=owner, limit=3):
            taken += [one.feed_id for one in found]
        return taken

    with ThreadPoolExecutor(4) as pool:
        found = [key for keys in pool.map(work, "abcd") for key in keys]
    assert len(found) == len(set(found)) == 60


def test_two_schedulers_read_each_feed_and_each_link_once(
    session: Session, engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real processes with their settings from the environment; asked to stop, both end in order."""
    now = clock.now()
    page = b"<title>Tin v\xe1\xbb\x81 h\xe1\xbb\x8dc s\xe1\xbb\x91</title>"
    with serving() as server:
        monkeypatch.setenv("LOA_OUTBOUND_ALLOW", f"127.0.0.1:{server.server_port}")
        for number in range(FEEDS):
            serve(server, f"/{number}", item(number))
            feed = fresh_feed(session, server, f"/{number}")
            feed.host, feed.next_poll_at = f"{number}.vn", now
        server.routes["/tin.html"] = lambda call: call.answer(200, page, Content_Type="text/html")
        session.add(
            Lookup(
                address=server.url("/tin.html"),
                address_key="k",
                asked_by_id=make_person(session).id,
                asked_at=now,
                state=LookupState.WAITING,
            )
        )
        session.commit()
        schedulers = [start_scheduler(tmp_path / name, database_url) for name in ("a", "b")]
        try:
            unread = "SELECT count(*) FROM feed WHERE answered_at IS NULL OR lease_until IS NOT NULL"
            open_links = "SELECT count(*) FROM lookup WHERE state <> 'found'"
            assert wait_until(lambda: count(engine, unread) + count(engine, open_links) == 0)
        finally:
            codes = end(*schedulers)
        assert codes == [0, 0]
        assert server.asked == {**{f"/{number}": 1 for number in range(FEEDS)}, "/tin.html": 1}
