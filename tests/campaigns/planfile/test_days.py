"""Days and rhythms as plans print them, and days that no calendar has."""

from typing import Any

import pytest

from campaigns.planfile.as_json import to_json
from campaigns.planfile.days.printed import is_day, last_of
from campaigns.planfile.reader import read_plan

PLAN = """KẾ HOẠCH
Truyền thông năm 2026

I. NỘI DUNG
1. Truyền thông trên báo chí
- {task}

II. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
- {duty}
"""


def _read(task: str = "Đăng tin, bài.", duty: str = "Bố trí kinh phí.") -> dict[str, Any]:
    return to_json(read_plan(PLAN.format(task=task, duty=duty)))


@pytest.mark.parametrize(
    ("day", "month", "year", "there"),
    [
        (31, 1, None, True),
        (31, 4, None, False),
        (29, 2, None, True),
        (29, 2, 2026, False),
        (29, 2, 2028, True),
        (29, 2, 2100, False),
        (30, 2, None, False),
        (None, 12, 2026, True),
        (None, 13, 2026, False),
        (0, 5, None, False),
    ],
)
def test_a_day_is_one_of_the_calendar(day: int | None, month: int, year: int | None, *, there: bool) -> None:
    assert is_day(day, month, year) is there


def test_a_month_ends_on_its_last_day() -> None:
    assert [last_of(month, 2026) for month in range(1, 13)] == [
        31,
        28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ]


@pytest.mark.parametrize(
    "task",
    [
        "In tờ rơi, hoàn thành trước ngày 31/2/2026.",
        "Mở đợt cao điểm từ ngày 01/4/2026 đến ngày 31/4/2026.",
        "Tổ chức lễ phát động ngày 30/02/2026.",
        "Hưởng ứng Ngày Sách Việt Nam (31/4).",
        "In tờ rơi, hoàn thành trước ngày 10/5/0000 hoặc 10/13/9999.",
    ],
)
def test_a_day_that_does_not_exist_is_no_key_date(task: str) -> None:
    days = [(d["day"], d["month"]) for d in _read(task=task)["key_dates"]]
    assert not [one for one in days if one in {(31, 2), (31, 4), (30, 2), (10, 5), (10, 13)}]


def test_a_report_is_not_due_on_a_day_that_does_not_exist() -> None:
    [one] = _read(duty="Báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 30/2 hằng năm.")["reporting"]
    assert one["due"] == []
    assert one["cadence"] == ["hằng năm"]


def test_the_last_days_of_quarters_are_days_of_the_calendar() -> None:
    [one] = _read(duty="Báo cáo kết quả về Sở Nội vụ trước ngày 31 của tháng cuối quý.")["reporting"]
    assert [(due["day"], due["month"]) for due in one["due"]] == [(31, 3), (30, 6), (30, 9), (31, 12)]


@pytest.mark.parametrize(
    ("said", "dues"),
    [
        ("trước các ngày 15/6, 15/9 và 15/12/2026", [(15, 6, 2026), (15, 9, 2026), (15, 12, 2026)]),
        ("trước ngày 20/6 và trước ngày 20/12 năm 2026", [(20, 6, 2026), (20, 12, 2026)]),
        ("trước ngày 20/6 và 20/12 hằng năm", [(20, 6, None), (20, 12, None)]),
    ],
)
def test_days_of_a_list_share_the_year_that_is_named_last(
    said: str, dues: list[tuple[int, int, int | None]]
) -> None:
    read = _read(duty=f"Báo cáo kết quả về Sở Nội vụ {said}.")
    [one] = read["reporting"]
    assert [(due["day"], due["month"], due.get("year")) for due in one["due"]] == dues
    assert {due["op"] for due in one["due"]} == {"trước"}
    deadlines = [(d["day"], d["month"], d["year"]) for d in read["key_dates"] if d["kind"] == "deadline"]
    assert deadlines == dues


def test_whoever_is_made_to_report_is_who_reports() -> None:
    [one] = _read(
        duty="Chỉ đạo Ủy ban nhân dân cấp xã định kỳ hằng tháng báo cáo kết quả, gửi về Sở Nội vụ."
    )["reporting"]
    assert one["who"] == ["Ủy ban nhân dân cấp xã"]
    assert one["to"] == ["Sở Nội vụ"]


def test_a_list_of_bodies_with_semicolons_is_one_subject() -> None:
    text = "I. NỘI DUNG\n1. Truyền thông\n- Đăng tin.\n2. Chế độ báo cáo: Các sở, ban, ngành tỉnh; Ủy ban nhân dân các xã báo cáo kết quả về Sở Nội vụ định kỳ hằng quý."
    [one] = to_json(read_plan(text))["reporting"]
    assert one["who"] == ["Các sở, ban, ngành tỉnh", "Ủy ban nhân dân các xã"]


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("(Kèm theo Kế hoạch số      /KH-SNV ngày   /   /2024 của Sở Nội vụ)", "2024"),
        ("(Kèm theo Kế hoạch số ...../KH-SNV ngày .... tháng 8 năm 2025)", "2025-08"),
    ],
)
def test_a_plan_without_a_head_has_the_year_of_its_annex(caption: str, said: str) -> None:
    text = f"KẾ HOẠCH\nTruyền thông\n\nI. NỘI DUNG\n- Đăng tin.\n\nPHỤ LỤC\n{caption}\n"
    assert to_json(read_plan(text))["date_partial"] == said
