"""Matching by hand: one item at most, themes, and what was said before is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Invalid, Refused, Stale
from content.items.models import Stage
from content.publications.matching import match_publication
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.queries import Wanted, candidates, page_of_publications, published_of_item
from content.slots.models import SlotState
from tests.conftest import NOW
from tests.factories import (
    make_item,
    make_match,
    make_organisation,
    make_person,
    make_publication,
    make_slot,
    make_theme,
)

PROPOSED, CONFIRMED, CORRECTED, DISMISSED = MatchDecision


def decisions(
    session: Session, publication: Publication
) -> dict[tuple[int | None, int | None], MatchDecision]:
    rows = session.scalars(select(Match).where(Match.publication_id == publication.id)).unique()
    return {(row.item_id, row.theme_id): row.decision for row in rows}


def say(session: Session, publication: Publication, item: int | None, *themes: int) -> None:
    match_publication(
        session,
        publication,
        item_id=item,
        theme_ids=themes,
        seen=publication.version,
        actor=make_person(session),
        now=NOW,
    )


def test_a_persons_word_confirms_corrects_and_keeps_what_it_dismisses(session: Session) -> None:
    publication = make_publication(session)
    first, second = make_item(session), make_item(session)
    red, blue = make_theme(session), make_theme(session)
    say(session, publication, first.id, red.id)
    assert decisions(session, publication) == {(first.id, None): CONFIRMED, (None, red.id): CONFIRMED}
    say(session, publication, second.id, red.id, blue.id)
    assert decisions(session, publication) == {
        (first.id, None): DISMISSED,
        (second.id, None): CORRECTED,
        (None, red.id): CONFIRMED,
        (None, blue.id): CONFIRMED,
    }
    say(session, publication, None)
    assert set(decisions(session, publication).values()) == {DISMISSED}
    say(session, publication, None, red.id)
    assert decisions(session, publication)[None, red.id] is CORRECTED


def test_what_was_proposed_is_confirmed_or_dismissed(session: Session) -> None:
    publication = make_publication(session)
    publication.status = PublicationStatus.FOUND
    yes, no = make_theme(session), make_theme(session)
    make_match(session, publication, theme=yes, decision=PROPOSED)
    make_match(session, publication, theme=no, decision=PROPOSED)
    say(session, publication, None, yes.id)
    assert decisions(session, publication) == {(None, yes.id): CONFIRMED, (None, no.id): DISMISSED}
    assert publication.status is PublicationStatus.CONFIRMED


def test_a_match_that_stands_keeps_who_decided_it(session: Session) -> None:
    publication, theme = make_publication(session), make_theme(session)
    say(session, publication, None, theme.id)
    before = session.scalars(select(Match)).unique().one().decided_by_id
    say(session, publication, None, theme.id)
    assert session.scalars(select(Match)).unique().one().decided_by_id == before


def test_an_old_page_a_dismissed_publication_and_unknown_keys_are_refused(session: Session) -> None:
    publication, theme = make_publication(session), make_theme(session)
    person, seen = make_person(session), publication.version
    say(session, publication, None, theme.id)
    assert publication.version == seen + 1
    with pytest.raises(Stale):
        match_publication(session, publication, item_id=None, theme_ids=(), seen=seen, actor=person, now=NOW)
    with pytest.raises(Invalid):
        say(session, publication, 999_999)
    with pytest.raises(Invalid):
        say(session, publication, None, theme.id, 999_999)
    publication.status = PublicationStatus.DISMISSED
    with pytest.raises(Refused):
        say(session, publication, None)


def test_candidates_are_ready_near_in_days_and_alike_in_words(session: Session) -> None:
    organisation = make_organisation(session)
    day = date(2026, 5, 4)
    publication = make_publication(session, title="BÌNH DÂN HỌC VỤ SỐ về tới từng làng")

    def item(title: str, stage: Stage = Stage.APPROVED, on: date | None = day) -> int:
        return make_item(session, title=title, stage=stage, planned_on=on, organisation=organisation).id

    far = item("Bình dân học vụ số", on=day + timedelta(days=31))
    item("Bình dân học vụ số về làng", stage=Stage.DRAFTING)
    item("Bình dân học vụ số về từng làng", on=None)
    other = item("Cải cách hành chính", on=day + timedelta(days=30))
    alike = item("Đưa bình dân học vụ số về làng")
    sent = make_slot(
        session,
        item=make_item(
            session, title="Học vụ số", stage=Stage.APPROVED, planned_on=day, organisation=organisation
        ),
        state=SlotState.PUBLISHED,
    ).variant.item
    sent.stage = Stage.ARCHIVED
    session.flush()
    reach = {organisation.id}
    assert [one.id for one in candidates(session, publication, reach=reach)] == [alike, sent.id, other]
    assert [one.id for one in candidates(session, publication, reach=reach, words="binh dan vu")] == [
        alike,
        far,
    ]
    assert candidates(session, publication, reach={make_organisation(session).id}) == []
    assert len(candidates(session, publication, reach=None, most=2)) == 2


def test_where_an_item_was_published_leaves_out_what_does_not_hold(session: Session) -> None:
    item, publications = make_item(session), [make_publication(session) for _ in range(3)]
    make_match(session, publications[0], item=item)
    make_match(session, publications[1], item=item, decision=DISMISSED)
    make_match(session, publications[2], item=item)
    publications[2].status = PublicationStatus.DISMISSED
    session.flush()
    assert published_of_item(session, item.id) == [publications[0]]


def test_unmatched_means_that_nothing_holds(session: Session) -> None:
    theme = make_theme(session)
    matched, refused, bare = (make_publication(session) for _ in range(3))
    make_match(session, matched, theme=theme)
    make_match(session, refused, theme=theme, decision=DISMISSED)
    session.commit()  # what matches is written on the publication then

    def ids(wanted: Wanted) -> set[int]:
        return {one.id for one in page_of_publications(session, wanted, reach=None, cursor=None).rows}

    assert ids(Wanted(unmatched=True)) == {refused.id, bare.id}
    assert ids(Wanted(theme_id=theme.id)) == {matched.id}
    assert ids(Wanted()) == {matched.id, refused.id, bare.id}
