"""The rows of a sheet as lines: what stands above the head of its table or labelled below it is text."""

import re
from collections.abc import Sequence

from campaigns.planfile.containers.rows import is_head, write_row

_TITLES = 30
_FEWEST = 3  # filled cells of a row of tasks
_LABELLED = re.compile(r"\s*[^\W\d_][^:\n]{2,40}:(?=\s)")
_GAP = "   "  # what the reader takes for the space between two columns of a letterhead


def write_sheet(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of one sheet, empty rows and empty columns at the end left out."""
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell.strip()), default=0)
    head = next((i for i, row in enumerate(rows[:_TITLES]) if is_head([[one] for one in row])), None)
    foot = len(rows) if head is None else _foot(rows, head)
    lines: list[str] = []
    for i, row in enumerate(rows[:foot]):
        filled = [" ".join(cell.split()) for cell in row if cell.strip()]
        if not filled:
            lines.append("")
        elif head is None or i < head:
            lines += [_GAP.join(filled)] if head is not None or len(filled) < 2 else [_row(row, width)]
        else:
            lines.append(_row(row, width))
    return lines + _below(rows[foot:])


def _foot(rows: Sequence[Sequence[str]], head: int) -> int:
    """Return the index of the first row below the table that holds text under a label of its own ("Nơi nhận:")."""
    full = max((i for i, row in enumerate(rows) if sum(map(_is_filled, row)) >= _FEWEST), default=head)
    for i in range(max(full, head) + 1, len(rows)):
        if any(_LABELLED.match(cell) for cell in rows[i]):
            return i
    return len(rows)


def _below(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of what stands below a table; from where cells stand side by side, column after column."""
    side = next((i for i, row in enumerate(rows) if sum(map(_is_filled, row)) > 1), len(rows))
    cells = [cell for row in rows[:side] for cell in row]
    for column in range(max(map(len, rows[side:]), default=0)):
        cells += [row[column] for row in rows[side:] if column < len(row)]
    return [line for cell in cells if cell.strip() for line in ("", *cell.split("\n"))]


def _is_filled(cell: str) -> bool:
    return bool(cell.strip())


def _row(row: Sequence[str], width: int) -> str:
    cells = [*row[:width], *[""] * (width - len(row))]
    return write_row([cell.split("\n") for cell in cells])
