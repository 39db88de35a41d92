"""Single parts of plans in the shapes that offices print."""

from typing import Any

import pytest

from campaigns.planfile.as_json import to_json
from campaigns.planfile.reader import read_plan


def _read(source: str) -> dict[str, Any]:
    return to_json(read_plan(source))


def _duty(sentence: str) -> list[dict[str, Any]]:
    source = (
        f"I. NỘI DUNG\n1. Việc.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- {sentence}\n2. Sở Nội vụ\n- Làm việc."
    )
    found: list[dict[str, Any]] = _read(source)["reporting"]
    return found


@pytest.mark.parametrize(
    ("sentence", "to", "cadence", "due"),
    [
        ("Định kỳ 6 tháng, năm báo cáo kết quả về Sở Tư pháp.", ["Sở Tư pháp"], ["6 tháng", "năm"], []),
        ("Báo cáo UBND tỉnh kết quả trước ngày 15/12 hằng năm.", ["UBND tỉnh"], ["hằng năm"], [(15, 12)]),
        ("Gửi báo cáo về Sở Tư pháp chậm nhất ngày 25/6 và 25/11 hằng năm.",
         ["Sở Tư pháp"], ["6 tháng"], [(25, 6), (25, 11)]),
        ("Hằng tháng, trước ngày 20, báo cáo kết quả về Ban Chỉ đạo.",
         ["Ban Chỉ đạo"], ["hằng tháng"], [(20, None)]),
        ("Báo cáo kết quả về Sở Tư pháp trước ngày 15 của tháng cuối quý.",
         ["Sở Tư pháp"], ["hằng quý"], [(15, 3), (15, 6), (15, 9), (15, 12)]),
        ("Tổng hợp, tham mưu UBND tỉnh báo cáo Bộ Công an định kỳ 6 tháng (trước ngày 20/6) và năm (trước ngày 20/12).",
         ["Bộ Công an"], ["6 tháng", "năm"], [(20, 6), (20, 12)]),
        ("Báo cáo Sở Tư pháp hằng tuần và báo cáo tháng trước ngày 25 hằng tháng.",
         ["Sở Tư pháp"], ["hằng tuần", "tháng"], [(25, None)]),
        ("Báo cáo kết quả về Sở Tư pháp trước ngày 20 hằng tháng; báo cáo 6 tháng trước ngày 10/6/2026.",
         ["Sở Tư pháp"], ["hằng tháng", "6 tháng"], [(20, None), (10, 6)]),
        ("Báo cáo nhanh hằng tuần; báo cáo tổng kết trước ngày 20/8/2026 về Sở Tư pháp.",
         ["Sở Tư pháp"], ["hằng tuần", "tổng kết"], [(20, 8)]),
        ("Báo cáo học kỳ I trước ngày 20/01/2026, báo cáo năm học trước ngày 10/6/2026 về Sở Tư pháp.",
         ["Sở Tư pháp"], ["học kỳ I", "năm học"], [(20, 1), (10, 6)]),
        ("Tổng kết phong trào trước ngày 31/8/2026; báo cáo Tỉnh ủy, UBND tỉnh.",
         ["Tỉnh ủy", "UBND tỉnh"], [], [(31, 8)]),
    ],
)  # fmt: skip
def test_a_report_has_receiver_rhythm_and_day(
    sentence: str, to: list[str], cadence: list[str], due: list[tuple[int, int | None]]
) -> None:
    [one] = _duty(sentence)
    assert (one["who"], one["to"], one["cadence"]) == (["Sở Y tế"], to, cadence)
    assert [(d["day"], d["month"]) for d in one["due"]] == due


@pytest.mark.parametrize(
    "sentence",
    [
        "Cung cấp thông tin cho báo chí.",
        "Nếu có khó khăn, báo cáo UBND tỉnh xem xét, quyết định.",
        "Thực hiện đúng chế độ báo cáo.",
        "Chuẩn bị báo cáo tổng kết phong trào.",
    ],
)
def test_not_every_report_is_an_obligation(sentence: str) -> None:
    assert _duty(sentence) == []


def test_clauses_that_report_to_different_bodies_are_two_obligations() -> None:
    told = _duty("Báo cáo kết quả về Sở Tư pháp hằng tháng; báo cáo Tỉnh ủy hằng quý.")
    assert [(one["to"], one["cadence"]) for one in told] == [
        (["Sở Tư pháp"], ["hằng tháng"]),
        (["Tỉnh ủy"], ["hằng quý"]),
    ]


def test_fields_with_letters_speak_for_their_task() -> None:
    read = _read(
        "I. NHIỆM VỤ\n1. Tập huấn\na) Nội dung: Mở 05 lớp.\n"
        "b) Đơn vị chủ trì: Sở Y tế chủ trì, phối hợp với Sở Nội vụ.\n"
        "c) Thời gian: Quý II/2026.\n2. Hội thi\na) Nội dung: Thi viết.\nb) Cơ quan thực hiện: Sở Tài chính"
    )
    first, second = read["task_groups"]
    assert [(i["ordinal"], i["lead"], i["cooperating"], i["timing"]) for i in first["items"]] == [
        ("a", ["Sở Y tế"], ["Sở Nội vụ"], "Quý II/2026")
    ]
    assert second["items"][0]["lead"] == ["Sở Tài chính"]


def test_one_block_of_fields_below_several_tasks_speaks_for_the_group() -> None:
    read = _read(
        "I. NHIỆM VỤ\n1. Báo chí\n- Mở chuyên mục.\n- Làm phóng sự.\nĐơn vị chủ trì: Sở Y tế.\n"
        "Thời gian: Quý I.\n2. Khác\n- Việc."
    )
    group = read["task_groups"][0]
    assert (group["lead"], group["timing"]) == (["Sở Y tế"], "Quý I")
    assert all("lead" not in item for item in group["items"])


def test_sections_counted_with_roman_and_dash_are_read() -> None:
    read = _read(
        "I- MỤC ĐÍCH\n1- Một.\nII- NỘI DUNG TUYÊN TRUYỀN\n1- Ý nghĩa.\n2- Thành tựu.\n"
        "III- TỔ CHỨC THỰC HIỆN\n1- Sở Y tế\nLàm."
    )
    assert [i["text"] for i in read["task_groups"][0]["items"]] == ["Ý nghĩa.", "Thành tựu."]
    assert read["duties"][0]["org"] == "Sở Y tế"


@pytest.mark.parametrize("form", ["cells", "rows"])
def test_a_table_of_tasks_is_read_in_both_forms(form: str) -> None:
    rows = [
        ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
        ["1", "Làm video", "Sở Y tế", "Sở Nội vụ; các đơn vị liên quan", "Quý I/2026"],
        ["2", "In tờ gấp", "Sở Tài chính", "UBND các xã, phường", "Thường xuyên"],
    ]
    cells = "\n".join("|\n" + "\n|\n".join(row) + "\n|" for row in rows)
    table = cells if form == "cells" else "\n".join("| " + " | ".join(row) + " |" for row in rows)
    read = _read(
        "I. NỘI DUNG\n1. Việc một.\n2. Việc hai./.\n\nNơi nhận:\n- Như trên.\n\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n"
        + table
    )
    assert [(t["no"], t["text"], t["lead"], t["timing"]) for t in read["annex_tasks"]] == [
        (1, "Làm video", ["Sở Y tế"], "Quý I/2026"),
        (2, "In tờ gấp", ["Sở Tài chính"], "Thường xuyên"),
    ]
    assert read["annex_tasks"][0]["cooperating"] == ["Sở Nội vụ", "các đơn vị liên quan"]


def test_a_wrapped_head_in_cells_is_put_together() -> None:
    read = _read(
        "|\nỦY\nBAN NHÂN DÂN\nTỈNH SÔNG TRÀ\n-----\n|\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\n"
        "|\nSố:\n71/KH-UBND\n|\n*Sông\nTrà, ngày 07\n"
        "tháng 12 năm 2026*\n"
        "|\n**KẾ HOẠCH**\nTRUYỀN THÔNG NĂM 2027\n\nTriển khai thực hiện Quyết định\n"
        "số 9/QĐ-TTg ngày 1/2/2026 của\n"
        "Thủ tướng Chính phủ, Quyết định số 10/QĐ-TTg ngày 2/2/2026:\n\n**I. NỘI DUNG**\n- Việc."
    )
    assert (read["issuer"], read["place"]) == ("Ủy ban nhân dân tỉnh Sông Trà", "Sông Trà")
    assert (read["number"], read["date"], read["title"]) == (
        "71/KH-UBND",
        "2026-12-07",
        "TRUYỀN THÔNG NĂM 2027",
    )
    assert [basis["role"] for basis in read["legal_bases"]] == ["thuc_hien", "thuc_hien"]


def test_a_section_of_bases_gives_bases() -> None:
    read = _read(
        "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH\n1. Quyết định số 9/QĐ-TTg ngày 1/2/2026;\nII. NHIỆM VỤ\n"
        "1. Theo Nghị quyết số 5/NQ-CP."
    )
    assert [(b["number"], b["role"]) for b in read["legal_bases"]] == [
        ("9/QĐ-TTg", "can_cu"),
        ("5/NQ-CP", "cited_body"),
    ]


def test_laws_without_number_keep_name_and_day() -> None:
    read = _read(
        "KẾ HOẠCH\nTên\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;\n"
        "Căn cứ Nghị định số 4/2026/NĐ-CP quy định chi tiết Luật Báo chí;\nI. NỘI DUNG\n- Việc."
    )
    named = {b["issuer_or_type"]: (b["role"], b["date"]) for b in read["legal_bases"]}
    assert named["Luật Tổ chức chính quyền địa phương"] == ("can_cu", "2025-06-16")
    assert named["Luật Báo chí"] == ("cited_preamble", None)


def test_a_law_may_have_a_name_that_ends_with_so_or_stands_before_a_decree() -> None:
    read = _read(
        "KẾ HOẠCH\nTên\nCăn cứ Luật Chuyển đổi số ngày 11 tháng 12 năm 2025;\nI. NỘI DUNG\n"
        "- Nộp hồ sơ trực tuyến theo Luật Đất đai và Nghị định số 101/2024/NĐ-CP ngày 29/7/2024 của Chính phủ."
    )
    named = {b["issuer_or_type"]: (b["role"], b["date"]) for b in read["legal_bases"]}
    assert named["Luật Chuyển đổi số"] == ("can_cu", "2025-12-11")
    assert named["Luật Đất đai"] == ("cited_body", None)
