"""Lines put together without joining them, for the parts where line ends carry meaning."""

from collections.abc import Iterable

from campaigns.planfile.draft import Text, Traced
from campaigns.planfile.text.lines import Kind, Line
from campaigns.planfile.text.paragraphs import Paragraph


def make_block(lines: Iterable[Line]) -> Paragraph:
    """Return the text lines of *lines* under each other, as one paragraph with line feeds."""
    text, starts, nos = "", [], []
    for line in lines:
        if line.kind is Kind.TEXT:
            text += "\n" if text else ""
            starts.append(len(text))
            nos.append(line.no)
            text += line.text
    return Paragraph(text, tuple(starts) or (0,), tuple(nos) or (1,))


def cut(block: Paragraph, start: int, end: int, value: str | None = None, sure: float = 1.0) -> Text:
    """Return ``block.text[start:end]``, blanks collapsed, or *value* read from there, traced."""
    words = " ".join(block.text[start:end].split())
    first, last = block.span(start, end)
    return Traced(words if value is None else value, first, last, words, sure)


def trace_lines(lines: Iterable[Line], value: str | None = None, sure: float = 1.0) -> Text | None:
    """Return the text of *lines* in one line, or *value* read from them; None where there are none."""
    kept = [line for line in lines if line.kind is Kind.TEXT]
    if not kept:
        return None
    words = " ".join(" ".join(line.text for line in kept).split())
    return Traced(words if value is None else value, kept[0].no, kept[-1].no, words, sure)
