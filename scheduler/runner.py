"""The scheduler process: APScheduler's clock around the table of ticks, nothing kept in memory that matters.

APScheduler gives the ticks only. What is due, its state, tries, leases and keys are rows, because a job in its
store is lost when the process dies in it, and run twice when two processes share the store.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.blocking import BlockingScheduler

from app import clock
from app.db import make_engine
from app.feature import load_models
from app.migrations.schema import check_current
from app.settings import Settings
from scheduler.channels.registry import CHANNELS
from scheduler.dispatch import pulse
from scheduler.dispatch.claim import LEASE
from scheduler.dispatch.deliver import Hand
from scheduler.dispatch.wire import Wire
from scheduler.jobs.table import Tick, Worker, ticks

log = logging.getLogger("loa.scheduler")
CLOCK_IS_SET = 2.0  # seconds within one; less is a clock being steered


def run(settings: Settings, *, lease: timedelta = LEASE) -> None:
    """Tick until SIGTERM or SIGINT; the work in hand is finished first.

    Raises:
        Refused: the database's schema is not this program's.
    """
    load_models()
    engine = make_engine(settings.database_url)
    check_current(engine)
    hand = Hand(
        Wire(engine, settings.public_url, settings.outbound, settings.confirm_above),
        CHANNELS,
        clock.now,
        lease,
    )
    worker = Worker(
        owner=f"{socket.gethostname()}:{os.getpid()}"[:120], hand=hand, stopping=threading.Event()
    )
    scheduler = make_scheduler(worker)
    _stop_on_signals(worker, scheduler)
    threading.Thread(target=follow_clock, args=(worker, scheduler), name="clock", daemon=True).start()
    log.info("Bộ lập lịch %s bắt đầu.", worker.owner)
    scheduler.start()
    pulse.fall_silent(engine, owner=worker.owner)
    engine.dispose()
    log.info("Bộ lập lịch %s đã dừng; việc đang làm đã xong.", worker.owner)


def make_scheduler(worker: Worker) -> BlockingScheduler:
    """APScheduler with one thread for each tick; a late tick runs once, and never beside itself."""
    table = ticks(worker.hand.lease)
    made = BlockingScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(len(table))},
        timezone=clock.ZONE,
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    for tick in table:
        made.add_job(
            run_tick,
            "interval",
            seconds=tick.seconds,
            id=tick.name,
            args=(worker, tick),
            next_run_time=worker.hand.clock(),
        )
    return made


def run_tick(worker: Worker, tick: Tick) -> None:
    """Run one tick and say that it finished; what it raises is logged and told, the next one comes anyway."""
    failure = ""
    try:
        tick.run(worker)
    except Exception as fault:
        log.exception("Nhịp %s gặp lỗi.", tick.name)
        failure = f"{type(fault).__name__}: {fault}"
    try:
        pulse.beat(
            worker.hand.engine, owner=worker.owner, tick=tick.name, now=worker.hand.clock(), failure=failure
        )
    except Exception:  # without a database there is no heart to see; the watcher tells it by the silence
        log.exception("Nhịp %s không ghi được là đã chạy.", tick.name)


def follow_clock(
    worker: Worker,
    scheduler: BlockingScheduler,
    *,
    wall: Callable[[], float] = time.time,
    steady: Callable[[], float] = time.monotonic,
) -> None:
    """Until the process stops: when the machine's clock is set, begin every tick anew at once.

    APScheduler notes the next turn as a moment on the wall clock; set back by an hour it would rest for an hour.
    """
    before = wall() - steady()
    while not worker.stopping.wait(1.0):
        present = wall() - steady()
        if abs(present - before) > CLOCK_IS_SET:
            log.warning(
                "Đồng hồ máy vừa bị chỉnh %+.0f giây; các nhịp chạy lại từ bây giờ.", present - before
            )
            for job in scheduler.get_jobs():
                job.modify(next_run_time=worker.hand.clock())
        before = present


def _stop_on_signals(worker: Worker, scheduler: BlockingScheduler) -> None:
    """Let SIGTERM and SIGINT end the process after the work in hand.

    The handler only raises a flag: it runs between two lines of the main thread, which may hold APScheduler's
    locks. A thread of its own waits for the flag and shuts down.
    """

    def on_signal(number: int, frame: FrameType | None) -> None:
        worker.stopping.set()

    def shut_down() -> None:
        worker.stopping.wait()
        log.info("Được yêu cầu dừng; làm nốt việc đang làm.")
        scheduler.shutdown(wait=True)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    threading.Thread(target=shut_down, name="shut-down", daemon=True).start()
