"""Logging by hand: once, by whoever may, many at once."""

from __future__ import annotations

import threading
import unicodedata
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.audit import AuditEntry
from app.db import transaction
from app.errors import Invalid, Refused, Stale
from content.outlets.models import Outlet, OutletKind
from content.publications.models import Publication, PublicationStatus
from content.publications.queries import Wanted, page_of_publications
from content.publications.services import (
    AlreadyLogged,
    PublicationInput,
    change_publication,
    dismiss_publication,
    log_publication,
    restore_publication,
)
from content.publications.table import import_publications
from tests.conftest import NOW
from tests.factories import make_outlet, make_person, make_publication, make_slot

LINK = "https://bao.example.vn/binh-dan-hoc-vu-so-1"


def log(
    session: Session, outlet: Outlet, actor: Person, *, address: str = LINK, **values: object
) -> Publication:
    wanted = PublicationInput(
        outlet=outlet,
        title=str(values.get("title", "Bình dân học vụ số về làng")),
        published_at=values.get("at", NOW),  # type: ignore[arg-type]
        address=address,
    )
    return log_publication(session, wanted, actor=actor, now=NOW)


def test_what_is_logged_is_kept_with_its_local_day_and_who_logged_it(session: Session) -> None:
    outlet, person = make_outlet(session), make_person(session)
    title = unicodedata.normalize("NFD", "Đưa  kỹ năng số\nvề làng")
    at = clock.from_local(datetime(2026, 5, 4, 5, 15))  # noqa: DTZ001 - a wall clock
    made = log(session, outlet, person, address=LINK + "?utm_source=zalo", title=title, at=at)
    session.expire(made)
    assert made.title == "Đưa kỹ năng số về làng"
    assert made.title_folded == "dua ky nang so ve lang"
    assert made.address == LINK
    assert made.published_on.isoformat() == "2026-05-04"
    assert made.status is PublicationStatus.LOGGED
    assert made.logged_by_id == person.id
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "publication.log")).one()
    assert entry.subject_id == made.id


@pytest.mark.parametrize("again", [LINK, LINK + "/", "http://www.bao.example.vn/binh-dan-hoc-vu-so-1#x"])
def test_the_same_link_is_logged_once(session: Session, again: str) -> None:
    outlet, person = make_outlet(session), make_person(session)
    made = log(session, outlet, person)
    with pytest.raises(AlreadyLogged) as refused:
        log(session, outlet, person, address=again, title="Tiêu đề khác")
    assert refused.value.publication_id == made.id
    assert session.scalar(select(func.count()).select_from(Publication)) == 1


def test_a_bulletin_on_air_is_logged_once(session: Session) -> None:
    outlet, person = make_outlet(session, kind=OutletKind.LOUDSPEAKER), make_person(session)
    made = log(session, outlet, person, address="", title="Bản tin sáng")
    assert made.is_on_air
    assert made.address is None
    with pytest.raises(AlreadyLogged):
        log(session, outlet, person, address="", title="Bản tin  sáng")
    log(session, outlet, person, address="", title="Bản tin sáng", at=NOW - timedelta(hours=6))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": "…"}, "Tiêu đề phải có chữ"),
        ({"title": "x" * 501}, "dài nhất 500"),
        ({"at": NOW + timedelta(minutes=6)}, "ở tương lai"),
        ({"at": NOW.replace(year=1970)}, "quá xa"),
        ({"address": ""}, "Hãy dán đường dẫn"),
        ({"address": "javascript:alert(1)"}, "Đường dẫn không đúng"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    session: Session, values: dict[str, object], sentence: str
) -> None:
    outlet, person = make_outlet(session), make_person(session)
    with pytest.raises(Invalid, match=sentence):
        log(session, outlet, person, **values)  # type: ignore[arg-type]
    assert session.scalar(select(func.count()).select_from(Publication)) == 0


def test_a_clock_may_be_five_minutes_wrong(session: Session) -> None:
    log(session, make_outlet(session), make_person(session), at=NOW + timedelta(minutes=5))


def test_nothing_is_logged_for_a_retired_outlet(session: Session) -> None:
    outlet = make_outlet(session)
    outlet.retired_at = NOW
    with pytest.raises(Refused, match="đã ngừng theo dõi"):
        log(session, outlet, make_person(session))


def test_two_people_pressing_at_once_log_one_publication(engine: Engine, session: Session) -> None:
    outlet = make_outlet(session)
    people = [make_person(session) for _ in range(4)]
    session.commit()
    barrier = threading.Barrier(len(people))
    made: list[int] = []
    refused: list[AlreadyLogged] = []

    def press(person_id: int) -> None:
        barrier.wait(timeout=20)
        try:
            with transaction(engine) as own:
                person, there = own.get(Person, person_id), own.get(Outlet, outlet.id)
                assert person is not None
                assert there is not None
                key = log(own, there, person).id
            made.append(key)
        except AlreadyLogged as fault:
            refused.append(fault)

    threads = [threading.Thread(target=press, args=(person.id,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(made) == 1
    assert [one.publication_id for one in refused] == made * 3
    assert session.scalar(select(func.count()).select_from(Publication)) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_second_of_two_open_transactions_is_told(engine: Engine, session: Session) -> None:
    """On PostgreSQL both have looked and found nothing before either writes: the unique key decides (SQLite has one writer)."""
    outlet, person = make_outlet(session), make_person(session)
    session.commit()
    first, second = Session(engine), Session(engine)
    with first, second:
        log(first, outlet, person)
        refused: list[AlreadyLogged] = []

        def press() -> None:
            try:
                log(second, outlet, person)
            except AlreadyLogged as fault:
                refused.append(fault)

        waiting = threading.Thread(target=press)
        waiting.start()
        waiting.join(timeout=0.3)
        assert waiting.is_alive()  # it waits for the first one's row
        first.commit()
        waiting.join(timeout=20)
        assert refused
        second.commit()
    assert session.scalar(select(func.count()).select_from(Publication)) == 1


def test_a_change_to_a_link_that_is_taken_is_refused_and_leaves_the_session_usable(session: Session) -> None:
    outlet, person = make_outlet(session), make_person(session)
    log(session, outlet, person)
    other = log(session, outlet, person, address=LINK + "0")
    wanted = PublicationInput(outlet=outlet, title="Đổi", published_at=NOW, address=LINK)
    with pytest.raises(AlreadyLogged):
        change_publication(session, other, wanted, seen=other.version, actor=person, now=NOW)
    assert other.title == "Bình dân học vụ số về làng"
    wanted = PublicationInput(outlet=outlet, title="Đổi", published_at=NOW, address=LINK + "0/")
    change_publication(session, other, wanted, seen=other.version, actor=person, now=NOW)
    assert (other.title, other.address) == ("Đổi", LINK + "0/")


def test_a_change_on_an_old_page_is_refused(session: Session) -> None:
    outlet, person = make_outlet(session), make_person(session)
    made = log(session, outlet, person)
    wanted = PublicationInput(outlet=outlet, title="Đổi", published_at=NOW, address=LINK)
    with pytest.raises(Stale):
        change_publication(session, made, wanted, seen=made.version - 1, actor=person, now=NOW)


def test_what_loa_sent_is_not_changed_by_hand(session: Session) -> None:
    made = make_publication(session)
    made.slot_id = make_slot(session).id
    session.flush()
    wanted = PublicationInput(outlet=made.outlet, title="Đổi", published_at=NOW, address=LINK)
    with pytest.raises(Refused, match="Loa đăng theo lịch"):
        change_publication(session, made, wanted, seen=made.version, actor=make_person(session), now=NOW)


def test_a_dismissed_publication_is_kept_and_can_come_back(session: Session) -> None:
    made, person = make_publication(session), make_person(session)
    dismiss_publication(session, made, reason="Ghi nhầm", seen=made.version, actor=person, now=NOW)
    shown = page_of_publications(session, Wanted(), reach=None, cursor=None)
    left_out = page_of_publications(session, Wanted(dismissed=True), reach=None, cursor=None)
    assert (list(shown.rows), list(left_out.rows)) == ([], [made])
    with pytest.raises(Refused):
        dismiss_publication(session, made, reason="Lần nữa", seen=made.version, actor=person, now=NOW)
    restore_publication(session, made, seen=made.version, actor=person, now=NOW)
    assert made.status is PublicationStatus.CONFIRMED
    with pytest.raises(Refused):
        restore_publication(session, made, seen=made.version, actor=person, now=NOW)


def table(rows: int) -> str:
    return "\n".join(
        f"https://bao.example.vn/bai-{n}\tTin số {n}\t3/5/2026\t07:{n % 60:02}" for n in range(rows)
    )


def test_a_thousand_rows_are_logged_and_the_same_rows_again_add_nothing(session: Session) -> None:
    outlet, person = make_outlet(session), make_person(session)
    for added, known in ((1_000, 0), (0, 1_000)):
        report = import_publications(
            session, table(1_000), outlets=[outlet], default=outlet, actor=person, now=NOW
        )
        assert (report.added, len(report.known), report.refused) == (added, known, [])
    assert session.scalar(select(func.count()).select_from(Publication)) == 1_000


def test_more_than_a_thousand_rows_are_refused_whole(session: Session) -> None:
    outlet = make_outlet(session)
    with pytest.raises(Invalid, match="nhiều nhất"):
        import_publications(
            session, table(1_001), outlets=[outlet], default=outlet, actor=make_person(session), now=NOW
        )


def test_each_row_that_is_refused_says_why_and_keeps_nobody_out(session: Session) -> None:
    paper = make_outlet(session, "Báo Sông Trà")
    loud = make_outlet(session, "Loa xã Sơn Mai", kind=OutletKind.LOUDSPEAKER)
    twins = [make_outlet(session, "Cổng thông tin") for _ in range(2)]
    rows = [
        "Đường dẫn;Tiêu đề;Ngày;Giờ;Nơi đăng",
        "https://a.vn/1;Tin một;3/5/2026;7h05;bao song tra",
        ";Bản tin sáng;2026-05-03;5:15;Loa xã Sơn Mai",
        "https://a.vn/1/;Tin một lần nữa;3/5/2026;;Báo Sông Trà",
        "https://a.vn/2;;3/5/2026;;Báo Sông Trà",
        "https://a.vn/3;Tin ba;30/2/2026;;Báo Sông Trà",
        "https://a.vn/4;Tin bốn;3/5/2026;25h;Báo Sông Trà",
        "https://a.vn/5;Tin năm;3/5/2026;;Báo Lạ",
        "https://a.vn/6;Tin sáu;3/5/2026;;Cổng thông tin",
        "https://a.vn/7;Tin bảy;3/5/2026;;",
        "https://a.vn/8;Tin tám;;;Báo Sông Trà",
        "ftp://a.vn/9;Tin chín;3/5/2026;;Báo Sông Trà",
        ";Tin mười;3/5/2026;;Báo Sông Trà",
        "https://a.vn/11;Tin mười một;3/5/2030;;Báo Sông Trà",
        ";;;;",
    ]
    text = unicodedata.normalize("NFC", "\n".join(rows))
    report = import_publications(
        session, text, outlets=[paper, loud, *twins], default=None, actor=make_person(session), now=NOW
    )
    assert report.added == 2
    assert [number for number, _, _ in report.known] == [4]
    assert [(number, str(fault)[:18]) for number, _, fault in report.refused] == [
        (5, "Tiêu đề phải có ch"),
        (6, "Ngày “30/2/2026” k"),
        (7, "Giờ “25h” không đú"),
        (8, "Không có cơ quan b"),
        (9, "Có nhiều cơ quan b"),
        (10, "Thiếu cơ quan báo "),
        (11, "Thiếu ngày đăng."),
        (12, "Đường dẫn không đú"),
        (13, "Hãy dán đường dẫn "),
        (14, "Thời điểm đăng ở t"),
    ]
    moments = set(session.scalars(select(Publication.published_at)))
    assert {clock.local(one).strftime("%H:%M") for one in moments} == {"07:05", "05:15"}
