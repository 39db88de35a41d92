"""Tables of tasks in XLSX and CSV."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from campaigns.planfile.containers.opening import open_source
from campaigns.planfile.containers.source import Container
from campaigns.planfile.draft import DayKind
from campaigns.planfile.reader import read_plan
from tests.campaigns.planfile.containers.old_typing import in_vni
from tests.factories import plan_text

DAY, MOMENT = datetime(2025, 3, 7), datetime(2025, 12, 31, 14, 30)  # noqa: DTZ001 - a sheet knows no zones
HEADS = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
ROWS = (
    (
        1,
        "Mở chuyên mục trên cổng thông tin",
        "Sở Khoa học và Công nghệ",
        "Sở Nội vụ; Sở Tài chính",
        "Quý II/2025",
    ),
    (2, "Tập huấn cán bộ thôn", "Sở Nội vụ", None, DAY),
)


def workbook(*sheets: Sequence[Sequence[Any]]) -> openpyxl.Workbook:
    """A workbook of those rows."""
    book = openpyxl.Workbook()
    for i, rows in enumerate(sheets):
        sheet = book.worksheets[0] if not i else book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    return book


def data_of(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def lines(data: bytes) -> list[str]:
    """The lines that are read, blank ones left out."""
    return [line for line in open_source(data).text.split("\n") if line]


def test_the_tasks_of_a_workbook_are_read() -> None:
    data = data_of(workbook([("KẾ HOẠCH",), ("Truyền thông năm 2025",), (), HEADS, *ROWS]))
    source = open_source(data)
    assert (source.kind, source.whole_lines) == (Container.SHEET, True)
    first, second = read_plan(source).annex_tasks
    assert (first.no, first.text.value) == ("1", "Mở chuyên mục trên cổng thông tin")
    assert [name.value for name in first.assignment.cooperating] == ["Sở Nội vụ", "Sở Tài chính"]
    assert second.assignment.timing is not None
    assert second.assignment.timing.value == "07/03/2025"
    assert lines(data)[:2] == ["KẾ HOẠCH", "Truyền thông năm 2025"]


def test_a_time_in_two_columns_is_one_and_names_below_the_table_close_it() -> None:
    heads = ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian thực hiện", None, "Sản phẩm")
    data = data_of(
        workbook(
            [
                ("KẾ HOẠCH",), ("Truyền thông y tế năm 2026",),
                ("(Thực hiện Kế hoạch số 15/KH-UBND ngày 08/01/2026 của UBND thành phố)",),
                heads, (None, None, None, "Bắt đầu", "Hoàn thành", None),
                (1, "Chiến dịch vệ sinh môi trường", "Văn phòng Sở", datetime(2026, 6, 15), datetime(2026, 7, 31), "02 đợt"),  # noqa: DTZ001
                (2, "Đăng khuyến cáo", "Văn phòng Sở", "Thường xuyên", None, "96 bài"),
                ("Nơi nhận:", None, None, "KT. GIÁM ĐỐC"), ("- UBND thành phố;", None, None, "PHÓ GIÁM ĐỐC"),
                ("- Lưu: VT.", None, None, "Phan Văn Nghĩa"),
            ]
        )
    )  # fmt: skip
    draft = read_plan(data)
    timings = [one.assignment.timing.value for one in draft.annex_tasks if one.assignment.timing]
    assert timings == ["15/06/2026 - 31/07/2026", "Thường xuyên"]
    assert [one.assignment.product.value for one in draft.annex_tasks if one.assignment.product] == [
        "02 đợt",
        "96 bài",
    ]
    assert draft.title is not None
    assert draft.title.value == "Truyền thông y tế năm 2026"
    assert [(one.number.value, one.role.value) for one in draft.legal_bases if one.number] == [
        ("15/KH-UBND", "thuc_hien")
    ]
    assert [one.value for one in draft.recipients] == ["UBND thành phố", "Lưu: VT"]
    assert draft.signer.name is not None
    assert draft.signer.name.value == "Phan Văn Nghĩa"
    assert {(one.day, one.month, one.kind) for one in draft.key_dates} == {
        (15, 6, DayKind.PERIOD_START), (31, 7, DayKind.PERIOD_END),
    }  # fmt: skip


def test_values_are_written_as_people_write_them() -> None:
    row = (2.0, 0.125, MOMENT, date(2025, 1, 2), time(8, 5), True, "a|b", "Dòng\nhai")
    book = workbook([HEADS, row])
    book.worksheets[0]["I2"] = "=1+1"  # a formula that nobody has counted has no value
    assert (
        lines(data_of(book))[1]
        == r"| 2 | 0.125 | 31/12/2025 14:30 | 02/01/2025 | 08:05 | True | a\|b | Dòng hai |"
    )


def test_cells_merged_over_rows_count_for_each_of_them() -> None:
    book = workbook(
        [HEADS, (1, "Việc một", "Sở A", "", "Quý I"), (2, "Việc hai", None, "", None), ("II", "Nhóm", None)]
    )
    book.worksheets[0].merge_cells("C2:C3")
    book.worksheets[0].merge_cells("E2:E3")
    book.worksheets[0].merge_cells("B4:E4")
    assert lines(data_of(book))[1:] == [
        "| 1 | Việc một | Sở A |  | Quý I |", "| 2 | Việc hai | Sở A |  | Quý I |", "| II | Nhóm |  |  |  |",
    ]  # fmt: skip


def test_every_sheet_that_is_shown_is_read_and_empty_columns_are_dropped() -> None:
    book = workbook([HEADS, ROWS[0]], [HEADS, ROWS[1]], [HEADS, (9, "Ẩn", "Sở A", "", "")])
    book.worksheets[2].sheet_state = "hidden"
    book.worksheets[0]["Z2"] = " "
    assert [task.no for task in read_plan(data_of(book)).annex_tasks] == ["1", "2"]
    assert (
        lines(data_of(book))[0]
        == "| STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |"
    )


def test_what_stands_below_the_table_under_a_label_is_text() -> None:
    foot = [
        ("Kinh phí: Ngân sách thành phố bảo đảm 30%.",),
        ("Chế độ báo cáo: Các cơ quan chủ trì báo cáo kết quả về Sở Nội vụ trước ngày 15 hằng tháng.",),
        ("Nơi nhận:\n- Sở Nội vụ;\n- Lưu: VT.", None, None, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Bình"),
    ]
    head = [("KẾ HOẠCH",), ("Truyền thông năm 2026",), ("Căn cứ Luật Báo chí, ban hành Kế hoạch như sau:",)]
    task = (
        3,
        "Kỷ niệm Ngày Sách Việt Nam (21/4) theo Công văn số 5/UBND-VX ngày 1/2/2026",
        "Sở A",
        "",
        "Quý I",
    )
    draft = read_plan(data_of(workbook([*head, HEADS, *ROWS, task, *foot])))
    assert [one.no for one in draft.annex_tasks] == ["1", "2", "3"]
    assert draft.funding is not None
    assert draft.funding.value == "Ngân sách thành phố bảo đảm 30%"
    [report] = draft.reporting
    assert ([who.value for who in report.who], [to.value for to in report.to]) == (
        ["Các cơ quan chủ trì"],
        ["Sở Nội vụ"],
    )
    assert [one.value for one in draft.recipients] == ["Sở Nội vụ", "Lưu: VT"]
    assert draft.signer.name is not None
    assert draft.signer.name.value == "Trần Văn Bình"
    assert [(day.day, day.month) for day in draft.key_dates if day.kind is DayKind.COMMEMORATIVE] == [(21, 4)]
    assert "5/UBND-VX" in [basis.number.value for basis in draft.legal_bases if basis.number]


def test_a_range_merged_over_the_whole_sheet_costs_nothing() -> None:
    book = workbook([HEADS, *ROWS])
    book.worksheets[0].merged_cells.add("G1:XFD1048576")
    assert len(lines(data_of(book))) == 3


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "vni"])
def test_the_tasks_of_a_csv_are_read(mark: str, encoding: str) -> None:
    rows = [
        ("KẾ HOẠCH", "", "", "", ""),
        HEADS,
        (*ROWS[0][:1], "Mở chuyên mục,\nchuyên trang; bài\tảnh", *ROWS[0][2:]),
        ROWS[1],
    ]
    text = "\r\n".join(mark.join(f'"{"" if one is None else one}"' for one in row) for row in rows)
    data = in_vni(text).encode("cp1252") if encoding == "vni" else text.encode(encoding)
    source = open_source(data)
    assert (source.kind, source.whole_lines) == (Container.DELIMITED, True)
    first, second = read_plan(source).annex_tasks
    assert first.text.value == "Mở chuyên mục, chuyên trang; bài ảnh"
    assert [name.value for name in first.assignment.lead] == ["Sở Khoa học và Công nghệ"]
    assert second.no == "2"


def test_running_text_with_commas_is_no_table() -> None:
    source = open_source(plan_text().encode())
    assert (source.kind, source.whole_lines, source.text) == (Container.TEXT, False, plan_text())
    assert open_source(b"STT, Nhi\xe1\xbb\x87m v\xe1\xbb\xa5, Ghi ch\xc3\xba\n").kind is Container.TEXT
