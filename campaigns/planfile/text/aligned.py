"""Tables of tasks in plain text, their columns set with blanks, as a printed page is written out, or with tabs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from campaigns.planfile.containers.rows import is_head, write_row
from campaigns.planfile.text.lines import Kind, Line

_CHUNK = re.compile(r"\S+(?: \S+)*")
_NUMBER = re.compile(r"(?:\d{1,3}|[IVXLC]{1,6})[.)]?")
_FEWEST = 3
_SLACK = 2
"""Blanks by which a cell may stand before its column: numbers are set in the middle."""


@dataclass
class _Row:
    """A row in the making: the index of its first line, the lines of each cell, the indices of its other lines."""

    at: int
    cells: list[list[str]]
    others: list[int] = field(default_factory=list)


def with_rows(lines: Sequence[Line], raws: Sequence[str]) -> list[Line]:
    """Return the *lines* of the *raws* with each such table as rows, every row on its first line."""
    made = list(lines)
    at = 0
    while at < len(lines):
        rows = _tabbed(lines, raws, at) or _table(lines, raws, at)
        for row in rows:
            made[row.at] = replace(lines[row.at], text=write_row(row.cells), kind=Kind.ROW, indent=0)
            for other in row.others:
                made[other] = replace(lines[other], text="", kind=Kind.BLANK)
        at = max([at, *(one for row in rows[-1:] for one in (row.at, *row.others))]) + 1
    return made


def _tabbed(lines: Sequence[Line], raws: Sequence[str], at: int) -> list[_Row]:
    """Return the head and the rows of the table with a tab between two cells that begins at that line."""
    rows: list[_Row] = []
    for index in range(at, len(lines)):
        if lines[index].kind is Kind.BLANK and rows:
            continue
        cells = raws[lines[index].no - 1].split("\t")
        if lines[index].kind is not Kind.TEXT or len(cells) < (len(rows[0].cells) - 1 if rows else _FEWEST):
            break
        if not rows and not is_head([[one] for one in cells]):
            break
        rows.append(_Row(index, [[one] for one in cells]))
    return rows if len(rows) > 1 else []


def _table(lines: Sequence[Line], raws: Sequence[str], at: int) -> list[_Row]:
    """Return the head and the rows of the table that begins at that line; nothing where none does."""
    head = list(_CHUNK.finditer(_raw(lines[at], raws))) if lines[at].kind is Kind.TEXT else []
    if len(head) < _FEWEST or not is_head([[one.group()] for one in head]):
        return []
    starts = [one.start() for one in head]
    rows = [_Row(at, [[one.group()] for one in head])]
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if line.kind is Kind.BLANK:
            continue
        cells = _cut(_raw(line, raws), starts) if line.kind is Kind.TEXT else None
        if cells is None or (cells[0] and not _NUMBER.fullmatch(cells[0])):
            break
        if cells[0]:
            rows.append(_Row(index, [[one] for one in cells]))
            continue
        rows[-1].others.append(index)
        for whole, part in zip(rows[-1].cells, cells, strict=True):
            whole.append(part)
    return rows if len(rows) > 1 else []


def _raw(line: Line, raws: Sequence[str]) -> str:
    return raws[line.no - 1].expandtabs()


def _cut(raw: str, starts: Sequence[int]) -> list[str] | None:
    """Return the cells of a line; None where a text runs over the columns."""
    cells = [""] * len(starts)
    for found in _CHUNK.finditer(raw):
        column = max((i for i, start in enumerate(starts) if start <= found.start() + _SLACK), default=0)
        if cells[column] or (column + 1 < len(starts) and found.end() > starts[column + 1]):
            return None
        cells[column] = found.group()
    return cells
