"""One chain of seals, whoever writes and seals at the same time."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.audit import seal, verify
from tests.factories import make_organisation
from tests.scheduler.processes import start


def test_thousands_of_entries_of_two_processes_make_one_chain(
    engine: Engine, session: Session, tmp_path: Path, database_url: str
) -> None:
    make_organisation(session)
    session.commit()
    writers = [
        start("-m", "tests.scheduler.audit_writer", database_url, data=tmp_path, database_url=database_url)
        for _ in range(2)
    ]
    assert [one.wait(120) for one in writers] == [0, 0]
    while seal(engine):
        pass
    verdict = verify(session)
    assert verdict.holds
    assert (verdict.sealed, verdict.waiting) == (1_800, 0)
