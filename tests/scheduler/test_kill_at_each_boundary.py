"""Schedulers die at every boundary of a delivery; others take over; nothing goes out twice or gets lost.

All processes are real: one doomed scheduler for each boundary, each with a slot of its own, then two healthy
``python -m scheduler``. The lease is a second, so that nobody waits two minutes.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.db import make_engine
from content.items.models import Stage
from content.publications.models import Publication
from content.site.models import PublicPage
from content.slots.models import Slot, SlotState
from scheduler.dispatch.models import Attempt, Outcome, Phase
from tests.conftest import _in_postgres, _psycopg
from tests.factories import make_channel, make_item, make_slot
from tests.scheduler.killed_scheduler import BOUNDARIES
from tests.scheduler.processes import count, end, start, start_scheduler, wait_until

LEASE = 1.0


@dataclass(frozen=True)
class Aftermath:
    """What is left: the slot of each boundary, how its process ended, how the healthy ones ended."""

    engine: Engine
    slots: dict[str, int]
    deaths: dict[str, int]
    ends: list[int]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A migrated database for the whole module."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("killed") / "loa.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"loa_{uuid.uuid4().hex[:12]}"
    template = request.getfixturevalue("postgresql_template")
    # Without fsync a copy of the files takes an eighth of what writing each page into the log takes.
    _in_postgres(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield _psycopg(server.format(name=name))
    _in_postgres(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def aftermath(own_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """The deaths, and the take-over."""
    data, engine = tmp_path_factory.mktemp("data"), make_engine(own_database_url)
    with Session(engine.execution_options(write=True)) as session:
        moment = clock.now() - timedelta(minutes=1)
        slots = {boundary: make_slot(session, due_at=moment).id for boundary in BOUNDARIES}
        session.commit()
    doomed = {
        boundary: _doomed(boundary, slot_id, data, own_database_url) for boundary, slot_id in slots.items()
    }
    deaths = {boundary: _death(process) for boundary, process in doomed.items()}
    healthy = [start_scheduler(data, own_database_url, lease=LEASE) for _ in range(2)]
    unsettled = "SELECT count(*) FROM slot WHERE state <> 'published' OR recorded_at IS NULL"
    try:
        wait_until(lambda: count(engine, unsettled) == 0)
    finally:
        ends = end(*healthy)
    yield Aftermath(engine, slots, deaths, ends)
    engine.dispose()


def _doomed(boundary: str, slot_id: int, data: Path, url: str) -> subprocess.Popen[bytes]:
    return start(
        "tests/scheduler/killed_scheduler.py", boundary, str(slot_id), str(LEASE), data=data, database_url=url
    )


def _death(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_a_kill_leaves_one_page_and_one_publication(aftermath: Aftermath, boundary: str) -> None:
    assert aftermath.deaths[boundary] == -signal.SIGKILL
    with Session(aftermath.engine) as session:
        slot = session.get_one(Slot, aftermath.slots[boundary])
        assert slot.state is SlotState.PUBLISHED, slot.error_sentence
        pages = session.scalars(select(PublicPage).where(PublicPage.idem_key == slot.idem_key)).unique().all()
        assert len(pages) == 1
        same_text = select(PublicPage).where(PublicPage.revision_id == slot.revision_id)
        assert len(session.scalars(same_text).unique().all()) == 1
        made = session.scalars(select(Publication).where(Publication.slot_id == slot.id)).unique().all()
        assert [one.address for one in made] == [slot.remote_address]
        assert slot.recorded_at is not None
        assert slot.run_no == 1


def test_the_healthy_schedulers_end_in_order(aftermath: Aftermath) -> None:
    assert aftermath.ends == [0, 0]
    assert count(aftermath.engine, "SELECT count(*) FROM heartbeat WHERE owner LIKE '%'") >= 0


def test_no_attempt_is_left_without_an_outcome(aftermath: Aftermath) -> None:
    """Every phase that a dead process left open says how it was settled."""
    with Session(aftermath.engine) as session:
        left = session.scalars(select(Attempt).where(Attempt.outcome.is_(None))).all()
        assert left == []
        unknown = select(Attempt).where(Attempt.phase == Phase.COMMIT, Attempt.outcome == Outcome.UNKNOWN)
        assert len(session.scalars(unknown).all()) == 3  # commit row, page not committed, page put


def test_two_schedulers_send_fifty_due_slots_once_each(
    engine: Engine, session: Session, database_url: str, tmp_path: Path
) -> None:
    channel, moment = make_channel(session), clock.now() - timedelta(minutes=1)
    for _ in range(50):
        make_slot(session, item=make_item(session, stage=Stage.APPROVED), channel=channel, due_at=moment)
    session.commit()
    two = [start_scheduler(tmp_path / "data", database_url, lease=120) for _ in range(2)]
    try:
        assert wait_until(
            lambda: count(engine, "SELECT count(*) FROM slot WHERE recorded_at IS NOT NULL") == 50
        )
    finally:
        ends = end(*two)
    assert ends == [0, 0]
    assert count(engine, "SELECT count(*) FROM public_page") == 50
    assert count(engine, "SELECT count(DISTINCT revision_id) FROM public_page") == 50
    assert count(engine, "SELECT count(DISTINCT slot_id) FROM publication") == 50
    assert count(engine, "SELECT count(*) FROM attempt") == 150


SLOW = """
import sys, time
from datetime import timedelta
from pathlib import Path
from app.settings import load_settings
from scheduler import runner
from scheduler.channels.site import door
real = door.put_page
def slow(*args):
    Path(sys.argv[1]).touch()
    time.sleep(1.5)
    return real(*args)
door.put_page = slow
runner.run(load_settings())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_scheduler_finishes_the_work_in_hand(
    engine: Engine, session: Session, database_url: str, tmp_path: Path, number: signal.Signals
) -> None:
    first, second = (make_slot(session, due_at=clock.now() - timedelta(minutes=1)).id for _ in range(2))
    session.commit()
    began = tmp_path / "began"
    process = start("-c", SLOW, str(began), data=tmp_path / "data", database_url=database_url)
    assert wait_until(began.exists)
    process.send_signal(number)
    assert process.wait(20) == 0
    with Session(engine) as fresh:
        assert fresh.get_one(Slot, first).state is SlotState.PUBLISHED
        assert fresh.get_one(Slot, second).state is SlotState.SCHEDULED
    assert count(engine, "SELECT count(*) FROM heartbeat") == 0


def test_a_scheduler_refuses_an_old_schema_in_words(tmp_path: Path) -> None:
    process = start_scheduler(tmp_path / "data", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert process.wait(20) == 1
    assert "python -m app db upgrade" in (tmp_path / "data" / "log").read_text("utf-8")
