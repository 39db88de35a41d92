"""Numbered source lines: marks of Markdown taken off, page furniture marked as such."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.text import fold

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f]")
_ESCAPE = re.compile(r"\\([-+*_#.()|>\[\]])")
_ESCAPE_IN_ROW = re.compile(r"\\([-+*_#.()>\[\]])")
_BULLET = re.compile(r"^\s*\*\s+(?=[^\s*_])")
_BAR = re.compile(r"^[\s|]*\|[\s|]*$")
_RULE = re.compile(r"^[\s\-–—_=*.•~]{3,}$")
_PAGE = re.compile(r"^[-–—\s]*(?:trang\s*)?\d{1,3}\s*(?:[/|]\s*\d{1,3})?[-–—\s]*$", re.IGNORECASE)
_LINK = re.compile(r"^\s*<?(?:https?://|www\.)\S+>?\s*$", re.IGNORECASE)
_STAMP = re.compile(
    r"^\s*(?:người ký|ký bởi|thời gian ký|cơ quan|email)\s*:.*(?:@|\+07|gov\.vn|\d{2}:\d{2})", re.IGNORECASE
)
DRAFT = re.compile(r"^\W*(?:bản\s+)?dự\s+thảo(?:\s+(?:lần\s+)?\d{1,2})?\W*$", re.IGNORECASE)


class Kind(StrEnum):
    """What a source line is good for."""

    TEXT = "text"
    BLANK = "blank"
    BAR = "bar"
    ROW = "row"
    RULE = "rule"
    JUNK = "junk"
    DRAFT = "draft"


@dataclass(frozen=True)
class Line:
    """One line: ``no`` counts from 1 in the source, ``text`` is cleaned, ``indent`` its lost blanks."""

    no: int
    text: str
    kind: Kind
    indent: int
    heading: bool


def _clean(raw: str) -> tuple[str, bool]:
    """Return a line without Markdown and HTML, and whether it was marked as a heading."""
    # In a row of a table "\|" stays as it is, so that a bar inside of a cell parts nothing.
    escapes = _ESCAPE_IN_ROW if raw.lstrip().startswith("|") else _ESCAPE
    text = _INVISIBLE.sub("", escapes.sub(r"\1", _TAG.sub("", raw))) if raw.strip() else ""
    text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text).replace("\x0c", " ")
    bare = text.strip()
    # Bold from the first letter to the last, or to a later line: "**5. Nghiên cứu⏎giải pháp**".
    bold = bare.startswith("**") and (bare.count("**") % 2 == 1 or bare.rstrip(": ").endswith("**"))
    heading = bare.startswith("#") or bold
    bullet = "* " if _BULLET.match(text) else ""
    text = re.sub(r"^(\s*)(?:#{1,6}\s|>\s?)", r"\1", text).replace("*", "").replace("_", "")
    return bullet + text.strip() if bullet else text.rstrip(), heading


def _kind(text: str, raw: str) -> Kind:
    if _BAR.match(raw):
        return Kind.BAR
    if not text.strip():
        return Kind.RULE if raw.strip() else Kind.BLANK
    if raw.count("|") >= 2 and raw.strip().startswith("|"):
        return Kind.ROW
    if DRAFT.match(text):
        return Kind.DRAFT
    if _RULE.match(text):
        return Kind.RULE
    return Kind.JUNK if _STAMP.match(text) else Kind.TEXT


def read_lines(text: str) -> list[Line]:
    """Return every line of *text*, numbered from 1, with furniture marked as such, never removed."""
    lines: list[Line] = []
    for no, raw in enumerate(text.split("\n"), 1):
        clean, heading = _clean(raw)
        body = re.sub(r"\s+", " ", clean.strip()) if len(clean) > 400 else clean.strip()
        lines.append(Line(no, body, _kind(clean, raw), len(clean) - len(clean.lstrip()), heading))
    return _mark_furniture(lines)


def _mark_furniture(lines: list[Line]) -> list[Line]:
    """Mark page numbers and stray links as junk where they interrupt the text."""
    marked: list[Line] = []
    before = Kind.BLANK
    open_text = False
    for line in lines:
        kind = line.kind
        if (kind is Kind.TEXT and _PAGE.match(line.text) and before is not Kind.BAR) or (
            kind is Kind.TEXT and _LINK.match(line.text) and not open_text
        ):
            kind = Kind.JUNK
        if kind is Kind.TEXT:
            open_text = not line.text.endswith((".", ";", "!", "?"))
        if kind is not Kind.BLANK:
            before = kind
        marked.append(
            line if kind is line.kind else Line(line.no, line.text, kind, line.indent, heading=False)
        )
    return marked


def says(text: str, *words: str) -> bool:
    """Tell whether the folded *text* holds one of the folded *words*."""
    folded = fold(text)
    return any(word in folded for word in words)
