"""A poller as a process of its own: ``python tests/scheduler/watch/watch_process.py URL REACH OWNER MOMENT``."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from threading import Event

from app.db import make_engine
from app.feature import load_models
from app.outbound.reach import read_reach
from scheduler.watch.polling import Watcher, poll_due


def main(url: str, reach: str, owner: str, moment: str) -> None:
    """Say that we are ready, wait for the word, poll what is due, and say how many that was."""
    load_models()
    now = datetime.fromisoformat(moment)
    engine = make_engine(url)
    engine.connect().close()
    print("ready", flush=True)
    sys.stdin.readline()
    watcher = Watcher(engine, read_reach(reach), "Loa/1", lambda: now, owner, lease=timedelta(seconds=120))
    print(poll_due(watcher, Event()), flush=True)
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
