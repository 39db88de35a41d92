"""The table of ticks. Each may run twice, late, or in two processes at once; the rows decide what happens."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from app import audit
from app.db import read_session
from app.outbound.door import agent_of
from content.slots.queries import next_due_at
from scheduler.dispatch import deliver, pulse, reap
from scheduler.dispatch.claim import claim
from scheduler.dispatch.deliver import Hand
from scheduler.jobs.materialise import materialise
from scheduler.watch.lookups import run_errands
from scheduler.watch.polling import Watcher, poll_due

log = logging.getLogger("loa.scheduler")
DISPATCH, REAP, SEAL, REPAIR = "dispatch", "reap", "seal", "repair"
MATERIALISE, WATCH, ERRANDS = "materialise", "watch", "errands"
DISPATCH_SECONDS = 1.0
LONGEST_TURN = timedelta(seconds=10)  # a dispatch that never ends would look like one that hangs
MOST_FAILURES = 20  # in one turn; when everything fails, claiming on would only use up the tries
NEAR = 0.02  # seconds: what is due so soon is due


@dataclass(frozen=True)
class Worker:
    """One scheduler process: its name, its hand, and whether it was asked to stop."""

    owner: str
    hand: Hand
    stopping: Event


@dataclass(frozen=True)
class Tick:
    """One line of the table: every *seconds* the function runs with the process's worker."""

    name: str
    seconds: float
    run: Callable[[Worker], None]


def ticks(lease: timedelta) -> tuple[Tick, ...]:
    """The table; abandoned slots are looked for six times within a lease (every 20 s of 120)."""
    return (
        Tick(DISPATCH, DISPATCH_SECONDS, dispatch),
        Tick(REAP, lease.total_seconds() / 6, reap_abandoned),
        Tick(SEAL, 10.0, seal_audit),
        Tick(REPAIR, 60.0, repair_publications),
        Tick(MATERIALISE, 3_600.0, make_occurrences),
        Tick(WATCH, 15.0, watch_feeds),
        Tick(ERRANDS, 2.0, read_links),
    )


def dispatch(worker: Worker) -> None:
    """Send what is due, one slot at a time, and what falls due before the next tick at its very moment.

    One at a time, so that a slot's lease covers its own sending only; between two slots the process may stop. A
    slot that fails in a way nobody foresaw keeps its lease until the reaper takes it over; the others go out.

    Raises:
        Exception: the first such failure, when the turn is over, so that it is told.
    """
    ends = time.monotonic() + LONGEST_TURN.total_seconds()
    failures: list[Exception] = []
    while not worker.stopping.is_set() and time.monotonic() < ends and len(failures) < MOST_FAILURES:
        if send_one(worker, failures):
            continue
        pause = _until_next(worker)
        if pause is None or worker.stopping.wait(pause):
            break
    if failures:
        raise failures[0]


def send_one(worker: Worker, failures: list[Exception]) -> bool:
    """Claim the longest waiting slot and bring it to rest; False when none is due."""
    hand = worker.hand
    taken = claim(hand.engine, owner=worker.owner, now=hand.clock(), limit=1, lease=hand.lease)
    for one in taken:
        try:
            deliver.deliver(hand, one)
        except Exception as fault:
            log.exception("Lịch %s gặp lỗi bất ngờ; sẽ được tiếp nhận lại khi hết hạn giữ.", one.slot_id)
            failures.append(fault)
    return bool(taken)


def _until_next(worker: Worker) -> float | None:
    """Seconds to the next due moment when it comes before the next tick, else None."""
    with read_session(worker.hand.engine) as session:
        moment = next_due_at(session)
    if moment is None:
        return None
    seconds = (moment - worker.hand.clock()).total_seconds()
    return max(seconds, 0.0) + NEAR if seconds < DISPATCH_SECONDS else None


def reap_abandoned(worker: Worker) -> None:
    """Take over what was abandoned, look up what is unclear, forget processes long gone."""
    reap.reap(worker.hand, owner=worker.owner)
    pulse.forget_the_dead(worker.hand.engine, worker.hand.clock())


def seal_audit(worker: Worker) -> None:
    """Seal the audit entries that wait."""
    audit.seal(worker.hand.engine)


def repair_publications(worker: Worker) -> None:
    """Write publications that a dying process left out."""
    reap.repair(worker.hand)


def make_occurrences(worker: Worker) -> None:
    """Make the yearly days of the next 24 months and their lead-ups."""
    materialise(worker.hand.engine, now=worker.hand.clock())


def watch_feeds(worker: Worker) -> None:
    """Poll the feeds that are due, many hosts at once; a process that is to stop begins nothing new."""
    poll_due(_watcher(worker), worker.stopping)


def read_links(worker: Worker) -> None:
    """Read the pages behind pasted links, for people who wait."""
    run_errands(_watcher(worker), worker.stopping)


def _watcher(worker: Worker) -> Watcher:
    wire = worker.hand.wire
    return Watcher(
        wire.engine,
        wire.reach,
        agent_of(wire.public_url),
        worker.hand.clock,
        worker.owner,
        confirm_above=wire.confirm_above,
    )
