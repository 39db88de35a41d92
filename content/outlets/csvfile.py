"""Tables that people hand in, as Vietnamese Excel writes them; app/csv_file.py writes ours."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from app.clock import YEARS
from app.csv_file import BOM, defuse, write_table
from app.errors import N_, Invalid
from app.organisations.queries import fold_name
from app.text import clean

__all__ = ["BOM", "Row", "decode", "defuse", "read_day", "read_hour", "read_table", "write_table"]
LARGEST_CELL = 131_072  # csv's own limit; a longer cell is no table of ours


@dataclass(frozen=True)
class Row:
    """One line of a table: its number in the file (the first line is 1) and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell of *column*, empty when the table has no such column."""
        return self.cells.get(column, "")


def decode(content: bytes) -> str:
    """The text of an uploaded file.

    Raises:
        Invalid: it is not UTF-8.
    """
    try:
        return clean(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise Invalid(N_("Tệp không phải UTF-8. Trong Excel hãy lưu dạng “CSV UTF-8”.")) from fault


def read_table(
    text: str, headings: Mapping[str, str], *, default: Sequence[str] = ()
) -> tuple[list[str], list[Row]]:
    """The columns of a table and its rows that hold anything.

    *headings* maps a folded heading to a column; the first line is the head when it names one, else the columns
    are *default* in that order and the first line is a row. Cells are parted by a tab, ``;`` or ``,``: whichever
    the first line has most of.

    Raises:
        Invalid: the text is no table, or has no head where one is needed.
    """
    head = text.lstrip("\n").partition("\n")[0]
    delimiter = max("\t;,", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        lines = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    except csv.Error as fault:
        raise Invalid(N_("Bảng không đọc được ở dòng {line}."), line=reader.line_num) from fault
    if not lines:
        return list(default), []
    columns = [headings.get(fold_name(cell), "") for cell in lines[0][1]]
    if any(columns):
        lines = lines[1:]
    elif default:
        columns = list(default)
    else:
        raise Invalid(N_("Dòng đầu của bảng phải là tên các cột."))
    return columns, [_row(number, columns, line) for number, line in lines]


def _row(number: int, columns: Sequence[str], line: Sequence[str]) -> Row:
    return Row(
        number,
        {column: " ".join(cell.split()) for column, cell in zip(columns, line, strict=False) if column},
    )


def read_day(raw: str) -> date:
    """A day as people or machines write it.

    Raises:
        Invalid: it is none.
    """
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            found = datetime.strptime(raw, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if found.year in YEARS:
            return found
    raise Invalid(N_("Ngày “{raw}” không đúng; ví dụ: 18/5/2026."), raw=raw[:40])


def read_hour(raw: str) -> time:
    """An hour as people write it: 7:05, 07h05, 7h, 07:05:00. Empty is midnight: the day is known, the hour not.

    Raises:
        Invalid: it is none.
    """
    spelled = raw.lower().replace("giờ", "h").replace(" ", "").replace("h", ":").rstrip(":")
    if not spelled:
        return time.min
    for form in ("%H:%M", "%H", "%H:%M:%S"):
        try:
            return datetime.strptime(spelled, form).time()  # noqa: DTZ007 - a wall clock's hour
        except ValueError:
            continue
    raise Invalid(N_("Giờ “{raw}” không đúng; ví dụ: 07:00."), raw=raw[:40])
