"""Ruled tables of a PDF: cells, and rows over pages."""

from pathlib import Path

from campaigns.planfile.containers.opening import open_source
from campaigns.planfile.containers.pdf_process import read_pdf
from campaigns.planfile.reader import read_plan
from tests.campaigns.planfile.containers.printed import Sheet, print_pdf

FILES = Path(__file__).resolve().parents[3] / "data" / "plans" / "containers"
BODY = "Ủy ban nhân dân tỉnh Sông Trà ban hành Kế hoạch truyền thông như sau"


def body_of(sheet: Sheet, lines: int) -> None:
    """Print some lines of running text above the table."""
    for i in range(lines):
        sheet.text(60, 200 + 18 * i, BODY)


def read(*sheets: Sheet) -> list[str]:
    """The lines of a PDF without blank ones."""
    return [line for line in read_pdf(print_pdf(sheets))[0] if line.strip()]


def test_a_table_over_pages_is_one_table() -> None:
    data = (FILES / "phu-luc.pdf").read_bytes()
    source = open_source(data)
    rows = [
        (page, line)
        for page, line in zip(source.pages, source.text.split("\n"), strict=True)
        if line.startswith("|")
    ]
    assert sum("STT" in line for _, line in rows) == 1
    assert len({page for page, _ in rows}) > 5
    tasks = read_plan(source).annex_tasks
    assert [task.no for task in tasks] == [str(number) for number in range(1, 22)]
    assert [task.section for task in tasks] == ["I"] * 9 + ["II"] * 12
    end = "phường trên địa bàn tỉnh và tổ chức tập huấn cho cán bộ làm công tác thông tin cơ sở"
    assert all(task.text.value.endswith(end) for task in tasks)


def test_merged_cells_of_a_ruled_table_keep_their_columns() -> None:
    sheet = Sheet()
    body_of(sheet, lines=4)
    xs, ys = (60, 100, 300, 400, 500), (300, 330, 360, 400, 440)
    sheet.rules = [(x, ys[0], x, ys[-1]) for x in (60, 100, 500)]
    sheet.rules += [(300, 300, 300, 330), (300, 360, 300, 440), (400, 300, 400, 330), (400, 360, 400, 440)]
    sheet.rules += [(60, y, 500, y) for y in (300, 330, 360, 440)] + [
        (60, 400, 300, 400),
        (400, 400, 500, 400),
    ]
    for row, cells in enumerate(
        (("STT", "Nhiệm vụ", "Chủ trì", "Thời gian"), ("I", "Nhóm một"), ("1", "Việc một", "Sở A", "Quý I"))
    ):
        for x, cell in zip(xs, cells, strict=False):
            sheet.text(x + 4, ys[row] + 20, cell, 10)
    for x, cell in ((60, "2"), (100, "Việc hai"), (400, "Quý II")):
        sheet.text(x + 4, 420, cell, 10)
    assert [line for line in read(sheet) if line.startswith("|")] == [
        "| STT | Nhiệm vụ | Chủ trì | Thời gian |", "| I | Nhóm một |  |  |",
        "| 1 | Việc một | Sở A | Quý I |", "| 2 | Việc hai | Sở A | Quý II |",
    ]  # fmt: skip


def test_a_row_cut_by_the_page_is_joined_and_a_new_one_is_not() -> None:
    first, second = Sheet(), Sheet()
    xs, heads = (60, 100, 300, 400, 500), ("STT", "Nhiệm vụ", "Chủ trì", "Thời gian")
    first.grid(xs, (600, 630, 700))
    second.grid(xs, (60, 90, 130, 170))
    pages = (
        (first, 620, heads), (first, 650, ("1", "Biên soạn tài liệu", "Sở Nội vụ", "Quý I")),
        (second, 80, heads), (second, 110, ("", "cho các xã", "", "")), (second, 150, ("2", "Tập huấn", "Sở A", "Quý II")),
    )  # fmt: skip
    for sheet, y, cells in pages:
        for x, cell in zip(xs, cells, strict=False):
            sheet.text(x + 4, y, cell, 10)
    body_of(first, lines=6)
    assert [line for line in read(first, second) if line.startswith("|")] == [
        "| STT | Nhiệm vụ | Chủ trì | Thời gian |", "| 1 | Biên soạn tài liệu cho các xã | Sở Nội vụ | Quý I |",
        "| 2 | Tập huấn | Sở A | Quý II |",
    ]  # fmt: skip
