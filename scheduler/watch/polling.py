"""A round of polls: take what is due, ask many hosts at once, settle each feed as its answer comes.

No transaction is open while the network is waited for: threads only ask and read; the calling thread alone
writes. A host has at most two requests in flight, on connections that its sections share.
"""

from __future__ import annotations

import logging
import queue
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy import Engine

from app.errors import Busy
from app.outbound.door import Door, Limits
from app.outbound.reach import Reach
from content.publications.found.services import NEVER
from scheduler.watch import claim as claims
from scheduler.watch.claim import Claim
from scheduler.watch.ledger import FencedOffError
from scheduler.watch.look import UNFORESEEN, Failure, Look, look_at
from scheduler.watch.settle import Moment, is_plain, settle, settle_plain

log = logging.getLogger("loa.scheduler")
AT_ONCE = 16
PER_HOST_AT_ONCE = 2
LONGEST_ROUND = timedelta(seconds=60)  # after it nothing new is asked; a last answer may take its 20 s


@dataclass(frozen=True)
class Watcher:
    """What a poller works with."""

    engine: Engine
    reach: Reach
    agent: str
    clock: Callable[[], datetime]
    owner: str
    limits: Limits = field(default_factory=Limits)
    lease: timedelta = claims.LEASE
    dice: Callable[[], float] = random.random
    at_once: int = AT_ONCE
    confirm_above: float = NEVER


def poll_due(watcher: Watcher, stopping: Event) -> int:
    """Poll what is due until nothing is, the round's time is over or the process is to stop; returns how many."""
    ends, polled = time.monotonic() + LONGEST_ROUND.total_seconds(), 0
    while not stopping.is_set() and time.monotonic() < ends:
        taken = claims.claim(watcher.engine, owner=watcher.owner, now=watcher.clock(), lease=watcher.lease)
        if not taken:
            break
        polled += _Round(watcher, stopping, ends).run(taken)
    return polled


class _Round:
    """Claimed feeds on their way through the pool."""

    def __init__(self, watcher: Watcher, stopping: Event, ends: float) -> None:
        self.watcher, self.stopping, self.ends = watcher, stopping, ends
        self.looks: queue.SimpleQueue[Look | Claim] = queue.SimpleQueue()  # a Claim came back unasked

    def run(self, taken: Sequence[Claim]) -> int:
        """Poll and settle them; returns how many were polled."""
        lanes = lanes_of(taken)
        with ThreadPoolExecutor(min(self.watcher.at_once, len(lanes)), thread_name_prefix="watch") as pool:
            for lane in lanes:
                pool.submit(self._ask, lane)
            unasked = self._settle(len(taken))
        claims.give_back(self.watcher.engine, unasked)
        return len(taken) - len(unasked)

    def _ask(self, lane: Sequence[Claim]) -> None:
        """One host's feeds one after the other, over one connection."""
        with Door(self.watcher.reach, agent=self.watcher.agent) as door:
            for claim in lane:
                if self.stopping.is_set() or time.monotonic() >= self.ends:
                    self.looks.put(claim)
                    continue
                try:
                    look = look_at(door, claim, limits=self.watcher.limits, now=self.watcher.clock())
                except Exception:
                    # A fault of ours on one feed must not keep the others of its host from being asked.
                    log.exception("Nguồn tin %s: lỗi bất ngờ khi đọc.", claim.address)
                    look = Look(claim, Failure(UNFORESEEN))
                self.looks.put(look)

    def _settle(self, count: int) -> list[Claim]:
        """Settle *count* feeds as they come, those without news together; returns those that were not asked."""
        unasked: list[Claim] = []
        while count:
            came = [self.looks.get()]
            while not self.looks.empty():
                came.append(self.looks.get())
            count -= len(came)
            unasked += [one for one in came if isinstance(one, Claim)]
            looks, now = [one for one in came if isinstance(one, Look)], self.watcher.clock()
            plain = {id(one) for one in looks if is_plain(one, now)}
            self._settle_plain([one for one in looks if id(one) in plain])
            for look in looks:
                if id(look) not in plain:
                    self._settle_one(look)
        return unasked

    def _moment(self) -> Moment:
        return Moment(self.watcher.clock(), self.watcher.dice())

    def _settle_plain(self, looks: Sequence[Look]) -> None:
        try:
            settle_plain(self.watcher.engine, looks, [self._moment() for _ in looks])
        except Exception:  # their leases run out and they are polled again
            log.exception("Chưa ghi được %s lần đọc nguồn tin.", len(looks))

    def _settle_one(self, look: Look) -> None:
        """Settle one; what cannot be kept counts as a failure, so that it is told and not tried every minute."""
        try:
            settle(self.watcher.engine, look, self._moment(), confirm_above=self.watcher.confirm_above)
        except Busy:  # its lease runs out and it is polled again
            log.warning("Nguồn tin %s: cơ sở dữ liệu đang bận; sẽ đọc lại.", look.claim.address)
        except FencedOffError:
            log.warning("Nguồn tin %s đã do tiến trình khác tiếp nhận; bỏ qua.", look.claim.address)
        except Exception:
            log.exception("Nguồn tin %s: không ghi nhận được.", look.claim.address)
            if look.failure is None:
                self._settle_one(Look(look.claim, Failure(UNFORESEEN)))


def lanes_of(taken: Sequence[Claim]) -> list[list[Claim]]:
    """The claims by host, each host split in at most as many lanes as it may have requests in flight."""
    by_host: dict[str, list[Claim]] = defaultdict(list)
    for one in taken:
        by_host[one.host].append(one)
    return [
        found[start::PER_HOST_AT_ONCE]
        for found in by_host.values()
        for start in range(min(PER_HOST_AT_ONCE, len(found)))
    ]
