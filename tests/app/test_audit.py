"""The audit holds, and shows where it does not."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app import audit
from app.audit import SystemActor
from app.commands import verify
from app.organisations.models import Organisation
from tests.conftest import NOW
from tests.factories import make_organisation

INSERTED = (
    "INSERT INTO audit_entry (at, actor_name, action, subject_type, subject_id, details, seq, previous, sealed)"
    " SELECT at, actor_name, action, subject_type, subject_id, details, 6, previous, sealed"
    " FROM audit_entry WHERE seq = 5"
)


def write(session: Session, number: int) -> None:
    subject = make_organisation(session)
    for turn in range(number):
        audit.record(
            session,
            SystemActor("kiểm thử"),
            "organisation.change",
            subject,
            at=NOW + timedelta(microseconds=turn),
            details={"name": f"Sở {turn} {{x}}", "day": NOW.date(), "share": 0.1},
        )
    session.commit()


def test_what_is_sealed_holds_and_the_rest_waits(engine: Engine, session: Session) -> None:
    write(session, 5)
    assert audit.verify(session).waiting == 5
    session.commit()
    assert audit.seal(engine, batch=3) == 3
    found = audit.verify(session)
    assert (found.sealed, found.waiting, found.holds) == (3, 2, True)
    session.commit()
    assert audit.seal(engine) == 2
    assert audit.seal(engine) == 0
    assert audit.verify(session).sealed == 5


@pytest.mark.parametrize(
    ("damage", "at"),
    [
        ("UPDATE audit_entry SET actor_name = 'ai khác' WHERE seq = 3", 3),
        ("UPDATE audit_entry SET at = '2026-05-04 01:30:01.000000+00:00' WHERE seq = 2", 2),
        ("UPDATE audit_entry SET details = '{}' WHERE seq = 4", 4),
        ("UPDATE audit_entry SET subject_id = subject_id + 1 WHERE seq = 1", 1),
        ("DELETE FROM audit_entry WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq = 1", 1),
        ("UPDATE audit_entry SET seq = 99 WHERE seq = 2", 2),
        (
            INSERTED,
            6,
        ),
    ],
)
def test_a_changed_deleted_or_inserted_row_is_found(
    engine: Engine, session: Session, damage: str, at: int
) -> None:
    write(session, 5)
    audit.seal(engine)
    session.execute(text(damage))
    session.commit()
    session.expire_all()
    found = audit.verify(session)
    assert not found.holds
    assert found.broken_seq == at


def test_rows_cut_off_at_the_end_are_found_by_a_noted_seal(engine: Engine, session: Session) -> None:
    write(session, 5)
    audit.seal(engine)
    noted = audit.verify(session).last
    assert audit.holds_seal(session, noted.upper() + " ")
    session.execute(text("DELETE FROM audit_entry WHERE seq = 5"))
    session.commit()
    assert audit.verify(session).holds
    assert not audit.holds_seal(session, noted)


def test_two_who_seal_at_once_keep_one_chain(engine: Engine, session: Session) -> None:
    write(session, 60)
    together = threading.Barrier(3)
    sealed: list[int] = []

    def work() -> None:
        together.wait()
        while count := audit.seal(engine, batch=7):
            sealed.append(count)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sealed) == 60
    found = audit.verify(session)
    assert (found.sealed, found.waiting, found.holds) == (60, 0, True)


def test_the_history_of_a_thing_is_newest_first(session: Session) -> None:
    write(session, 3)
    subject = session.query(Organisation).one()
    found = audit.history_of(session, subject, limit=2)
    assert [one.details["name"] for one in found] == ["Sở 2 {x}", "Sở 1 {x}"]


def test_the_command_says_whether_the_audit_is_whole(
    engine: Engine, session: Session, database_url: str, tmp_path: object
) -> None:
    write(session, 3)
    session.close()
    environ = {"LOA_DATA": f"{tmp_path}/data", "LOA_DATABASE_URL": database_url}
    said = CliRunner().invoke(verify, ["--seal"], env=environ)
    assert said.exit_code == 0
    assert "Đã niêm phong: 3. Đang chờ niêm phong: 0." in said.output
    seal = said.output.strip().split()[-1]
    assert CliRunner().invoke(verify, ["--known", seal], env=environ).exit_code == 0
    assert CliRunner().invoke(verify, ["--known", "f" * 64], env=environ).exit_code == 1
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry WHERE seq = 2"))
    said = CliRunner().invoke(verify, env=environ)
    assert said.exit_code == 1
    assert "đứt ở dòng 2" in said.output
