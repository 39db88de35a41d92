"""The schema moves both ways, keeps data, and agrees with the models on both databases."""

from __future__ import annotations

from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.migrations import schema
from campaigns.board.models import Campaign
from campaigns.plans.models import Duty, DutyUnit
from content.items.models import ItemType
from content.publications.models import MatchDecision, Publication
from content.publications.tally.models import Tally
from content.publications.tally.services import compare_tally
from content.references.models import DocumentLink
from content.themes.models import Theme, ThemePhrase
from tests.factories import (
    make_campaign,
    make_document,
    make_item,
    make_link_between,
    make_match,
    make_organisation,
    make_person,
    make_plan,
    make_publication,
    make_theme,
)


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


def test_what_an_older_version_holds_outlives_the_way_up(engine: Engine, session: Session) -> None:
    """The schema of the release before (0005), filled, then upgraded: nothing is lost, new columns have values."""
    phrase = make_theme(session, "Chuyển đổi số")
    campaign = make_campaign(session, name="Ngày Chuyển đổi số quốc gia", themes=(phrase,))
    publication = make_publication(session, title="Chợ phiên không tiền mặt")
    other = make_publication(session)
    make_match(session, publication, theme=phrase)
    make_match(session, publication, item=make_item(session, type=ItemType.INFOGRAPHIC))
    make_match(session, other, theme=phrase, decision=MatchDecision.PROPOSED)
    keys = (phrase.id, campaign.id, publication.id, other.id)
    session.commit()
    session.close()
    schema.downgrade(engine, "0005_publications")
    assert "tally" not in inspect(engine).get_table_names()
    schema.upgrade(engine)
    assert schema.differences(engine) == []
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    with Session(engine) as after:
        theme, kept = after.get(Theme, keys[0]), after.get(Publication, keys[2])
        assert theme is not None
        assert kept is not None
        assert (kept.title, kept.summary, kept.article_no) == ("Chợ phiên không tiền mặt", "", None)
        assert after.get_one(Campaign, keys[1]).occurrence_id is None
        assert [(one.theme_id, one.item_type, one.count) for one in after.query(Tally)] == [
            (theme.id, "infographic", 1)
        ]
        assert compare_tally(after) == {}
        assert (kept.is_matched, after.get_one(Publication, keys[3]).is_matched) == (True, False)
        assert {one.is_exclusion for one in after.query(ThemePhrase).filter_by(theme_id=theme.id)} == {False}


def test_links_between_documents_outlive_a_step_down_and_up(engine: Engine, session: Session) -> None:
    link = make_link_between(session, make_document(session), make_document(session))
    link.printed_name = "Nghị quyết 57"
    session.commit()
    session.close()
    schema.downgrade(engine, "0008_search")
    schema.upgrade(engine)
    with Session(engine) as after:
        kept = after.query(DocumentLink).one()
        assert (kept.kind, kept.printed_name, kept.version) == (link.kind, "", 1)


def test_the_body_of_a_duty_outlives_a_step_down_and_up(engine: Engine, session: Session) -> None:
    plan, body = make_plan(session), make_organisation(session, "Sở Tài chính")
    duty = Duty(plan_id=plan.id, position=1, block_title="Sở Tài chính", first_line=1, last_line=1)
    duty.text = "Bố trí kinh phí"
    session.add(duty)
    session.flush()
    for position, organisation_id in ((1, None), (2, body.id)):
        session.add(
            DutyUnit(duty_id=duty.id, position=position, printed="Sở TC", organisation_id=organisation_id)
        )
    session.commit()
    session.close()
    schema.downgrade(engine, "0009_document_links")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT organisation_id FROM duty").scalar() == body.id
    schema.upgrade(engine)
    assert schema.differences(engine) == []
    with Session(engine) as after:
        unit = after.query(DutyUnit).one()
        assert (unit.printed, unit.organisation_id) == ("Sở Tài chính", body.id)
