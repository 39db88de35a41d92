"""Outlets: services, the list, the table that is imported."""

from __future__ import annotations

import unicodedata

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit import AuditEntry
from app.errors import Invalid, Missing, Refused, Stale
from app.organisations.models import Organisation, OrganisationKind
from content.outlets.csvfile import defuse, read_table, write_table
from content.outlets.models import Outlet, OutletKind
from content.outlets.queries import list_outlets, page_of_outlets
from content.outlets.services import (
    OutletInput,
    add_outlet,
    change_outlet,
    home_page,
    restore_outlet,
    retire_outlet,
)
from content.outlets.table import import_outlets
from tests.conftest import NOW
from tests.factories import make_organisation, make_outlet, make_person


def wanted(organisation: Organisation, name: str = "Báo Sông Trà", **values: object) -> OutletInput:
    return OutletInput(OutletKind.NEWSPAPER, name, organisation.id, **values)  # type: ignore[arg-type]


def test_an_outlet_is_added_found_changed_and_audited(session: Session) -> None:
    organisation, person = make_organisation(session), make_person(session)
    nfd = unicodedata.normalize("NFD", "Báo Sông Trà")
    made = add_outlet(
        session, wanted(organisation, nfd, languages=("vi", "HRE", "vi")), actor=person, now=NOW
    )
    session.expire(made)
    assert (made.name, made.name_folded, made.languages) == ("Báo Sông Trà", "bao song tra", ["vi", "hre"])
    change_outlet(
        session,
        made,
        wanted(organisation, "Báo Núi Ấn", address="nuian.vn"),
        seen=made.version,
        actor=person,
        now=NOW,
    )
    assert (made.name_folded, made.address) == ("bao nui an", "https://nuian.vn")
    deeds = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert deeds == ["outlet.add", "outlet.change"]


def test_an_organisation_has_no_two_outlets_of_one_name(session: Session) -> None:
    first, second, person = make_organisation(session), make_organisation(session), make_person(session)
    add_outlet(session, wanted(first), actor=person, now=NOW)
    add_outlet(session, wanted(second), actor=person, now=NOW)
    with pytest.raises(Refused, match="đã có"):
        add_outlet(session, wanted(first, "BÁO  sông trà."), actor=person, now=NOW)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "…"}, "phải có chữ"),
        ({"name": "x" * 301}, "300"),
        ({"area": "x" * 201}, "200"),
        ({"address": "javascript:alert(1)"}, "không đúng"),
        ({"address": "https://ai:mat@a.vn"}, "không đúng"),
        ({"address": "https://" + "a" * 500 + ".vn"}, "490"),
        ({"languages": ("tiếng Việt",)}, "mã ngôn ngữ"),
    ],
)
def test_what_cannot_be_is_refused_in_words(session: Session, values: dict[str, str], sentence: str) -> None:
    organisation = make_organisation(session)
    with pytest.raises(Invalid, match=sentence):
        add_outlet(session, wanted(organisation, **values), actor=make_person(session), now=NOW)
    assert session.scalar(select(func.count()).select_from(Outlet)) == 0


def test_an_unknown_organisation_is_missing(session: Session) -> None:
    unknown = OutletInput(OutletKind.OTHER, "Kênh lạ", 999_999)
    with pytest.raises(Missing):
        add_outlet(session, unknown, actor=make_person(session), now=NOW)


def test_an_outlet_is_retired_and_restored_never_deleted(session: Session) -> None:
    outlet, person = make_outlet(session), make_person(session)
    with pytest.raises(Stale):
        retire_outlet(session, outlet, seen=outlet.version + 1, actor=person, now=NOW)
    retire_outlet(session, outlet, seen=outlet.version, actor=person, now=NOW)
    assert list_outlets(session) == []
    with pytest.raises(Refused):
        retire_outlet(session, outlet, seen=outlet.version, actor=person, now=NOW)
    restore_outlet(session, outlet, seen=outlet.version, actor=person, now=NOW)
    assert list_outlets(session) == [outlet]
    with pytest.raises(Refused):
        restore_outlet(session, outlet, seen=outlet.version, actor=person, now=NOW)


def test_the_list_stands_in_vietnamese_order_and_pages_by_keys(session: Session) -> None:
    names = ["Đài Bình Sơn", "Da Cam", "Dạ Cam", "Báo Ấn", "Báo An", "Zing", "Éo le"]
    expected = ["Báo An", "Báo Ấn", "Da Cam", "Dạ Cam", "Đài Bình Sơn", "Éo le", "Zing"]
    for name in names:
        make_outlet(session, name)
    for number in range(60):
        make_outlet(session, f"Loa {number:02}", kind=OutletKind.LOUDSPEAKER)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = page_of_outlets(session, reach=None, kind=None, words="", retired=False, cursor=cursor)
        seen += [one.name for one in page.rows]
        cursor = page.following
        if cursor is None:
            break
    assert [name for name in seen if not name.startswith("Loa")] == expected
    assert len(seen) == len(set(seen)) == 67


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sông trà", ["Báo Sông Trà"]),
        ("SONG tra", ["Báo Sông Trà"]),
        (unicodedata.normalize("NFD", "sông"), ["Báo Sông Trà"]),
        ("tra bao", ["Báo Sông Trà"]),
        ("%", []),
        ("dai", ["Đài Trà Bồng"]),
        ("xyz", []),
    ],
)
def test_words_are_found_with_and_without_tone_marks(session: Session, words: str, found: list[str]) -> None:
    make_outlet(session, "Báo Sông Trà")
    make_outlet(session, "Đài Trà Bồng", kind=OutletKind.BROADCASTER)
    page = page_of_outlets(session, reach=None, kind=None, words=words, retired=False, cursor=None)
    names = [one.name for one in page.rows]
    assert names == found


FILE = """Tên;Loại;Cơ quan chủ quản;Trang chủ;Địa bàn;Ngôn ngữ;Của mình
Báo Sông Trà;báo;Tòa soạn Sông Trà;baosongtra.vn;Toàn tỉnh;vi|hre;
Truyền hình Sông Trà;đài;Tòa soạn Sông Trà;;;;
Cổng tỉnh;cổng;Văn phòng tỉnh;https://tinh.vn;;;x
Loa xã Ba Tơ;loa;UBND xã Ba Tơ;;Xã Ba Tơ;hre;
Tạp chí Độc lập;tạp chí;;;;;
Báo lạ;báo lá cải;Ai đó;;;;
;báo;Ai đó;;;;
Báo sai;báo;Ai đó;javascript:x;;;
Báo Sông Trà;báo;Tòa soạn Sông Trà;;;;
"""


def test_a_file_of_outlets_adds_each_once_and_names_what_it_refuses(session: Session) -> None:
    office, person = make_organisation(session, "Văn phòng tỉnh"), make_person(session)
    content = ("\ufeff" + FILE).encode()
    report = import_outlets(session, content, actor=person, now=NOW)
    assert report.added == [
        "Báo Sông Trà",
        "Truyền hình Sông Trà",
        "Cổng tỉnh",
        "Loa xã Ba Tơ",
        "Tạp chí Độc lập",
    ]
    assert report.known == ["Báo Sông Trà"]
    assert [(number, name) for number, name, _ in report.refused] == [(7, "Báo lạ"), (8, ""), (9, "Báo sai")]
    again = import_outlets(session, content, actor=person, now=NOW)
    assert (again.added, len(again.known), len(again.refused)) == ([], 6, 3)
    gate = session.scalars(select(Outlet).where(Outlet.name == "Cổng tỉnh")).one()
    assert (gate.organisation_id, gate.is_own, gate.kind) == (office.id, True, OutletKind.PORTAL)
    paper = session.scalars(select(Outlet).where(Outlet.name == "Báo Sông Trà")).one()
    assert paper.organisation.kind is OrganisationKind.PRESS
    assert (paper.address, paper.languages) == ("https://baosongtra.vn", ["vi", "hre"])


def test_a_refused_row_leaves_no_organisation_behind(session: Session) -> None:
    import_outlets(
        session,
        "Tên;Loại;Cơ quan;Trang chủ\nBáo X;báo;Cơ quan X;ftp://x".encode(),
        actor=make_person(session),
        now=NOW,
    )
    assert session.scalar(select(Organisation).where(Organisation.name == "Cơ quan X")) is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        ("Tên\nBáo".encode(), "cột"),
        (b"", "cột"),
        (b"a;b\n1;2", "Dòng đầu"),
        (("Tên;Loại\n" + "Báo;báo\n" * 5_001).encode(), "nhiều nhất"),
    ],
)
def test_what_is_no_such_table_is_refused_whole(session: Session, content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        import_outlets(session, content, actor=make_person(session), now=NOW)


def test_the_head_of_a_table_may_be_missing_where_the_order_is_known() -> None:
    columns, rows = read_table("a\tb\n\nc\td", {"ten": "x"}, default=("x", "y"))
    assert columns == ["x", "y"]
    assert [(row.number, dict(row.cells)) for row in rows] == [
        (1, {"x": "a", "y": "b"}),
        (3, {"x": "c", "y": "d"}),
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_of_a_file_is_run_by_a_spreadsheet(cell: str) -> None:
    assert defuse(cell) == "'" + cell
    assert write_table([(cell, -5, "Tên; “tên”")]).decode("utf-8-sig").strip().endswith(';-5;"Tên; “tên”"')


def test_home_pages_are_http_only() -> None:
    assert home_page("") == ""
    assert home_page("https://a.vn/x") == "https://a.vn/x"
