"""Tables that text sets with blanks, tabs or bars: columns of tasks, letterheads side by side."""

from __future__ import annotations

import pytest

from campaigns.planfile.containers.rows import write_row
from campaigns.planfile.draft import PlanDraft
from campaigns.planfile.reader import read_plan

HEAD = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  TỈNH HÀ GIANG              Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND           Hà Giang, ngày 05 tháng 3 năm 2026

KẾ HOẠCH
Truyền thông về chuyển đổi số năm 2026

I. MỤC ĐÍCH
1. Nâng cao nhận thức của người dân.

II. NHIỆM VỤ
Chi tiết tại Phụ lục.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn An

PHỤ LỤC
DANH MỤC NHIỆM VỤ
"""
ALIGNED = """
 STT   Nội dung                     Chủ trì            Phối hợp           Thời gian

  1    Mở chuyên mục “Mỗi tuần      Báo và phát        Các đơn vị         Quý II/2026
       một kỹ năng số”              thanh, truyền      thuộc Sở có
                                    hình              liên quan
  2    Tập huấn tổ công nghệ số     Sở Nội vụ          UBND các xã,       Tháng 9/2026
                                                       phường

Ghi chú: các đơn vị chủ động thực hiện.
"""


def rows(draft: PlanDraft) -> list[tuple[str, list[str], list[str], str, int]]:
    return [
        (
            one.text.value,
            [name.value for name in one.assignment.lead],
            [name.value for name in one.assignment.cooperating],
            one.assignment.timing.value if one.assignment.timing else "",
            one.text.line_from,
        )
        for one in draft.annex_tasks
    ]


def test_columns_set_with_tabs_are_a_table() -> None:
    table = (
        "TT\tNội dung\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian\n"
        "1\tTập huấn giáo viên\tPhòng Tổ chức cán bộ\tTrường Đại học Quy Nhơn\t08/2026\n\n"
        "2\tSơ kết học kỳ I\tVăn phòng Sở\t\t15/01/2027\n"
        "Ghi chú: các đơn vị chủ động thực hiện.\n"
    )
    found = [
        (text, lead, helpers, timing) for text, lead, helpers, timing, _ in rows(read_plan(HEAD + table))
    ]
    assert found == [
        ("Tập huấn giáo viên", ["Phòng Tổ chức cán bộ"], ["Trường Đại học Quy Nhơn"], "08/2026"),
        ("Sơ kết học kỳ I", ["Văn phòng Sở"], [], "15/01/2027"),
    ]


def test_a_sentence_with_tabs_is_no_table() -> None:
    assert rows(read_plan(HEAD + "Nội dung\tlàm trong\ttháng 5\n1\thai\tba\n")) == []


def test_columns_set_with_blanks_are_a_table() -> None:
    text = HEAD + ALIGNED
    first = next(i for i, line in enumerate(text.split("\n"), 1) if line.startswith("  1 "))
    assert rows(read_plan(text)) == [
        (
            "Mở chuyên mục “Mỗi tuần một kỹ năng số”",
            ["Báo và phát thanh, truyền hình"],
            ["Các đơn vị thuộc Sở có liên quan"],
            "Quý II/2026",
            first,
        ),
        ("Tập huấn tổ công nghệ số", ["Sở Nội vụ"], ["UBND các xã, phường"], "Tháng 9/2026", first + 3),
    ]


def test_text_with_wide_gaps_is_no_table() -> None:
    draft = read_plan(
        HEAD + "\nNội dung   thời gian   chủ trì thực hiện theo quy định.\n\nCác đơn vị báo cáo kết quả.\n"
    )
    assert draft.annex_tasks == ()


def test_a_letterhead_in_a_table_of_markdown_is_read_column_after_column() -> None:
    draft = read_plan(
        "| **ỦY BAN NHÂN DÂN<br>TỈNH HÀ GIANG** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc** |\n"
        "|---|---|\n"
        "| Số: 87/UBND-VX<br>V/v truyền thông<br>về chuyển đổi số | *Hà Giang, ngày 14 tháng 4 năm 2026* |\n\n"
        "Kính gửi:\n\n- Các sở, ban, ngành tỉnh;\n- Ủy ban nhân dân các xã, phường.\n\n"
        "**1.** Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tổ chức tập huấn.\n\n"
        "| **Nơi nhận:**<br>- Như trên;<br>- Lưu: VT. | **TM. ỦY BAN NHÂN DÂN**<br>**CHỦ TỊCH**<br>Nguyễn Văn An |\n|---|---|\n"
    )
    assert draft.number is not None
    assert (draft.number.value, draft.number.line_from) == ("87/UBND-VX", 3)
    assert draft.issued_on is not None
    assert draft.issued_on.value.isoformat() == "2026-04-14"
    assert draft.title is not None
    assert draft.title.value == "truyền thông về chuyển đổi số"
    assert draft.issuer is not None
    assert "HÀ GIANG" in draft.issuer.value.upper()
    assert [one.value for one in draft.recipients] == ["Như trên", "Lưu: VT"]
    assert draft.signer.name is not None
    assert draft.signer.name.value == "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (["Phòng Kinh tế", "Phòng Văn hóa - Xã hội"], "Phòng Kinh tế; Phòng Văn hóa - Xã hội"),
        (["Các đơn vị thuộc", "Cục có liên quan"], "Các đơn vị thuộc Cục có liên quan"),
        (["Sở Văn hóa,", "Sở Nội vụ"], "Sở Văn hóa, Sở Nội vụ"),
        (["Mở lớp", "Phòng Kinh tế"], "Mở lớp Phòng Kinh tế"),
    ],
)
def test_bodies_on_a_line_each_are_a_list(cell: list[str], written: str) -> None:
    assert write_row([cell, ["Quý I"]]) == f"| {written} | Quý I |"
