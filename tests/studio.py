"""The demonstration on a port of its own, the clock standing at a fixed moment: what is photographed and looked at."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from app import clock
from app.accounts.first import FirstAdministrator, make_first_administrator
from app.accounts.links import make_link
from app.accounts.models import Person
from app.audit import SystemActor
from app.db import make_engine, transaction
from app.factory import create_app
from app.feature import begin_first_day, load_models
from app.migrations import schema
from app.organisations.models import OrganisationKind
from app.organisations.services import ensure_organisation
from app.settings import load_settings
from app.storage import FileStore
from campaigns.demo.build import build_demonstration
from scheduler.dispatch.models import Heartbeat
from scheduler.jobs.table import ticks
from tests.browser_fixtures import HOST, Quiet
from tests.visitor import Visitor

FIRST = "first"  # the one person of an empty studio
MOMENT = datetime(2026, 11, 12, 2, 10, tzinfo=UTC)  # Thursday 12/11/2026, 09:10 in Vietnam


def _first_administrator(session: Session) -> Person:
    """Whoever set the installation up a moment ago, alone in it."""
    name = "Sở Khoa học và Công nghệ tỉnh Quảng Ngãi"
    lead = ensure_organisation(
        session, name, kind=OrganisationKind.DEPARTMENT, actor=SystemActor("setup"), now=MOMENT
    )
    token = make_link(session, None, now=MOMENT)
    wanted = FirstAdministrator("Nguyễn Hoàng Long", "quantri@quangngai.example", "một câu dễ nhớ", lead.id)
    today = clock.local_day(MOMENT)
    person = make_first_administrator(session, token, wanted, now=MOMENT, today=today)
    begin_first_day(session, lead, actor=person, now=MOMENT)
    return person


class Studio:
    """A served installation; ``people`` by their keys in campaigns/demo/words/people.txt, in an empty one ``FIRST`` alone."""

    def __init__(self, folder: Path, *, is_empty: bool = False) -> None:
        settings = load_settings(
            {"LOA_DATA": str(folder), "LOA_SITE_NAME": "Khoa học và Công nghệ Quảng Ngãi"}
        )
        load_models()
        self.engine: Engine = make_engine(settings.database_url)
        schema.upgrade(self.engine)
        self.people: dict[str, Person] = {}
        self.link = ""
        with transaction(self.engine) as session:
            if is_empty:
                self.people[FIRST] = _first_administrator(session)
            else:
                files = FileStore(settings.files)
                province = build_demonstration(session, files, site=settings.public_url, now=MOMENT)
                self.people = province.people
            for tick in ticks(timedelta(seconds=120)):
                session.add(Heartbeat(owner="loa-1:412", tick=tick.name, finished_at=MOMENT, failed_at=None))
            session.flush()
            session.expunge_all()
        self.app: Flask = create_app(settings, self.engine)
        self.server = make_server(HOST, 0, self.app, threaded=True, request_handler=Quiet)
        self.url = f"http://{HOST}:{self.server.server_port}"
        house = self.app.extensions["loa"]
        self.app.extensions["loa"] = replace(house, settings=replace(settings, public_url=self.url))
        self.thread = threading.Thread(target=self.server.serve_forever, name="studio", daemon=True)
        self.thread.start()
        if is_empty:
            with transaction(self.engine) as session:
                self.link = f"{self.url}/link/{make_link(session, None, now=MOMENT)}"

    def visitor(self, who: str) -> Visitor:
        """Somebody at the pages without a browser; nobody for an empty key."""
        return Visitor(self.app, self.engine, self.people[who] if who else None)

    def cookie(self, who: str) -> str:
        """The cookie of that person's browser."""
        found = self.visitor(who).client.get_cookie("loa")
        assert found is not None
        return str(found.value)

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        self.engine.dispose()


@contextmanager
def studio(folder: Path, *, is_empty: bool = False) -> Iterator[Studio]:
    """A studio in *folder*, with the clock standing as long as it is open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: MOMENT)
        made = Studio(folder, is_empty=is_empty)
        try:
            yield made
        finally:
            made.close()
