"""A month of 2,000 cards among 20,000 pieces and 50,000 slots: ``python -m bench.calendar``.

Server: the answer with the month's cards and the list by day, on both databases, the median of seven. Browser (one
database): from the navigation until the cards stand and the first arrow key has moved the focus; the best of three,
since the first one also starts the browser's own engines.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.db import make_engine, transaction
from app.factory import create_app
from app.migrations import schema
from app.serving import spare_collector
from app.settings import load_settings
from app.text import fold
from bench.figures import Figure, show
from bench.pages import databases
from campaigns.board.models import Placement
from content.channels.models import ChannelKind
from content.items.models import Item, ItemTheme, ItemType, Revision, Stage, Variant
from content.slots.models import Slot, SlotState
from tests.browser_fixtures import FLAGS
from tests.factories import (
    make_campaign,
    make_channel,
    make_organisation,
    make_person,
    make_series,
    make_theme,
)
from tests.visitor import Visitor

ANSWER, DRAWN = 100.0, 1.5  # milliseconds at the server, seconds in the browser
ITEMS, SLOTS, CARDS = 20_000, 50_000, 2_000
MONTH, DAYS = date(2026, 5, 1), 31
TIMES = 7
STAGES = (Stage.IDEA, Stage.DRAFTING, Stage.IN_REVIEW, Stage.APPROVED, Stage.APPROVED, Stage.APPROVED)
_NOW = clock.start_of(date(2026, 5, 12))
_BATCH = 5_000


def fill(session: Session) -> Person:
    """Fill an empty database and return a coordinator; seven of ten cards of the month are pieces."""
    dice = random.Random(2026)
    units = [make_organisation(session) for _ in range(20)]
    person = make_person(session, Role.COORDINATOR, organisation=units[0])
    themes = [make_theme(session, colour=1 + number) for number in range(12)]
    in_month = CARDS * 7 // 10
    days = [_in_month(dice) if number < in_month else _elsewhere(dice) for number in range(ITEMS)]
    ids = _bulk(session, Item, (_item(n, day, units[n % 20].id, person.id) for n, day in enumerate(days)))
    _add(session, ItemTheme, ({"item_id": one, "theme_id": themes[one % 12].id} for one in ids))
    for number in range(20):
        campaign = make_campaign(session, organisation=units[0])
        series = make_series(session, themes[number % 12], campaign=campaign)
        placed = ids[number * 70 : number * 70 + 70]
        _add(
            session,
            Placement,
            ({"campaign_id": campaign.id, "series_id": series.id, "item_id": one} for one in placed),
        )
    _slots(session, dict(zip(ids, days, strict=True)), in_month, person.id, dice)
    return person


def _in_month(dice: random.Random) -> date:
    return MONTH + timedelta(days=dice.randrange(DAYS))


def _elsewhere(dice: random.Random) -> date:
    """A day of the years around, but not of the weeks that the month's page shows."""
    return MONTH + timedelta(days=dice.choice((-1, 1)) * dice.randrange(45, 900))


def _item(number: int, day: date, unit: int, person: int) -> dict[str, Any]:
    title = f"Bình dân học vụ số về từng thôn, bản: câu chuyện thứ {number} của tổ công nghệ số cộng đồng"
    return {
        "type": list(ItemType)[number % 7],
        "stage": STAGES[number % 6],
        "title": title,
        "title_folded": fold(title),
        "brief": "",
        "language": "vi",
        "organisation_id": unit,
        "author_id": person,
        "planned_on": day,
        "revision_no": 1,
        "created_at": _NOW,
        "version": 1,
    }


def _bulk(session: Session, kind: type[Any], rows: Iterable[dict[str, Any]]) -> list[int]:
    """Insert rows and return their keys in order."""
    listed, keys = list(rows), []
    for begin in range(0, len(listed), _BATCH):
        made = insert(kind).returning(kind.id, sort_by_parameter_order=True)
        keys += list(session.scalars(made, listed[begin : begin + _BATCH]))
    return keys


def _add(session: Session, kind: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    for begin in range(0, len(listed), _BATCH):
        session.execute(insert(kind), listed[begin : begin + _BATCH])


def _slots(session: Session, days: dict[int, date], in_month: int, person: int, dice: random.Random) -> None:
    """Approved pieces of the month go out on their day; the rest of the slots stand on other days."""
    channel = make_channel(session)
    variants = _bulk(
        session,
        Variant,
        ({"item_id": one, "channel_kind": ChannelKind.SITE, "language": "vi"} for one in days),
    )
    revisions = _bulk(session, Revision, (_revision(one, person) for one in days))
    rows = list(zip(variants, revisions, days.values(), strict=True))
    wanted = [(row, row[2]) for row in rows[:in_month] if dice.random() < 0.5]
    wanted += [(dice.choice(rows[in_month:]), _in_month(dice)) for _ in range(CARDS - in_month)]
    while len(wanted) < SLOTS:
        wanted.append((dice.choice(rows[in_month:]), _elsewhere(dice)))
    made = {}
    for (variant, revision, _), day in wanted:
        moment = clock.start_of(day) + timedelta(minutes=15 * dice.randrange(20, 88))
        made[variant, moment] = _slot(variant, revision, channel.id, moment, person)
    _add(session, Slot, made.values())


def _revision(item: int, person: int) -> dict[str, Any]:
    return {
        "item_id": item,
        "number": 1,
        "title": "Tin",
        "summary": "",
        "body": "Nội dung.",
        "html": "<p>Nội dung.</p>",
        "sha256": _digest("revision", item),
        "author_id": person,
        "created_at": _NOW,
    }


def _slot(variant: int, revision: int, channel: int, moment: datetime, person: int) -> dict[str, Any]:
    return {
        "variant_id": variant,
        "channel_id": channel,
        "revision_id": revision,
        "revision_sha256": _digest("slot", variant),
        "due_at": moment,
        "due_on": clock.local_day(moment),
        "not_before": moment,
        "state": SlotState.PUBLISHED if moment < _NOW else SlotState.SCHEDULED,
        "attempts": 0,
        "run_no": 1,
        "idem_key": _digest("key", variant, moment),
        "lease_token": 0,
        "booked_by_id": person,
        "booked_at": _NOW,
        "version": 1,
    }


def _digest(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def measure(url: str, folder: Path, *, in_browser: bool) -> list[Figure]:
    """The figures on one database."""
    engine = make_engine(url)
    schema.upgrade(engine)
    with transaction(engine) as session:
        person = fill(session)
        held = len(list(session.scalars(select(Slot.id).limit(SLOTS))))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    settings = load_settings({"LOA_DATA": str(folder / engine.dialect.name), "LOA_DATABASE_URL": url})
    app = create_app(settings, engine)
    spare_collector()
    figures = _server(app, engine, person)
    print(f"{engine.dialect.name}: {ITEMS:,} pieces, {held:,} slots")
    if in_browser:
        figures += _browser(app, engine, person)
    engine.dispose()
    return figures


def _server(app: Flask, engine: Engine, person: Person) -> list[Figure]:
    visitor, name = Visitor(app, engine, person), engine.dialect.name
    paths = {
        "cards of the month": "/calendar/cards?start=2026-04-27&end=2026-06-01",
        "cards of the month, one outlet": "/calendar/cards?start=2026-04-27&end=2026-06-01&outlet=1",
        "the page": "/calendar?month=2026-05",
        "the list by day": "/calendar?view=days&month=2026-05",
    }
    found = visitor.get(paths["cards of the month"])
    assert found.json is not None
    print(f"{name}: {len(found.json['cards']):,} cards, {len(found.data) / 1024:,.0f} KB")
    return [
        Figure(f"{name} calendar, {what}", _median(visitor, path), "ms", ANSWER)
        for what, path in paths.items()
    ]


def _median(visitor: Visitor, path: str) -> float:
    taken = []
    for _ in range(TIMES + 1):
        begun = time.perf_counter()
        assert visitor.get(path).status_code == 200
        taken.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(taken[1:])


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


_STANDS = ".fc .card__link >> nth=50"  # what the page's policy allows to be waited for
_ANSWERS = '.day[data-date="2026-05-14"]:focus'


def _browser(app: Flask, engine: Engine, person: Person) -> list[Figure]:
    """Seconds from the navigation until cards are drawn, and until a key has been answered."""
    chromium = os.environ.get("LOA_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("browser: no Chromium, not measured")
        return []
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    cookie = Visitor(app, engine, person).client.get_cookie("loa")
    assert cookie is not None
    drawn, answered = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for _ in range(3):
            context = browser.new_context(base_url=base, viewport={"width": 1440, "height": 900})
            context.add_cookies([{"name": "loa", "value": cookie.value, "url": base}])
            page = context.new_page()
            begun = time.perf_counter()
            page.goto("/calendar?month=2026-05", wait_until="commit")
            page.wait_for_selector(_STANDS)
            drawn.append(time.perf_counter() - begun)
            page.locator('.day[data-date="2026-05-13"]').focus()
            page.keyboard.press("ArrowRight")
            page.wait_for_selector(_ANSWERS)
            answered.append(time.perf_counter() - begun)
            context.close()
        browser.close()
    server.shutdown()
    return [
        Figure("calendar in the browser, cards drawn", min(drawn), "s", DRAWN),
        Figure("calendar in the browser, a key answered", min(answered), "s", DRAWN),
    ]


def main() -> None:
    """Measure both databases, and the browser over the first, and show."""
    with tempfile.TemporaryDirectory() as name, databases(Path(name)) as urls:
        show(
            [
                figure
                for place, url in enumerate(urls)
                for figure in measure(url, Path(name), in_browser=not place)
            ]
        )


if __name__ == "__main__":
    main()
