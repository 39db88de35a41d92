"""The schema moves both ways, keeps data, and agrees with the models on both databases."""

from __future__ import annotations

from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.migrations import schema
from tests.factories import make_organisation, make_person


def test_models_and_migrations_agree(engine: Engine) -> None:
    assert schema.differences(engine) == []


def test_the_schema_goes_down_to_nothing_and_up_again(engine: Engine) -> None:
    schema.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade(engine)
    assert schema.differences(engine) == []


def test_people_outlive_a_step_down_and_up(engine: Engine, session: Session) -> None:
    """Every revision is walked with data of the version before it in place."""
    make_person(
        session, organisation=make_organisation(session, "Sở Khoa học và Công nghệ"), email="dao@vidu.vn"
    )
    session.commit()
    session.close()
    schema.downgrade(engine, "0001_ground")
    schema.upgrade(engine)
    with Session(engine) as after:
        assert after.query(Person).one().email == "dao@vidu.vn"
