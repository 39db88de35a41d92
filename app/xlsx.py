"""The one adapter to openpyxl: a table as a workbook with a head that stays, real days and numbers, and plain text."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from app.clock import local

DAY, MOMENT = "d/m/yyyy", "d/m/yyyy hh:mm"
LONGEST = 32_767  # letters of a cell
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML does not take
_HEAD = Font(bold=True)
_GROUND = PatternFill("solid", fgColor="E8EEF7")
_WRAPPED = Alignment(vertical="top", wrap_text=True)

Cell = str | int | float | date | datetime | None


def write_sheet(title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook with one sheet: *heads* are names of columns with their widths in letters, moments are aware.

    Text stays text, also where it begins like a formula.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31] or "Loa")
    sheet.freeze_panes = "A2"
    for number, (_, width) in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_head(sheet, name) for name, _ in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        return file.read()


def _head(sheet: Any, name: str) -> Any:
    cell = _text(sheet, name)
    cell.font, cell.fill, cell.alignment = _HEAD, _GROUND, _WRAPPED
    return cell


def _text(sheet: Any, value: str) -> Any:
    """Text as text: openpyxl would read "=" at its beginning as a formula."""
    cell = WriteOnlyCell(sheet, value="")
    cell.value = _REFUSED.sub("", value)[:LONGEST]
    cell.data_type = "s"
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    if isinstance(value, str):
        # Only what could be read as something else needs a cell of its own; it costs ten times a plain value.
        return _text(sheet, value) if value[:1] in "=+-@#" or _REFUSED.search(value) else value[:LONGEST]
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value=local(value).replace(tzinfo=None))
        cell.number_format = MOMENT
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=datetime(value.year, value.month, value.day))  # noqa: DTZ001 - a day
        cell.number_format = DAY
        return cell
    return value
