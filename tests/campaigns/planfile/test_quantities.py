"""What plans promise in figures: read as printed, and nothing else that is a number."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.planfile.as_json import to_json
from campaigns.planfile.draft import Quantity, Traced
from campaigns.planfile.promised.numerals import value_of
from campaigns.planfile.promised.quantities import find_quantities
from campaigns.planfile.reader import read_plan

Read = tuple[float, float | None, str, str | None, bool, bool]


def found(text: str) -> list[Read]:
    """Number, upper, unit, every, at least, percent of each quantity."""
    return [
        (one.number, one.upper, one.unit, one.every, one.at_least, one.percent)
        for one in find_quantities(Traced(text, 1, 1, text))
    ]


def one(
    number: float,
    unit: str,
    every: str | None = None,
    *,
    upper: float | None = None,
    least: bool = False,
    percent: bool = False,
) -> Read:
    return (number, upper, unit, every, least, percent)


PROMISES: list[tuple[str, list[Read]]] = [
    ("100% cơ quan, đơn vị có người phụ trách", [one(100, "cơ quan, đơn vị", percent=True)]),
    ("Đăng ít nhất 02 tin, bài/tháng", [one(2, "tin, bài", "tháng", least=True)]),
    ("mỗi quý tối thiểu 04 tin, bài", [one(4, "tin, bài", "quý", least=True)]),
    ("Duy trì 01 chuyên mục/tuần trên báo in", [one(1, "chuyên mục", "tuần")]),
    ("Sản xuất từ 10 đến 15 phóng sự", [one(10, "phóng sự", upper=15)]),
    ("tối thiểu 80% người dân được tiếp cận", [one(80, "người dân", least=True, percent=True)]),
    ("phát động ít nhất 01 lần/năm", [one(1, "lần", "năm", least=True)]),
    ("Hằng tháng có ít nhất 02 bài", [one(2, "bài", "tháng", least=True)]),
    ("Tổ chức 05 lớp tập huấn", [one(5, "lớp tập huấn")]),
    ("In 1.000 tờ gấp", [one(1_000, "tờ gấp")]),
    ("Mở hai lớp ban đêm", [one(2, "lớp")]),
    ("đạt 1.234,5 lượt truy cập mỗi ngày", [one(1_234.5, "lượt truy cập", "ngày")]),
    ("10.000 lượt người xem", [one(10_000, "lượt người")]),
    ("1,5 triệu người dân", [one(1_500_000, "người dân")]),
    ("20 nghìn tờ rơi", [one(20_000, "tờ rơi")]),
    ("đăng 5 - 7 video clip mỗi tháng", [one(5, "video clip", "tháng", upper=7)]),
    ("từ 03-05 tin, bài/tháng", [one(3, "tin, bài", "tháng", upper=5)]),
    ("từ 80% đến 90% hộ dân", [one(80, "hộ dân", upper=90, percent=True)]),
    ("Hằng năm, tổ chức 02 hội nghị, 03 hội thảo", [one(2, "hội nghị", "năm"), one(3, "hội thảo", "năm")]),
    ("01 hội nghị, mỗi quý 04 tin", [one(1, "hội nghị"), one(4, "tin", "quý")]),
    ("02 bài mỗi tuần, 01 phóng sự", [one(2, "bài", "tuần"), one(1, "phóng sự")]),
    ("20 tin, 10 bài, 05 phóng sự", [one(20, "tin"), one(10, "bài"), one(5, "phóng sự")]),
    ("mỗi tuần một bản tin phát thanh", [one(1, "bản tin phát thanh", "tuần")]),
    ("mỗi học kỳ có ít nhất một ngày hội", [one(1, "ngày hội", least=True)]),
    ("Mỗi đề tài có một bài giới thiệu kết quả", [one(1, "bài")]),
    ("giao ban 6 tháng một lần", [one(1, "lần", "6 tháng")]),
    ("kiểm tra 3 tháng một lần", [one(1, "lần", "quý")]),
    ("định kỳ 6 tháng 01 lần", [one(1, "lần", "6 tháng")]),
    ("một tuần 02 bài", [one(2, "bài", "tuần")]),
    ("phát 02 lần/ngày", [one(2, "lần", "ngày")]),
    ("01 số/tháng", [one(1, "số", "tháng")]),
    ("01 tin/01 tuần", [one(1, "tin", "tuần")]),
    ("năm lớp học số", [one(5, "lớp học")]),
    ("mười lăm video ngắn", [one(15, "video ngắn")]),
    ("hai mươi lăm bản tin", [one(25, "bản tin")]),
    ("hai trăm hội viên", [one(200, "hội viên")]),
    ("02 (hai) bài viết", [one(2, "bài viết")]),
    ("trên 90% hồ sơ trực tuyến", [one(90, "hồ sơ", least=True, percent=True)]),
    ("đạt 95% trở lên", [one(95, "", least=True, percent=True)]),
    ("50% trở lên số xã, phường", [one(50, "xã, phường", least=True, percent=True)]),
    ("100% các sở, ban, ngành", [one(100, "sở, ban, ngành", percent=True)]),
    ("từ 02 tin, bài trở lên mỗi tháng", [one(2, "tin, bài", "tháng", least=True)]),
    ("100% cấp xã", [one(100, "cấp xã", percent=True)]),
    ("60 phần trăm hộ gia đình", [one(60, "hộ gia đình", percent=True)]),
    ("không dưới 12 bài viết trong năm", [one(12, "bài viết", "năm", least=True)]),
    ("tổng số 20 tin bài", [one(20, "tin bài")]),
    ("02 Infographic và 01 podcast mỗi quý", [one(2, "infographic"), one(1, "podcast", "quý")]),
    ("Ít nhất 03 cơ quan báo chí", [one(3, "cơ quan báo chí", least=True)]),
    ("02 tin hoặc bài hằng tuần", [one(2, "tin hoặc bài", "tuần")]),
    ("tăng 20% so với năm 2025", [one(20, "", percent=True)]),
]  # fmt: skip

TRAPS = [
    "Nghị quyết số 57-NQ/TW ngày 22/12/2024",
    "Quyết định số 1169/QĐ-TTg ngày 16 tháng 6 năm 2025",
    "giai đoạn 2026-2030",
    "6 tháng đầu năm 2026",
    "chính quyền địa phương 2 cấp",
    "trong năm 2026 người dân được học",
    "từ năm 2025 doanh nghiệp kê khai qua mạng",
    "học sinh lớp 5 trường tiểu học",
    "một số bài viết còn chậm",
    "viết một bài về mô hình",
    "tối đa 02 trang, không quá 05 bài",
    "trước ngày 15 hằng tháng",
    "Chương trình 1322 cơ quan nào cũng biết",
    "Kỷ niệm 80 năm Ngày truyền thống",
    "công nghệ 4.0 người dân cần",
    "bài số 5 người dân hay hỏi",
    "mỗi năm lớp học mở một khác",
    "Thứ hai tin được phát",
    "mỗi tuần có tin, bài mới",
    "02 bài toán thực tế",
    "điểm 2 khoản 3 Điều 4",
    "tháng 6 cơ quan nghỉ",
    "Khu phố 3 người dân",
    "17h30 tin phát",
    "1/3 đơn vị",
    "lần thứ hai cuộc thi mở rộng",
    "",
]


@pytest.mark.parametrize(("text", "promised"), PROMISES)
def test_what_a_plan_promises_is_read(text: str, promised: list[Read]) -> None:
    assert found(text) == promised


@pytest.mark.parametrize("text", TRAPS)
def test_a_number_that_promises_nothing_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [("02", 2), ("1.234,5", 1_234.5), ("mười", 10), ("hai mươi mốt", 21), ("ba nghìn", 3_000), ("0,5", 0.5)],
)
def test_numbers_mean_what_is_printed(printed: str, value: float) -> None:
    assert value_of(printed) == value


def test_the_printed_words_are_kept_with_their_rhythm() -> None:
    words = [
        one.words
        for one in find_quantities(
            Traced("Hằng tháng có ít nhất 02 bài, 01 tin/tuần và từ 02 clip trở lên.", 4, 6, "")
        )
    ]
    assert words == ["Hằng tháng có ít nhất 02 bài", "01 tin/tuần", "từ 02 clip trở lên"]


PLAN = """KẾ HOẠCH
Truyền thông chuyển đổi số năm 2026

I. NỘI DUNG, NHIỆM VỤ

1. Mở ít nhất 02 chuyên trang về chuyển đổi số

a) Đăng trên Cổng thông tin điện tử tỉnh các tin, bài về chuyển đổi số, mỗi tháng
có ít nhất 02 tin,
bài về người thật, việc thật.

II. TỔ CHỨC THỰC HIỆN

1. Sở Khoa học và Công nghệ

- Mở 05 lớp tập huấn cho cán bộ xã.
"""


def test_each_quantity_says_in_what_and_on_which_lines_it_stands() -> None:
    draft = read_plan(PLAN)
    placed = [(one.at, one.words, one.text.line_from, one.text.line_to) for one in draft.quantities]
    assert placed == [
        ("task_groups.0.title", "ít nhất 02 chuyên trang", 6, 6),
        ("task_groups.0.items.0", "mỗi tháng có ít nhất 02 tin, bài", 8, 10),
        ("duties.0.items.0", "05 lớp tập huấn", 16, 16),
    ]


def test_quantities_stand_in_the_json_with_their_path_and_their_lines() -> None:
    written = to_json(read_plan(PLAN))
    assert written["quantities"][1] == {
        "text": "mỗi tháng có ít nhất 02 tin, bài",
        "number": 2,
        "upper": None,
        "at_least": True,
        "unit": "tin, bài",
        "every": "tháng",
        "percent": False,
        "in": "task_groups.0.items.0",
    }
    assert isinstance(written["quantities"][1]["number"], int)
    assert written["trace"]["quantities.1"] == [8, 10]
    assert written["trace"][written["quantities"][1]["in"]]


def test_a_number_in_words_or_without_a_unit_is_less_sure() -> None:
    def sure(text: str) -> float:
        (only,) = find_quantities(Traced(text, 1, 1, text))
        return only.text.confidence

    assert sure("hai lớp") < sure("02 lớp")
    assert sure("tăng 20%") < sure("20% hộ dân")


_PIECES = [
    "ít nhất", "02", "1.000", "1,5 triệu", "tin,", "bài", "/tháng", "mỗi quý", "%", "từ", "đến", "-", "năm", "một",
    "6 tháng", "hằng", "trở lên", "cơ quan", "(hai)", "số", "2026", ";", ".", "hai mươi", "lần", "²", "٣", "3.", "/",
]  # fmt: skip


def _holds(text: str, quantities: tuple[Quantity, ...]) -> None:
    said = " ".join(text.split())
    for one in quantities:
        assert one.words
        assert one.words in said
        assert one.upper is None or one.upper > one.number
        assert 0 < one.text.confidence <= 1


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(_PIECES), max_size=60).map(" ".join))
def test_any_text_is_read_and_nothing_is_made_up(text: str) -> None:
    _holds(text, find_quantities(Traced(text, 1, 1, text)))


@pytest.mark.parametrize(
    "piece",
    [
        "một bài ",
        "1 ",
        "1.111",
        "mỗi tháng ",
        "02 tin, ",
        "tin, bài, ",
        "hai mươi ",
        "từ 1 đến ",
        "80% ",
        "9",
        " ",
        "(",
    ],
)
def test_a_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    def seconds(times: int) -> float:
        text = f"{piece * times}02 bài"
        begun = time.process_time()
        find_quantities(Traced(text, 1, 1, text))
        return time.process_time() - begun

    seconds(100)
    short, long = (min(seconds(times) for _ in range(3)) for times in (500, 5_000))
    assert long < 30 * short + 0.05
