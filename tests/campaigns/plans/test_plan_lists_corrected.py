"""Everything that was read can be corrected: lists changed, dropped from, added to; what was read stays shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from campaigns.planfile.as_json import to_json
from campaigns.planfile.draft import DayKind, Due, PlanDraft
from campaigns.planfile.draft import Role as BasisRole
from campaigns.planfile.reader import read_plan
from campaigns.plans.models import Duty, FactKind, Plan, PlanUpload, Task, TaskGroup
from campaigns.plans.queries import facts_of
from campaigns.plans.uploads.corrections import apply_corrections, with_annex
from campaigns.plans.uploads.entries import BASES, read_due
from campaigns.plans.uploads.parts import WHOLE, part_of
from campaigns.plans.uploads.preview import sections_of
from campaigns.plans.uploads.shown import Section, Value
from content.references.queries import links_from
from tests.campaigns.plans.test_plan_pages import confirm, fields, upload
from tests.factories import make_person, plan_text
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


@pytest.fixture
def coordinator(session: Session, visit: Visit) -> Visitor:
    person = make_person(session, Role.COORDINATOR)
    session.commit()
    browser = visit(person)
    browser.get("/plans/new")
    return browser


def draft() -> PlanDraft:
    return with_annex(read_plan(plan_text().encode(), name="ke-hoach.txt"))


def section(read: PlanDraft, corrections: Mapping[str, object], key: str) -> Section:
    now = apply_corrections(read, corrections)
    return next(one for one in sections_of(read, now, corrections) if one.key == key)


def values(shown: Section) -> list[Value]:
    return [value for row in shown.rows for value in row.values]


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("trước ngày 20/6", Due(20, 6, None, "trước", None)),
        ("ngày 15 hằng tháng", Due(15, None, None, None, "tháng")),
        ("15 hàng quý", Due(15, None, None, None, "quý")),
        ("31/12/2025", Due(31, 12, 2025, None, None)),
        ("20", None),
        ("32/1", None),
        ("1/13", None),
        ("sớm nhất có thể", None),
    ],
)
def test_a_day_to_report_by_is_read_as_it_is_written(written: str, due: Due | None) -> None:
    assert read_due(written) == due


@pytest.mark.parametrize("key", [*WHOLE, "group-0", "duty-0"])
def test_what_was_read_is_no_correction(key: str) -> None:
    """The values of every part put back are the draft itself."""
    read = draft()
    assert to_json(apply_corrections(read, part_of(read, key).values)) == to_json(read)


def test_a_wrong_basis_is_dropped_and_a_missing_one_added() -> None:
    read = draft()
    rows = part_of(read, "legal-bases").values["legal_bases"]
    new = {
        **BASES.values(read.legal_bases[0]),
        "number": "47/NQ-CP",
        "date": "2024-04-15",
        "issuer": "Chính phủ",
    }
    typed = {"legal_bases": [*rows[1:], {"at": None, **new, "role": "can_cu", "short_name": ""}]}
    made = apply_corrections(read, typed).legal_bases
    assert made[:-1] == read.legal_bases[1:], "what was left alone is what was read, lines and all"
    assert made[-1].number is not None
    assert made[-1].issued_on is not None
    assert (made[-1].number.value, made[-1].issued_on.value, made[-1].role) == (
        "47/NQ-CP",
        date(2024, 4, 15),
        BasisRole.BASIS,
    )
    shown = values(section(read, typed, "legal-bases"))
    gone = [value.read for value in shown if value.is_dropped]
    assert len(gone) == 1
    assert gone[0].startswith("902/QĐ-TTg")
    assert [value.text.split(" · ")[0] for value in shown if value.is_corrected] == ["47/NQ-CP"]


def test_a_changed_entry_shows_what_was_read_and_keeps_its_lines() -> None:
    read = draft()
    rows = [dict(row) for row in part_of(read, "key-dates").values["key_dates"]]
    rows[0] |= {"day": 19, "kind": "deadline"}
    typed = {"key_dates": rows}
    made = apply_corrections(read, typed).key_dates[0]
    was = read.key_dates[0]
    assert (made.day, made.month, made.kind) == (19, was.month, DayKind.DEADLINE)
    assert made.name.line_from == was.name.line_from
    first = values(section(read, typed, "key-dates"))[0]
    assert first.is_corrected
    assert first.read.startswith(f"{was.day}/{was.month}")
    assert first.text.startswith(f"19/{was.month}")


def test_duties_funding_recipients_and_the_signer_follow() -> None:
    read = draft()
    items = part_of(read, "duty-0").values["duties.0.items"]
    typed = {
        "duties.0.org": "Sở Tài chính",
        "duties.0.ordinal": "9",
        "duties.0.items": [{**items[0], "text": "Việc mới"}],
        "funding": "Ngân sách tỉnh",
        "recipients": ["Báo Sông Trà"],
        "signer.name": "Lê Văn Tám",
        "place": "Sông Hiếu",
    }
    made = apply_corrections(read, typed)
    assert (made.duties[0].ordinal, made.duties[0].org.value) == ("9", "Sở Tài chính")
    assert [item.text.value for item in made.duties[0].items] == ["Việc mới"]
    assert made.duties[1:] == read.duties[1:]
    assert made.funding is not None
    assert made.signer.name is not None
    assert made.place is not None
    assert (made.funding.value, made.signer.name.value, made.place.value) == (
        "Ngân sách tỉnh",
        "Lê Văn Tám",
        "Sông Hiếu",
    )
    assert [text.value for text in made.recipients] == ["Báo Sông Trà"]
    for part in sections_of(read, made, typed):
        assert all(1 <= value.first <= value.last <= len(read.lines) for value in values(part))


def test_a_task_is_dropped_added_and_its_ordinal_set_right() -> None:
    read = draft()
    group = read.task_groups[0]
    added = {
        "ordinal": "z",
        "text": "Nhiệm vụ thêm",
        "lead": ["Sở Y tế"],
        "cooperating": [],
        "timing": "Quý IV",
    }
    typed = {
        "task_groups.0.dropped": [0],
        "task_groups.0.added": [added],
        "task_groups.0.items.1.ordinal": "đ",
        "task_groups.0.items.1": "Lời khác",
        "task_groups.0.ordinal": "IX",
    }
    made = apply_corrections(read, typed).task_groups[0]
    assert made.ordinal == "IX"
    assert [item.text.value for item in made.items] == [
        "Lời khác",
        *(item.text.value for item in group.items[2:]),
        "Nhiệm vụ thêm",
    ]
    assert (made.items[0].ordinal, made.items[-1].ordinal) == ("đ", "z")
    assert made.items[-1].assignment.lead[0].value == "Sở Y tế"
    shown = values(section(read, typed, "group-0"))
    assert [value.read for value in shown if value.is_dropped] == [group.items[0].text.value]
    assert {value.text: value.read for value in shown if value.is_corrected} == {
        "Lời khác": group.items[1].text.value,
        "Nhiệm vụ thêm": "",
    }


def test_rows_of_what_was_never_read_do_no_harm() -> None:
    read = draft()
    rows = part_of(read, "key-dates").values["key_dates"]
    typed = {"key_dates": [*rows, {**rows[0], "at": 99}]}
    assert apply_corrections(read, typed) == read


def test_from_the_forms_to_the_plan(session: Session, coordinator: Visitor) -> None:
    preview = upload(coordinator)

    def send(part: str, **changed: str) -> None:
        path = f"{preview}/edit/{part}"
        answer = coordinator.post(path, {**fields(coordinator.get(path).text), **changed})
        assert answer.status_code == 303, answer.text

    count = len(draft().legal_bases)
    send(
        "legal-bases",
        **{
            "rows-0-dropped": "y",
            f"rows-{count}-number": "47/NQ-CP",
            f"rows-{count}-doc_type": "Nghị quyết",
            f"rows-{count}-issuer": "Chính phủ",
            f"rows-{count}-date": "15/4/2024",
            f"rows-{count}-role": "thuc_hien",
            f"rows-{count}-short_name": "Nghị quyết 47",
        },
    )
    send("reporting", **{"rows-0-due": "trước ngày 20/6\nngày 5 hằng tháng", "rows-0-who": "Sở Tài chính"})
    send("key-dates", **{"rows-0-day": "19"})
    send("duty-0", **{"org": "Sở Văn hóa", "rows-0-text": "Việc mới của Sở Văn hóa"})
    send("group-0", **{"items-0-dropped": "y", "added-0-text": "Nhiệm vụ thêm tay", "ordinal": "IX"})
    send("recipients", recipients="Báo Sông Trà\n- Đài Sông Trà;")
    send("funding", funding="Ngân sách tỉnh năm 2026")
    send("document", signer="Lê Văn Tám", place="Sông Hiếu")
    shown = coordinator.get(preview).text
    for said in ("Đã bỏ; mục này không vào kế hoạch", "47/NQ-CP", "Nhiệm vụ thêm tay", "Lê Văn Tám"):
        assert said in shown, said

    confirm(coordinator, preview)
    plan = session.scalars(select(Plan)).one()
    links = {one.document.number: one for one in links_from(session, plan.document)}
    assert "902/QĐ-TTg" not in links
    assert links["47/NQ-CP"].link.printed_name == "Nghị quyết 47"
    facts = facts_of(session, plan)
    assert (
        facts[FactKind.REPORTING][0].value["due"][1]
        == {
            "day": 5,
            "month": None,
            "every": "tháng",
        }
        or facts[FactKind.REPORTING][0].value["due"][1]["every"] == "tháng"
    )
    assert facts[FactKind.REPORTING][0].value["who"] == ["Sở Tài chính"]
    assert facts[FactKind.KEY_DATE][0].value["day"] == 19
    assert [fact.value["text"] for fact in facts[FactKind.RECIPIENT]] == ["Báo Sông Trà", "Đài Sông Trà"]
    duty = session.scalars(select(Duty).order_by(Duty.position)).first()
    assert duty is not None
    assert (duty.block_title, duty.text) == ("Sở Văn hóa", "Việc mới của Sở Văn hóa")
    tasks = session.scalars(select(Task.text).join(TaskGroup).where(TaskGroup.position == 1)).all()
    assert tasks[-1] == "Nhiệm vụ thêm tay"
    assert plan.funding == "Ngân sách tỉnh năm 2026"
    assert plan.place == "Sông Hiếu"
    assert plan.signer.endswith("Lê Văn Tám")


@pytest.mark.parametrize(
    "part",
    ["document", "legal-bases", "reporting", "key-dates", "funding", "recipients", "duty-1", "group-1"],
)
def test_a_form_sent_as_it_is_changes_nothing(session: Session, coordinator: Visitor, part: str) -> None:
    path = f"{upload(coordinator)}/edit/{part}"
    assert coordinator.post(path, fields(coordinator.get(path).text)).status_code == 303
    assert session.scalars(select(PlanUpload)).one().corrections == {}


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        ("reporting", {"rows-0-due": "hôm nào đó"}, "Không hiểu hạn"),
        ("key-dates", {"rows-0-month": "13"}, "Nhập một số từ 1 đến 12"),
        ("key-dates", {"rows-0-month": ""}, "không được để trống"),
        ("key-dates", {"rows-0-kind": "x"}, "không có trong danh sách"),
        ("legal-bases", {"rows-0-date": "31/2/2025"}, "Ngày không đúng"),
        ("legal-bases", {"rows-0-doc_type": ""}, "không được để trống"),
        ("legal-bases", {"rows-0-at": "77"}, "không còn như lúc mở trang"),
        ("legal-bases", {"rows-1-at": "0"}, "không còn như lúc mở trang"),
        ("duty-0", {"rows-0-text": ""}, "không được để trống"),
        ("duty-0", {"org": ""}, "Ghi tên cơ quan"),
        ("duty-0", {"ordinal": "x" * 21}, "nhiều nhất là 20"),
        ("recipients", {"recipients": "x" * 20_001}, "nhiều nhất là 20000"),
    ],
)
def test_bad_rows_are_answered_in_words_and_change_nothing(
    session: Session, coordinator: Visitor, part: str, change: dict[str, str], said: str
) -> None:
    path = f"{upload(coordinator)}/edit/{part}"
    answer = coordinator.post(path, {**fields(coordinator.get(path).text), **change})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert session.scalars(select(PlanUpload)).one().corrections == {}


def test_two_people_correct_one_list(session: Session, visit: Visit, coordinator: Visitor) -> None:
    path = f"{upload(coordinator)}/edit/key-dates"
    sent = fields(coordinator.get(path).text)
    other = make_person(session, Role.COORDINATOR)
    session.commit()
    assert coordinator.post(path, {**sent, "rows-0-day": "19"}).status_code == 303
    browser = visit(other)
    answer = browser.post(path, {**sent, "rows-0-day": "20"})
    assert answer.status_code == 409
    assert "Hiện nay phần này là" in answer.text
    assert 'value="20"' in answer.text


def test_the_preview_can_show_the_doubtful_values_alone(coordinator: Visitor) -> None:
    preview = upload(coordinator)
    whole, narrowed = coordinator.get(preview).text, coordinator.get(f"{preview}?only=doubts").text
    assert "1 chỗ chưa chắc" in whole
    assert 'href="#doubt-1"' in whole
    assert 'id="doubt-1"' in narrowed
    assert narrowed.count('<li class="structure__row') == 1
    assert whole.count('<li class="structure__row') > 60
    corrected = f"{preview}/edit/legal-bases"
    sent = fields(coordinator.get(corrected).text)
    doubtful = next(name for name, value in sent.items() if value == "Luật Ngân sách nhà nước")
    answer = coordinator.post(corrected, {**sent, doubtful.replace("doc_type", "dropped"): "y"})
    assert answer.status_code == 303
    assert "Không còn chỗ nào" not in coordinator.get(preview).text
    assert "chỗ chưa chắc" not in coordinator.get(preview).text
    assert "Không còn chỗ nào" in coordinator.get(f"{preview}?only=doubts").text
