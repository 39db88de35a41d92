"""The rows of a sheet as lines: what stands above the head of its table is text, the rest are rows."""

from collections.abc import Sequence

from campaigns.planfile.containers.rows import is_head, write_row

_TITLES = 30
_GAP = "   "  # what the reader takes for the space between two columns of a letterhead


def write_sheet(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of one sheet, empty rows and empty columns at the end left out."""
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell.strip()), default=0)
    head = next((i for i, row in enumerate(rows[:_TITLES]) if is_head([[one] for one in row])), None)
    lines: list[str] = []
    for i, row in enumerate(rows):
        filled = [" ".join(cell.split()) for cell in row if cell.strip()]
        if not filled:
            lines.append("")
        elif head is None or i < head:
            lines += [_GAP.join(filled)] if head is not None or len(filled) < 2 else [_row(row, width)]
        else:
            lines.append(_row(row, width))
    return lines


def _row(row: Sequence[str], width: int) -> str:
    cells = [*row[:width], *[""] * (width - len(row))]
    return write_row([[cell] for cell in cells])
