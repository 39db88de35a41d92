"""Lists as files and with chosen columns: the same filters and rights as the page, real days, no cell that runs."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.csv_file import stream_table
from app.xlsx import Cell, write_sheet
from content.items.models import Stage
from tests.conftest import NOW
from tests.factories import (
    make_campaign,
    make_document,
    make_item,
    make_organisation,
    make_outlet,
    make_person,
    make_publication,
    make_slot,
    make_theme,
)
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
ADDRESSES = ("/items", "/publications", "/slots", "/campaigns", "/outlets", "/documents", "/organisations")


def sheet(content: bytes) -> list[list[object]]:
    """The cells of a workbook's only sheet."""
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert page.freeze_panes == "A2"
    return [[cell.value for cell in row] for row in page.iter_rows()]


def lines(content: bytes) -> list[list[str]]:
    return [line.split(";") for line in content.decode("utf-8-sig").split("\r\n") if line]


def test_a_workbook_keeps_days_numbers_and_text_that_looks_like_a_formula() -> None:
    row: list[Cell] = [
        "=1+1",
        "+84 123",
        "@lệnh",
        "#REF!",
        "dòng\nhai \x00\x07",
        date(2026, 5, 18),
        datetime(2026, 5, 18, 0, 0, tzinfo=UTC),
        12,
        None,
    ]
    made = write_sheet("a/b:*[c]" * 9, [("Đầu", 20)] * 9, [row])
    cells = next(iter(load_workbook(io.BytesIO(made)).active.iter_rows(min_row=2)))  # type: ignore[union-attr]
    assert [str(cell.value) for cell in cells] == [
        "=1+1", "+84 123", "@lệnh", "#REF!", "dòng\nhai ", "2026-05-18 00:00:00", "2026-05-18 07:00:00", "12", "None"
    ]  # fmt: skip
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "s", "s", "d", "d", "n", "n"]
    assert [cells[5].number_format, cells[6].number_format] == ["d/m/yyyy", "d/m/yyyy hh:mm"]


def test_a_long_table_is_sent_in_pieces() -> None:
    pieces = list(stream_table(["=x", number] for number in range(20_000)))
    assert len(pieces) > 2
    whole = b"".join(pieces).decode("utf-8-sig")
    assert whole.splitlines()[-1] == "'=x;19999"


def test_every_list_gives_its_files_with_the_filters_and_rights_of_the_page(
    session: Session, visit: Visit
) -> None:
    unit, theme = make_organisation(session, "Sở Văn hóa"), make_theme(session, "Chủ đề")
    mine = make_item(
        session, title="=Của ta", organisation=unit, themes=(theme,), planned_on=date(2026, 5, 18)
    )
    make_item(session, title="Nháp kín nơi khác")
    slot = make_slot(
        session, item=make_item(session, title="Lên lịch", organisation=unit, stage=Stage.APPROVED)
    )
    make_publication(session, title="Chợ phiên", outlet=make_outlet(session, "Báo Hoa"), published_at=NOW)
    make_campaign(session, name="Ngày hội", themes=(theme,))
    make_document(session, number="57-NQ/TW")
    officer, chief = (
        make_person(session, Role.OFFICER, organisation=unit),
        make_person(session, Role.ADMINISTRATOR),
    )
    session.commit()
    visitor = visit(officer)
    for address in ADDRESSES:
        csv, xlsx = (visitor.get(f"{address}?as={kind}") for kind in ("csv", "xlsx"))
        assert csv.status_code == xlsx.status_code == 200, address
        assert "attachment" in csv.headers["Content-Disposition"]
        written, cells = lines(csv.data), sheet(xlsx.data)
        assert len(written) == len(cells) >= 2, address
        assert [str(one) for one in cells[0]] == written[0]
        assert "Nháp kín" not in csv.text
    items = sheet(visitor.get("/items?as=xlsx&q=cua+ta").data)
    assert items[1][0] == mine.title
    assert str(items[1][3]) == "2026-05-18 00:00:00"
    assert [row[0] for row in lines(visitor.get("/items?as=csv&q=cua+ta").data)[1:]] == ["'=Của ta"]
    assert lines(visitor.get(f"/slots?as=csv&from={slot.due_on:%Y-%m-%d}").data)[1][1] == "Lên lịch"
    boss = visit(chief)
    for address in ("/people", "/audit", "/organisations"):
        assert boss.get(f"{address}?as=csv").status_code == boss.get(f"{address}?as=xlsx").status_code == 200
    assert len(lines(boss.get("/people?as=csv&q=khong+co+ai").data)) == 1
    visitor.client.set_cookie("loa_lang", "en")
    assert lines(visitor.get("/publications?as=csv").data)[0][:3] == ["Date", "Time", "Title"]
    assert lines(visitor.get("/publications/csv").data)[0][:3] == ["Date", "Time", "Title"]


def test_chosen_columns_are_kept_by_the_browser_and_stand_in_the_file(session: Session, visit: Visit) -> None:
    unit = make_organisation(session)
    make_item(session, title="Tin một", organisation=unit)
    person = make_person(session, Role.OFFICER, organisation=unit)
    session.commit()
    visitor = visit(person)
    assert ">Ngày dự kiến</th>" in visitor.get("/items").text
    chosen = visitor.get("/items?cols=-&cols=state&cols=created&cols=lạ").text
    assert ">Ngày dự kiến</th>" not in chosen
    assert ">Ngày thêm</th>" in chosen
    again = visitor.get("/items").text
    assert ">Ngày thêm</th>" in again
    assert lines(visitor.get("/items?as=csv").data)[0] == ["Tin bài", "Tình trạng", "Ngày thêm"]
    assert lines(visitor.get("/items?as=csv&cols=-").data)[0] == ["Tin bài"]
    assert lines(visit(person).get("/items?as=csv").data)[0][:3] == ["Tin bài", "Loại", "Tình trạng"]


def test_people_and_organisations_come_in_pages(session: Session, visit: Visit) -> None:
    lead = make_organisation(session, "Sở đứng đầu")
    chief = make_person(session, Role.ADMINISTRATOR, organisation=lead, name="Trần Thị Sen")
    for number in range(70):
        make_organisation(session, f"Xã {number:02}")
        make_person(session, None, name=f"Lò Văn {number:02}")
    session.commit()
    visitor = visit(chief)
    for address, name in (("/people", "Lò Văn "), ("/organisations", "Xã ")):
        first = visitor.get(address).text
        following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        second = visitor.get(following).text
        assert first.count(name) >= 45
        assert f"{name}69" in second
        assert f"{name}69" not in first
        assert len(lines(visitor.get(f"{address}?as=csv").data)) == 72
    assert visitor.get("/people?q=lo+van+07").text.count("data-table__link") == 1
    assert visitor.get("/organisations?words=xa+07").text.count("data-table__link") == 1


def test_items_are_ordered_by_their_day_page_by_page(session: Session, visit: Visit) -> None:
    unit = make_organisation(session)
    for number in range(55):
        make_item(
            session,
            title=f"Tin {number:02}",
            organisation=unit,
            planned_on=date(2026, 1, 1) + timedelta(days=(number * 7) % 55),
        )
    make_item(session, title="Không ngày", organisation=unit, planned_on=None)
    person = make_person(session, Role.OFFICER, organisation=unit)
    session.commit()
    days = [row[3] for row in sheet(visit(person).get("/items?sort=day&as=xlsx").data)[1:]]
    assert len(days) == 55
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    assert 'rel="next"' in visit(person).get("/items?sort=day").text
