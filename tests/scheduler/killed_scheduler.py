"""A real scheduler that SIGKILLs itself at one boundary: ``python killed_scheduler.py <boundary> <slot> <lease>``.

It takes one slot only, so that each boundary of a test has its own. The product has no such switch: the functions
are wrapped here, in a process of the tests.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import Select

from app.settings import load_settings
from content.slots.models import Slot
from scheduler import runner
from scheduler.channels import site
from scheduler.channels.site import door
from scheduler.dispatch import claim as claiming
from scheduler.dispatch import deliver
from scheduler.jobs import table

Step = Callable[..., Any]


def die() -> NoReturn:
    """What a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def dies_before(real: Step) -> Step:
    """*real*, never reached."""
    return lambda *args, **options: die()


def dies_after(real: Step) -> Step:
    """*real*, then nothing more; a claim that took nothing is none."""

    def step(*args: Any, **options: Any) -> Any:
        made = real(*args, **options)
        if made != []:
            die()
        return made

    return step


# boundary -> (module, function, where the process dies)
BOUNDARIES: dict[str, tuple[Any, str, Callable[[Step], Step]]] = {
    "before_claim_commits": (claiming, "take", dies_after),
    "after_claim": (table, "claim", dies_after),
    "after_prepare_began": (deliver, "begin_prepare", dies_after),
    "after_prepare": (deliver, "prepare", dies_after),
    "after_commit_row": (deliver, "begin_commit", dies_after),
    "before_page_commits": (door, "put_page", dies_after),
    "after_send": (deliver, "send", dies_after),
    "after_outcome": (deliver, "note_sent", dies_after),
    "after_confirm": (deliver, "confirm", dies_after),
    "before_publication_commits": (deliver, "record_sent", dies_after),
    "before_anything": (deliver, "deliver", dies_before),
}


def main(boundary: str, slot_id: int, lease: float) -> None:
    """Run until the boundary."""
    module, name, deadly = BOUNDARIES[boundary]
    real_due = claiming.due

    def own_due(now: datetime, limit: int) -> Select[int]:
        return real_due(now, limit).where(Slot.id == slot_id)

    claiming.due = own_due
    setattr(module, name, deadly(getattr(module, name)))
    assert site.send is door.send
    runner.run(load_settings(), lease=timedelta(seconds=lease))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
