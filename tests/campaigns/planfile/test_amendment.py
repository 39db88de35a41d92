"""Clauses of amending documents: which place, what is done, in which words. No database."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.planfile.clauses.reading import Clause, Deed, is_amending, read_clauses, section_lines
from campaigns.planfile.clauses.swaps import Step
from campaigns.planfile.draft import PlanDraft
from campaigns.planfile.reader import read_plan
from tests.factories import plan_text

HEAD = """QUYẾT ĐỊNH
Về việc sửa đổi, bổ sung một số nội dung của Kế hoạch số 125/KH-UBND

Điều 1. Sửa đổi, bổ sung một số nội dung của Kế hoạch số 125/KH-UBND như sau:

{clauses}

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""


def decision(clauses: str) -> PlanDraft:
    return read_plan(HEAD.format(clauses=clauses), name="quyet-dinh.txt")


def one(clauses: str) -> Clause:
    (found,) = read_clauses(decision(clauses))
    return found


def texts(clause: Clause) -> list[tuple[str | None, str]]:
    return [(item.ordinal, item.text.value) for item in clause.items]


def test_a_whole_decision() -> None:
    path = Path(__file__).parents[2] / "data" / "plans" / "quyet-dinh-sua-doi.txt"
    lines = path.read_text("utf-8").split("\n")
    draft = read_plan(path.read_bytes(), name=path.name)
    assert is_amending(draft)
    found = read_clauses(draft)
    assert [
        (clause.deed, clause.place.get(Step.NUMBER), clause.place.get(Step.POINT)) for clause in found
    ] == [
        (Deed.REPLACE, "2", "b"),
        (Deed.ADD, "2", "e"),
        (Deed.REPEAL, "1", "b"),
        (Deed.REPEAL, "1", "c"),
        (Deed.REPLACE, "2", None),
        (Deed.REPLACE, "9", "k"),
    ]
    assert found[1].after == "đ"
    assert all(clause.place[Step.SECTION] in {"II", "IV"} for clause in found)
    for clause in found:
        assert clause.said.value[:20] in lines[clause.said.line_from - 1]
        for item in clause.items:
            assert item.text.value[:20] in lines[item.text.line_from - 1]


def test_a_plan_is_no_amending_document() -> None:
    assert not is_amending(read_plan(plan_text(), name="ke-hoach.txt"))


@pytest.mark.parametrize(
    "title",
    [
        "Về việc sửa đổi, bổ sung một số nội dung của Kế hoạch số 125/KH-UBND",
        "Sửa đổi một số điều của Kế hoạch truyền thông năm 2026",
        "Về việc điều chỉnh, bổ sung nhiệm vụ của Kế hoạch số 9/KH-UBND",
        "V/v bãi bỏ một số nội dung của Công văn số 12/UBND-VX",
    ],
)
def test_titles_of_amending_documents(title: str) -> None:
    assert is_amending(read_plan(f"QUYẾT ĐỊNH\n{title}\n\nĐiều 1. Bãi bỏ điểm a khoản 1 Mục II.\n", name="x"))


def test_quotation_marks_inside_of_new_words_stay() -> None:
    found = one("1. Sửa đổi điểm a khoản 1 Mục II như sau:\n“a) Mở chuyên mục “Sông Trà số” trên báo.”")
    assert texts(found) == [("a", "Mở chuyên mục “Sông Trà số” trên báo.")]
    found = one("1. Sửa đổi điểm a khoản 1 Mục II như sau:\n“a) Mở chuyên mục “Sông Trà số””.")
    assert texts(found) == [("a", "Mở chuyên mục “Sông Trà số”")]


def test_new_words_that_begin_like_a_clause_are_none() -> None:
    found = one(
        "1. Sửa đổi khoản 1 Mục II như sau:\n“1. Tuyên truyền\n\na) Bổ sung tủ sách.\n\nb) Bãi bỏ thủ tục rườm rà.”"
    )
    assert texts(found) == [
        ("1", "Tuyên truyền"),
        ("a", "Bổ sung tủ sách."),
        ("b", "Bãi bỏ thủ tục rườm rà."),
    ]


def test_straight_quotation_marks_and_words_on_the_same_line() -> None:
    found = one('1. Sửa đổi điểm d khoản 3 Mục II như sau: "d) Phát sổ tay cho từng hộ."')
    assert texts(found) == [("d", "Phát sổ tay cho từng hộ.")]


def test_units_of_new_words_are_read() -> None:
    found = one(
        "1. Bổ sung điểm c vào khoản 3 Mục II như sau:\n“c) Xây dựng bản đồ số làng nghề.\n\n"
        "- Cơ quan chủ trì: Sở Công Thương\n\n- Thời gian: Quý III năm 2026.”"
    )
    given = found.items[0].assignment if found.items[0].assignment.lead else found.assignment
    assert [text.value for text in given.lead] == ["Sở Công Thương"]


def test_a_bullet_is_named_by_its_number() -> None:
    assert one("1. Bãi bỏ gạch đầu dòng thứ hai khoản 2 Mục IV.").place == {
        Step.BULLET: "2",
        Step.NUMBER: "2",
        Step.SECTION: "IV",
    }


@pytest.mark.parametrize(
    ("said", "swaps"),
    [
        (
            "Thay thế cụm từ “Sở Thông tin và Truyền thông” bằng cụm từ “Sở Khoa học và Công nghệ” tại khoản 2 Mục II.",
            [("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ", {"khoan": "2", "muc": "II"})],
        ),
        (
            'Thay cụm từ "cấp huyện" thành "cấp xã" tại điểm a, b khoản 1, khoản 3 Mục II và Mục IV',
            [
                ("cấp huyện", "cấp xã", {"diem": "a", "khoan": "1", "muc": "II"}),
                ("cấp huyện", "cấp xã", {"diem": "b", "khoan": "1", "muc": "II"}),
                ("cấp huyện", "cấp xã", {"khoan": "3", "muc": "II"}),
                ("cấp huyện", "cấp xã", {"muc": "IV"}),
            ],
        ),
        ("Bỏ cụm từ “, các huyện” tại Mục III.", [(", các huyện", "", {"muc": "III"})]),
        ("Thay từ “bốn” bằng từ “năm”.", [("bốn", "năm", {})]),
        (
            "Thay cụm từ “quý III” bằng “quý IV”; cụm từ “50%” bằng “70%” tại khoản 2 Mục I.",
            [
                ("quý III", "quý IV", {"khoan": "2", "muc": "I"}),
                ("50%", "70%", {"khoan": "2", "muc": "I"}),
            ],
        ),
    ],
)
def test_words_that_are_changed_where_they_stand(
    said: str, swaps: list[tuple[str, str, dict[str, str]]]
) -> None:
    found = read_clauses(decision(f"1. {said}"))
    assert {clause.deed for clause in found} == {Deed.SWAP}
    assert [
        (clause.swap.before, clause.swap.after, dict(clause.place)) for clause in found if clause.swap
    ] == swaps
    assert all(clause.said.value == said for clause in found)


def test_a_clause_without_a_place_is_told_and_a_heading_is_none() -> None:
    assert one("1. Bổ sung nhiệm vụ mới như sau:\n“Phát hành bản tin tuần.”").place == {}
    assert read_clauses(decision("Nội dung khác giữ nguyên.")) == ()


@pytest.mark.parametrize(
    "text", ["", "“", "1. Sửa đổi", "1. Sửa đổi điểm", "1. Bãi bỏ điểm , khoản", "”””", '"""']
)
def test_scraps_break_nothing(text: str) -> None:
    assert isinstance(read_clauses(decision(text)), tuple)


def test_sections_of_a_plan_by_their_lines() -> None:
    lines = plan_text().split("\n")
    found = section_lines(lines)
    assert list(found) == ["I", "II", "III", "IV"]
    first, last = found["II"]
    assert lines[first - 1].startswith("II. NỘI DUNG")
    assert lines[last].startswith("III. KINH PHÍ")
