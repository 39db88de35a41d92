"""The rows of a sheet as lines: what stands above the head of its table or labelled below it is text."""

import re
from collections.abc import Sequence

from campaigns.planfile.containers.rows import is_head, write_row

_TITLES = 30
_FEWEST = 3  # filled cells of a row of tasks
_TIME = re.compile(r"thời gian|thời hạn|tiến độ", re.IGNORECASE)
_TO = " - "
_LABELLED = re.compile(r"\s*[^\W\d_][^:\n]{2,40}:(?=\s|$)")
_GAP = "   "  # what the reader takes for the space between two columns of a letterhead


def write_sheet(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of one sheet, empty rows and empty columns at the end left out."""
    head = next((i for i, row in enumerate(rows[:_TITLES]) if is_head([[one] for one in row])), None)
    rows = rows if head is None else _folded(rows, head)
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell.strip()), default=0)
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


def _folded(rows: Sequence[Sequence[str]], head: int) -> Sequence[Sequence[str]]:
    """Return the rows with the columns of a time as one, where a second row of the head parts it: "Bắt đầu", "Kết thúc"."""
    if head + 1 >= len(rows):
        return rows
    over, under = rows[head], rows[head + 1]
    first = next((i for i, cell in enumerate(over) if _TIME.search(cell)), None)
    if first is None or len(under) != len(over):
        return rows
    last = first
    while last + 1 < len(over) and not over[last + 1].strip() and under[last + 1].strip():
        last += 1
    others = [
        cell
        for i, cell in enumerate(under)
        if not first <= i <= last and cell.strip() not in ("", over[i].strip())
    ]
    if last == first or others:
        return rows
    folded = [_fold(row, first, last) if i > head else row for i, row in enumerate(rows)]
    return [row for i, row in enumerate(folded) if i != head + 1]


def _fold(row: Sequence[str], first: int, last: int) -> list[str]:
    told = _TO.join(cell.strip() for cell in row[first : last + 1] if cell.strip())
    return [*row[:first], told, *[""] * (last - first), *row[last + 1 :]]


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
