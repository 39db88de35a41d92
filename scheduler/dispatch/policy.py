"""How long to wait before another try, and when to stop trying."""

from __future__ import annotations

import random
from datetime import timedelta

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=30)


def wait_after(attempts: int, *, shake: float | None = None) -> timedelta:
    """The pause after that many attempts (1 or more): 30 s, doubled each time, at most 30 minutes.

    *shake*, 0.0 to 1.0, spreads it over its upper half, so that what failed together does not return together.
    """
    shake = random.random() if shake is None else shake  # noqa: S311 - spreads load, guards nothing
    doubled: int = 2 ** min(attempts - 1, 16)
    full = min(FIRST_WAIT * doubled, LONGEST_WAIT)
    return full * (0.5 + shake / 2)
