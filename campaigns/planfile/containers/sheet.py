"""XLSX: the rows of every sheet, streamed; values of formulas, days as people write them, merged cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from campaigns.planfile.containers.legacy import repair
from campaigns.planfile.containers.limits import MOST_COLUMNS, MOST_ROWS, MOST_TEXT
from campaigns.planfile.containers.source import Container, Source, make_source
from campaigns.planfile.containers.table_lines import write_sheet
from campaigns.planfile.unreadable import EMPTY, TOO_LARGE, Unreadable

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,100}?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_MOST_MERGED = 20_000


def open_sheet(data: bytes) -> Source:
    """Return the rows of the sheets of an XLSX, hidden sheets left out.

    Raises:
        Unreadable: damaged, too large, or without any letter.
    """
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    lines: list[str] = []
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                lines += ["", *write_sheet(_rows(sheet, data))]
            if sum(map(len, lines)) > MOST_TEXT or len(lines) > MOST_ROWS:
                raise Unreadable(TOO_LARGE)
    finally:
        book.close()
    if not any(c.isalpha() for line in lines for c in line):
        raise Unreadable(EMPTY)
    return make_source(repair("\n".join(lines)).split("\n"), Container.SHEET)


def _rows(sheet: Any, data: bytes) -> list[list[str]]:
    """Return the cells of a sheet as text; a cell merged over rows is repeated in each of them."""
    rows = [
        [_text(value) for value in row]
        for row in sheet.iter_rows(1, MOST_ROWS, 1, MOST_COLUMNS, values_only=True)
    ]
    for column, first, last in _merged(sheet, data):
        for row in rows[first : min(last, len(rows))]:
            if column < len(row) and column < len(rows[first - 1]) and not row[column]:
                row[column] = rows[first - 1][column]
    return rows


def _merged(sheet: Any, data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield column from 0, first and last row from 1 of the cells merged over rows.

    A sheet that is streamed does not tell of them, and one that is not makes an object of each cell in a range:
    a range over the whole sheet would fill the memory.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(sheet._worksheet_path)  # noqa: SLF001 - told nowhere else
    for found in _MERGED.findall(xml)[:_MOST_MERGED]:
        left, top, _, bottom = range_boundaries(found.decode())
        if left and top and bottom and bottom > top:
            yield left - 1, top, bottom


def _text(value: Any) -> str:
    """Return a value as people write it: 07/03/2025, 14:30, 2 instead of 2.0."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        clock = f" {value:%H:%M}" if (value.hour, value.minute) != (0, 0) else ""
        return f"{value:%d/%m/%Y}{clock}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)
