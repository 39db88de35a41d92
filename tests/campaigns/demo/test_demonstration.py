"""The demonstration: what it holds, who has what to do in it, and where it refuses to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.links import make_link
from app.accounts.models import Membership, Person
from app.accounts.permissions import Role
from app.accounts.sign_in import check_password
from app.audit import AuditEntry
from app.cli import cli
from app.db import transaction
from app.errors import Refused
from app.feature import check_before_serving, fill_with_demonstration
from app.organisations.models import Organisation, OrganisationKind
from app.settings import Settings
from app.storage import FileStore
from campaigns.board.models import Campaign, Placement, Series
from campaigns.demo.ground import add_ground
from campaigns.demo.large import enlarge
from campaigns.demo.large_years import LARGE
from campaigns.demo.province import Province
from campaigns.demo.state import begin_demonstration, cards_of, is_demonstration
from campaigns.occasions.models import Occurrence
from campaigns.plans.models import Task, TaskUnit
from content.items.models import Item, Stage
from content.outlets.feeds.models import Feed
from content.publications.models import Publication, PublicationStatus
from content.publications.tally.services import compare_tally
from content.slots.models import Slot, SlotState
from content.themes.models import Theme
from tests.factories import make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
NOW = datetime(2026, 11, 12, 2, 10, tzinfo=UTC)
EMPTY_TODAY = "Hôm nay chưa có việc nào chờ bạn"


@pytest.fixture
def province(app: Flask, engine: Engine, settings: Settings) -> Province:
    """A demonstration of this very hour, committed."""
    with transaction(engine) as session:
        return begin_demonstration(session, FileStore(settings.files), settings, now=clock.now())


def count(session: Session, kind: type[object]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_demonstration_holds_a_year_of_work_and_something_for_each_role_and_grows(
    province: Province, engine: Engine, visit: Visit
) -> None:
    """One test, since it is built once on each database."""
    holds_a_year_of_work(province, engine)
    for card in cards_of(province):
        page = visit(province.people[card.role.value]).get("/")
        assert page.status_code == 200
        assert EMPTY_TODAY not in page.text, card.role
        assert "Dữ liệu minh họa" in page.text
    people_sign_in_with_what_was_printed(province, engine)
    grows(province, engine)


def holds_a_year_of_work(province: Province, engine: Engine) -> None:
    """The plan and all that stands on it; the past done, the present in every state."""
    today = province.today
    with Session(engine) as session:
        assert is_demonstration(session)
        # the plan, read by the real reader, with units that the registry knows
        assert count(session, Task) == 21
        units = session.scalars(select(TaskUnit)).all()
        assert sum(unit.organisation_id is not None for unit in units) >= 10
        communes = select(func.count()).where(Organisation.kind == OrganisationKind.COMMUNE)
        assert session.scalar(communes) == 96
        assert set(session.scalars(select(Theme.code))) == {
            "nq57",
            "bdhvs",
            "cds",
            "khcn-dmst",
            "ttdn",
            "truyen-thong",
        }
        assert not any(session.scalars(select(Feed.is_watched)))
        # a year, the past done, the present in every state
        items = session.scalars(select(Item)).all()
        assert len({item.title for item in items}) > 0.85 * len(items) > 200
        stages = Counter(item.stage for item in items)
        assert all(stages[stage] for stage in (Stage.IDEA, Stage.DRAFTING, Stage.IN_REVIEW, Stage.APPROVED))
        days = [item.planned_on for item in items if item.planned_on]
        assert min(days) < today - timedelta(days=250)
        assert max(days) > today + timedelta(days=30)
        late = [
            item
            for item in items
            if item.stage is Stage.DRAFTING and item.planned_on and item.planned_on < today
        ]
        assert late
        states = Counter(session.scalars(select(Slot.state)))
        assert states[SlotState.PUBLISHED] > 150
        for trouble in (
            SlotState.FAILED,
            SlotState.MISSED,
            SlotState.UNCONFIRMED,
            SlotState.ON_HOLD,
            SlotState.SCHEDULED,
        ):
            assert states[trouble], trouble
        kinds = Counter(session.scalars(select(Publication.status)))
        assert kinds[PublicationStatus.FOUND] >= 3
        assert kinds[PublicationStatus.DISMISSED] >= 2
        assert kinds[PublicationStatus.LOGGED] + kinds[PublicationStatus.CONFIRMED] > 400
        assert count(session, Campaign) > 8
        assert count(session, Series) >= 6
        assert count(session, Placement) > 150
        assert count(session, Occurrence) > 15
        assert compare_tally(session) == {}
        # nothing was done in the future, and each thing in the order of time
        moments = session.scalars(select(AuditEntry.at).order_by(AuditEntry.id)).all()
        assert max(moments) <= province.now
        assert sum(one > two for one, two in pairwise(moments)) < 0.02 * len(moments)


def people_sign_in_with_what_was_printed(province: Province, engine: Engine) -> None:
    """One for each role, each with a password of their own."""
    cards = cards_of(province)
    assert [card.role for card in cards] == list(Role)
    with transaction(engine) as session:
        for card in cards:
            person = check_password(session, card.email, card.password, address="127.0.0.1", now=clock.now())
            roles = session.scalars(select(Membership.role).where(Membership.person_id == person.id))
            assert list(roles) == [card.role]
    assert len({card.password for card in cards}) == len(cards)


def grows(province: Province, engine: Engine) -> None:
    """The large one adds what is promised, and counts it."""
    counts = LARGE.part(0.01)
    with transaction(engine) as session:
        kinds = (Item, Slot, Publication)
        before = [count(session, kind) for kind in kinds]
        enlarge(session, now=province.now, counts=counts)
        assert [count(session, kind) - one for kind, one in zip(kinds, before, strict=True)] == list(counts)
        assert compare_tally(session) == {}
        make_person(session)  # the database goes on counting where the rows end
        keys = session.scalars(select(Slot.idem_key)).all()
        assert len(set(keys)) == len(keys)
    assert LARGE == (20_000, 50_000, 200_000)


def test_it_refuses_where_there_is_work_or_where_others_could_reach_it(
    engine: Engine, session: Session, settings: Settings
) -> None:
    files = FileStore(settings.files)
    for outside in (
        replace(settings, host="0.0.0.0"),
        replace(settings, public_url="https://loa.tinh.example"),
        replace(settings, trust_proxy=True),
    ):
        with pytest.raises(Refused, match="chỉ chạy trên chính máy này"):
            begin_demonstration(session, files, outside, now=NOW)
        check_before_serving(engine, outside)  # what is no demonstration may be served anywhere
    person = make_person(session)
    audit.record(session, person, "demonstration.begin", person, at=NOW)
    session.commit()
    with pytest.raises(Refused, match="đã có dữ liệu"):
        begin_demonstration(session, files, settings, now=NOW)
    check_before_serving(engine, settings)
    with pytest.raises(Refused, match="chỉ chạy trên chính máy này"):
        check_before_serving(engine, replace(settings, host="0.0.0.0"))
    assert "đã có sẵn" in " ".join(fill_with_demonstration(engine, settings))


def test_the_first_page_offers_it_and_shows_the_people_once(
    app: Flask, engine: Engine, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(engine) as session:
        token = make_link(session, None, now=clock.now())
    nobody = visit(None)
    page = nobody.get(f"/link/{token}")
    assert "Dùng dữ liệu minh họa" in page.text
    house = app.extensions["loa"]
    outside = replace(house, settings=replace(house.settings, host="0.0.0.0"))
    monkeypatch.setitem(app.extensions, "loa", outside)
    assert "Dùng dữ liệu minh họa" not in nobody.get(f"/link/{token}").text
    assert nobody.post(f"/link/{token}/demonstration").status_code == 409
    monkeypatch.setitem(app.extensions, "loa", house)
    monkeypatch.setattr("campaigns.demo.state.build_demonstration", _only_people)
    done = nobody.post(f"/link/{token}/demonstration")
    assert done.status_code == 200
    assert len(re.findall(r"<code>\w{4}-\w{4}-\w{4}</code>", done.text)) == len(Role)
    assert nobody.post(f"/link/{token}/demonstration").status_code == 404
    assert nobody.get(f"/link/{token}").status_code == 404
    assert nobody.post("/link/nothing/demonstration").status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_asks_first_and_tells_who_may_sign_in(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LOA_DATABASE_URL", database_url)
    runner = CliRunner()
    assert runner.invoke(cli, ["demo"], input="n\n").exit_code == 1
    monkeypatch.setattr("campaigns.demo.commands.begin_demonstration", _refuse)
    refused = runner.invoke(cli, ["demo", "--yes"])
    assert isinstance(refused.exception, Refused)


def _only_people(session: Session, files: FileStore, *, site: str, now: datetime) -> Province:
    """The first steps of the building: it is built whole above."""
    province = Province(session, files, now, site)
    add_ground(province)
    return province


def _refuse(*given: object, **more: object) -> None:
    sentence = "đã có"
    raise Refused(sentence)
