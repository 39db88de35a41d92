"""The counts that coverage reads equal a recount, whatever people and the dispatcher do, and whoever does it at once."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.db import transaction
from app.errors import Fault, Stale
from content.items.models import Item, ItemType, Stage
from content.items.services import ItemChange, change_item
from content.outlets.models import Outlet
from content.publications.matching import match_publication
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.sent import record_sent
from content.publications.services import (
    PublicationInput,
    change_publication,
    dismiss_publication,
    log_publication,
    restore_publication,
)
from content.publications.tally.cells import Cell
from content.publications.tally.command import coverage
from content.publications.tally.keeping import settle
from content.publications.tally.models import Tally
from content.publications.tally.services import compare_tally, rebuild_tally
from content.slots.models import Slot, SlotState
from content.themes.models import Theme
from tests.conftest import NOW
from tests.factories import (
    make_channel,
    make_item,
    make_match,
    make_outlet,
    make_person,
    make_publication,
    make_slot,
    make_theme,
)

MAY = date(2026, 5, 1)


def cells(session: Session) -> dict[Cell, int]:
    """What the table holds."""
    rows = session.scalars(select(Tally).execution_options(populate_existing=True))
    return {
        Cell(one.theme_id, one.outlet_id, one.month, one.item_type): one.count for one in rows if one.count
    }


def unmatched(session: Session) -> tuple[set[int], set[int]]:
    """Publications that say they match nothing, and those of which it is true."""
    holding = select(Match.publication_id).where(Match.decision.in_(["confirmed", "corrected"]))
    said = select(Publication.id).where(~Publication.is_matched)
    return set(session.scalars(said)), set(
        session.scalars(select(Publication.id).where(Publication.id.not_in(holding)))
    )


class _Office:
    """People and a dispatcher who do things at random, each in a transaction of its own."""

    def __init__(self, session: Session, engine: Engine, seed: int) -> None:
        self.chance, self.engine, self.number = random.Random(seed), engine, 0
        self.person: Person = make_person(session, Role.COORDINATOR)
        self.themes: list[Theme] = [make_theme(session) for _ in range(3)]
        self.outlets: list[Outlet] = [make_outlet(session) for _ in range(3)]
        self.items: list[Item] = [
            make_item(session, stage=Stage.APPROVED, themes=tuple(self.chance.sample(self.themes, 2)))
            for _ in range(4)
        ]
        channel = make_channel(session, outlet=self.outlets[0])
        self.slots = [
            make_slot(session, item=one, channel=channel, state=SlotState.PUBLISHED).id for one in self.items
        ]
        for _ in range(6):
            self.log(session)
        session.commit()

    def step(self) -> None:
        """One thing, done or refused."""
        doing: Callable[[Session], None] = self.chance.choice(
            [
                self.log,
                self.change,
                self.match,
                self.match,
                self.dismiss,
                self.restore,
                self.retype,
                self.send,
            ]
        )
        try:
            with transaction(self.engine) as session:
                doing(session)
                if self.chance.random() < 0.3:
                    self.undone(session)
                if self.chance.random() < 0.2:
                    settle(session)
                    self.match(session)
                if self.chance.random() < 0.1:
                    raise Stale
        except Fault:
            pass

    def undone(self, session: Session) -> None:
        """Something in a savepoint that is taken back, as an import does with a refused row."""
        inner = session.begin_nested()
        self.chance.choice([self.match, self.log])(session)
        session.flush()
        inner.rollback()
        session.expire_all()

    def any_of(self, session: Session) -> Publication:
        """Some publication."""
        return self.chance.choice(
            list(session.scalars(select(Publication).order_by(Publication.id)).unique())
        )

    def wanted(self) -> PublicationInput:
        """What somebody says was published, now and then what was logged before."""
        self.number += self.number < 6 or self.chance.random() < 0.9
        return PublicationInput(
            outlet=self.chance.choice(self.outlets),
            title="Chợ phiên không tiền mặt",
            published_at=NOW - timedelta(days=self.chance.randint(0, 70)),
            address=f"https://bao.example.vn/{self.number}",
        )

    def log(self, session: Session) -> None:
        log_publication(session, self.wanted(), actor=self.person, now=NOW)

    def change(self, session: Session) -> None:
        one = self.any_of(session)
        change_publication(session, one, self.wanted(), seen=one.version, actor=self.person, now=NOW)

    def match(self, session: Session) -> None:
        one, item = self.any_of(session), self.chance.choice([*self.items, None])
        themes = self.chance.sample(self.themes, self.chance.randint(0, 3))
        match_publication(
            session,
            one,
            item_id=item.id if item else None,
            theme_ids=[theme.id for theme in themes],
            seen=one.version,
            actor=self.person,
            now=NOW,
        )

    def dismiss(self, session: Session) -> None:
        one = self.any_of(session)
        dismiss_publication(session, one, reason="trùng", seen=one.version, actor=self.person, now=NOW)

    def restore(self, session: Session) -> None:
        one = self.any_of(session)
        restore_publication(session, one, seen=one.version, actor=self.person, now=NOW)

    def retype(self, session: Session) -> None:
        item = session.get_one(Item, self.chance.choice(self.items).id)
        change = ItemChange(self.chance.choice(list(ItemType)), item.title)
        change_item(session, item, change, seen=item.version, actor=self.person, now=NOW)

    def send(self, session: Session) -> None:
        slot = session.get_one(Slot, self.chance.choice(self.slots))
        address = self.chance.choice(
            [f"https://bao.example.vn/{self.number}", f"https://nha.example.vn/{slot.id}"]
        )
        record_sent(session, slot, address=address, published_at=NOW, now=NOW)


@pytest.mark.parametrize("seed", range(3))
def test_the_counts_equal_a_recount_after_whatever_is_done(
    session: Session, engine: Engine, seed: int
) -> None:
    office = _Office(session, engine, seed)
    for _ in range(40):
        office.step()
        with Session(engine) as reader:
            assert compare_tally(reader) == {}
            said, true = unmatched(reader)
            assert said == true
    with Session(engine) as reader:
        assert cells(reader)


def test_a_new_type_of_an_item_moves_the_publications_that_carry_it(session: Session) -> None:
    theme, outlet, person = make_theme(session), make_outlet(session), make_person(session, Role.COORDINATOR)
    item = make_item(session)
    one, two = (make_publication(session, outlet=outlet) for _ in range(2))
    for publication in (one, two):
        make_match(session, publication, theme=theme)
    make_match(session, one, item=item)
    session.commit()
    assert cells(session) == {
        Cell(theme.id, outlet.id, MAY, "article"): 1,
        Cell(theme.id, outlet.id, MAY, ""): 1,
    }
    change = ItemChange(ItemType.INFOGRAPHIC, item.title)
    change_item(session, item, change, seen=item.version, actor=person, now=NOW)
    session.commit()
    assert cells(session) == {
        Cell(theme.id, outlet.id, MAY, "infographic"): 1,
        Cell(theme.id, outlet.id, MAY, ""): 1,
    }


def test_what_is_undone_moves_nothing(session: Session) -> None:
    theme, publication = make_theme(session), make_publication(session)
    session.commit()
    make_match(session, publication, theme=theme)
    session.rollback()
    assert cells(session) == {}
    make_match(session, publication, theme=theme)
    session.commit()
    assert list(cells(session).values()) == [1]


def test_two_who_match_one_publication_at_once_are_both_counted_once(
    session: Session, engine: Engine
) -> None:
    """They hold no version of it, as rules and watchers do: the row itself makes one wait for the other."""
    themes, publication = [make_theme(session) for _ in range(2)], make_publication(session)
    session.commit()
    gate = threading.Barrier(2)

    def add(theme_id: int) -> None:
        with transaction(engine) as mine:
            gate.wait()
            row = Match(publication_id=publication.id, theme_id=theme_id, decision=MatchDecision.CONFIRMED)
            row.score, row.reason, row.decided_at = 1.0, "thử", NOW
            mine.add(row)

    at_once([partial(add, theme.id) for theme in themes])
    assert compare_tally(session) == {}
    assert sorted(cells(session).values()) == [1, 1]


def test_an_item_changes_its_type_while_a_publication_begins_to_carry_it(
    session: Session, engine: Engine
) -> None:
    theme, item, person = make_theme(session), make_item(session), make_person(session, Role.COORDINATOR)
    publications = [make_publication(session) for _ in range(6)]
    session.commit()

    def carry(key: int) -> None:
        with transaction(engine) as mine:
            one = mine.get_one(Publication, key)
            match_publication(
                mine, one, item_id=item.id, theme_ids=[theme.id], seen=one.version, actor=person, now=NOW
            )

    def retype() -> None:
        with transaction(engine) as mine:
            one = mine.get_one(Item, item.id)
            change = ItemChange(ItemType.INFOGRAPHIC, one.title)
            change_item(mine, one, change, seen=one.version, actor=person, now=NOW)

    at_once([retype, *(partial(carry, one.id) for one in publications)])
    assert compare_tally(session) == {}
    assert {cell.item_type for cell in cells(session)} == {"infographic"}
    assert sum(cells(session).values()) == 6


def test_two_who_confirm_whole_lists_in_other_orders_do_not_stop_each_other(
    session: Session, engine: Engine
) -> None:
    themes, outlets = [make_theme(session) for _ in range(2)], [make_outlet(session) for _ in range(2)]
    keys = [[make_publication(session, outlet=outlets[n % 2]).id for n in range(20)] for _ in range(2)]
    person = make_person(session, Role.COORDINATOR)
    session.commit()

    def confirm(mine: list[int], order: int) -> None:
        with transaction(engine) as writer:
            for key in mine[::order]:
                one, theme = writer.get_one(Publication, key), themes[key % 2]
                match_publication(
                    writer, one, item_id=None, theme_ids=[theme.id], seen=1, actor=person, now=NOW
                )

    at_once([lambda: confirm(keys[0], 1), lambda: confirm(keys[1], -1)])
    assert compare_tally(session) == {}
    assert sum(cells(session).values()) == 40


def at_once(doing: list[Callable[[], None]]) -> None:
    """Do these in threads that begin together; what one of them raises is raised here."""
    wrong: list[BaseException] = []

    def run(one: Callable[[], None]) -> None:
        try:
            one()
        except BaseException as fault:  # noqa: BLE001 - told below
            wrong.append(fault)

    threads = [threading.Thread(target=run, args=(one,)) for one in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if wrong:
        raise wrong[0]


def test_rows_written_past_the_session_are_counted_by_a_rebuild_and_found_by_the_command(
    session: Session, engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("LOA_DATA", str(tmp_path))
    monkeypatch.setenv("LOA_DATABASE_URL", database_url)
    theme, outlet = make_theme(session, "Chuyển đổi số"), make_outlet(session, "Báo Sông Trà")
    publication = make_publication(session, outlet=outlet)
    make_match(session, publication, theme=theme)
    other = make_publication(session, outlet=outlet)
    session.commit()
    session.execute(insert(Match), [_row(other.id, theme.id)])
    session.commit()
    told = CliRunner().invoke(coverage, ["recount", "--compare"])
    assert told.exit_code == 1
    assert "Chuyển đổi số, Báo Sông Trà, 05/2026, —: đang ghi 1, đếm lại 2" in told.output
    assert CliRunner().invoke(coverage, ["recount"]).exit_code == 0
    told = CliRunner().invoke(coverage, ["recount", "--compare"])
    assert (told.exit_code, told.output.strip()) == (0, "Số đếm đúng với từng tin.")
    session.expire_all()
    assert list(cells(session).values()) == [2]
    assert other.is_matched


def _row(publication_id: int, theme_id: int) -> dict[str, object]:
    return {
        "publication_id": publication_id,
        "theme_id": theme_id,
        "decision": MatchDecision.CONFIRMED,
        "score": 1.0,
        "reason": "thử",
        "decided_at": NOW,
    }


def test_a_cell_that_holds_too_little_does_not_stop_a_person(session: Session) -> None:
    theme, publication, person = make_theme(session), make_publication(session), make_person(session)
    make_match(session, publication, theme=theme)
    session.commit()
    session.execute(update(Tally).values(count=0))
    session.commit()
    dismiss_publication(session, publication, reason="trùng", seen=publication.version, actor=person, now=NOW)
    session.commit()
    assert compare_tally(session) == {}


def test_found_and_dismissed_publications_and_loose_matches_count_nothing(session: Session) -> None:
    theme = make_theme(session)
    for status in PublicationStatus:
        for decision in MatchDecision:
            made = make_publication(session)
            made.status = status
            make_match(session, made, theme=theme, decision=decision)
    session.commit()
    assert sum(cells(session).values()) == 6  # logged, confirmed, gone; confirmed and corrected matches
    before = cells(session)
    rebuild_tally(session)
    session.commit()
    assert cells(session) == before


def test_the_day_of_a_publication_is_that_of_vietnam(session: Session) -> None:
    theme = make_theme(session)
    late = datetime.fromisoformat("2026-04-30T17:30:00+00:00")  # half past midnight on 1/5 in Vietnam
    make_match(session, make_publication(session, published_at=late), theme=theme)
    session.commit()
    assert [cell.month for cell in cells(session)] == [MAY]
