"""Tables as text: rows between bars for tables of data, plain lines for tables that only place text."""

import re
from collections.abc import Sequence

from app.text import fold
from campaigns.planfile.text.regions import is_signing
from campaigns.planfile.units import HEAD

Cell = list[str]
"""The lines of one cell."""

_PLACED = re.compile(
    r"cong hoa xa hoi|doc lap\s*-\s*tu do|dang cong san viet nam|^noi nhan|^kinh gui|^so\s*:|^v/v",
    re.MULTILINE,
)
_HEADS = re.compile(
    r"^(?:stt|tt|so tt)$|nhiem vu|noi dung|cong viec|chu tri|phoi hop|thoi gian|thoi han|tien do|hoan thanh"
)
_FEW_COLUMNS = 3
_BODY = re.compile(HEAD)
_GOES_ON = (";", ",", ":", "-", "–", "(", ".", " và", " với", " của", " các", " thuộc")


def write_row(cells: Sequence[Cell]) -> str:
    """Return one row of a table of data; bars inside of cells are marked as text."""
    return "| " + " | ".join(_on_one_line(cell).replace("|", r"\|") for cell in cells) + " |"


def _on_one_line(cell: Cell) -> str:
    """Return the text of a cell; bodies that stand one on each line are a list."""
    lines = [" ".join(line.split()) for line in cell if line.strip()]
    is_list = len(lines) > 1 and all(_BODY.match(line) and not line.endswith(_GOES_ON) for line in lines)
    return ("; " if is_list else " ").join(lines)


def is_head(cells: Sequence[Cell]) -> bool:
    """Tell whether a row names at least two columns of a table of tasks."""
    named = [fold(" ".join(cell)).strip(" .:") for cell in cells]
    return sum(bool(_HEADS.search(name)) and len(name) < 60 for name in named) >= 2


def places_text(rows: Sequence[Sequence[Cell]], *, ruled: bool) -> bool:
    """Tell whether a table only sets text side by side: letterhead, signature, a frame around one text."""
    width = max((len(row) for row in rows), default=0)
    if width <= 1:
        return True
    if width > _FEW_COLUMNS or any(is_head(row) for row in rows[:2]):
        return False
    lines = [line.strip(" *") for row in rows for cell in row for line in cell]
    if _PLACED.search(fold("\n".join(lines))) or any(map(is_signing, lines)):
        return True
    return not ruled


def write_columns(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Return the lines of a table that places text, the left column whole before the next."""
    lines: list[str] = []
    for i in range(max((len(row) for row in rows), default=0)):
        before: Cell | None = None
        for cell in (row[i] for row in rows if i < len(row)):
            # A cell merged over rows is one and the same list in each of them.
            lines += cell if cell is not before else []
            before = cell
    return lines


def write_table(rows: Sequence[Sequence[Cell]], *, ruled: bool) -> list[str]:
    """Return a table in the way that suits it, set off by blank lines."""
    if places_text(rows, ruled=ruled):
        return ["", *write_columns(rows), ""]
    filled = [row for row in rows if any(line.strip() for cell in row for line in cell)]
    return ["", *map(write_row, filled), ""]
