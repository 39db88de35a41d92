"""The page's numbers against a count by hand over random rows, and keyset pages while rows come in."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.clock import ZONE, Period, local_day
from campaigns.coverage.asked import Asked, Span
from campaigns.coverage.behind.done import DoneRow, list_done
from campaigns.coverage.behind.lists import LateRow, PromisedRow, list_late, list_promised
from campaigns.coverage.queries import coverage_of
from campaigns.coverage.table import by_month, by_outlet
from content.outlets.models import OutletKind
from content.publications.models import COUNTED, HOLDS, Match, MatchDecision, Publication, PublicationStatus
from content.publications.queries import Wanted, page_of_publications
from tests.conftest import NOW
from tests.factories import (
    make_campaign,
    make_match,
    make_outlet,
    make_publication,
    make_series,
    make_target,
    make_theme,
)

TODAY = date(2026, 5, 4)
# Wall clocks in Vietnam: the first and the last minutes of months and of the year.
EDGES = [
    datetime(2025, 12, 31, 23, 59),  # noqa: DTZ001 - a wall clock's time
    datetime(2026, 1, 1, 0, 10),  # noqa: DTZ001
    datetime(2026, 1, 31, 23, 59, 59, 999_999),  # noqa: DTZ001
    datetime(2026, 2, 28, 23, 50),  # noqa: DTZ001
    datetime(2026, 3, 1, 0, 0),  # noqa: DTZ001
    datetime(2026, 5, 1, 0, 10),  # noqa: DTZ001
    datetime(2026, 12, 31, 23, 59),  # noqa: DTZ001
    datetime(2027, 1, 1, 0, 0),  # noqa: DTZ001
]


def _scatter(session: Session, chance: random.Random) -> None:
    """Outlets and themes, some retired; campaigns, some archived; publications at the borders of months."""
    themes = [make_theme(session) for _ in range(3)]
    outlets = [make_outlet(session, kind=chance.choice(list(OutletKind))) for _ in range(4)]
    themes[0].retired_at = outlets[0].retired_at = NOW
    for number in range(4):
        campaign = make_campaign(session, themes=tuple(themes))
        campaign.archived_at = NOW if number == 0 else None
        theme, outlet = chance.choice(themes), chance.choice(outlets)
        make_series(session, theme, outlets=(outlet,), campaign=campaign, quota=chance.randint(1, 3))
        place = {"outlet": outlet} if number % 2 else {"outlet_kind": outlet.kind}
        day = date(2026, chance.randint(1, 12), 28)
        make_target(session, theme, campaign=campaign, count=chance.randint(1, 9), due_on=day, **place)
    for _ in range(120):
        wall = chance.choice(EDGES) if chance.random() < 0.6 else datetime(2026, 5, chance.randint(1, 31), 12)  # noqa: DTZ001
        made = make_publication(
            session, outlet=chance.choice(outlets), published_at=wall.replace(tzinfo=ZONE)
        )
        made.status = chance.choice(list(PublicationStatus))
        for theme in chance.sample(themes, chance.randint(0, 3)):
            make_match(session, made, theme=theme, decision=chance.choice(list(MatchDecision)))
    session.commit()


def _by_hand(session: Session, period: Period) -> Counter[tuple[int, int, date]]:
    """What is done by theme, outlet and month, one row after the other."""
    found: Counter[tuple[int, int, date]] = Counter()
    for match in session.scalars(select(Match)).unique():
        publication = match.publication
        day = local_day(publication.published_at)
        counts = match.decision in HOLDS and publication.status in COUNTED and match.theme_id is not None
        if counts and day in period:
            found[match.theme_id or 0, publication.outlet_id, day.replace(day=1)] += 1
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_numbers_of_random_rows_are_those_of_a_count_by_hand(session: Session, seed: int) -> None:
    _scatter(session, random.Random(seed))
    for key in ("2025-12", "2026-01", "2026-02", "2026-05", "2026-Q1", "2026", "2027-01"):
        asked = Asked(Span.read(key, today=TODAY))
        found, hand = coverage_of(session, asked, today=TODAY), _by_hand(session, asked.span.period)
        counted = {
            at: count.done for at, count in found.coverage.counts.items() if count.done and type(at[1]) is int
        }
        assert counted == dict(hand), key
        tables = [by_outlet(found)] + ([by_month(found)] if key == "2026" else [])
        for table in tables:
            assert table.total.cells[0].count.done == sum(hand.values())
            for line in [*table.lines, table.total]:
                for column, cell in zip(table.columns, line.cells, strict=True):
                    if line.theme is not None and column.outlet is not None:
                        mine = sum(
                            n for (t, o, _), n in hand.items() if (t, o) == (line.theme.id, column.outlet.id)
                        )
                        assert cell.count.done == mine
                    _same_as_its_lists(
                        session, cell.query, cell.count.promised, cell.count.late, cell.count.done
                    )


def _same_as_its_lists(session: Session, query: str, promised: int, late: int, done: int) -> None:
    """Each number is the length of the list behind it, walked to its end."""
    asked = Asked.read(dict(part.split("=") for part in query.split("&")), today=TODAY)
    assert len(_walk_done(session, asked)) == done
    found = coverage_of(session, asked, today=TODAY)
    one = list_promised(found, cursor="")
    assert one.number == promised
    if one.following is None:
        assert sum(row.count for row in one.rows if isinstance(row, PromisedRow)) == promised
    two = list_late(found, cursor="")
    assert two.number == late
    if two.following is None:
        assert sum(row.late for row in two.rows if isinstance(row, LateRow)) == late


def _walk_done(session: Session, asked: Asked) -> list[tuple[int, int]]:
    rows: list[tuple[int, int]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = list_done(session, asked, cursor=cursor)
        rows += [(row.publication.id, row.theme.id) for row in page.rows if isinstance(row, DoneRow)]
        cursor = page.following
    assert len(rows) == len(set(rows)) == page.number
    return rows


def test_pages_walk_every_row_once_while_rows_come_in(session: Session, engine: Engine) -> None:
    chance = random.Random(7)
    outlet = make_outlet(session)

    def add(count: int) -> set[int]:
        days = [NOW - timedelta(days=chance.randint(0, 20)) for _ in range(count)]
        return {make_publication(session, outlet=outlet, published_at=day).id for day in days}

    there = add(180)
    session.commit()
    seen: list[int] = []
    cursor: str | None = None
    while True:
        with Session(engine) as reader:
            page = page_of_publications(reader, Wanted(), reach=None, cursor=cursor)
            seen += [one.id for one in page.rows]
        cursor = page.following
        if cursor is None:
            break
        add(10)
        session.commit()
    assert len(seen) == len(set(seen))
    assert there <= set(seen)
    assert session.query(Publication).count() >= len(seen)
