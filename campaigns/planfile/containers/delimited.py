"""CSV: a text file that is one table, its fields parted by commas, semicolons or tabs."""

import csv
import io
from collections import Counter
from itertools import islice

from campaigns.planfile.containers.limits import MOST_COLUMNS, MOST_ROWS
from campaigns.planfile.containers.rows import is_head
from campaigns.planfile.containers.source import Container, Source, make_source
from campaigns.planfile.containers.table_lines import write_sheet

_MARKS = ",;\t"
_LOOKED_AT = 400  # rows that decide whether a text is a table
_TITLES = 30  # rows that may stand above the head of a table
_FEWEST = 3  # columns
_MOST_OF_THEM = 0.7


def read_delimited(text: str) -> Source | None:
    """Return the rows of a text that is one table; None where it is running text.

    A table has a row that names its columns, and most rows below are as wide.
    """
    for mark in _MARKS:
        head = _rows(text, mark, _LOOKED_AT)
        if head and _is_table(head):
            return make_source(write_sheet(_rows(text, mark, MOST_ROWS) or head), Container.DELIMITED)
    return None


def _rows(text: str, mark: str, most: int) -> list[list[str]] | None:
    if mark not in text:
        return None
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        return [row[:MOST_COLUMNS] for row in islice(rows, most)]
    except csv.Error:
        return None


def _is_table(rows: list[list[str]]) -> bool:
    head = next(
        (
            i
            for i, row in enumerate(rows[:_TITLES])
            if len(row) >= _FEWEST and is_head([[one] for one in row])
        ),
        None,
    )
    if head is None:
        return False
    widths = Counter(len(row) for row in rows[head:] if any(cell.strip() for cell in row))
    return widths[len(rows[head])] >= _MOST_OF_THEM * widths.total() and widths.total() > 1
