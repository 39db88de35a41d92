"""One behaviour on both databases: what is found, in which order, and that entries follow their rows."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.migrations import schema
from app.organisations.models import Organisation, OrganisationAlias
from app.search import found, rebuild
from app.search.ask import count, find
from app.search.models import SearchEntry
from app.search.searchable import searchables
from app.search.words import read_question
from content.publications.models import Publication
from tests.factories import (
    make_document,
    make_item,
    make_organisation,
    make_outlet,
    make_person,
    make_publication,
)

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
        listed = session.scalars(
            select(Publication.id).where(found(session, "publication", Publication.id, typed))
        )
        assert {keys.index(one) for one in listed} == set(wanted), typed
        question = read_question(typed)
        assert question is not None
        assert count(session, EVERYTHING, "publication", question) == len(wanted), typed


def test_the_newest_comes_first_and_the_whole_phrase_before_it(session: Session) -> None:
    outlet = make_outlet(session)

    def put(title: str, day: int) -> int:
        moment = datetime(2026, 5, day, 3, tzinfo=UTC)
        return make_publication(session, outlet=outlet, title=title, published_at=moment).id

    old, scattered, new = (
        put("Nông thôn mới", 1),
        put("Mới về nông trại, thôn xa", 9),
        put("Nông thôn mới", 5),
    )
    many = [put(f"Chợ phiên {number}", 1 + number % 20) for number in range(45)]
    assert ask(session, "nông thôn mới") == [new, old, scattered]
    question, cursor, seen = read_question("cho phien"), None, list[int]()
    assert question is not None
    while True:
        page = find(session, EVERYTHING, "publication", question, size=20, cursor=cursor)
        seen += page.ref_ids
        cursor = page.following
        if cursor is None:
            break
    days = {one.id: (one.published_on, one.id) for one in session.scalars(select(Publication))}
    assert seen == sorted(many, key=lambda key: days[key], reverse=True)


def test_entries_follow_their_rows_whoever_changes_them(session: Session) -> None:
    unit = make_organisation(session, "Sở Khoa học và Công nghệ")
    item = make_item(session, title="Đường hoa mùa xuân", organisation=unit)
    session.add(OrganisationAlias(organisation_id=unit.id, name="Sở KHCN cũ", name_folded="so khcn cu"))
    session.flush()
    assert ask(session, "đường hoa", kind="item") == [item.id]
    assert ask(session, "khcn", kind="organisation") == [unit.id]
    item.title, item.title_folded = "Chợ phiên vùng cao", "cho phien vung cao"
    session.flush()
    assert ask(session, "đường hoa", kind="item") == ask(session, "cho phien", kind="item") == [item.id]
    publication = make_publication(session, title="Hội hoa ban")
    half = session.begin_nested()
    publication.title = "Bị bỏ giữa chừng"
    session.flush()
    assert ask(session, "hoa ban") == []
    half.rollback()
    assert ask(session, "bỏ giữa chừng") == []
    assert ask(session, "hoa ban") == [publication.id]
    session.execute(delete(OrganisationAlias))
    assert rebuild(session, ["organisation"]) == len(session.scalars(select(Organisation)).all())
    assert ask(session, "khcn", kind="organisation") == []
    session.delete(session.get_one(Person, make_person(session, None, name="Lò Văn Tạm").id))
    session.flush()
    assert ask(session, "lò văn tạm", kind="person") == []


def test_rows_past_the_orm_are_found_after_a_rebuild_and_after_an_upgrade(
    session: Session, engine: Engine
) -> None:
    make_document(session, number="57-NQ/TW", doc_type="Nghị quyết")
    make_publication(session, title="Đón Tết ở bản Mường")
    session.execute(delete(SearchEntry))
    assert ask(session, "ban muong") == []
    assert rebuild(session) == rebuild(session) > 2
    assert len(ask(session, "57-NQ/TW", kind="document")) == len(ask(session, "ban muong")) == 1
    session.commit()
    session.close()
    schema.downgrade(engine, "0007_watching")
    schema.upgrade(engine)
    with Session(engine) as after:
        assert len(ask(after, "ban muong")) == 1
        assert len(ask(after, "57-KL/TW", kind="document")) == 0
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql(
                "INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)"
            )


def test_every_kind_has_a_number_of_its_own_and_hits_for_its_rows() -> None:
    kinds = searchables()
    numbers = [one.number for one in kinds.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(0 < number < 32 for number in numbers)
    assert all(one.watched <= set(one.model.__mapper__.attrs.keys()) for one in kinds.values())
