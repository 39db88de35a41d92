"""The text of a PDF: lines as printed with their indents, a blank line where a paragraph begins, tables as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median, quantiles

from app.text import fold
from campaigns.planfile.containers.pdf_columns import carry_over, order_columns
from campaigns.planfile.containers.pdf_furniture import drop_furniture, drop_running_tables
from campaigns.planfile.containers.pdf_lines import PrintedLine, make_lines, pull_cut_words
from campaigns.planfile.containers.pdf_pages import Page
from campaigns.planfile.containers.pdf_tables import PrintedTable, find_tables
from campaigns.planfile.containers.rows import Cell, is_head, write_table

_SET_IN = 0.8  # of the size of the letters: an indent that opens a paragraph
_WIDE_PITCH = 1.25
_BLANK = 0.5
_HEAD_ROWS = 3
_SAME_COLUMN = 6.0

Block = PrintedLine | PrintedTable


@dataclass(frozen=True)
class _Measures:
    """The text area of a document: left and right edge, and the usual distance of lines by their size."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[PrintedLine]]) -> _Measures:
        """The measures of the lines of all pages."""
        lines = [line for page in pages for line in page]
        if len(lines) < 2:
            return cls(0.0, 0.0, 1.5)
        lefts, rights = sorted(line.x0 for line in lines), [line.x1 for line in lines]
        steps = [
            (b.y - a.y) / a.size for page in pages for a, b in pairwise(page) if 0 < b.y - a.y < 3 * a.size
        ]
        return cls(lefts[len(lefts) // 20], quantiles(rights, n=20)[-1], median(steps) if steps else 1.5)


@dataclass
class _Writer:
    """Writes lines with the page that each came from; ``opened`` tells whether the last one began a paragraph."""

    measures: _Measures
    last: PrintedLine | None = None
    opened: bool = False
    lines: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    def write(self, texts: Iterable[str], page: int) -> None:
        """Write lines of one page; runs of blank ones come out as one."""
        for text in texts:
            if text.strip() or (self.lines and self.lines[-1]):
                self.lines.append(text)
                self.pages.append(page)

    def write_line(self, line: PrintedLine, page: int) -> None:
        """Write a printed line, set off by a blank one where it opens a paragraph."""
        before = self.last
        self.opened = before is None or _opens_paragraph(before, line, self.measures, goes_on=not self.opened)
        self.write([*([""] if self.opened else []), _set_in(line, self.measures)], page)
        self.last = line

    def write_table(self, table: PrintedTable) -> None:
        """Write a table that may go over several pages."""
        lines = write_table(table.rows, ruled=True)
        first, *rows, last = lines
        self.write([first], table.pages[0])
        for i, row in enumerate(rows):
            self.write([row], table.pages[min(i, len(table.pages) - 1)])
        self.write([last], table.pages[-1])
        self.last = None


def write_pages(pages: Sequence[Page]) -> tuple[list[str], list[int]]:
    """Return the lines of a document and the page, from 1, of each."""
    found = [find_tables(page) for page in pages]
    printed = [(make_lines(free), page.height) for page, (_, free) in zip(pages, found, strict=True)]
    texts = drop_furniture(printed)
    tables = drop_running_tables(
        [(ruled, page.height) for page, (ruled, _) in zip(pages, found, strict=True)]
    )
    measures = _Measures.of(texts)
    ordered = [
        pull_cut_words(order_columns(lines, page.width)) for page, lines in zip(pages, texts, strict=True)
    ]
    carry_over(ordered, max(page.width for page in pages))
    blocks = [
        _in_order(lines, ruled, no) for no, (lines, ruled) in enumerate(zip(ordered, tables, strict=True), 1)
    ]
    writer = _Writer(measures)
    for number, page in enumerate(_join_tables(blocks), 1):
        for block in page:
            if isinstance(block, PrintedTable):
                writer.write_table(block)
            else:
                writer.write_line(block, number)
    return writer.lines, writer.pages


def _set_in(line: PrintedLine, measures: _Measures) -> str:
    """Return a line with its indent; lines of two columns, which now stand below each other, have none."""
    indent = 0.0 if line.column else line.x0 - measures.left
    return " " * max(0, round(indent / (_BLANK * line.size))) + line.text


def _in_order(lines: Sequence[PrintedLine], tables: Sequence[PrintedTable], number: int) -> list[Block]:
    """Return lines and tables of a page in the order of reading."""
    blocks: list[Block] = list(lines)
    for table in tables:
        at = next((i for i, one in enumerate(blocks) if _height(one) > table.top), len(blocks))
        blocks.insert(at, replace(table, pages=(number,) * len(table.rows)))
    return blocks


def _height(block: Block) -> float:
    return block.top if isinstance(block, PrintedTable) else block.y


def _opens_paragraph(last: PrintedLine, line: PrintedLine, measures: _Measures, *, goes_on: bool) -> bool:
    """Tell whether a line opens a paragraph: below a wide gap, below a line that ends early, or by its indent.

    Below a first line another indent is that of the paragraph's other lines; only where the last line *goes_on*
    from one before does it tell of a new one.
    """
    if last.column or line.column:
        return last.column != line.column
    if line.y - last.y > _WIDE_PITCH * measures.pitch * max(last.size, line.size):
        return True
    if _are_centred(last, line, measures):
        return False
    first = line.words[0]
    if last.x1 + (first.x1 - first.x0) + _BLANK * last.size < measures.right:
        return True
    return goes_on and abs(line.x0 - last.x0) > _SET_IN * line.size


def _are_centred(last: PrintedLine, line: PrintedLine, measures: _Measures) -> bool:
    """Tell whether two lines belong to a heading set in the middle; the wider may fill the whole width."""
    set_in = [(one.x0 - measures.left, measures.right - one.x1) for one in (last, line)]
    even = all(abs(before - behind) < 2 * line.size for before, behind in set_in)
    return even and max(before for before, _ in set_in) > 2 * line.size


def _join_tables(pages: Sequence[list[Block]]) -> list[list[Block]]:
    """Return the blocks of every page, a table that goes on overleaf as one on the page where it begins."""
    joined: list[list[Block]] = []
    whole: tuple[int, int] | None = None  # page and place of a table that ends its page
    for blocks in pages:
        kept = list(blocks)
        if whole is not None and kept:
            table, overleaf = joined[whole[0]][whole[1]], kept[0]
            if (
                isinstance(table, PrintedTable)
                and isinstance(overleaf, PrintedTable)
                and _goes_on(table, overleaf)
            ):
                joined[whole[0]][whole[1]] = _joined(table, overleaf)
                del kept[0]
        joined.append(kept)
        if kept:
            ends = isinstance(kept[-1], PrintedTable)
            whole = (len(joined) - 1, len(kept) - 1) if ends else None
    return joined


def _goes_on(table: PrintedTable, overleaf: PrintedTable) -> bool:
    return len(table.columns) == len(overleaf.columns) and all(
        abs(one - other) < _SAME_COLUMN for one, other in zip(table.columns, overleaf.columns, strict=True)
    )


def _joined(table: PrintedTable, overleaf: PrintedTable) -> PrintedTable:
    """Return a table with its rows overleaf: repeated heads dropped, a row cut by the page put together."""
    rows, more = list(table.rows), list(overleaf.rows)
    heads = rows[:_HEAD_ROWS]
    while more and more[0] in heads and (is_head(more[0]) or len(more) < len(overleaf.rows)):
        more.pop(0)
    if more and rows and _is_cut(rows[-1], more[0]):
        cut = more.pop(0)
        rows[-1] = tuple(
            [" ".join([*one, *other])] if one or other else []
            for one, other in zip(rows[-1], cut, strict=True)
        )
    return replace(
        table, rows=(*rows, *more), pages=(*table.pages, *overleaf.pages[len(overleaf.rows) - len(more) :])
    )


def _is_cut(last: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Tell whether a row at the head of a page is the rest of the one before it: it has no number of its own."""
    numbered = bool(last[0]) and len(fold(" ".join(last[0])).strip(" .")) <= 4
    if row[0]:
        return not numbered and " ".join(row[0])[:1].islower()
    return any(row) and numbered and sum(map(bool, last)) > 1
