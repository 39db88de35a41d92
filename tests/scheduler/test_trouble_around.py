"""What happens around the scheduler: clocks that are set, databases that hang or drop it, slots that break it."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from app import clock
from app.db import make_engine
from app.errors import Busy
from content.channels.models import ChannelKind
from content.publications import sent
from content.publications.models import Publication
from content.slots.models import Slot, SlotState
from scheduler import runner
from scheduler.channels import site
from scheduler.channels.registry import CHANNELS
from scheduler.dispatch import check, deliver, ledger, pulse, reap
from scheduler.dispatch.claim import claim
from scheduler.dispatch.health import health, is_silent
from scheduler.dispatch.wire import Probe, Wire
from scheduler.jobs import table
from scheduler.jobs.table import Worker
from tests.conftest import NOW
from tests.factories import make_channel, make_item, make_slot
from tests.scheduler.processes import end, start_scheduler, wait_until

DUE = NOW + timedelta(hours=1)


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = DUE

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def worker(engine: Engine, watch: Watch) -> Worker:
    """A scheduler process, without its clock."""
    return Worker(
        "a", deliver.Hand(Wire(engine, "https://loa.example.vn"), CHANNELS, watch), threading.Event()
    )


def states(engine: Engine) -> dict[int, SlotState]:
    with Session(engine) as session:
        return {key: state for key, state in session.execute(select(Slot.id, Slot.state))}  # noqa: C416


def book(session: Session, count: int) -> list[int]:
    channel = make_channel(session)
    made = [make_slot(session, channel=channel, due_at=DUE).id for _ in range(count)]
    session.commit()
    return made


def test_a_slot_that_breaks_the_worker_does_not_keep_the_others_in(
    session: Session, worker: Worker, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, *others = book(session, 4)
    packed = site.package

    def package(session: Session, slot: Slot) -> object:
        if slot.id == poison:
            raise RuntimeError("nobody foresaw this")
        return packed(session, slot)

    monkeypatch.setattr(site, "package", package)
    with pytest.raises(RuntimeError):  # told, by the heartbeat
        table.dispatch(worker)
    found = states(worker.hand.engine)
    assert [found[one] for one in others] == [SlotState.PUBLISHED] * 3
    assert found[poison] is SlotState.PREPARING
    for _ in range(12):  # its tries run out, and a person is asked
        watch.now += timedelta(minutes=40)
        reap.reap(worker.hand, owner="a")
        try:
            table.dispatch(worker)
        except RuntimeError:
            continue
    assert states(worker.hand.engine)[poison] is SlotState.FAILED


def test_a_look_that_breaks_does_not_keep_the_others_unclear(
    session: Session, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, *others = book(session, 3)
    for one in session.scalars(select(Slot)):
        one.state = SlotState.UNCONFIRMED
    session.commit()
    poisoned = session.get_one(Slot, poison).idem_key
    session.rollback()
    looked = site.probe

    def probe(wire: Wire, idem_key: str) -> Probe:
        if idem_key == poisoned:
            raise RuntimeError("nobody foresaw this")
        return looked(wire, idem_key)

    monkeypatch.setattr(site, "probe", probe)
    reap.reap(worker.hand, owner="a")
    found = states(worker.hand.engine)
    assert found[poison] is SlotState.UNCONFIRMED
    assert [found[one] for one in others] == [SlotState.RETRY_WAIT] * 2


def test_a_publication_that_cannot_be_written_does_not_keep_the_others_out(
    session: Session, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, *others = book(session, 3)
    written = sent.record_sent

    def record_sent(session: Session, slot: Slot, **given: object) -> object:
        if slot.id == poison:
            raise RuntimeError("nobody foresaw this")
        return written(session, slot, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(deliver, "record_sent", record_sent)
    table.dispatch(worker)
    assert set(states(worker.hand.engine).values()) == {SlotState.PUBLISHED}
    assert reap.repair(worker.hand) == 0
    with Session(worker.hand.engine) as fresh:
        assert set(fresh.scalars(select(Publication.slot_id))) == set(others)


def test_nothing_goes_out_on_a_channel_whose_outlet_is_retired(session: Session, worker: Worker) -> None:
    (slot_id,) = book(session, 1)
    slot = session.get_one(Slot, slot_id)
    slot.channel.outlet.retired_at = NOW
    session.commit()
    table.dispatch(worker)
    session.expire_all()
    assert session.get_one(Slot, slot_id).state is SlotState.ON_HOLD
    assert session.get_one(Slot, slot_id).hold_reason == check.OUTLET_RETIRED


def test_a_clock_set_back_does_not_let_a_dead_scheduler_look_alive(session: Session, engine: Engine) -> None:
    pulse.beat(engine, owner="a", tick="dispatch", now=NOW + timedelta(hours=1))
    assert not health(session, NOW).is_well
    assert is_silent(pulse.list_beats(session)[0], NOW)
    session.rollback()
    pulse.beat(engine, owner="b", tick="dispatch", now=NOW)
    assert health(session, NOW).is_well


@pytest.mark.parametrize("hours", [-1, 24])
def test_ticks_go_on_when_the_machines_clock_is_set(worker: Worker, hours: int) -> None:
    scheduler = runner.make_scheduler(worker)
    for job in scheduler.get_jobs():
        job.modify(next_run_time=clock.now() + timedelta(hours=1))
    jumps = iter([0.0, 3600.0 * hours])

    def wall() -> float:
        jump = next(jumps, None)
        if jump is None:
            worker.stopping.set()
        return 1_000_000.0 + (3600.0 * hours if jump is None else jump)

    runner.follow_clock(worker, scheduler, wall=wall, steady=lambda: 0.0)
    assert {job.next_run_time.astimezone(UTC) for job in scheduler.get_jobs()} == {DUE}


def test_a_heart_that_cannot_be_written_down_stops_no_tick(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beat(*given: object, **named: object) -> None:
        raise Busy

    monkeypatch.setattr(pulse, "beat", beat)
    runner.run_tick(worker, table.Tick("dispatch", 1.0, table.dispatch))


def test_a_busy_database_is_told_in_its_own_words() -> None:
    assert "đang bận" in site.explain(Busy()).sentence


def test_two_workers_with_very_different_clocks_send_once(session: Session, engine: Engine) -> None:
    (slot_id,) = book(session, 1)
    hands = [
        deliver.Hand(Wire(engine, "https://loa.example.vn"), CHANNELS, lambda moment=moment: moment)  # type: ignore[misc]
        for moment in (DUE, DUE + timedelta(days=1))
    ]
    first = claim(engine, owner="a", now=DUE, limit=1)[0]
    deliver.begin_prepare(hands[0], first)
    reap.reap(hands[1], owner="b")  # its clock says that the lease has long passed
    with pytest.raises(ledger.FencedOffError):
        deliver.begin_commit(hands[0], first)
    deliver.deliver(hands[1], claim(engine, owner="b", now=DUE + timedelta(days=1), limit=1)[0])
    assert states(engine)[slot_id] is SlotState.PUBLISHED
    with Session(engine) as fresh:
        assert fresh.scalar(select(func.count()).select_from(Publication)) == 1


def is_well(session: Session) -> bool:
    """Whether the heartbeats say so now; the next look begins anew."""
    well = health(session, clock.now()).is_well
    if not well:
        session.rollback()
    return well


def test_a_running_scheduler_outlives_a_database_that_hangs_or_drops_it(
    engine: Engine, session: Session, tmp_path: Path, database_url: str
) -> None:
    """SQLite: another writer holds the lock for 6 s. PostgreSQL: every connection is cut."""
    channel = make_channel(session, name="Trang tin")
    session.commit()
    process = start_scheduler(tmp_path / "data", database_url)
    try:
        assert wait_until(lambda: is_well(session))
        make_slot(session, channel=channel, due_at=clock.now())
        if engine.dialect.name == "postgresql":
            session.commit()
            other = make_engine(database_url)
            with other.connect() as connection:
                cut = text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                connection.execute(cut)
            other.dispose()
            engine.dispose()
        else:
            time.sleep(6)  # the session holds the writer's lock since the slot was made
            session.commit()
        watcher = make_engine(database_url)
        assert wait_until(lambda: set(states(watcher).values()) == {SlotState.PUBLISHED}, seconds=40)
        with Session(watcher) as fresh:
            assert wait_until(lambda: is_well(fresh))
        watcher.dispose()
    finally:
        codes = end(process)
    assert codes == [0]


@pytest.mark.long
def test_a_thousand_due_slots_go_out_once_each_while_people_write(
    engine: Engine, session: Session, tmp_path: Path, database_url: str
) -> None:
    channel, now = make_channel(session), clock.now()
    for _ in range(1_000):
        make_slot(session, channel=channel, due_at=now)
    session.commit()
    processes = [start_scheduler(tmp_path / name, database_url, lease=20.0) for name in ("a", "b")]
    try:
        for _ in range(20):
            make_item(session)
            session.commit()
            time.sleep(0.2)
        done = {SlotState.PUBLISHED}
        assert wait_until(lambda: set(states(engine).values()) == done, seconds=180)
    finally:
        assert end(*processes) == [0, 0]
    with Session(engine) as fresh:
        assert fresh.scalar(select(func.count()).select_from(Publication)) == 1_000
        assert fresh.scalar(select(func.count(func.distinct(Publication.slot_id)))) == 1_000
    assert ChannelKind.SITE in CHANNELS
