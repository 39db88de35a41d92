"""Reading long plans from their containers: a hundred pages each of DOCX, of PDF as running text and as ruled tables.

The documents are made here; each is read, containers and reader, in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import textwrap
from itertools import pairwise
from pathlib import Path

from bench.figures import Figure, show
from tests.campaigns.planfile.containers.papers import body_paragraph, data_of, new_document
from tests.campaigns.planfile.containers.printed import Sheet, print_pdf

JUDGE = Path(__file__).with_name("plan_reader.py")
PAGES = 100
SECONDS, MEGABYTES = 3.0, 300.0
LINES = 40  # on a page of running text
HEADS = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
TASK = (
    "Tổ chức các hoạt động tuyên truyền, phổ biến chủ trương, chính sách về khoa học, công nghệ, đổi mới sáng tạo và "
    "chuyển đổi số theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị trên cổng thông tin điện tử, hệ thống "
    "truyền thanh cơ sở và mạng xã hội."
)


def paragraphs() -> list[str]:
    """Return a plan of so many groups and tasks that it fills a hundred pages."""
    texts = [
        "KẾ HOẠCH",
        "Truyền thông năm 2025",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Nâng cao nhận thức.",
        "II. NỘI DUNG, NHIỆM VỤ",
    ]
    for group in range(1, PAGES + 1):
        texts.append(f"{group % 90 + 1}. Truyền thông đợt {group} trong cộng đồng")
        texts += [f"{letter}) {TASK}" for letter in "abcdđeghik"]
        texts += ["- Cơ quan chủ trì: Sở Khoa học và Công nghệ", "- Thời gian: Thường xuyên."]
    return texts


def word() -> bytes:
    """Return the plan as DOCX."""
    document = new_document()
    for text in paragraphs():
        body_paragraph(document, text)
    return data_of(document)


def running_pdf() -> bytes:
    """Return the plan as a PDF of wrapped lines."""
    lines = [line for text in paragraphs() for line in textwrap.wrap(text, 76)]
    sheets = []
    for page in range(PAGES):
        sheet = Sheet()
        sheet.centred(40, str(page + 1))
        for i, line in enumerate(lines[page * LINES : (page + 1) * LINES]):
            sheet.text(70, 80 + 18 * i, line)
        sheets.append(sheet)
    return print_pdf(sheets)


def ruled_pdf() -> bytes:
    """Return an annex of tasks as a PDF full of ruled tables, its head repeated on each page."""
    xs, rows = (40, 75, 255, 365, 475, 560), 10
    ys = [60, 85, *(85 + 68 * i for i in range(1, rows + 1))]
    sheets = []
    for page in range(PAGES):
        sheet = Sheet()
        sheet.grid(xs, ys)
        for x, head in zip(xs, HEADS, strict=False):
            sheet.text(x + 3, 75, head, 9)
        for row in range(rows):
            cells = (
                str(page * rows + row + 1),
                TASK[:150],
                "Sở Khoa học và Công nghệ",
                "Các sở, ban, ngành",
                "Năm 2025",
            )
            for (x, end), cell in zip(pairwise(xs), cells, strict=True):
                for i, line in enumerate(textwrap.wrap(cell, int((end - x - 6) / 4.5))[:6]):
                    sheet.text(x + 3, ys[row + 1] + 11 + 11 * i, line, 9)
        sheets.append(sheet)
    return print_pdf(sheets)


def main() -> None:
    """Show seconds and peak memory of each beside their goals."""
    figures = []
    for name, suffix, make in (
        ("DOCX", "docx", word), ("text PDF", "pdf", running_pdf), ("PDF of ruled tables", "pdf", ruled_pdf)
    ):  # fmt: skip
        with tempfile.NamedTemporaryFile(suffix=f".{suffix}") as kept:
            kept.write(make())
            kept.flush()
            command = [sys.executable, str(JUDGE), "--measure", kept.name]
            done = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        figures.append(Figure(f"read {PAGES} pages of {name}", done["seconds"], "s", SECONDS))
        figures.append(Figure(f"memory for {PAGES} pages of {name}", done["megabytes"], "MB", MEGABYTES))
    show(figures)


if __name__ == "__main__":
    main()
