"""Days that plans name in sentences, in fields and in tables, and days that are none to keep."""

from typing import Any

import pytest

from campaigns.planfile.as_json import to_json
from campaigns.planfile.reader import read_plan

Days = list[tuple[int | None, int, int | None, str]]


def _days(task: str, *fields: str) -> Days:
    lines = "\n".join([f"- {task}", "- In tờ gấp.", *fields])
    read: dict[str, Any] = to_json(
        read_plan(f"I. NỘI DUNG\n1. Truyền thông\n{lines}\nII. KINH PHÍ\nNgân sách tỉnh.")
    )
    return [(day["day"], day["month"], day["year"], day["kind"]) for day in read["key_dates"]]


@pytest.mark.parametrize(
    ("task", "days"),
    [
        ("Tổ chức đoàn dâng hoa, dâng hương tại Khu di tích ngày 19/5/2026.", [(19, 5, 2026, "milestone")]),
        ("Tổ chức ngày cao điểm “Ngày thứ Bảy số” vào ngày 11/10/2025.", [(11, 10, 2025, "milestone")]),
        ("Tổng kết, trao giải vào ngày 09 tháng 11 năm 2026.", [(9, 11, 2026, "milestone")]),
        ("Hỗ trợ thí sinh dự Kỳ thi tốt nghiệp (ngày 11 và 12/6/2026).",
         [(11, 6, 2026, "milestone"), (12, 6, 2026, "milestone")]),
        ("Thi video ngắn; công bố kết quả trong tháng 10/2026.", [(None, 10, 2026, "milestone")]),
        ("Sơ kết 01 năm thực hiện vào tháng 9/2026.", [(None, 9, 2026, "milestone")]),
        ("Cụ thể hóa Kế hoạch này trong tháng 01/2026.", [(None, 1, 2026, "deadline")]),
        ("Đăng phát chuyên mục từ ngày 01/4/2026.", [(1, 4, 2026, "period_start")]),
        ("Đưa vào sinh hoạt chi bộ từ tháng 5/2026.", [(None, 5, 2026, "period_start")]),
        ("Phát động phong trào từ ngày 22/4/2026 đến hết ngày 30/9/2026.",
         [(22, 4, 2026, "period_start"), (30, 9, 2026, "period_end")]),
        ("Tổ chức triển lãm từ ngày 15/8 đến ngày 15/9/2026.",
         [(15, 8, 2026, "period_start"), (15, 9, 2026, "period_end")]),
    ],
)  # fmt: skip
def test_a_sentence_gives_its_days(task: str, days: Days) -> None:
    assert _days(task) == days


@pytest.mark.parametrize(
    "task",
    [
        "Lễ trao giải giữ nguyên nội dung, thay cho ngày 21/6/2026.",
        "Tổ chức phổ biến Luật Báo chí ngày 10/12/2025.",
        "Tổ chức thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024.",
        "Phổ biến quy định có hiệu lực từ ngày 01/7/2025.",
        "Tiếp nhận hồ sơ kể từ ngày 01/7/2025.",
        "Tiếp nhận hồ sơ sau ngày 01/7/2025.",
        "Ghi nhận 12 ca, tính đến ngày 31/7/2025.",
    ],
)
def test_a_day_in_passing_is_no_key_date(task: str) -> None:
    assert _days(task) == []


@pytest.mark.parametrize(
    ("task", "name", "day"),
    [
        ("Kỷ niệm 136 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 - 19/5/2026).",
         "Ngày sinh Chủ tịch Hồ Chí Minh", (19, 5, None)),
        ("Gặp mặt kỷ niệm 101 năm Ngày Báo chí Cách mạng Việt Nam (21/6/1925 - 21/6/2026).",
         "Ngày Báo chí Cách mạng Việt Nam", (21, 6, None)),
        ("Kỷ niệm Cách mạng tháng Tám và Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam (02/9).",
         "Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam", (2, 9, None)),
    ],
)  # fmt: skip
def test_an_anniversary_has_the_name_of_its_day_and_no_year(
    task: str, name: str, day: tuple[int, int, int | None]
) -> None:
    [one] = to_json(read_plan(f"I. NỘI DUNG\n1. Truyền thông\n- {task}\n- In tờ gấp.\n"))["key_dates"]
    assert (one["name"], one["kind"]) == (name, "commemorative")
    assert (one["day"], one["month"], one["year"]) == day


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("Thời gian: Trước 31/3/2026.", [(31, 3, 2026, "deadline")]),
        ("Thời gian: 31/3/2026.", [(31, 3, 2026, "deadline")]),
        (
            "Thời gian: Tháng 6/2026 và tháng 10/2026.",
            [(None, 6, 2026, "deadline"), (None, 10, 2026, "deadline")],
        ),
        ("Thời gian: Từ 01/7 đến 31/7/2026.", [(1, 7, 2026, "period_start"), (31, 7, 2026, "period_end")]),
        (
            "Thời gian tổ chức: từ 20/4 - 25/4/2026.",
            [(20, 4, 2026, "period_start"), (25, 4, 2026, "period_end")],
        ),
        ("Thời gian: từ 15 đến 20/10/2026.", [(15, 10, 2026, "period_start"), (20, 10, 2026, "period_end")]),
        ("Thời gian: Từ 01/7/2026.", [(1, 7, 2026, "period_start")]),
    ],
)
def test_a_field_gives_its_days(field: str, days: Days) -> None:
    assert _days("Mở chuyên mục.", field) == days


def test_a_day_on_which_something_is_held_is_not_also_a_deadline() -> None:
    assert _days("Lễ ra quân tổ chức ngày 31/5/2026.", "Thời gian: 31/5/2026.") == [
        (31, 5, 2026, "milestone")
    ]
