"""However many schedulers run, a feed has one poller: counted at the server that is polled."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from content.outlets.feeds.models import Feed
from scheduler.watch.claim import Claim, claim, give_back
from tests.conftest import NOW
from tests.factories import make_feed, make_outlet
from tests.local_server import serving
from tests.scheduler.watch.papers import fresh_feed, item, serve

ROOT = Path(__file__).resolve().parents[3]
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


def test_two_processes_ask_for_each_feed_once(session: Session, engine: Engine, database_url: str) -> None:
    with serving() as server:
        for number in range(FEEDS):
            serve(server, f"/{number}", item(number))
            fresh_feed(session, server, f"/{number}").host = f"{number}.vn"
        session.commit()
        script = str(Path(__file__).with_name("watch_process.py"))
        reach = f"127.0.0.1:{server.server_port}"
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", f"import runpy; runpy.run_path({script!r}, run_name='__main__')", database_url, reach, owner, NOW.isoformat()],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for owner in ("may-chu:1", "may-chu:2")
        ]  # fmt: skip
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        assert sum(int(process.communicate(timeout=60)[0]) for process in processes) == FEEDS
        assert server.asked == {f"/{number}": 1 for number in range(FEEDS)}
    with Session(engine) as fresh:
        assert all(one.answered_at == NOW for one in fresh.query(Feed))
