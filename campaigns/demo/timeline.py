"""Many things that go on side by side, done in the order of their moments up to the present. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable
from datetime import datetime

# Something with a life: it names the moment of its next deed, and does it when it is asked to go on.
Life = Generator[datetime, None, None]


def live(lives: Iterable[Life], *, until: datetime) -> None:
    """Let every life go on, deed by deed in the order of time, until none has one at or before *until*.

    A life that is not over then is simply where it stands today.
    """
    for moment in together(lives):
        if moment > until:
            return


def together(lives: Iterable[Life]) -> Life:
    """Several lives as one, their deeds in the order of time."""
    waiting: list[tuple[datetime, int, Life]] = []
    for number, life in enumerate(lives):
        _wait(waiting, number, life)
    while waiting:
        moment, number, life = heapq.heappop(waiting)
        yield moment
        _wait(waiting, number, life)


def _wait(waiting: list[tuple[datetime, int, Life]], number: int, life: Life) -> None:
    """Do the deed at hand and note the moment of the next one, if there is one."""
    moment = next(life, None)
    if moment is not None:
        heapq.heappush(waiting, (moment, number, life))
