"""Tables of a DOCX as rows of cells in which merged cells keep their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from campaigns.planfile.containers.limits import MOST_COLUMNS
from campaigns.planfile.containers.ooxml import W, attribute, find, integer
from campaigns.planfile.containers.rows import Cell
from campaigns.planfile.containers.styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_HOLDERS = {W + "sdt", W + "sdtContent", W + "customXml", W + "ins"}
_NO_RULE = ("nil", "none")


def _children(holder: _Element, name: str) -> Iterator[_Element]:
    """Yield rows or cells, those inside of content controls too."""
    for child in holder:
        if child.tag == W + name:
            yield child
        elif child.tag in _HOLDERS:
            yield from _children(child, name)


def read_cells(table: _Element, read: Callable[[_Element], Cell]) -> list[list[Cell]]:
    """Return the rows of a table; *read* gives the lines of one cell.

    A cell over several columns stands in the first and leaves the others empty; one over several rows is
    repeated in each, so that every row says by itself who leads and until when.
    """
    rows: list[list[Cell]] = []
    above: dict[int, Cell] = {}
    for row in _children(table, "tr"):
        if find(find(row, "trPr"), "del") is not None:
            continue
        cells: list[Cell] = [[] for _ in range(min(integer(_before(row), 0), MOST_COLUMNS))]
        for cell in _children(row, "tc"):
            properties = find(cell, "tcPr")
            merged = find(properties, "vMerge")
            goes_on = merged is not None and attribute(merged, "val") != "restart"
            lines = above.get(len(cells), []) if goes_on else [line for line in read(cell) if line.strip()]
            above[len(cells)] = lines
            span = max(1, integer(find(properties, "gridSpan"), 1))
            cells += [lines, *([[]] * (min(span, MOST_COLUMNS) - 1))]
        rows.append(cells)
    return rows


def _before(row: _Element) -> _Element | None:
    """Return how many columns a row leaves empty before its first cell."""
    return find(find(row, "trPr"), "gridBefore")


def is_ruled(table: _Element, styles: Styles) -> bool:
    """Tell whether rules are drawn between the cells of a table, by itself, its style or its cells."""
    properties = find(table, "tblPr")
    borders = find(properties, "tblBorders")
    if borders is None:
        style = attribute(find(properties, "tblStyle"), "val") or ""
        borders = styles.table_borders(style)
    inner = [find(borders, name) for name in ("insideV", "insideH")]
    if any(one is not None and attribute(one, "val") not in _NO_RULE for one in inner):
        return True
    own = table.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders/{W}left")
    return any(attribute(one, "val") not in _NO_RULE for one in own)
