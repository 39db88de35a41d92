"""Columns clean and refuse, versions refuse, writers wait."""

from __future__ import annotations

import threading
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, String, Text, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from app.accounts.models import Membership, Person
from app.db import Base, NfcString, transaction
from app.errors import Refused, Stale
from app.feature import load_models
from app.organisations.models import Organisation
from tests.conftest import NOW
from tests.factories import make_organisation, make_person


def test_a_naive_moment_is_refused(session: Session) -> None:
    person = make_person(session)
    person.created_at = datetime(2026, 5, 4, 8, 30)  # noqa: DTZ001 - the point
    with pytest.raises(StatementError, match="naive moment"):
        session.flush()


def test_a_moment_comes_back_in_utc(session: Session) -> None:
    person = make_person(session)
    person.created_at = datetime(2026, 5, 4, 8, 30, tzinfo=timezone(timedelta(hours=7)))
    session.commit()
    session.expire_all()
    assert person.created_at == datetime(2026, 5, 4, 1, 30, tzinfo=UTC)
    assert person.created_at.utcoffset() == timedelta(0)


def test_decomposed_text_is_stored_composed_and_found_either_way(session: Session) -> None:
    apart = unicodedata.normalize("NFD", "Nguyễn Thị Đào")
    person = make_person(session, name=apart + "\x00\u202e")
    session.commit()
    session.expire_all()
    assert person.name == "Nguyễn Thị Đào"
    assert session.scalar(select(Person.id).where(Person.name == apart)) == person.id


def test_every_text_column_of_the_house_cleans() -> None:
    load_models()
    wrong = [
        str(column)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if type(column.type) in {String, Text}
    ]
    assert wrong == []
    assert isinstance(Person.__table__.c.name.type, NfcString)


def test_of_two_who_change_one_row_the_second_is_refused(engine: Engine, session: Session) -> None:
    made = make_organisation(session, "Sở Nội vụ")
    session.commit()
    session.close()
    with Session(engine) as late:
        row = late.get_one(Organisation, made.id)
        assert row.version == 1
        late.rollback()
        with transaction(engine) as early:
            early.get_one(Organisation, made.id).name = "Sở Nội vụ mới"
        with pytest.raises(Stale), transaction(engine) as second:
            second.get_one(Organisation, made.id).check_version(row.version - 1)
    with transaction(engine) as third:
        assert third.get_one(Organisation, made.id).version == 2


def test_a_change_under_ones_hands_is_stale_too(engine: Engine, session: Session) -> None:
    """The row was read before the other one's commit, and is written after it."""
    made = make_organisation(session, "Sở Nội vụ")
    session.commit()

    def change() -> None:
        with transaction(engine) as late:
            row = late.get_one(Organisation, made.id)
            late.execute(text("UPDATE organisation SET version = version + 1"))
            row.name = "Sở khác"

    with pytest.raises(Stale):
        change()


def test_a_key_that_was_taken_in_the_same_moment_is_refused_in_words(
    engine: Engine, session: Session
) -> None:
    make_person(session, email="sen@vidu.vn")
    session.commit()
    with pytest.raises(Refused, match="trùng"), transaction(engine) as second:
        make_person(second, email="sen@vidu.vn")


def test_a_reference_that_leads_nowhere_is_a_fault_of_ours(engine: Engine, session: Session) -> None:
    person = make_person(session, role=None)
    session.commit()
    with pytest.raises(IntegrityError), transaction(engine) as second:
        second.add(
            Membership(person_id=person.id, organisation_id=99_999, role="officer", starts_on=NOW.date())
        )


def test_writers_wait_for_one_another(engine: Engine) -> None:
    """Each reads before it writes: on SQLite that fails at once unless the lock is taken at the beginning."""
    together = threading.Barrier(4)
    failures: list[BaseException] = []

    def add(number: int) -> None:
        together.wait()
        try:
            for turn in range(5):
                with transaction(engine) as session:
                    session.scalars(select(Organisation)).all()
                    make_organisation(session, f"Cơ quan {number} {turn}")
        except BaseException as fault:  # noqa: BLE001 - shown by the assertion
            failures.append(fault)

    threads = [threading.Thread(target=add, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Session(engine) as session:
        assert len(session.scalars(select(Organisation)).all()) == 20


def test_a_transaction_is_undone_whole(engine: Engine) -> None:
    def fail() -> None:
        with transaction(engine) as session:
            make_organisation(session, "Sở Nội vụ")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        fail()
    with Session(engine) as session:
        assert session.scalars(select(Organisation)).all() == []
