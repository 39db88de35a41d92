"""Corrections beside what was read: pure, so tables of cases."""

from __future__ import annotations

from datetime import date

from campaigns.planfile.draft import AnnexTask, Assignment, PlanDraft, Traced
from campaigns.planfile.reader import read_plan
from campaigns.plans.dates import show_due, show_key_date, show_partial
from campaigns.plans.models import PlanStatus
from campaigns.plans.uploads.corrections import apply_corrections, status_of, themes_of, with_annex
from campaigns.plans.uploads.parts import part_of
from campaigns.plans.uploads.preview import sections_of, traced_lines
from campaigns.plans.uploads.shown import number_doubts, only_doubts
from tests.factories import plan_text


def draft() -> PlanDraft:
    return with_annex(read_plan(plan_text().encode(), name="ke-hoach.txt"))


def text(value: str, line: int = 1) -> Traced[str]:
    return Traced(value, line, line, value)


def test_without_corrections_nothing_changes() -> None:
    assert apply_corrections(draft(), {}) == draft()


def test_a_blank_number_and_day_are_filled_in_at_the_line_of_the_blank() -> None:
    made = apply_corrections(draft(), {"number": "88/KH-UBND", "date": "2025-09-18"})
    symbol = draft().symbol
    assert made.number is not None
    assert made.issued_on is not None
    assert symbol is not None
    assert (made.number.value, made.number.line_from) == ("88/KH-UBND", symbol.line_from)
    assert made.issued_on.value == date(2025, 9, 18)
    assert made.date_partial is None


def test_an_empty_correction_takes_a_value_away() -> None:
    assert apply_corrections(draft(), {"issuer": ""}).issuer is None
    made = apply_corrections(draft(), {"task_groups.0.lead": [], "task_groups.0.timing": ""})
    assert made.task_groups[0].assignment.lead == ()
    assert made.task_groups[0].assignment.timing is None


def test_units_that_were_read_keep_their_own_lines() -> None:
    read = draft().task_groups[0].assignment.lead
    names = [read[0].value, "Sở Nội vụ"]
    made = apply_corrections(draft(), {"task_groups.0.lead": names}).task_groups[0].assignment.lead
    assert [unit.value for unit in made] == names
    assert made[0].line_from == read[0].line_from
    assert made[1].line_from >= 1


def test_a_task_never_becomes_empty() -> None:
    made = apply_corrections(draft(), {"task_groups.0.items.0": ""})
    assert made.task_groups[0].items[0].text == draft().task_groups[0].items[0].text


def test_corrections_of_what_is_not_there_do_no_harm() -> None:
    assert apply_corrections(draft(), {"task_groups.99.title": "x", "nowhere": 1}) == draft()


def test_a_plan_is_issued_when_it_has_number_and_day_unless_said_otherwise() -> None:
    filled = {"number": "88/KH-UBND", "date": "2025-09-18"}
    assert status_of(draft(), {}) is PlanStatus.DRAFT
    assert status_of(apply_corrections(draft(), filled), filled) is PlanStatus.ISSUED
    said = {**filled, "status": "draft"}
    assert status_of(apply_corrections(draft(), said), said) is PlanStatus.DRAFT
    assert status_of(draft(), {"status": "nonsense"}) is PlanStatus.DRAFT


def test_themes_are_proposed_ticked_and_follow_the_officer() -> None:
    proposed = themes_of(draft(), {})
    assert proposed
    assert all(choice.is_kept for choice in proposed)
    rows = [{"kept": False, "name": "Tên mới"}]
    changed = themes_of(draft(), {"themes": {"rows": rows, "added": ["Chuyển đổi số"]}})
    assert (changed[0].name, changed[0].is_kept) == ("Tên mới", False)
    assert set(proposed[0].phrases) <= set(changed[0].phrases)
    assert changed[-1].name == "Chuyển đổi số"


def test_rows_of_an_annex_become_groups_of_their_section() -> None:
    rows = (
        AnnexTask("1", "I", text("Việc một", 5), Assignment(lead=(text("Sở A", 5),))),
        AnnexTask("2", "I", text("Việc hai", 6)),
        AnnexTask("1", "II", text("Việc ba", 9)),
    )
    made = with_annex(PlanDraft("phu-luc.txt", ("x",) * 9, annex_tasks=rows))
    assert [len(group.items) for group in made.task_groups] == [2, 1]
    assert made.task_groups[0].items[0].assignment.lead[0].value == "Sở A"
    assert with_annex(made) == made


def test_every_value_of_the_preview_has_its_lines() -> None:
    read = draft()
    values = [value for part in sections_of(read, read, {}) for row in part.rows for value in row.values]
    assert len(values) > 60
    for value in values:
        assert 1 <= value.first <= value.last <= len(read.lines), value
        if value.text and value.first == value.last and "·" not in value.text and "→" not in value.text:
            assert read.lines[value.first - 1].strip(), value
    assert traced_lines(sections_of(read, read, {})) <= set(range(1, len(read.lines) + 1))


def test_the_first_lead_stands_on_its_line() -> None:
    read = draft()
    lead = read.task_groups[0].assignment.lead[0]
    assert lead.value.split()[0] in read.lines[lead.line_from - 1]


def test_a_corrected_value_shows_what_was_read() -> None:
    read = draft()
    typed = {"title": "Trích yếu mới", "number": "88/KH-UBND", "task_groups.0.lead": ["Sở Nội vụ"]}
    shown = sections_of(read, apply_corrections(read, typed), typed)
    marked = {
        value.text: value.read
        for part in shown
        for row in part.rows
        for value in row.values
        if value.is_corrected
    }
    assert read.title is not None
    assert marked["Trích yếu mới"] == read.title.value
    assert marked["88/KH-UBND"] == ""
    assert "Sở Khoa học và Công nghệ" in marked["Sở Nội vụ"]


def test_what_the_reader_doubts_is_marked() -> None:
    doubtful = PlanDraft(
        "x", ("Sở A",), issuer=Traced("Sở A", 1, 1, "Sở A", 0.5), place=Traced("B", 1, 1, "B", 0.9)
    )
    first = sections_of(doubtful, doubtful, {})[0]
    assert first.doubts == 1


def test_a_part_lists_its_values_by_path() -> None:
    values = part_of(draft(), "group-0").values
    assert values["task_groups.0.title"]
    assert isinstance(values["task_groups.0.lead"], list)
    assert values["task_groups.0.items.0"]


def test_days_are_written_as_people_write_them() -> None:
    assert show_partial("2025-08") == "tháng 8/2025"
    assert show_partial("2025") == "năm 2025"
    assert show_key_date({"day": 18, "month": 5, "year": None}) == "18/5"
    assert show_key_date({"day": None, "month": 6, "year": 2026}) == "tháng 6/2026"
    assert show_due({"day": 20, "month": 6, "op": "trước"}) == "trước ngày 20/6"
    assert show_due({"day": 15, "month": None, "every": "tháng"}) == "ngày 15 hằng tháng"


def test_doubtful_values_are_counted_through_and_can_be_seen_alone() -> None:
    unsure = Traced("Sở A", 1, 1, "Sở A", 0.7)
    doubtful = PlanDraft(
        "x",
        ("Sở A",),
        issuer=unsure,
        place=Traced("B", 1, 1, "B", 0.71),
        funding=unsure,
        recipients=(Traced("C", 1, 1, "C"), unsure),
    )
    numbered = number_doubts(sections_of(doubtful, doubtful, {}))
    shown = only_doubts(numbered)
    assert [one.anchor for one in shown] == ["document", "funding", "recipients"]
    values = [value for part in shown for row in part.rows for value in row.values]
    assert [(value.text, value.doubt) for value in values] == [("Sở A", 1), ("Sở A", 2), ("Sở A", 3)]
    assert sum(part.doubts for part in numbered) == 3
    assert [part.anchor for part in only_doubts(sections_of(draft(), draft(), {}))] == ["legal-bases"]
