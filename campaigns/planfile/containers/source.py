"""The text that a container holds, and what the reader must know of its lines."""

from dataclasses import dataclass
from enum import StrEnum

from app.text import nfc


class Container(StrEnum):
    """What a file turned out to be."""

    TEXT = "text"
    WORD = "docx"
    PDF = "pdf"
    SHEET = "xlsx"
    DELIMITED = "csv"


@dataclass(frozen=True)
class Source:
    """The text of a file; all provenance counts the lines of ``text`` from 1.

    With ``whole_lines`` each line is a whole paragraph and is never joined with the next. ``pages`` gives the
    page of every line where the container has pages, else it is empty.
    """

    text: str
    kind: Container = Container.TEXT
    whole_lines: bool = False
    pages: tuple[int, ...] = ()


def make_source(lines: list[str], kind: Container, *, whole_lines: bool = True) -> Source:
    """Return the source made of *lines* in NFC, runs of blank lines as one, blank ends cut off."""
    kept: list[str] = []
    for line in lines:
        text = nfc(line).rstrip()
        if text or (kept and kept[-1]):
            kept.append(text)
    while kept and not kept[-1]:
        kept.pop()
    return Source("\n".join(kept), kind, whole_lines)
