"""The registry of documents: the whole symbol is the key, nothing known is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Invalid, Refused, Stale
from content.references.models import Document, DocumentLink, LinkKind
from content.references.queries import find_by_number, links_from, links_to, list_documents
from content.references.services import (
    DocumentInput,
    change_document,
    ensure_document,
    identity_of,
    link_documents,
)
from tests.conftest import NOW
from tests.factories import make_organisation, make_person

NQ57 = DocumentInput("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", date(2024, 12, 22), "đột phá phát triển")
KL57 = DocumentInput("57-KL/TW", "Kết luận", "Bộ Chính trị", date(2023, 6, 15), "thông tin đối ngoại")


def ensured(session: Session, wanted: DocumentInput) -> Document:
    return ensure_document(session, wanted, actor=make_person(session), now=NOW)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("57-NQ/TW", "Bộ Chính trị", None), ("57-KL/TW", "Bộ Chính trị", None), False),
        (("57-NQ/TW", "Bộ Chính trị", None), ("57", "Bộ Chính trị", None), False),
        (("57-NQ/TW", "Bộ Chính trị", None), ("57- NQ/TW", "BỘ CHÍNH TRỊ", None), True),
        (("1/KH-UBND", "A", date(2025, 1, 1)), ("1/KH-UBND", "A", date(2026, 1, 1)), False),
        (("1/KH-UBND", "UBND tỉnh A", None), ("1/KH-UBND", "UBND tỉnh B", None), False),
    ],
)
def test_the_identity_is_the_whole_symbol_issuer_and_date(
    one: tuple[str, str, date | None], other: tuple[str, str, date | None], *, is_same: bool
) -> None:
    assert (identity_of(*one) == identity_of(*other)) is is_same


def test_two_drafts_without_a_number_are_two_documents() -> None:
    assert identity_of(None, "UBND tỉnh", None, "Kế hoạch A") != identity_of(
        None, "UBND tỉnh", None, "Kế hoạch B"
    )


def test_the_resolution_and_the_conclusion_of_number_57_are_two(session: Session) -> None:
    first, second = ensured(session, NQ57), ensured(session, KL57)
    assert first.id != second.id
    assert find_by_number(session, "57-NQ/TW") == [first]
    assert find_by_number(session, "57") == []


def test_the_same_document_is_kept_once(session: Session) -> None:
    assert ensured(session, NQ57).id == ensured(session, NQ57).id
    assert session.scalar(select(func.count()).select_from(Document)) == 1


def test_what_was_empty_is_filled_and_nothing_overwritten(session: Session) -> None:
    first = ensured(session, DocumentInput("57-NQ/TW", "Nghị quyết"))
    again = ensured(session, NQ57)
    assert again.id == first.id
    assert (first.issuer, first.issued_on, first.subject) == (
        "Bộ Chính trị",
        date(2024, 12, 22),
        "đột phá phát triển",
    )
    ensured(session, replace(NQ57, subject="lời khác"))
    assert first.subject == "đột phá phát triển"
    assert ensured(session, DocumentInput("57-NQ/TW", "Nghị quyết")).id == first.id


def test_a_number_with_another_date_is_another_document(session: Session) -> None:
    first = ensured(session, NQ57)
    second = ensured(session, replace(NQ57, issued_on=date(2025, 1, 2)))
    assert first.id != second.id
    unclear = ensured(session, DocumentInput("57-NQ/TW", "Nghị quyết"))
    assert unclear.id not in {first.id, second.id}, "two fit, so neither may be guessed"


def test_an_alias_of_the_issuer_means_the_same_document(session: Session) -> None:
    organisation = make_organisation(session, "Ủy ban nhân dân tỉnh Sông Trà")
    first = ensured(session, DocumentInput("1/KH-UBND", "Kế hoạch", "Ủy ban nhân dân tỉnh Sông Trà"))
    assert first.issuer_id == organisation.id
    assert (
        ensured(session, DocumentInput("1/KH-UBND", "Kế hoạch", "ỦY BAN NHÂN DÂN TỈNH SÔNG TRÀ")).id
        == first.id
    )


def test_too_long_a_number_is_refused_in_words(session: Session) -> None:
    with pytest.raises(Invalid, match="Số, ký hiệu dài 61"):
        ensured(session, DocumentInput("9" * 61, "Kế hoạch"))


def test_a_link_is_made_once_and_never_to_itself(session: Session) -> None:
    one, two = ensured(session, NQ57), ensured(session, KL57)
    link_documents(session, one, two, LinkKind.CITES)
    link_documents(session, one, two, LinkKind.CITES)
    assert session.scalar(select(func.count()).select_from(DocumentLink)) == 1
    assert [(link.kind, link.document.id) for link in links_from(session, one)] == [(LinkKind.CITES, two.id)]
    assert [link.document.id for link in links_to(session, two)] == [one.id]
    with pytest.raises(Refused):
        link_documents(session, one, one, LinkKind.CITES)


def test_words_find_with_and_without_tone_marks_and_by_number(session: Session) -> None:
    one, two = ensured(session, NQ57), ensured(session, KL57)
    for words, found in (
        ("đột phá", [one]),
        ("dot pha", [one]),
        ("57-kl", [two]),
        ("57", [two, one]),
        ("bo chinh tri đối ngoại", [two]),
        ("100%", []),
    ):
        assert list(list_documents(session, words=words).rows) == found, words


def test_a_correction_names_the_version_it_saw(session: Session) -> None:
    document, actor = ensured(session, NQ57), make_person(session)
    seen = document.version
    change_document(session, document, replace(NQ57, subject="mới"), seen=seen, actor=actor, now=NOW)
    assert document.subject == "mới"
    with pytest.raises(Stale):
        change_document(session, document, NQ57, seen=seen, actor=actor, now=NOW)


def test_a_correction_never_makes_two_rows_one_document(session: Session) -> None:
    one, _ = ensured(session, NQ57), ensured(session, KL57)
    with pytest.raises(Refused):
        change_document(session, one, KL57, seen=one.version, actor=make_person(session), now=NOW)
