"""Words of a page put together to printed lines, however the file orders its letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.text import nfc
from campaigns.planfile.containers.pdf_pages import Word

_SAME_LINE = 0.35  # of the size of the letters
_ONE_WORD = 0.13
_COLUMN = 1.6
_BLANK = 0.5  # width of a blank, for gaps that are shown as blanks


@dataclass(frozen=True)
class Piece:
    """Words of one line that stand together, no wide gap between them."""

    text: str
    x0: float
    x1: float

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class PrintedLine:
    """One printed line of a page, from left to right; ``column`` is 1 or 2 in a block of two columns, else 0."""

    words: tuple[Word, ...]
    y: float
    size: float
    column: int = 0

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The line cut at its wide gaps."""
        groups: list[list[Word]] = [[self.words[0]]]
        for word in self.words[1:]:
            if word.x0 - groups[-1][-1].x1 > _COLUMN * self.size:
                groups.append([])
            groups[-1].append(word)
        return tuple(
            Piece(" ".join(word.text for word in group), group[0].x0, group[-1].x1) for group in groups
        )

    @cached_property
    def text(self) -> str:
        """The whole line; a wide gap is as many blanks as fit in."""
        text, end = "", self.x0
        for piece in self.pieces:
            text += " " * max(3, round((piece.x0 - end) / (_BLANK * self.size))) if text else ""
            text, end = text + piece.text, piece.x1
        return text

    def part(self, pieces: Sequence[Piece], column: int = 0) -> "PrintedLine":
        """Return the line with only some of its pieces, as a line of that column."""
        within = [w for w in self.words if any(p.x0 <= w.x0 <= p.x1 for p in pieces)]
        return PrintedLine(tuple(within), self.y, self.size, column)


def make_lines(words: Iterable[Word]) -> list[PrintedLine]:
    """Return the lines that words make, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.y):
        near = rows and word.y - rows[-1][0].y <= _SAME_LINE * min(word.size, rows[-1][0].size)
        if near:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_make_line(row) for row in rows]


def _make_line(row: list[Word]) -> PrintedLine:
    size = max(word.size for word in row)
    whole: list[Word] = []
    for word in sorted(row, key=lambda one: one.x0):
        gap = (word.x0 - whole[-1].x1) / size if whole else _COLUMN
        if gap < -_ONE_WORD or (gap < _ONE_WORD and word.no != whole[-1].no + 1):
            # Letters that a font lacks are printed from another one, apart from their word.
            last = whole.pop()
            whole.append(replace(last, text=nfc(last.text + word.text), x1=word.x1, no=word.no))
        else:
            whole.append(word)
    return PrintedLine(tuple(whole), sum(word.y for word in whole) / len(whole), size)


def join_texts(lines: Sequence[PrintedLine]) -> str:
    """Return lines as one text; a word cut at its hyphen is put together."""
    text = ""
    for line in lines:
        glue = "" if not text or _is_cut(text) else " "
        text = text.rstrip("\u00ad") + glue + " ".join(piece.text for piece in line.pieces)
    return text


def _is_cut(text: str) -> bool:
    return text.endswith("\u00ad") or (text.endswith("-") and text[-2:-1].isalnum())


def pull_cut_words(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Return lines in which a word cut at a hyphen stands whole at the end of the first line."""
    whole: list[PrintedLine] = []
    for line in lines:
        if whole and _is_cut(whole[-1].words[-1].text) and len(line.words) > 1:
            *before, cut = whole[-1].words
            joined = replace(cut, text=cut.text.rstrip("\u00ad") + line.words[0].text)
            whole[-1] = replace(whole[-1], words=(*before, joined))
            # The rest moves to the left, so that it does not look set in.
            first, *rest = line.words[1:]
            whole.append(replace(line, words=(replace(first, x0=line.x0), *rest)))
        else:
            whole.append(line)
    return whole
