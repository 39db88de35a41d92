"""How long the coverage page's queries take over many publications, beside the goal."""

from __future__ import annotations

import hashlib
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app import clock
from app.db import make_engine, read_session, transaction
from app.feature import load_models
from app.migrations import schema
from app.organisations.models import Organisation, OrganisationKind
from app.text import fold, sort_key
from bench.figures import Figure, show
from campaigns.coverage.asked import Asked, Span
from campaigns.coverage.queries import coverage_of
from campaigns.coverage.table import by_month, by_outlet
from content.outlets.models import Outlet, OutletKind
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.tally.services import rebuild_tally
from content.themes.models import Theme

GOAL = 100.0  # milliseconds
THEMES, OUTLETS, DAYS = 12, 15, 365
TODAY = date(2026, 12, 31)
_NOW = datetime(2026, 12, 31, 5, tzinfo=UTC)
_BATCH = 20_000


def fill(engine: Engine, publications: int) -> None:
    """Put that many publications of one year into an empty database, each under one or two themes."""
    dice = random.Random(2026)
    with transaction(engine) as session:
        _names(session)
        for begin in range(0, publications, _BATCH):
            keys = range(begin + 1, min(begin + _BATCH, publications) + 1)
            rows = [_publication(key, dice) for key in keys]
            session.execute(insert(Publication), rows)
            session.execute(insert(Match), [row for key in keys for row in _matches(key, dice)])
        rebuild_tally(session)
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def _names(session: Session) -> None:
    """Themes and outlets."""
    press = Organisation(kind=OrganisationKind.PRESS, name="Báo", name_folded="bao", sort_key="bao")
    session.add(press)
    session.flush()
    kinds = list(OutletKind)
    for number in range(1, OUTLETS + 1):
        name = f"Cơ quan báo chí {number:02}"
        session.add(
            Outlet(
                organisation_id=press.id,
                kind=kinds[number % len(kinds)],
                name=name,
                name_folded=fold(name),
                sort_key=sort_key(name),
                languages=["vi"],
            )
        )
    for number in range(1, THEMES + 1):
        name = f"Chủ đề {number:02}"
        session.add(
            Theme(
                code=f"cd-{number}",
                name=name,
                name_folded=fold(name),
                sort_key=sort_key(name),
                colour=number,
            )
        )
    session.flush()


def _publication(key: int, dice: random.Random) -> dict[str, object]:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(DAYS * 24 * 60))
    address = f"https://bao.example.vn/bai-{key}"
    return {
        "id": key,
        "outlet_id": dice.randrange(OUTLETS) + 1,
        "title": f"Bình dân học vụ số về làng, kỳ {key}",
        "title_folded": f"binh dan hoc vu so ve lang, ky {key}",
        "address": address,
        "address_key": hashlib.sha256(address.encode()).hexdigest(),
        "is_on_air": False,
        "published_at": moment,
        "published_on": clock.local_day(moment),
        "note": "",
        "status": PublicationStatus.LOGGED,
        "logged_at": _NOW,
        "version": 1,
    }


def _matches(key: int, dice: random.Random) -> list[dict[str, object]]:
    themes = dice.sample(range(1, THEMES + 1), k=1 + key % 2)
    return [
        {
            "publication_id": key,
            "theme_id": theme,
            "decision": MatchDecision.CONFIRMED,
            "score": 1.0,
            "reason": "Người dùng xác nhận",
            "decided_at": _NOW,
        }
        for theme in themes
    ]


def measure(engine: Engine, period: str, *, rounds: int = 7) -> float:
    """Median seconds to read and lay out the table of *period*, each time on a fresh session."""
    asked, taken = Asked(Span.read(period, today=TODAY)), []
    for _ in range(rounds):
        with read_session(engine) as session:
            began = time.perf_counter()
            found = coverage_of(session, asked, today=TODAY)
            (by_month if len(period) == 4 else by_outlet)(found)
            taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main(publications: int = 200_000) -> dict[str, float]:
    """Fill a fresh SQLite database, measure month, quarter and year, show them, and return seconds by period."""
    load_models()
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        schema.upgrade(engine)
        fill(engine, publications)
        found = {period: measure(engine, period) for period in ("2026-05", "2026-Q2", "2026")}
        engine.dispose()
    show(
        [
            Figure(f"coverage of {period}, {publications:,} publications", seconds * 1000, "ms", GOAL)
            for period, seconds in found.items()
        ]
    )
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
