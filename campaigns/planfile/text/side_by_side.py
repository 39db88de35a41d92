"""Tables of Markdown that only set text side by side, as letterhead and signature stand: read column after column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from campaigns.planfile.containers.rows import Cell, places_text
from campaigns.planfile.text.lines import Kind, Line, read_lines

_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DASHES = re.compile(r"[\s:–-]*")


def unfold(lines: Sequence[Line], raws: Sequence[str]) -> list[Line]:
    """Return the *lines* of the *raws* with each such table as the lines of its cells, which keep their numbers."""
    made: list[Line] = []
    rows: list[Line] = []
    for line in lines:
        if line.kind is Kind.ROW:
            rows.append(line)
            continue
        made += _read(rows, raws)
        rows = []
        made.append(line)
    return made + _read(rows, raws)


def _read(rows: Sequence[Line], raws: Sequence[str]) -> list[Line]:
    """Return the rows of one table as they are, or its cells as lines."""
    cells = [_cells(raws[row.no - 1]) for row in rows]
    if max(map(len, cells), default=0) < 2 or not places_text(cells, ruled=True):
        return list(rows)
    width = max(map(len, cells))
    return [
        line
        for i in range(width)
        for row, of_row in zip(rows, cells, strict=True)
        for line in _lines(row, of_row, i)
    ]


def _lines(row: Line, cells: Sequence[Cell], column: int) -> Iterator[Line]:
    """Yield the lines of one cell with the number of its row."""
    for text in cells[column] if column < len(cells) else ():
        for line in read_lines(text.strip()):
            if line.kind is not Kind.BLANK:
                yield replace(line, no=row.no)


def _cells(raw: str) -> list[Cell]:
    """Return the cells of a row, each with its lines; a row of dashes has none."""
    parts = _BAR.split(raw.strip().strip("|"))
    return [] if all(map(_DASHES.fullmatch, parts)) else [_BREAK.split(part) for part in parts]
