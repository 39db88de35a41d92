"""What a PDF prints, in the order in which a person reads it."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaigns.planfile.as_json import to_json
from campaigns.planfile.containers.opening import open_source
from campaigns.planfile.containers.pdf_process import read_pdf
from campaigns.planfile.containers.source import Container
from campaigns.planfile.reader import read_plan
from tests.campaigns.planfile.containers.old_typing import in_tcvn3
from tests.campaigns.planfile.containers.printed import HEIGHT, WIDTH, Sheet, print_pdf

FILES = Path(__file__).resolve().parents[3] / "data" / "plans" / "containers"
Judge = Callable[[dict[str, Any]], Counter[tuple[str, str]]]
BODY = "Ủy ban nhân dân tỉnh Sông Trà ban hành Kế hoạch truyền thông như sau"
LEFT, RIGHT = 150, 400


def body_of(sheet: Sheet, start: float = 200, lines: int = 12) -> None:
    """Print some lines of running text, so that the page has text to measure."""
    for i in range(lines):
        sheet.text(60, start + 18 * i, f"{BODY} {BODY[:11]}")


def read(*sheets: Sheet) -> list[str]:
    """The lines of a PDF without blank ones and indents."""
    return [line.strip() for line in read_pdf(print_pdf(sheets))[0] if line.strip()]


@pytest.mark.parametrize("name", ["ke-hoach", "cong-van"])
def test_a_printed_plan_says_what_its_text_says(name: str, text: Callable[[str], str], facts: Judge) -> None:
    want = facts(to_json(read_plan(text(name))))
    got = facts(to_json(read_plan((FILES / f"{name}.pdf").read_bytes())))
    assert (want - got, got - want) == (Counter(), Counter())


def test_each_line_knows_its_page() -> None:
    source = open_source((FILES / "ke-hoach.pdf").read_bytes())
    lines = source.text.split("\n")
    assert (source.kind, source.whole_lines, len(source.pages)) == (Container.PDF, False, len(lines))
    assert (source.pages[0], source.pages[-1]) == (1, 4)
    assert source.pages == tuple(sorted(source.pages))
    assert not any(line.strip() in {"1", "2", "3", "4"} for line in lines)


def letter() -> Sheet:
    """A page with letterhead and signature, two columns each."""
    sheet = Sheet()
    sheet.text(90, 100, "Số:")
    sheet.text(140, 100, "/KH-UBND")
    for y, left, right in (
        (60, "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (78, "TỈNH SÔNG TRÀ", "Độc lập - Tự do - Hạnh phúc"),
        (100, "", "Sông Trà, ngày 05 tháng 3 năm 2025"), (506, "", "TM. ỦY BAN NHÂN DÂN"), (521, "", "CHỦ TỊCH"),
        (600, "", "Lê Thị Hòa"),
    ):  # fmt: skip
        sheet.centred(y, left, middle=LEFT)
        sheet.centred(y, right, middle=RIGHT)
    sheet.centred(140, "KẾ HOẠCH", 14)
    body_of(sheet)
    for y, line in ((500, "Nơi nhận:"), (515, "- UBND tỉnh;"), (528, "- Lưu: VT.")):
        sheet.text(60, y, line, 10)
    return sheet


def test_letterhead_and_signature_are_read_column_by_column() -> None:
    lines = read(letter())
    assert lines[:8] == [
        "ỦY BAN NHÂN DÂN", "TỈNH SÔNG TRÀ", "Số:     /KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Sông Trà, ngày 05 tháng 3 năm 2025", "KẾ HOẠCH", f"{BODY} {BODY[:11]}",
    ]  # fmt: skip
    end = ["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Thị Hòa"]
    assert lines[-6:] == end
    draft = read_plan(print_pdf([letter()]))
    assert (draft.symbol and draft.symbol.value, draft.place and draft.place.value) == ("KH-UBND", "Sông Trà")
    assert (draft.signer.name and draft.signer.name.value) == "Lê Thị Hòa"


def test_a_signature_block_cut_by_the_page_stays_one_list() -> None:
    first, second = Sheet(), Sheet()
    body_of(first)
    first.text(60, 760, "Nơi nhận:")
    first.text(60, 775, "- UBND tỉnh;", 10)
    first.centred(760, "GIÁM ĐỐC", middle=RIGHT)
    second.text(60, 60, "- Sở Nội vụ;", 10)
    second.text(60, 73, "- Lưu: VT.", 10)
    second.centred(90, "Lê Thị Hòa", middle=RIGHT)
    assert read(first, second)[-6:] == [
        "Nơi nhận:",
        "- UBND tỉnh;",
        "- Sở Nội vụ;",
        "- Lưu: VT.",
        "GIÁM ĐỐC",
        "Lê Thị Hòa",
    ]


def test_a_floating_mark_of_a_draft_stands_alone() -> None:
    sheet = Sheet()
    body_of(sheet)
    sheet.text(60, 100, "KẾ HOẠCH TRUYỀN THÔNG")
    sheet.text(480, 100, "Dự thảo")
    assert read(sheet)[:2] == ["Dự thảo", "KẾ HOẠCH TRUYỀN THÔNG"]


def test_what_is_printed_around_the_text_is_left_out() -> None:
    sheets = []
    for number in range(1, 5):
        sheet = Sheet()
        sheet.text(60, 40, "SỞ TÀI CHÍNH TỈNH SÔNG TRÀ - SỔ TAY 2025")
        sheet.centred(800, f"Trang {number}/4")
        body_of(sheet, lines=8)
        sheet.text(60, 400, f"Hết trang thứ {number}")
        sheets.append(sheet)
    stamp = (
        "Người ký: Sở Tài chính",
        "Email: stc@songtra.gov.vn",
        "Thời gian ký: 05.03.2025 10:22:33 +07:00",
    )
    for i, line in enumerate(stamp):
        sheets[0].text(400, 60 + 9 * i, line, 7)
    lines = read(*sheets)
    assert sum("SỔ TAY" in line for line in lines) == 1, "the first printing may be the title"
    assert not [line for line in lines if "Trang" in line or "ký" in line or "Email" in line]
    assert [line for line in lines if line.startswith("Hết")] == [f"Hết trang thứ {i}" for i in range(1, 5)]


def test_notes_at_the_foot_and_their_marks_are_left_out() -> None:
    sheet = Sheet()
    body_of(sheet)
    sheet.text(60, 500, "Theo Nghị quyết của Tỉnh ủy", 12)
    sheet.text(60 + 27 * 6, 495, "12", 7)
    sheet.text(60 + 27 * 6 + 12, 500, "năm 2025", 12)
    sheet.text(60, 740, "12 Nghị quyết này thay cho nghị quyết trước.", 9)
    sheet.text(60, 752, "và có hiệu lực từ ngày ký.", 9)
    assert read(sheet)[-1] == "Theo Nghị quyết của Tỉnh ủy năm 2025"


def test_paragraphs_are_set_off_and_lines_of_one_are_not() -> None:
    sheet = Sheet()
    for y, x, line in (
        (100, 90, f"1. {BODY}"), (118, 60, f"{BODY} {BODY[:11]}"), (136, 60, "hết đoạn."),
        (154, 90, f"2. {BODY}"), (172, 60, f"{BODY} {BODY[:11]}"), (190, 60, "hết."),
    ):  # fmt: skip
        sheet.text(x, y, line)
    lines = read_pdf(print_pdf([sheet]))[0]
    assert [i for i, line in enumerate(lines) if not line] == [3]
    assert lines[0].startswith("     1. ")


def test_paragraphs_that_hang_from_their_first_line_are_told_apart_too() -> None:
    sheet = Sheet()
    for i in range(6):
        hangs = bool(i % 2)
        line = f"{BODY} {BODY}"[:78] if hangs else f"{i}. {BODY} {BODY}"[:83]
        sheet.text(90 if hangs else 60, 100 + 18 * i, line)
    lines = read_pdf(print_pdf([sheet]))[0]
    assert [i for i, line in enumerate(lines) if not line] == [2, 5]


def test_words_are_whole_however_the_file_cuts_them() -> None:
    sheet = Sheet()
    body_of(sheet)
    sheet.text(60, 500, f"{BODY} Kết luận số 57-")
    sheet.text(60, 518, "KL/TW và ﬁle đính kèm; " + unicodedata.normalize("NFD", "Sở Nội vụ"))
    lines = read(sheet)
    assert lines[-2:] == [f"{BODY} Kết luận số 57-KL/TW", "và file đính kèm; Sở Nội vụ"]


def test_letters_from_another_font_join_their_word() -> None:
    sheet = Sheet()
    body_of(sheet)
    for x, letters in ((60, "TR"), (84, "NG"), (102, "SÔNG"), (72, "ƯỜ")):
        sheet.text(x, 500, letters)
    assert read(sheet)[-1] == "TRƯỜNG SÔNG"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_read_upright(rotation: int) -> None:
    sheet = Sheet(rotation=rotation)
    for i in range(6):
        x, y = 60.0, 100.0 + 18 * i
        place = {90: (y, HEIGHT - x), 180: (WIDTH - x, HEIGHT - y), 270: (WIDTH - y, x)}[rotation]
        sheet.turned(place, rotation, f"Dòng thứ {i} của trang")
    assert read(sheet) == [f"Dòng thứ {i} của trang" for i in range(6)]


def test_old_fonts_are_known_in_a_pdf_too() -> None:
    sheet = Sheet()
    for i in range(8):
        sheet.text(60, 100 + 18 * i, in_tcvn3(f"Tỉnh {BODY}"))
    assert read(sheet)[0].lower() == f"tỉnh {BODY}".lower()
