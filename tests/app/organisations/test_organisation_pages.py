"""Organisations: three people, bad input, two at once, look-up, lists."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import SystemActor
from app.errors import Invalid, Missing, Refused
from app.organisations.lists import ImportReport, import_organisations
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.queries import find_organisation, list_organisations
from app.organisations.services import OrganisationInput, add_organisation, change_organisation
from tests.conftest import NOW
from tests.factories import make_organisation, make_person
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
US = SystemActor("kiểm thử")
FORM = {
    "name": "Sở Khoa học và Công nghệ",
    "kind": "department",
    "aliases": "Sở KHCN\nSKHCN",
    "valid_from": "",
}


def add(session: Session, name: str, **known: Any) -> Organisation:
    wanted = OrganisationInput(name, OrganisationKind.DEPARTMENT, **known)
    return add_organisation(session, wanted, actor=US, now=NOW)


@pytest.mark.parametrize(
    ("path", "reader"),
    [("", 200), ("?words=x&closed=1", 200), ("/1", 200), ("/new", 404), ("/1/edit", 404), ("/import", 404)],
)
def test_three_people_ask(session: Session, visit: Visit, path: str, reader: int) -> None:
    chief = make_person(session, Role.ADMINISTRATOR)
    manager, unit = make_person(session, Role.MANAGER), make_person(session, Role.UNIT)
    session.commit()
    assert visit(chief).get(f"/organisations{path}").status_code == 200
    assert visit(manager).get(f"/organisations{path}").status_code == reader
    assert visit(unit).get(f"/organisations{path}").status_code == 404
    assert visit(None).get(f"/organisations{path}").status_code == 303


def test_adding_and_changing(session: Session, visit: Visit) -> None:
    chief = make_person(session, Role.ADMINISTRATOR)
    session.commit()
    page = visit(chief)
    answer = page.post("/organisations/new", FORM)
    assert answer.status_code == 303
    assert "SKHCN" in page.get(str(answer.location)).text
    made = session.scalars(select(Organisation).where(Organisation.name == FORM["name"])).one()
    session.commit()
    changed = {**FORM, "name": "Sở KH&CN {0}", "aliases": "", "valid_from": "1/3/2025", "version": "1"}
    assert page.post(f"/organisations/{made.id}/edit", changed).status_code == 303
    session.expire_all()
    assert (made.name, made.valid_from, made.version) == ("Sở KH&CN {0}", date(2025, 3, 1), 2)
    session.commit()
    late = page.post(f"/organisations/{made.id}/edit", {**FORM, "name": "Sở Khác", "version": "1"})
    assert late.status_code == 409
    assert 'value="Sở Khác"' in late.text
    assert "SKHCN</textarea>" in late.text
    assert "Hiện nay: Sở KH&amp;CN {0}" in late.text
    assert "Hiện nay: 1/3/2025" in late.text
    assert (
        page.post(f"/organisations/{made.id}/edit", {**FORM, "name": "Sở Khác", "version": "2"}).status_code
        == 303
    )


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"name": ""}, 422, "Nhập tên cơ quan."),
        ({"name": "!!!"}, 422, "Tên cơ quan phải có chữ."),
        ({"name": "x" * 1_000_000}, 422, "nhiều nhất là 300"),
        ({"name": "sở CÓ sẵn"}, 409, "Đã có cơ quan mang tên “sở CÓ sẵn”."),
        ({"aliases": "SCS"}, 409, "Đã có cơ quan mang tên “SCS”."),
        ({"aliases": "y" * 301}, 422, "Tên cơ quan dài nhất 300 ký tự"),
        ({"aliases": "y" * 1_000_000}, 422, "nhiều nhất là 3000"),
        ({"kind": "kingdom"}, 422, "Lựa chọn này không có trong danh sách."),
        ({"kind": ""}, 422, "Chọn loại cơ quan."),
        ({"parent": "999999"}, 422, "Lựa chọn này không có trong danh sách."),
        (
            {"valid_from": "1/7/2025", "valid_to": "30/6/2025"},
            422,
            "Ngày hết hiệu lực phải sau ngày bắt đầu.",
        ),
        ({"valid_from": "hôm qua"}, 422, "Ngày không đúng"),
        ({"valid_from": "0001-01-01"}, 422, "Năm phải từ 1900 đến 2200."),
    ],
)
def test_a_refused_form_keeps_what_was_typed(
    session: Session, visit: Visit, wrong: dict[str, str], status: int, said: str
) -> None:
    chief = make_person(session, Role.ADMINISTRATOR)
    add(session, "Sở Có Sẵn", aliases=("SCS",))
    session.commit()
    before = len(session.scalars(select(Organisation)).all())
    session.commit()
    answer = visit(chief).post("/organisations/new", {**FORM, **wrong})
    assert answer.status_code == status
    assert said in answer.text
    for value in wrong.values():
        assert value in answer.text or value in {"kingdom", "999999"} or value.endswith("/2025")
    assert "Sở KHCN" in answer.text or "aliases" in wrong
    assert len(session.scalars(select(Organisation)).all()) == before


def test_names_aliases_and_successors_are_found_however_written(session: Session) -> None:
    new = add(session, "Sở Khoa học và Công nghệ", aliases=("SKHCN", "Sở KH&CN"))
    add(session, "Sở Thông tin và Truyền thông", aliases=("STTTT",), successor_id=new.id)
    for name in [
        "sở khoa học  và công nghệ",
        "SO KHOA HOC VA CONG NGHE",
        "skhcn",
        "Sở KH & CN",
        "STTTT",
        unicodedata.normalize("NFD", "Sở Thông tin và Truyền thông"),
    ]:
        found = find_organisation(session, name)
        assert found is not None, name
        assert found.id == new.id
    assert find_organisation(session, "Sở Không Có") is None
    assert find_organisation(session, "") is None
    assert [one.id for one in list_organisations(session, words="skh")] == [new.id]


def test_names_that_differ_by_a_tone_or_a_vowel_are_two_bodies(session: Session) -> None:
    river, low = add(session, "UBND xã Sơn Hà"), add(session, "UBND xã Sơn Hạ", aliases=("Sơn Hạ",))
    assert find_organisation(session, "ubnd xã sơn hà") is river
    assert find_organisation(session, unicodedata.normalize("NFD", "UBND XÃ SƠN HẠ")) is low
    assert find_organisation(session, "UBND xa Son Ha") is None  # it may mean either
    assert find_organisation(session, "son ha") is low  # only one is known by so short a name
    assert find_organisation(session, "UBND xã Sơn Há") is None
    culture = add(session, "Sở Văn hoá")
    assert find_organisation(session, "Sở Văn hóa") is culture  # where the mark stands does not matter
    with pytest.raises(Refused):
        add(session, "sở văn hóa")
    report = take(session, "Tên;Loại\nXã Ba Tơ;Xã\nXã Ba Tô;Xã\n")
    assert (report.added, report.refused) == (["Xã Ba Tơ", "Xã Ba Tô"], [])


def test_circles_are_refused(session: Session) -> None:
    top = add(session, "Một")
    middle = add(session, "Hai", parent_id=top.id)
    low = add(session, "Ba", parent_id=middle.id, successor_id=top.id)

    def change(which: Organisation, **known: Any) -> None:
        wanted = OrganisationInput(which.name, which.kind, **known)
        change_organisation(session, which, wanted, seen=which.version, actor=US, now=NOW)

    for known in (
        {"parent_id": low.id},
        {"parent_id": top.id},
        {"successor_id": top.id},
        {"successor_id": low.id},
    ):
        with pytest.raises(Refused, match="của chính mình"):
            change(top, **known)
    with pytest.raises(Missing):
        change(top, parent_id=999_999)
    change(top, successor_id=middle.id)


def test_lists_are_in_vietnamese_order_and_of_a_day(session: Session) -> None:
    for name in ["Sở Y tế", "Sở Đất", "Sở Dầu", "Ban Ất"]:
        add(session, name)
    add(session, "Sở Cũ", valid_to=date(2025, 6, 30))
    assert [one.name for one in list_organisations(session, on=date(2026, 1, 1))] == [
        "Ban Ất",
        "Sở Dầu",
        "Sở Đất",
        "Sở Y tế",
    ]
    assert "Sở Cũ" in [one.name for one in list_organisations(session, on=date(2025, 6, 30))]


def take(session: Session, text: str | bytes) -> ImportReport:
    content = text.encode() if isinstance(text, str) else text
    return import_organisations(session, content, actor=US, now=NOW)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("by", [";", ","])
def test_a_list_is_taken_with_either_separator_and_twice_is_once(
    session: Session, mark: str, by: str
) -> None:
    lines = [
        ["Tên", "Loại", "Tên khác", "Cấp trên", "Từ ngày", "Đến ngày"],
        ["Xã Ba Tơ", "Xã", "Ba Tơ|UBND xã Ba Tơ", "Tỉnh Quảng Ngãi", "1/7/2025", ""],
        [unicodedata.normalize("NFD", "Tỉnh Quảng Ngãi"), "UBND", "", "", "2025-07-01", ""],
    ]
    text = mark + "\r\n".join(by.join(line) for line in lines)
    first = take(session, text)
    assert (first.added, first.known, first.refused) == (["Xã Ba Tơ", "Tỉnh Quảng Ngãi"], [], [])
    commune = find_organisation(session, "ubnd xã ba tơ")
    assert commune is not None
    assert commune.kind is OrganisationKind.COMMUNE
    assert commune.valid_from == date(2025, 7, 1)
    session.refresh(commune)
    assert commune.parent is not None
    assert commune.parent.name == "Tỉnh Quảng Ngãi"
    again = take(session, text)
    assert (again.added, again.refused, len(again.known)) == ([], [], 2)
    assert len(session.scalars(select(Organisation)).all()) == 2


def test_a_refused_row_keeps_no_other_out(session: Session) -> None:
    add(session, "Sở Cũ", aliases=("SC",))
    report = take(
        session,
        "Tên;Loại;Tên khác;Cấp trên;Từ ngày\n"
        "Vương quốc;vương quốc;;;\n"
        ";Sở;;;\n"
        "=HYPERLINK(1);Sở;;;\n"
        "Sở Một;Sở;SC;;\n"
        "Sở Hai;Sở;;;31/2/2025\n"
        "Sở Ba;Sở;;Không Có;\n"
        f"{'x' * 301};Sở;;;\n"
        f"Sở Bốn;Sở;{'y' * 301};;\n"
        "Sở Năm;Sở;;Sở Sáu;\n"
        "Sở Sáu;Sở;;Sở Năm;\n"
        "sở BA;Sở;;;\n"
        "Sở {0} 100%;Sở;;;\n",
    )
    said = {line: str(fault) for line, _name, fault in report.refused}
    assert said[2] == "Không rõ loại cơ quan “vương quốc”."
    assert said[3] == "Tên cơ quan phải có chữ."
    assert "công thức" in said[4]
    assert said[5] == "Đã có cơ quan mang tên “SC”."
    assert said[6].startswith("Ngày “31/2/2025” không đúng")
    assert "không tìm thấy cấp trên “Không Có”" in said[7]
    assert "dài nhất 300" in said[8]
    assert "dài nhất 300" in said[9]
    assert "của chính mình" in said[11]
    assert report.added == ["Sở Ba", "Sở Năm", "Sở Sáu", "Sở {0} 100%"]
    assert report.known == ["sở BA"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cột “Tên”"),
        (b"\xff\xfeT\x00\xea\x00n\x00", "UTF-8"),
        ("Tên\nSở Một".encode("utf-16"), "UTF-8"),
        (b"a;b\n1;2", "cột “Tên”"),
        ('Tên\n"' + "x" * 200_000, "không đọc được ở dòng"),
        ("Tên\n" + "Sở\n" * 2_001, "nhiều nhất 2000 dòng"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(
    session: Session, content: str | bytes, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        take(session, content)
    assert said in str(refused.value)


def test_the_import_page_reports(session: Session, visit: Visit) -> None:
    chief = make_person(session, Role.ADMINISTRATOR)
    session.commit()
    page = visit(chief)

    def send(content: bytes, name: str = "ds.csv") -> tuple[int, str]:
        answer = page.post("/organisations/import", {"file": (io.BytesIO(content), name)})
        answer.request.environ["wsgi.input"].close()
        return answer.status_code, answer.text

    status, text = send("Tên;Loại\nSở {Một};Sở\nX;vương quốc {0}\n".encode())
    assert status == 200
    assert "Đã thêm 1, có sẵn 0, không nhận 1." in text
    assert "vương quốc {0}" in text
    status, text = send(b"x" * 1_000_001)
    assert (status, "Tệp quá lớn" in text) == (422, True)
    status, text = send(b"", "")
    assert (status, "Chọn một tệp CSV." in text) == (422, True)
    assert page.post("/organisations/import", {"file": "no file"}).status_code == 422


def test_a_name_with_marks_of_other_trades_is_shown_as_it_is(session: Session, visit: Visit) -> None:
    chief = make_person(session, Role.ADMINISTRATOR)
    made = make_organisation(session, "<b>Sở</b> {name} %(x)s {{ 7*7 }}")
    session.commit()
    text = visit(chief).get(f"/organisations/{made.id}").text
    assert "&lt;b&gt;Sở&lt;/b&gt; {name} %(x)s {{ 7*7 }}" in text
    form = {**FORM, "name": made.name}
    assert "{name} %(x)s {{ 7*7 }}" in visit(chief).post("/organisations/new", form).text
