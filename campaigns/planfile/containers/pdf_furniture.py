"""What is printed around the text of a PDF: running heads, page numbers, stamps of digital signatures, notes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from campaigns.planfile.containers.pdf_lines import PrintedLine
from campaigns.planfile.containers.pdf_tables import PrintedTable
from campaigns.planfile.containers.rows import write_columns

_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s*)?\d{1,3}\s*(?:[/|]\s*\d{1,3})?[-–—\s]*$", re.IGNORECASE)
_EDGE = 0.13  # of the height, above and below
_TABLE_EDGE = 0.2  # a frame of several lines reaches farther in, and is told by its cells
_FEWEST_PAGES = 3
_OFTEN = 0.4  # of the pages that a running head stands on
_STAMP = re.compile(r"^(?:Người ký|Ký bởi|Được ký bởi|Signature|Ngày ký|Thời gian ký)\b", re.IGNORECASE)
_STAMP_LINE = re.compile(
    r"^(?:Người ký|Ký bởi|Được ký bởi|Signature|Ngày ký|Thời gian ký|Email|E-mail|Cơ quan|Tổ chức|Chức vụ)\b"
    r"|\+07|^\d{1,2}[./-]\d{1,2}[./-]\d{4}\s+\d{1,2}:\d{2}|gov\.vn$",
    re.IGNORECASE,
)
_SMALL = 0.86  # notes at the foot are set smaller than the text
_NOTE = re.compile(r"^\[?\d{1,2}\]?\s*\S")

PageTables = tuple[list[PrintedTable], float]
PageLines = tuple[list[PrintedLine], float]
"""The tables or lines of a page with its height."""


def drop_furniture(pages: Sequence[PageLines]) -> list[list[PrintedLine]]:
    """Return the lines of every page without what is printed around the text."""
    repeated = _running(pages)
    size = _usual_size(pages)
    kept = []
    for number, (lines, height) in enumerate(pages):
        running = repeated if number else frozenset()
        text = [one for one in lines if not (_is_furniture(one, height, running) or _is_mark(one, size))]
        kept.append(_without_notes(_without_stamps(text), size))
    return kept


def drop_running_tables(pages: Sequence[PageTables]) -> list[list[PrintedTable]]:
    """Return the tables of every page without those that only frame a running head; its first printing is text."""
    counts = Counter(
        text
        for tables, height in pages
        for text in {_cells(one) for one in tables if _ends_at_edge(one, height)}
    )
    least = max(_FEWEST_PAGES, _OFTEN * len(pages))
    kept: list[list[PrintedTable]] = []
    for number, (tables, _) in enumerate(pages):
        running = [table for table in tables if counts[_cells(table)] >= least]
        first = [_unframed(table) for table in running if not number]
        kept.append([*first, *(table for table in tables if table not in running)])
    return kept


def _ends_at_edge(table: PrintedTable, height: float) -> bool:
    return table.bottom < _TABLE_EDGE * height or table.top > (1 - _TABLE_EDGE) * height


def _cells(table: PrintedTable) -> str:
    return re.sub(r"\d+", "0", "|".join(line for row in table.rows for cell in row for line in cell))


def _unframed(table: PrintedTable) -> PrintedTable:
    return replace(table, rows=((write_columns(table.rows),),))


def _usual_size(pages: Sequence[PageLines]) -> float:
    sizes = Counter(round(line.size, 1) for lines, _ in pages for line in lines for _ in line.words)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _at_edge(line: PrintedLine, height: float) -> bool:
    return line.y < _EDGE * height or line.y > (1 - _EDGE) * height


def _without_figures(line: PrintedLine) -> str:
    return re.sub(r"\d+", "0", line.text)


def _running(pages: Sequence[PageLines]) -> frozenset[str]:
    """Return the lines at the edges that most pages carry; their first printing stays, it may be the title."""
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    counts = Counter(
        text
        for lines, height in pages
        for text in {_without_figures(line) for line in lines if _at_edge(line, height)}
    )
    return frozenset(
        text for text, count in counts.items() if count >= max(_FEWEST_PAGES, _OFTEN * len(pages))
    )


def _is_furniture(line: PrintedLine, height: float, repeated: frozenset[str]) -> bool:
    return _at_edge(line, height) and (
        bool(_PAGE_NUMBER.match(line.text)) or _without_figures(line) in repeated
    )


def _is_mark(line: PrintedLine, size: float) -> bool:
    """Tell whether a raised figure of a note, printed apart from its word, makes a line of its own."""
    return line.size < _SMALL * size and line.text.isdecimal() and len(line.text) <= 2


def _without_stamps(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Return lines without the stamp of a digital signature: who signed, for whom, when, in small letters."""
    return [
        line
        for i, line in enumerate(lines)
        if not (
            _STAMP_LINE.search(line.text)
            and any(_STAMP.match(one.text) for one in lines[max(0, i - 6) : i + 7])
        )
    ]


def _without_notes(lines: list[PrintedLine], size: float) -> list[PrintedLine]:
    """Return lines without the notes at the foot of their page: small, numbered, the last of it."""
    first = len(lines)
    while first and lines[first - 1].size < _SMALL * size:
        first -= 1
    numbered = next((i for i in range(first, len(lines)) if _NOTE.match(lines[i].text)), None)
    starts_so = numbered == first and first > 0
    return lines[:first] if starts_so else lines
