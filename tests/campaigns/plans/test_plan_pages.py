"""From upload to plan through the pages, by those who may and those who may not."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.accounts.permissions import Role
from campaigns.plans.models import Plan, PlanUpload, TaskUnit
from tests.campaigns.planfile.containers.packages import cell, paragraph, table, word
from tests.campaigns.planfile.containers.test_sheets import HEADS, ROWS, data_of, workbook
from tests.factories import make_organisation, make_person, make_plan, make_theme, plan_text
from tests.visitor import Visitor

ANNEXED = Path(__file__).resolve().parents[2] / "data" / "plans" / "containers"
WORD = "01-son-la-tao-hon-word.docx"
Visit = Callable[[Person | None], Visitor]


class _Form(HTMLParser):
    """What a browser would send back of a page unchanged."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area = self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            self.values[name] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


def fields(html: str) -> dict[str, str]:
    """The values of the page's forms, without what the layout sends."""
    values = _Form(html).values
    return {
        name: value.lstrip("\r\n")
        for name, value in values.items()
        if name not in {"csrf_token", "lang", "next"}
    }


@pytest.fixture
def coordinator(session: Session, visit: Visit) -> Visitor:
    """A coordinator at the form for a new plan."""
    person = make_person(session, Role.COORDINATOR, name="Trần Thị Sen")
    session.commit()
    browser = visit(person)
    browser.get("/plans/new")
    return browser


def hand_in(browser: Visitor, content: bytes, name: str = "ke-hoach.txt") -> TestResponse:
    """The answer to that file; the client's own temporary file of a large one is closed."""
    answer = browser.post("/plans/new", {"file": (io.BytesIO(content), name)})
    answer.request.environ["wsgi.input"].close()
    return answer


def upload(browser: Visitor, content: bytes | str | None = None, name: str = "ke-hoach.txt") -> str:
    """The address of the preview of that file."""
    content = plan_text() if content is None else content
    data = content.encode() if isinstance(content, str) else content
    answer = hand_in(browser, data, name)
    assert answer.status_code == 303, answer.text
    return answer.location


def confirm(browser: Visitor, preview: str, **changed: str) -> str:
    """The address of the plan after the yes."""
    answer = browser.post(f"{preview}/confirm", {**fields(browser.get(preview).text), **changed})
    assert answer.status_code == 303, answer.text
    return answer.location


def test_from_the_file_to_the_plan(session: Session, coordinator: Visitor) -> None:
    preview = upload(coordinator)
    shown = coordinator.get(preview).text
    assert "Mở và duy trì chuyên mục" in shown
    assert f'data-line="{len(plan_text().split(chr(10)))}"' in shown
    assert "Số văn bản để trống" in shown

    group = fields(coordinator.get(f"{preview}/edit/group-1").text)
    assert group["lead"] == "Sở Giáo dục và Đào tạo"
    group |= {"lead": "Sở Giáo dục và Đào tạo\n- Sở Nội vụ;", "items-0-text": "Nhiệm vụ đã sửa."}
    assert coordinator.post(f"{preview}/edit/group-1", group).status_code == 303
    head = fields(coordinator.get(f"{preview}/edit/document").text)
    head |= {"number": "88/KH-UBND", "date": "18/9/2025"}
    assert coordinator.post(f"{preview}/edit/document", head).status_code == 303

    shown = coordinator.get(preview).text
    assert "Nhập tay" in shown
    assert "Đã sửa; máy đọc: “Đưa nội dung" in shown
    assert "Đã ban hành" in shown

    plan = coordinator.get(confirm(coordinator, preview)).text
    for text in (
        "88/KH-UBND",
        "18/9/2025",
        "Nhiệm vụ đã sửa.",
        "Sở Nội vụ",
        "trước ngày 15/6",
        "Trần Thị Sen",
        "902/QĐ-TTg",
    ):
        assert text in plan, text
    assert session.scalars(select(TaskUnit.printed).where(TaskUnit.printed == "Sở Nội vụ")).all()


def test_every_line_link_of_the_plan_leads_to_that_line(coordinator: Visitor) -> None:
    address = confirm(coordinator, upload(coordinator))
    plan, source = coordinator.get(address).text, coordinator.get(f"{address}/source").text
    linked = set(re.findall(rf'href="{address}(?:/versions/1)?/source#(line-\d+)"', plan))
    assert len(linked) > 25
    assert linked <= set(re.findall(r'id="(line-\d+)"', source))
    line = re.search(
        r'id="line-71"[^>]*><span class="source__number">71</span><span class="source__text">([^<]*)<', source
    )
    assert line is not None
    assert unescape(line[1]) == plan_text().split("\n")[70]


def test_units_and_timing_of_the_plan_name_their_lines(coordinator: Visitor) -> None:
    plan = coordinator.get(confirm(coordinator, upload(coordinator))).text
    for label in ("Chủ trì", "Phối hợp", "Thời gian"):
        rows = re.findall(rf'<span class="structure__label">{label}</span>.*?</li>', plan, re.DOTALL)
        assert len(rows) == 3
        assert all("/source#line-" in row for row in rows), label


def test_every_value_of_the_preview_links_to_a_line_that_is_there(coordinator: Visitor) -> None:
    shown = coordinator.get(upload(coordinator)).text
    values = re.findall(
        r'<a class="structure__value[^"]*" href="#(line-\d+)" data-trace="(\d+)(?:-(\d+))?"', shown
    )
    rows = shown.count('<li class="structure__row')
    assert len(values) == rows > 60
    lines = set(re.findall(r'id="(line-\d+)"', shown))
    assert {anchor for anchor, _, _ in values} <= lines


def test_pasted_text_is_read_and_nfd_too(coordinator: Visitor) -> None:
    answer = coordinator.post("/plans/new", {"text": unicodedata.normalize("NFD", plan_text())})
    assert answer.status_code == 303
    assert "Sở Giáo dục và Đào tạo" in coordinator.get(answer.location).text


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "csv"])
def test_every_format_is_shown_line_by_line_and_becomes_a_plan(coordinator: Visitor, kind: str) -> None:
    task = "Nhiệm vụ số 7: biên soạn" if kind == "pdf" else "Mở chuyên mục trên cổng thông tin"
    preview = upload(coordinator, plan_file(kind), f"ke-hoach.{kind}")
    shown = coordinator.get(preview).text
    source = re.findall(r'<li class="source__line[^>]*id="(line-\d+)"[^>]*>.*?source__text">([^<]*)<', shown)
    number = next(anchor for anchor, line in source if task in unescape(line))
    assert f'href="#{number}"' in shown, "the task leads to its line"
    assert [int(page) for page in re.findall(r"Trang (\d+)<", shown)] == (
        list(range(1, 11)) if kind == "pdf" else []
    )
    head = fields(coordinator.get(f"{preview}/edit/document").text)
    assert (
        coordinator.post(f"{preview}/edit/document", head | {"title": "Truyền thông 2025"}).status_code == 303
    )
    assert task in unescape(coordinator.get(confirm(coordinator, preview)).text)


def plan_file(kind: str) -> bytes:
    """A plan of that format with an annex of tasks."""
    if kind == "pdf":
        return (ANNEXED / "phu-luc.pdf").read_bytes()
    if kind == "docx":
        heads = [cell(text) for text in HEADS]
        row = [cell(str(value or "")) for value in ROWS[0]]
        return word(paragraph("KẾ HOẠCH") + paragraph("PHỤ LỤC") + table(heads, row))
    if kind == "csv":
        kept = io.StringIO()
        csv.writer(kept, delimiter=";").writerows((HEADS, *ROWS))
        return kept.getvalue().encode()
    return data_of(workbook([("KẾ HOẠCH",), HEADS, *ROWS]))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "Tệp không có chữ nào"),
        ("a.txt", b"123 --- 456", "Tệp không có chữ nào"),
        ("a.txt", b"ab\x00cd", "Không nhận ra loại tệp"),
        ("a.txt", b"K\xe9 ho\xe1ch", "bảng mã"),
        ("a.docx", b"PK\x03\x04...", "bị hỏng"),
        ("ke-hoach.txt", b"\xd0\xcf\x11\xe0...", "Lưu thành… .docx"),
        ("a.pdf", b"%PDF-1.7", "bị hỏng"),
        ("a.png", b"\x89PNG\r\n", "Tệp là ảnh"),
        ("a.txt", b"a" * (10 * 1024 * 1024 + 1), "quá lớn"),
        ("a.docx", b"PK\x03\x04" + b"a" * (30 * 1024 * 1024), "quá lớn"),
        ("a.txt", b"a\n" * 20_001, "hơn 20000 dòng"),
    ],
)
def test_what_cannot_be_read_is_answered_in_words(
    session: Session, coordinator: Visitor, name: str, content: bytes, said: str
) -> None:
    answer = hand_in(coordinator, content, name)
    assert answer.status_code == 422
    assert said in answer.text
    assert session.scalars(select(PlanUpload)).all() == []


def test_nothing_handed_in_and_pasted_noise_keep_the_form(coordinator: Visitor) -> None:
    assert "Chọn một tệp" in coordinator.post("/plans/new", {}).text
    answer = coordinator.post("/plans/new", {"text": "12345 /// 67890"})
    assert answer.status_code == 422
    assert "12345 /// 67890" in answer.text


@pytest.mark.parametrize("content", ["a" * (2 * 1024 * 1024), "á" * 900_000])
def test_two_megabytes_of_one_letter_are_shown_and_refused_in_words(
    coordinator: Visitor, content: str
) -> None:
    preview = upload(coordinator, content)
    shown = coordinator.get(preview)
    assert shown.status_code == 200
    answer = coordinator.post(f"{preview}/confirm", {"version": "1"})
    assert answer.status_code == 422
    assert "Chưa có trích yếu" in answer.text


HOSTILE = """KẾ HOẠCH
Triển khai <script>alert(1)</script> {{ 7 * 7 }} {% raw %} \u202etxet

II. NỘI DUNG, NHIỆM VỤ
1. Làm việc <img src=x onerror=alert(2)> {{ config }}
a) Nội dung "><script>alert(3)</script> và %(name)s {name}
- Đơn vị thực hiện: Sở <b>Đậm</b>; Sở {{ 6 * 7 }}
"""


def test_what_a_file_prints_in_bold_is_shown_in_bold(coordinator: Visitor) -> None:
    shown = coordinator.get(
        upload(coordinator, ANNEXED.parent.joinpath("set-a", WORD).read_bytes(), WORD)
    ).text
    assert '<span class="source__text"><strong>KẾ HOẠCH</strong></span>' in shown
    assert ">**" not in shown


def test_hostile_text_is_only_text(coordinator: Visitor) -> None:
    preview = upload(coordinator, HOSTILE)
    address = confirm(coordinator, preview)
    pages = [
        coordinator.get(path).text
        for path in (address, f"{address}/source", "/plans", "/documents", "/themes")
    ]
    preview = upload(coordinator, HOSTILE + "x")
    pages += [coordinator.get(preview).text, coordinator.get(f"{preview}/edit/document").text]
    pages += [coordinator.get(f"{preview}/edit/group-0").text, coordinator.get("/").text]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert ">49<" not in page
        assert "\u202e" not in page
    assert "{{ 7 * 7 }}" in pages[1]


def test_the_same_bytes_lead_to_the_upload_that_waits_then_to_the_plan(coordinator: Visitor) -> None:
    first = upload(coordinator)
    assert upload(coordinator, name="ten-khac.txt") == first
    address = confirm(coordinator, first)
    assert upload(coordinator) == address
    assert coordinator.get(first).location == address
    assert coordinator.get(f"{first}/edit/document").location == address


def test_confirming_twice_makes_one_plan(session: Session, visit: Visit, coordinator: Visitor) -> None:
    preview = upload(coordinator)
    other = make_person(session, Role.COORDINATOR)
    session.commit()
    second = visit(other)
    sent = fields(second.get(preview).text)
    assert confirm(coordinator, preview) == second.post(f"{preview}/confirm", sent).location
    assert len(session.scalars(select(Plan)).all()) == 1


def test_two_people_correcting_at_once(session: Session, visit: Visit, coordinator: Visitor) -> None:
    preview = upload(coordinator)
    other = make_person(session, Role.COORDINATOR)
    session.commit()
    second = visit(other)
    path = f"{preview}/edit/document"
    mine, theirs = fields(coordinator.get(path).text), fields(second.get(path).text)
    assert coordinator.post(path, {**mine, "number": "1/KH-UBND"}).status_code == 303
    stale = second.post(path, {**theirs, "number": "2/KH-UBND"})
    assert stale.status_code == 409
    assert "vừa được người khác thay đổi" in stale.text
    assert fields(stale.text)["number"] == "2/KH-UBND"
    assert "1/KH-UBND" in stale.text, "the present value stands beside what was typed"
    assert second.post(f"{preview}/confirm", {**theirs, "version": "1"}).status_code == 409
    assert second.post(path, fields(stale.text)).status_code == 303
    assert "2/KH-UBND" in coordinator.get(preview).text


def test_a_theme_that_is_there_already_is_said_to_be(session: Session, coordinator: Visitor) -> None:
    preview = upload(coordinator)
    shown = coordinator.get(preview).text
    assert "đã có trong danh mục" not in shown
    make_theme(session, fields(shown)["rows-0-name"].upper())
    session.commit()
    assert coordinator.get(preview).text.count("đã có trong danh mục") == 1


def test_themes_are_ticked_renamed_and_added(session: Session, coordinator: Visitor) -> None:
    make_theme(session, "Chuyển đổi số")
    session.commit()
    preview = upload(coordinator)
    shown = coordinator.get(preview).text
    assert "đã có trong danh mục" not in shown
    sent = fields(shown)
    sent |= {"rows-0-name": "Tên chủ đề mới", "added": "chuyển đổi số\nBa đột phá"}
    sent.pop("rows-1-kept")
    assert coordinator.post(f"{preview}/themes", sent).status_code == 303
    kept = fields(coordinator.get(preview).text)
    assert kept["rows-0-name"] == "Tên chủ đề mới"
    assert "rows-1-kept" not in kept
    address = confirm(coordinator, preview)
    plan = coordinator.get(address).text
    for name in ("Tên chủ đề mới", "Chuyển đổi số", "Ba đột phá"):
        assert name in plan
    long = {**sent, "added": "x" * 301}
    second = upload(coordinator, "KẾ HOẠCH\nVề việc thử\n")
    answer = coordinator.post(f"{second}/themes", {**long, "version": "1"})
    assert answer.status_code == 422
    assert "x" * 301 in answer.text


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        ("document", {"title": ""}, "Nhập trích yếu"),
        ("document", {"number": "5" * 1_000_000}, "nhiều nhất là 60"),
        ("document", {"date": "31/2/2025"}, "Ngày không đúng"),
        ("document", {"status": "nonsense"}, "không có trong danh sách"),
        ("group-0", {"items-0-text": ""}, "không được để trống"),
        ("group-0", {"timing": "x" * 501}, "nhiều nhất là 500"),
        ("group-0", {"items-77-text": "thêm"}, "không còn như lúc mở trang"),
    ],
)
def test_bad_corrections_change_nothing(
    session: Session, coordinator: Visitor, part: str, change: dict[str, str], said: str
) -> None:
    preview = upload(coordinator)
    path = f"{preview}/edit/{part}"
    answer = coordinator.post(path, {**fields(coordinator.get(path).text), **change})
    assert answer.status_code == 422
    assert said in answer.text
    assert session.scalars(select(PlanUpload)).one().corrections == {}


@pytest.mark.parametrize("part", ["group-99", "group-x", "themes", "nothing", "group-0000000001"])
def test_a_part_that_is_not_there_is_missing(coordinator: Visitor, part: str) -> None:
    assert coordinator.get(f"{upload(coordinator)}/edit/{part}").status_code == 404


def test_htmx_gets_the_part_only(coordinator: Visitor) -> None:
    answer = coordinator.get(f"{upload(coordinator)}/edit/group-0", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="group-0"' in answer.text


def test_an_upload_is_put_away(coordinator: Visitor) -> None:
    preview = upload(coordinator)
    assert "ke-hoach.txt" in coordinator.get("/plans").text
    assert "ke-hoach.txt" in coordinator.get("/").text
    assert coordinator.post(f"{preview}/discard", {"version": "9"}).status_code == 409
    assert coordinator.post(f"{preview}/discard", {"version": "1"}).status_code == 303
    assert coordinator.get(preview).status_code == 404
    assert upload(coordinator) != preview


def test_a_plan_is_archived_and_restored(coordinator: Visitor) -> None:
    address = confirm(coordinator, upload(coordinator))
    assert coordinator.post(f"{address}/archive", {"version": "9"}).status_code == 409
    assert coordinator.post(f"{address}/archive", {"version": "1"}).status_code == 303
    assert address not in coordinator.get("/plans").text
    assert address in coordinator.get("/plans?archived=1").text
    assert coordinator.post(f"{address}/archive", {"version": "2"}).status_code == 409
    assert coordinator.post(f"{address}/restore", {"version": "2"}).status_code == 303
    assert coordinator.post(f"{address}/match", {"version": "3"}).status_code == 303


def test_an_officer_reads_but_does_not_confirm_and_others_know_nothing(
    session: Session, visit: Visit, coordinator: Visitor
) -> None:
    waiting = upload(coordinator, plan_text() + "\nhết\n")
    person = make_person(session, Role.OFFICER)
    strangers = [make_person(session, role) for role in (Role.UNIT, Role.OUTLET, Role.ADMINISTRATOR)]
    plan = make_plan(session)
    session.commit()
    officer = visit(person)
    page = officer.get(waiting)
    assert page.status_code == 200
    assert "Xác nhận kế hoạch" not in page.text
    assert f"{waiting}/edit" not in page.text
    for path in (f"{waiting}/confirm", f"{waiting}/themes", f"{waiting}/discard", f"{waiting}/edit/document"):
        assert officer.post(path, {"version": "1"}).status_code == 404
    for path in ("archive", "restore", "match"):
        assert officer.post(f"/plans/{plan.id}/{path}", {"version": "1"}).status_code == 404
    assert officer.get("/plans/new").status_code == 404
    assert officer.get(f"/plans/{plan.id}").status_code == 200
    for stranger in map(visit, strangers):
        for path in ("/plans", f"/plans/{plan.id}", f"/plans/{plan.id}/source", waiting, "/plans/new"):
            assert stranger.get(path).status_code == 404, path
    for path in ("/plans", f"/plans/{plan.id}", waiting, "/plans/new", "/duties"):
        assert visit(None).get(path).status_code == 303, path
    assert officer.get("/plans/99999").status_code == 404
    assert officer.get("/plans/uploads/99999").status_code == 404


def test_the_page_of_a_plan_asks_a_fixed_number_of_questions(
    session: Session, engine: Engine, coordinator: Visitor
) -> None:
    make_organisation(session, "Sở Khoa học và Công nghệ")
    make_organisation(session, "Sở Giáo dục và Đào tạo")
    session.commit()
    address = confirm(coordinator, upload(coordinator))
    more = (
        plan_text()
        .replace("đến năm 2030", "đến năm 2035")
        .replace(
            "\nIII. KINH PHÍ",
            "\n"
            + "".join(
                f"{n}. Nhóm thêm {n}\na) Việc thêm\n- Đơn vị thực hiện: Sở Tài chính\n" for n in range(4, 14)
            )
            + "\nIII. KINH PHÍ",
        )
    )
    larger = confirm(coordinator, upload(coordinator, more))
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))
    counts = []
    for path in (address, larger):
        asked.clear()
        assert coordinator.get(path).status_code == 200
        counts.append(len([one for one in asked if one.lstrip().upper().startswith("SELECT")]))
    assert counts[0] == counts[1]
    assert counts[0] <= 25  # versions, what was made of tasks, and the drawing of documents included


def test_what_a_task_promises_in_figures_is_a_badge_on_it_before_and_after_the_yes(
    coordinator: Visitor,
) -> None:
    badge = '<li class="badge badge--grey">ít nhất 2 lần mỗi năm</li>'
    preview = upload(coordinator)
    assert coordinator.get(preview).text.count(badge) == 1
    assert coordinator.get(confirm(coordinator, preview)).text.count(badge) == 1
