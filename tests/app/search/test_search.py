"""One behaviour on both databases: what is found, in which order, and that entries follow their rows."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.migrations import schema
from app.search import found, rebuild
from app.search.ask import count, find
from app.search.models import SearchEntry
from app.search.words import read_question
from content.publications.models import Publication, PublicationStatus
from content.references.models import Document
from tests.factories import make_document, make_item, make_organisation, make_outlet, make_person, make_publication

EVERYTHING = Access(person_id=1, everywhere=frozenset(Permission))
TITLES = (
    "Mở đường dây nóng chuyển đổi số",
    "Dương cầm trong trường học",
    "Điện Biên đón khách",
    "Dự án Hà Nội mới",
    "Hội nghị hoà giải ở cơ sở",
    "Hòa bình và phát triển",
    "Quý IV: thuý liễu xanh",
    "Thưởng người tốt, việc tốt",
    "Thường trực Tỉnh ủy họp",
    "Đổi mới cách chuyển số liệu",
    "Triển khai Nghị quyết 57-NQ/TW",
    "Học tập Kết luận 57-KL/TW",
    "Nghị quyết 157-NQ/TW về đất đai",
    "Đường Bác Hồ",
)


def ask(session: Session, typed: str, *, kind: str = "publication", access: Access = EVERYTHING) -> list[int]:
    question = read_question(typed)
    assert question is not None
    return list(find(session, access, kind, question, size=50).ref_ids)


# The thirteen questions of the survey, with đ, tone placement, decomposed text and numbers of documents.
QUESTIONS = [
    ("duong", [0, 1, 13]),
    ("đường", [0, 13]),
    ("dương", [1]),
    ("dien bien", [2]),
    ("Điện Biên", [2]),
    ("ha noi", [3]),
    ("hòa", [4, 5]),
    ("hoà", [4, 5]),
    ("thưởng", [7]),
    ("thuong", [7, 8]),
    ("chuyen doi so", [0, 9]),
    ('"chuyển đổi số"', [0]),
    ("57-NQ/TW", [10]),
    ("57-KL/TW", [11]),
    (unicodedata.normalize("NFD", "Đường"), [0, 13]),
    ("duo", [0, 1, 13]),
    ("hoa giai", [4]),
    ("thúy", [6]),
    ("dây nóng mở", [0]),
    ("57", [10, 11]),
    ("đuòng", []),
    ("nghị quyết đất", [12]),
]


def test_every_question_has_its_answer_on_both_databases(session: Session) -> None:
    outlet = make_outlet(session)
    keys = [make_publication(session, outlet=outlet, title=title).id for title in TITLES]
    session.commit()
    for typed, wanted in QUESTIONS:
        answer = {keys.index(one) for one in ask(session, typed)}
        assert answer == set(wanted), typed
        listed = session.scalars(select(Publication.id).where(found("publication", Publication.id, typed)))
        assert {keys.index(one) for one in listed} == set(wanted), typed
        question = read_question(typed)
        assert question is not None
        assert count(session, EVERYTHING, "publication", question) == len(wanted), typed
    assert count(session, EVERYTHING, "publication", read_question("duong") or 0, most=1) == 2  # type: ignore[arg-type]
