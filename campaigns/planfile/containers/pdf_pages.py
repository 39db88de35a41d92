"""What stands on the pages of a PDF: words and rules with their places, in points from the top left corner.

pypdfium2 is asked by its raw interface and a word at a time: two or three calls a word keep a hundred pages under
a second, a call for every letter does not.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from campaigns.planfile.containers.limits import MOST_PAGES, MOST_TEXT
from campaigns.planfile.unreadable import ENCRYPTED, TOO_LARGE, TOO_MANY_PAGES, Unreadable

HYPHEN = "\ufffe"  # how the library writes a hyphen at the end of a line
_WORD = re.compile(rf"[^\s{HYPHEN}\x00-\x1f\u200b]+{HYPHEN}?")
_NOTED = re.compile(r"(?<=[^\W\d])\d{1,2}(?=[,.;:)]?$)|(?<=[,.;:)”\"])\d{1,2}$")
_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"}
_RAISED = 0.8  # a smaller letter behind a word is a note's mark
_THIN = 2.5
_SHORT = 4.0
_MOST_RULES = 6_000
_NESTED = 3  # forms inside of forms that are looked into


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its left and right end, its baseline from the top, the height of its letters.

    ``no`` counts the words of a page in the order of the file, in which neighbours are parted by a blank.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    no: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One straight rule; ``x0 == x1`` (nearly) for an upright one."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_upright(self) -> bool:
        return self.y1 - self.y0 > self.x1 - self.x0


@dataclass(frozen=True)
class Page:
    """One page with what is printed on it."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def read_pages(data: bytes) -> Iterator[Page]:
    """Yield the pages of a PDF.

    Raises:
        Unreadable: it wants a password, or has more pages or letters than are read.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Unreadable(ENCRYPTED) from error
        raise
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(TOO_MANY_PAGES)
        letters = 0
        for page in document:
            read, count = _read_page(page)
            letters += count
            if letters > MOST_TEXT // 4:
                raise Unreadable(TOO_LARGE)
            yield read
    finally:
        document.close()


def _read_page(page: pypdfium2.PdfPage) -> tuple[Page, int]:
    width, height = page.get_size()
    turn = _Turn(page)
    text = page.get_textpage()
    try:
        count = text.count_chars()
        words = [] if count > MOST_TEXT // 4 else list(_words(text, turn))
        return Page(width, height, words, list(_rules(page, turn))), count
    finally:
        text.close()
        page.close()


class _Turn:
    """Turns places of the file (from the bottom left, before rotation) into places as seen (from the top left)."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.rotation = page.get_rotation()
        self.left, self.bottom, self.right, self.top = page.get_cropbox(fallback_ok=True)

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def _words(page: pypdfium2.PdfTextpage, turn: _Turn) -> Iterator[Word]:
    text = page.get_text_range()
    count = page.count_chars()
    if len(text) != count:
        # Some letters have no text, so offsets into the text are none of the letters.
        text = "".join(chr(raw.FPDFText_GetUnicode(page, i) or 0x20) for i in range(count))
    ask = _Asker(page)
    for no, found in enumerate(_WORD.finditer(text)):
        first, last = found.start(), found.end() - 1
        size = ask.size(first)
        printed = found.group()
        noted = _NOTED.search(printed)
        if noted and ask.size(first + noted.start()) < _RAISED * size:
            printed = printed[: noted.start()] + printed[noted.end() :]
        printed = printed.replace(HYPHEN, "-").translate(_LIGATURES)
        x, y = turn(*ask.origin(first))
        end = turn(*ask.right_end(last))[0]
        yield Word(printed, x, max(x, end), y, size, no)


class _Asker:
    """Asks the library where single letters stand and how large they are."""

    def __init__(self, page: pypdfium2.PdfTextpage) -> None:
        self._page = page
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def size(self, index: int) -> float:
        """Return the size of a letter; where the file says 1 and enlarges, as enlarged."""
        size = float(raw.FPDFText_GetFontSize(self._page, index))
        if size < _SHORT:
            raw.FPDFText_GetMatrix(self._page, index, self._matrix)
            size *= max(abs(self._matrix.d), abs(self._matrix.b))
        return size or 1.0

    def origin(self, index: int) -> tuple[float, float]:
        """Return where a letter begins on its baseline."""
        raw.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        return self._x.value, self._y.value

    def right_end(self, index: int) -> tuple[float, float]:
        """Return the right end of a letter with the room that its font gives it."""
        raw.FPDFText_GetLooseCharBox(self._page, index, self._box)
        return self._box.right, self._box.top


def _rules(page: pypdfium2.PdfPage, turn: _Turn) -> Iterator[Rule]:
    """Yield the straight rules of a page; a page full of drawing has none worth a look."""
    count = raw.FPDFPage_CountObjects(page)
    if count > 4 * _MOST_RULES:
        return
    kept = 0
    for i in range(count):
        for rule in _rules_of(raw.FPDFPage_GetObject(page, i), turn, _NESTED):
            kept += 1
            if kept > _MOST_RULES:
                return
            yield rule


def _rules_of(thing: ctypes.c_void_p, turn: _Turn, deep: int) -> Iterator[Rule]:
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_FORM and deep:
        for i in range(min(raw.FPDFFormObj_CountObjects(thing), _MOST_RULES)):
            yield from _rules_of(raw.FPDFFormObj_GetObject(thing, i), turn, deep - 1)
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return
    wide, high = right.value - left.value, top.value - bottom.value
    if min(wide, high) <= _THIN:
        if max(wide, high) > _SHORT:
            yield _rule(turn(left.value, bottom.value), turn(right.value, top.value))
    elif raw.FPDFPath_CountSegments(thing) <= _MOST_RULES:
        yield from _drawn(thing, turn)


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Rule:
    return Rule(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def _drawn(path: ctypes.c_void_p, turn: _Turn) -> Iterator[Rule]:
    """Yield the level and upright strokes of a path of many, as some printers draw a table at once."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, filled, stroked)
    if not stroked.value:
        return
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = turn(
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            start = here
        else:
            yield from _straight(last, here)
            if raw.FPDFPathSegment_GetClose(segment):
                yield from _straight(here, start)
        last = here


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    rule = _rule(one, other)
    wide, high = rule.x1 - rule.x0, rule.y1 - rule.y0
    if min(wide, high) <= 1 and max(wide, high) > _SHORT:
        yield rule
