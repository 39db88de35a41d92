"""Letterhead and signature block of a printed page: two columns side by side, read one after the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.text import fold
from campaigns.planfile.containers.pdf_lines import Piece, PrintedLine
from campaigns.planfile.text.lines import DRAFT
from campaigns.planfile.text.marks import read_mark
from campaigns.planfile.text.regions import is_signing, type_of

_MOTTO = re.compile(r"cong hoa xa hoi|doc lap\s*-\s*tu do|dang cong san viet nam")
_RECIPIENTS = re.compile(r"^noi nhan")
_ADDRESSED = re.compile(r"^kinh gui")
_NUMBER = re.compile(r"^so\s*:")
_DAY = re.compile(r"ngay\b.*\bthang\b")
_LEFT_PART = 0.4  # a left column begins in this part of the page
_CENTRED = 0.04
_GAP = 2.0  # points between the columns at the least
_ABOVE = 4  # lines of the block that may stand above the line it is known by


@dataclass
class _Block:
    """A block of two columns that grows line by line; ``low`` and ``high`` bound the gap between them."""

    width: float
    low: float = 0.0
    high: float = 0.0
    left: list[PrintedLine] = field(default_factory=list)
    right: list[PrintedLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.high = self.width

    def take(self, line: PrintedLine, *, above: bool = False) -> bool:
        """Take a line in where no piece of it lies across the gap; tell whether it was taken."""
        if len(line.pieces) == 1 and (_is_text(line) or self._is_centred(line.pieces[0])):
            return False
        sides = [self._side(piece) for piece in line.pieces]
        lefts = [piece for piece, left in zip(line.pieces, sides, strict=True) if left]
        rights = [piece for piece, left in zip(line.pieces, sides, strict=True) if not left]
        low = max([self.low, *(piece.x1 for piece in lefts)])
        high = min([self.high, *(piece.x0 for piece in rights)])
        if low + _GAP > high:
            return False
        self.low, self.high = low, high
        for number, (pieces, column) in enumerate(((lefts, self.left), (rights, self.right)), 1):
            if pieces:
                column.insert(0 if above else len(column), line.part(pieces, number))
        return True

    def _side(self, piece: Piece) -> bool:
        """Tell whether a piece belongs to the left column."""
        return piece.x0 < _LEFT_PART * self.width and piece.x0 < self.high

    def _is_centred(self, piece: Piece) -> bool:
        return abs(piece.centre / self.width - 0.5) < _CENTRED


def _is_text(line: PrintedLine) -> bool:
    """Tell whether a line belongs to the text below a letterhead: type, addressees, or a numbered section."""
    mark = read_mark(line.text)
    numbered = mark is not None and not mark.is_bullet
    return numbered or bool(type_of(line.text) or _ADDRESSED.match(fold(line.text)))


def _opens(line: PrintedLine) -> str:
    """Return what a line shows to be part of: "head", "end" or nothing."""
    texts = [fold(piece.text) for piece in line.pieces]
    if any(map(_MOTTO.search, texts)) or (
        _NUMBER.match(texts[0]) and _DAY.search(texts[-1]) and len(texts) > 1
    ):
        return "head"
    signed = len(line.pieces) > 1 and is_signing(line.pieces[-1].text)
    return "end" if _RECIPIENTS.match(texts[0]) or signed else ""


def order_columns(lines: Sequence[PrintedLine], width: float) -> list[PrintedLine]:
    """Return the lines of a page in reading order: the left column of such a block whole before the right."""
    ordered: list[PrintedLine] = []
    i = 0
    while i < len(lines):
        opened = _opens(lines[i])
        block = _Block(width)
        if not opened or not block.take(lines[i]):
            ordered += _apart(lines[i])
            i += 1
            continue
        while (
            ordered
            and len(ordered)
            and _belongs_above(ordered, opened)
            and block.take(ordered[-1], above=True)
        ):
            ordered.pop()
        i += 1
        while i < len(lines) and block.take(lines[i]):
            i += 1
        ordered += [*block.left, *block.right]
    return ordered


def carry_over(pages: Sequence[list[PrintedLine]], width: float) -> None:
    """Put what goes on overleaf of a signature block into its columns, so that "Nơi nhận" stays one list."""
    for page, overleaf in pairwise(pages):
        start = next(
            (i for i, one in enumerate(page) if one.column and _RECIPIENTS.match(fold(one.text))), None
        )
        if start is None or not page[-1].column:
            continue
        block = _Block(width)
        count = next((i for i, line in enumerate(overleaf) if not block.take(line)), len(overleaf))
        right = next((i for i in range(start, len(page)) if page[i].column == 2), len(page))
        page[right:] = [*block.left, *page[right:], *block.right]
        del overleaf[:count]


def _belongs_above(ordered: Sequence[PrintedLine], opened: str) -> bool:
    """Tell whether the line above a block may be its own: any at the head of a page, a signing one at the end."""
    if opened == "head":
        return len(ordered) <= _ABOVE and not DRAFT.match(ordered[-1].text)
    return len(ordered[-1].pieces) == 1 and is_signing(ordered[-1].text)


def _apart(line: PrintedLine) -> list[PrintedLine]:
    """Return a line with a floating "Dự thảo" on a line of its own."""
    floating = [piece for piece in line.pieces if DRAFT.match(piece.text)]
    others = [piece for piece in line.pieces if piece not in floating]
    return [line.part(pieces) for pieces in (floating, others) if pieces] if floating else [line]
