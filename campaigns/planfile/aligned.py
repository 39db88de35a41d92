"""Tables of tasks in plain text, their columns set with blanks, as a printed page is written out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from campaigns.planfile.containers.rows import is_head, write_row
from campaigns.planfile.lines import Kind, Line

_CHUNK = re.compile(r"\S+(?: \S+)*")
_NUMBER = re.compile(r"(?:\d{1,3}|[IVXLC]{1,6})[.)]?")
_FEWEST = 3
_SLACK = 2
"""Blanks by which a cell may stand before its column: numbers are set in the middle."""


@dataclass
class _Row:
    """A row in the making: its first line, and the lines of each cell."""

    first: Line
    cells: list[list[str]]
    taken: list[int] = field(default_factory=list)  # numbers of its further lines


def with_rows(lines: Sequence[Line], raws: Sequence[str]) -> list[Line]:
    """Return the *lines* of the *raws* with each such table as rows, every row on its first line."""
    made: dict[int, Line] = {}
    at = 0
    while at < len(lines):
        rows = _table(lines, raws, at)
        for row in rows:
            made |= {number: replace(_line(lines, number), text="", kind=Kind.BLANK) for number in row.taken}
            made[row.first.no] = replace(row.first, text=write_row(row.cells), kind=Kind.ROW, indent=0)
        last = max((number for row in rows for number in (row.first.no, *row.taken)), default=0)
        at = max(
            at + 1, next((i for i in range(at, len(lines)) if lines[i].no > last), len(lines)) if rows else 0
        )
    return [made.get(line.no, line) for line in lines] if made else list(lines)


def _line(lines: Sequence[Line], number: int) -> Line:
    return next(line for line in lines if line.no == number)


def _table(lines: Sequence[Line], raws: Sequence[str], at: int) -> list[_Row]:
    """Return the head and the rows of the table that begins at that line; nothing where none does."""
    raw = raws[lines[at].no - 1].expandtabs()
    head = list(_CHUNK.finditer(raw)) if lines[at].kind is Kind.TEXT else []
    if len(head) < _FEWEST or not is_head([[one.group()] for one in head]):
        return []
    starts = [one.start() for one in head]
    rows = [_Row(lines[at], [[one.group()] for one in head])]
    for line in lines[at + 1 :]:
        if line.kind is Kind.BLANK:
            continue
        cells = _cut(raws[line.no - 1].expandtabs(), starts) if line.kind is Kind.TEXT else None
        if cells is None or (cells[0] and not _NUMBER.fullmatch(cells[0])):
            break
        if cells[0]:
            rows.append(_Row(line, [[one] for one in cells]))
            continue
        rows[-1].taken.append(line.no)
        for whole, part in zip(rows[-1].cells, cells, strict=True):
            whole.append(part)
    return rows if len(rows) > 1 else []


def _cut(raw: str, starts: Sequence[int]) -> list[str] | None:
    """Return the cells of a line; None where a text runs over the columns."""
    cells = [""] * len(starts)
    for found in _CHUNK.finditer(raw):
        column = max((i for i, start in enumerate(starts) if start <= found.start() + _SLACK), default=0)
        if cells[column] or (column + 1 < len(starts) and found.end() > starts[column + 1]):
            return None
        cells[column] = found.group()
    return cells
