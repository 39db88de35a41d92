"""Paragraphs, each remembering which line a character came from."""

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: ``text`` with single blanks; ``starts`` and ``nos`` map offsets to source lines."""

    text: str
    starts: tuple[int, ...]
    nos: tuple[int, ...]
    heading: bool = False

    def line_at(self, offset: int) -> int:
        """Return the source line that the character at *offset* came from."""
        return self.nos[max(0, bisect_right(self.starts, offset) - 1)]

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return the first and last source line of ``text[start:end]``."""
        last = len(self.text) if end is None else end
        return self.line_at(start), self.line_at(max(start, last - 1))


def is_capitals(text: str) -> bool:
    """Tell whether *text* has at least four letters and none in lower case, type marks aside."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and not any(c.islower() for c in letters)
