"""How long a poll of many feeds takes, beside the library ``reader`` over the same feeds in the same run.

``python -m bench.watch [--feeds 100] [--rounds 1]``: a server in a process of its own answers for each phase: the
first poll, 304, the same bytes without validators, only lastBuildDate moves, one new entry each, 304 after 50 ms.
Ours is the whole poll as the scheduler does it: claim, fetch, read, dates, store, recognise, themes with 2,000
phrases, settle. Each phase is checked against the server's own count and the rows that are stored.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from threading import Event

from sqlalchemy import Engine, func, insert, select, update

from app.db import make_engine, read_session, transaction
from app.feature import load_models
from app.migrations import schema
from app.outbound.reach import read_reach
from app.text import fold
from bench.feedserver import ENTRIES, MOMENT, SECTIONS, host_of, phrases, url_of
from bench.figures import Figure, show
from content.outlets.feeds.address import read_feed_address
from content.outlets.feeds.models import Feed
from content.publications.models import Publication
from content.themes.models import ThemePhrase
from scheduler.watch.polling import Watcher, poll_due
from tests.factories import make_outlet, make_theme

THEMES = 60
NOW = MOMENT + timedelta(hours=2)  # noon in Vietnam
PHASES = ("first", "304", "same", "built", "new", "slow")
WRITES = {"first": ENTRIES, "new": 1}  # publications of a feed that a phase adds
# How many times as fast as which reader (coverage.md 4.1).
GOALS = {
    "first": ("first poll", "reader", 8.0),
    "304": ("304", "reader, 16 workers", 5.0),
    "same": ("same bytes", "reader", 50.0),
    "built": ("only lastBuildDate moves", "reader", 15.0),
    "new": ("one new each", "reader", 12.0),
    "slow": ("304 after 50 ms", "reader, 16 workers", 1.5),
}


class Papers:
    """The server's process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.port = int(self.read())

    def read(self) -> str:
        """Its next line."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def say(self, word: str) -> str:
        """Send a word and read the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return self.read()


@contextmanager
def papers(feeds: int) -> Iterator[Papers]:
    """The server for the length of the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.feedserver", str(feeds)],
        cwd=Path(__file__).resolve().parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Papers(process)
        process.terminate()


class Ours:
    """The scheduler's own poll over a fresh SQLite database."""

    name = "Loa"

    def __init__(self, folder: Path, feeds: int, port: int) -> None:
        load_models()
        self.engine = make_engine(f"sqlite:///{folder / 'loa.sqlite3'}")
        schema.upgrade(self.engine)
        self.feeds = feeds
        _fill(self.engine, feeds, port)
        self.watcher = Watcher(
            self.engine, read_reach("127.0.0.0/8:*"), "Loa/bench", lambda: NOW, "bench:1", dice=lambda: 0.0
        )

    def prepare(self) -> None:
        """Make every feed due."""
        with transaction(self.engine) as session:
            session.execute(update(Feed).values(next_poll_at=NOW))

    def poll(self) -> None:
        """Poll all of them."""
        polled = poll_due(self.watcher, Event())
        assert polled == self.feeds, polled

    def stored(self) -> int:
        """How many publications there are; no feed may have failed."""
        with read_session(self.engine) as session:
            failed = session.scalars(select(Feed.failure).where(Feed.failure != "")).all()
            assert not failed, failed
            return session.scalar(select(func.count()).select_from(Publication)) or 0

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()


class Theirs:
    """lemon24/reader over a fresh database of its own."""

    def __init__(self, folder: Path, feeds: int, port: int, *, workers: int) -> None:
        self.name = "reader" if workers == 1 else f"reader, {workers} workers"
        # Its own copy of feedparser asks for sgmllib by the old name; the lock holds it by the new one.
        sys.modules.setdefault("sgmllib", import_module("feedparser_sgmllib"))
        self.reader = import_module("reader").make_reader(str(folder / f"reader-{workers}.sqlite3"))
        self.workers = workers
        for number in range(feeds):
            self.reader.add_feed(url_of(number, port))

    def prepare(self) -> None:
        """It updates every feed when it is asked to ignore its schedule."""

    def poll(self) -> None:
        """Update all of them."""
        self.reader.update_feeds(scheduled=False, workers=self.workers)

    def stored(self) -> int:
        """How many entries there are."""
        return int(self.reader.get_entry_counts().total or 0)

    def close(self) -> None:
        """Let the database go."""
        self.reader.close()


def _fill(engine: Engine, feeds: int, port: int) -> None:
    """Outlets with their feeds, and themes with their phrases."""
    with transaction(engine) as session:
        for number in range(feeds):
            if number % SECTIONS == 0:
                outlet = make_outlet(session)
                outlet.address = f"https://bao{number // SECTIONS}.example.vn"
            address = read_feed_address(url_of(number, port))
            session.add(
                Feed(
                    outlet_id=outlet.id,
                    address=address.shown,
                    address_key=address.key,
                    host=host_of(number),
                    next_poll_at=NOW,
                )
            )
        themes = [make_theme(session) for _ in range(THEMES)]
        rows = [
            {"theme_id": themes[place % THEMES].id, "phrase": phrase, "folded": fold(phrase)}
            for place, phrase in enumerate(phrases())
        ]
        session.execute(insert(ThemePhrase), rows)


def measure(feeds: int) -> dict[str, dict[str, tuple[float, float]]]:
    """Seconds of each phase by who polled, all against the same server."""
    found: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    with tempfile.TemporaryDirectory() as name, papers(feeds) as server:
        folder = Path(name)
        pollers: list[Ours | Theirs] = [
            Ours(folder, feeds, server.port),
            Theirs(folder, feeds, server.port, workers=1),
            Theirs(folder, feeds, server.port, workers=16),
        ]
        for phase in PHASES:
            server.say(phase)
            for one in pollers:
                before = one.stored()
                one.prepare()
                server.say("count")
                found[phase][one.name] = _seconds(one.poll)
                answers, unchanged = map(int, server.say("count").split())
                _check(one, phase, feeds, (answers, unchanged, one.stored() - before))
        for one in pollers:
            one.close()
    return found


def _seconds(what: Callable[[], None]) -> tuple[float, float]:
    """How long it took on the wall, and of the processor."""
    begun, used = time.perf_counter(), time.process_time()
    what()
    return time.perf_counter() - begun, time.process_time() - used


def _check(one: Ours | Theirs, phase: str, feeds: int, seen: tuple[int, int, int]) -> None:
    """Nobody is praised for a poll that did not happen."""
    wanted = (feeds, feeds if phase in {"304", "slow"} else 0, feeds * WRITES.get(phase, 0))
    if seen != wanted:
        print(f"!! {one.name}, {phase}: answers, 304s, rows are {seen}, not {wanted}")


def main() -> None:
    """Measure, show seconds for people, and each ratio beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    rounds = [measure(given.feeds) for _ in range(given.rounds)]
    wall, used = (
        {
            phase: {
                name: statistics.median(one[phase][name][which] for one in rounds)
                for name in rounds[0][phase]
            }
            for phase in PHASES
        }
        for which in (0, 1)
    )
    print(f"seconds (of the processor) for {given.feeds} feeds of {ENTRIES} entries")
    for phase, taken in wall.items():
        told = "".join(f"{name} {value:7.3f} ({used[phase][name]:6.3f})   " for name, value in taken.items())
        print(f"  {GOALS[phase][0]:26}{told}")
    show(
        Figure(
            f"watching, {label}: times as fast as {other}",
            wall[phase][other] / wall[phase]["Loa"],
            "×",
            goal,
            at_most=False,
        )
        for phase, (label, other, goal) in GOALS.items()
    )


if __name__ == "__main__":
    main()
