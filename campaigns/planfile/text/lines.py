"""Numbered source lines: marks of Markdown taken off, page furniture marked as such."""

import re
import unicodedata
from collections.abc import Sequence
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


_HEAD_WIDTH = 90
"""A running head is a line of a page, no paragraph."""


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
    """Mark page numbers, running heads and stray links as junk where they interrupt the text."""
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
        marked.append(_as(kind, line))
    heads = _running_heads(marked)
    return [_as(Kind.JUNK, line) if line.no in heads else line for line in marked]


def _as(kind: Kind, line: Line) -> Line:
    return line if kind is line.kind else Line(line.no, line.text, kind, line.indent, heading=False)


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that stand beside a page number as head or foot of a page.

    Such a line comes again beside the next pages' numbers; where it comes once, it must touch the number and
    cut a sentence. A number beside a head that comes again is a page's own, also where a table's cell could be.
    """
    beside: dict[str, list[tuple[int, int]]] = {}
    heads: set[int] = set()
    for i, line in enumerate(lines):
        if line.kind not in (Kind.JUNK, Kind.TEXT) or not _PAGE.match(line.text):
            continue
        for step in (-1, 1):
            near = _beyond_blanks(lines, i, step)
            if near is not None and lines[near].kind is Kind.TEXT and len(lines[near].text) < _HEAD_WIDTH:
                beside.setdefault(lines[near].text, []).append((i, near))
                if abs(near - i) == 1 and line.kind is Kind.JUNK and _cuts_sentence(lines, near):
                    heads.add(lines[near].no)
    for text, places in beside.items():
        pages = [int(found.group()) for page, _ in places if (found := re.search(r"\d+", lines[page].text))]
        if (
            len(places) > 1
            and pages == list(range(pages[0], pages[0] + len(pages)))
            and not _PAGE.match(text)
        ):
            heads |= {lines[one].no for pair in places for one in pair}
    return heads


def _beyond_blanks(lines: Sequence[Line], index: int, step: int) -> int | None:
    """Return the index of the first line from *index* in that direction that is not blank, at most three away."""
    for at in range(index + step, index + 4 * step, step):
        if 0 <= at < len(lines) and lines[at].kind is not Kind.BLANK:
            return at
    return None


def _cuts_sentence(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the text before and behind the line at *at* is one sentence without it."""
    texts = [line for line in lines[max(0, at - 8) : at] if line.kind is Kind.TEXT]
    after = next((line for line in lines[at + 1 : at + 8] if line.kind is Kind.TEXT), None)
    goes_on = after is not None and after.text[:1].islower() and not lines[at].text[:1].islower()
    return bool(texts) and goes_on and not texts[-1].text.endswith((".", ";", ":", "!", "?"))


def says(text: str, *words: str) -> bool:
    """Tell whether the folded *text* holds one of the folded *words*."""
    folded = fold(text)
    return any(word in folded for word in words)
