"""What the demonstration says: tables and texts in Vietnamese, kept as text and not as code.

Bodies, outlets and communes are real; people, figures, pieces and what outlets are said to have published are made up.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.errors import N_

FOLDER = Path(__file__).parent
ACTIONS = {"demonstration.begin": N_("đã dựng dữ liệu minh họa")}


def text(name: str) -> str:
    """A file of this folder as it is."""
    return (FOLDER / name).read_text("utf-8")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a file that say something; those that begin with # are for its readers."""
    return tuple(
        line for raw in text(name).splitlines() if (line := raw.strip()) and not line.startswith("#")
    )


def rows(name: str, columns: int) -> list[tuple[str, ...]]:
    """The rows of a table with cells parted by |; cells that are left out at the end are empty."""
    cells = [[cell.strip() for cell in line.split("|")] for line in lines(name)]
    return [(*row, *[""] * (columns - len(row))) for row in cells]


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, parted by ;."""
    return tuple(part for raw in cell.split(";") if (part := raw.strip()))
