"""Processes that ``start`` began end with it, even when it had no time to ask them."""

from __future__ import annotations

import os
import signal
import threading
import time

PARENT = "LOA_STARTED_BY"  # in the environment of the children: the process that began them; no setting
EVERY = 1.0  # seconds between two looks


def end_with_parent() -> None:
    """When ``start`` began this process: end in order, as by SIGTERM, once ``start`` is gone."""
    parent = os.environ.pop(PARENT, "")
    if parent.isdecimal():
        threading.Thread(target=_watch, args=(int(parent),), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
