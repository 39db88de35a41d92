"""Themes: names, codes, colours, phrases; what belongs to one document never to another."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.errors import Invalid, Refused, Stale
from content.references.services import DocumentInput, ensure_document
from content.themes.models import COLOURS, Theme
from content.themes.queries import list_catalogue, list_themes, phrases_of
from content.themes.services import (
    ThemeInput,
    add_theme,
    change_theme,
    ensure_theme,
    restore_theme,
    retire_theme,
)
from tests.conftest import NOW
from tests.factories import make_document, make_person, make_theme


def added(session: Session, name: str = "Bình dân học vụ số", *phrases: str, code: str = "") -> Theme:
    wanted = ThemeInput(name=name, phrases=phrases, code=code)
    return add_theme(session, wanted, actor=make_person(session), now=NOW)


def test_a_theme_gets_a_code_a_colour_and_its_name_as_phrase(session: Session) -> None:
    theme = added(session)
    assert (theme.code, theme.colour) == ("bdhvs", 1)
    assert phrases_of(session, [theme]) == {theme.id: ["Bình dân học vụ số"]}


def test_colours_go_round_when_all_are_taken(session: Session) -> None:
    colours = [added(session, f"Chủ đề {'abcdefghijklm'[n]}").colour for n in range(COLOURS + 1)]
    assert colours == [*range(1, COLOURS + 1), 1]


def test_a_retired_theme_gives_its_colour_free(session: Session) -> None:
    first = added(session, "Một chủ đề")
    added(session, "Hai chủ đề")
    retire_theme(session, first, seen=first.version, actor=make_person(session), now=NOW)
    assert added(session, "Ba chủ đề").colour == 1


@pytest.mark.parametrize("name", ["bình dân học vụ số", "BINH DAN HOC VU SO", "  Bình  dân học vụ số"])
def test_a_name_is_taken_whatever_its_case_and_tones(session: Session, name: str) -> None:
    added(session)
    with pytest.raises(Refused):
        added(session, name)


def test_nfd_is_the_same_name(session: Session) -> None:
    added(session)
    with pytest.raises(Refused):
        added(session, unicodedata.normalize("NFD", "Bình dân học vụ số"))


def test_codes_stay_unique(session: Session) -> None:
    assert added(session, "Bình dân học vụ số").code == "bdhvs"
    assert added(session, "Báo đăng hai vấn sự").code == "bdhvs-2"
    theme = added(session, "Việc khác", code="Việc Khác")
    assert theme.code == "viec-khac"
    with pytest.raises(Refused):
        change_theme(
            session,
            theme,
            ThemeInput("Việc khác", code="bdhvs"),
            seen=theme.version,
            actor=make_person(session),
            now=NOW,
        )


@pytest.mark.parametrize("phrase", ["57", "57 2024", "x" * 201])
def test_a_phrase_that_means_everything_or_nothing_is_refused(session: Session, phrase: str) -> None:
    with pytest.raises(Invalid):
        added(session, "Chủ đề", phrase)


def test_a_change_sets_the_phrases(session: Session) -> None:
    theme, actor = added(session, "Chủ đề", "một cụm từ", "hai cụm từ"), make_person(session)
    seen = theme.version
    wanted = ThemeInput("Chủ đề mới", phrases=("Hai cụm từ", "ba cụm từ"))
    change_theme(session, theme, wanted, seen=seen, actor=actor, now=NOW)
    assert phrases_of(session, [theme])[theme.id] == ["Hai cụm từ", "ba cụm từ"]
    with pytest.raises(Stale):
        change_theme(session, theme, wanted, seen=seen, actor=actor, now=NOW)


def test_no_theme_stands_above_itself(session: Session) -> None:
    above, below = added(session, "Trên cao"), added(session, "Dưới thấp")
    actor = make_person(session)
    change_theme(
        session, below, ThemeInput("Dưới thấp", parent_id=above.id), seen=below.version, actor=actor, now=NOW
    )
    with pytest.raises(Refused):
        change_theme(
            session,
            above,
            ThemeInput("Trên cao", parent_id=below.id),
            seen=above.version,
            actor=actor,
            now=NOW,
        )


def test_retired_themes_leave_the_list_and_come_back(session: Session) -> None:
    theme, actor = added(session), make_person(session)
    retire_theme(session, theme, seen=theme.version, actor=actor, now=NOW)
    assert list_themes(session) == []
    assert list_catalogue(session, with_retired=True) == [theme]
    with pytest.raises(Refused):
        retire_theme(session, theme, seen=theme.version, actor=actor, now=NOW)
    restore_theme(session, theme, seen=theme.version, actor=actor, now=NOW)
    assert list_themes(session) == [theme]


def test_ensuring_twice_gives_one_theme_with_all_phrases(session: Session) -> None:
    actor = make_person(session)
    first = ensure_theme(session, "Bình dân học vụ số", phrases=["bình dân học vụ"], actor=actor, now=NOW)
    again = ensure_theme(session, "bình dân học vụ số", phrases=["lớp học số"], actor=actor, now=NOW)
    assert again.id == first.id
    assert phrases_of(session, [first])[first.id] == ["bình dân học vụ", "lớp học số"]


def test_the_document_decides_not_the_digits(session: Session) -> None:
    actor = make_person(session)
    nq = ensure_document(
        session, DocumentInput("57-NQ/TW", "Nghị quyết", issued_on=date(2024, 12, 22)), actor=actor, now=NOW
    )
    kl = ensure_document(
        session, DocumentInput("57-KL/TW", "Kết luận", issued_on=date(2023, 6, 15)), actor=actor, now=NOW
    )
    one = ensure_theme(session, "Nghị quyết 57", phrases=["57-NQ/TW"], document=nq, actor=actor, now=NOW)
    two = ensure_theme(session, "Kết luận 57", phrases=["57-KL/TW"], document=kl, actor=actor, now=NOW)
    assert one.id != two.id
    assert {one.code, two.code} == {"57-nq-tw", "57-kl-tw"}
    assert ensure_theme(session, "tên khác hẳn", document=nq, actor=actor, now=NOW).id == one.id
    third = make_document(session, "57/2025/NQ-HĐND")
    with pytest.raises(Refused, match="văn bản khác"):
        ensure_theme(session, "Nghị quyết 57", document=third, actor=actor, now=NOW)


def test_a_retired_theme_that_a_plan_names_is_restored(session: Session) -> None:
    theme, actor = make_theme(session, "Chuyển đổi số"), make_person(session)
    retire_theme(session, theme, seen=theme.version, actor=actor, now=NOW)
    assert ensure_theme(session, "Chuyển đổi số", actor=actor, now=NOW).retired_at is None
