"""Tables of tasks in an annex: cells on lines of their own between bars, or rows of Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaigns.planfile.draft import AnnexTask, Assignment, Text, Traced
from campaigns.planfile.tasks.fields import Label, label_of
from campaigns.planfile.text.lines import Kind, Line
from campaigns.planfile.text.marks import Rank, read_mark
from campaigns.planfile.units import traced_names


@dataclass(frozen=True)
class Cell:
    """One cell of a table with its lines."""

    text: str
    line_from: int
    line_to: int

    def traced(self) -> Text:
        """Return the text of the cell with its lines."""
        return Traced(self.text, self.line_from, self.line_to, self.text, 0.9)


_BAR = re.compile(r"(?<!\\)\|")


def _make_cell(lines: Sequence[Line]) -> Cell:
    return Cell(" ".join(" ".join(line.text for line in lines).split()), lines[0].no, lines[-1].no)


def read_rows(lines: Sequence[Line]) -> Iterator[list[Cell]]:
    """Yield the rows of every table in *lines*; a row ends with a double bar or with its line."""
    row: list[Cell] = []
    cell: list[Line] = []
    bars = 0
    opened = False
    for line in lines:
        if line.kind is Kind.ROW:
            yield [
                Cell(" ".join(part.replace(r"\|", "|").split()), line.no, line.no)
                for part in _BAR.split(line.text.strip().strip("|"))
            ]
        elif line.kind is Kind.BAR:
            opened = True
            row += [_make_cell(cell)] if cell else []
            bars += 1
            if bars > 1 and row:
                yield row
                row = []
            cell = []
        elif line.kind is Kind.TEXT and opened:
            cell.append(line)
            bars = 0
    if row:
        yield row


_COUNTED = re.compile(r"\(\d{1,2}\)")
"""A row that numbers the columns: "(1) | (2) | (3)"."""
_COLUMNS = (
    ("no", re.compile(r"^(?:stt|tt|số tt)$", re.IGNORECASE)),
    ("text", re.compile(r"nhiệm vụ|nội dung|công việc|hoạt động|tên ", re.IGNORECASE)),
)


def _columns(row: Sequence[Cell]) -> dict[str, int] | None:
    """Return which column holds what, where *row* is the head of a table of tasks, and no counted row of one."""
    if row[0].text.rstrip(".)").isdecimal():
        return None
    found: dict[str, int] = {}
    for i, cell in enumerate(row):
        name = next((name for name, pattern in _COLUMNS if pattern.search(cell.text)), None)
        if name is None and re.search(
            r"chủ trì|phối hợp|thực hiện|thời gian|thời hạn|tiến độ|hoàn thành|đơn vị|cơ quan|sản phẩm|kết quả|kinh phí",
            cell.text,
            re.I,
        ):
            name = label_of(cell.text).value
        if name and name not in found:
            found[name] = i
    useful = "text" in found and (Label.LEAD.value in found or Label.TIMING.value in found)
    return found if useful and len(row) >= 3 else None


def read_annex(lines: Sequence[Line]) -> tuple[AnnexTask, ...]:
    """Return the tasks of the tables in *lines*, with the part of the table they stand in."""
    tasks: list[AnnexTask] = []
    columns: dict[str, int] | None = None
    section: str | None = None
    for row in read_rows(lines):
        head = _columns(row)
        if head is not None:
            columns = head
            continue
        filled = [cell for cell in row if cell.text.strip("-: ")]
        if columns is None or not filled or all(_COUNTED.fullmatch(cell.text) for cell in filled):
            continue
        if len(filled) <= 2 and (part := _section(filled)):
            section = part
        elif len(row) > columns["text"] and len(filled) >= 3:
            tasks.append(_task(row, columns, section))
    return tuple(tasks)


def _section(cells: Sequence[Cell]) -> str | None:
    if len(cells) == 2 and re.fullmatch(r"[IVX]{1,5}|[A-Z]", cells[0].text):
        return cells[0].text
    mark = read_mark(cells[0].text)
    return mark.ordinal if len(cells) == 1 and mark and mark.rank <= Rank.ROMAN else None


def _task(row: Sequence[Cell], columns: dict[str, int], section: str | None) -> AnnexTask:
    def at(name: str) -> Text | None:
        index = columns.get(name)
        return row[index].traced() if index is not None and index < len(row) and row[index].text else None

    counted = at("no")
    no = re.match(r"\d{1,3}(?:\.\d{1,2}){0,2}", counted.value) if counted else None
    lead, coop = at(Label.LEAD), at(Label.COOPERATING)
    timing, product, budget = (
        said.map(lambda value: value.rstrip(" .")) if (said := at(label)) else None
        for label in (Label.TIMING, Label.PRODUCT, Label.BUDGET)
    )
    given = Assignment(
        traced_names(lead) if lead else (), traced_names(coop) if coop else (), timing, product, budget
    )
    return AnnexTask(no.group() if no else None, section, row[columns["text"]].traced(), given)
