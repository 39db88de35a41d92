"""DOCX: paragraphs with the ordinals of their lists, tables, text boxes, as the document prints them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import docx

from campaigns.planfile.containers.archive import list_members
from campaigns.planfile.containers.legacy import repair
from campaigns.planfile.containers.limits import MOST_LINES, MOST_TEXT
from campaigns.planfile.containers.numbering import Numbering
from campaigns.planfile.containers.ooxml import W, find
from campaigns.planfile.containers.rows import write_table
from campaigns.planfile.containers.runs import is_removed, number_of, read_words
from campaigns.planfile.containers.source import Container, Source, make_source
from campaigns.planfile.containers.styles import Styles
from campaigns.planfile.containers.word_tables import is_ruled, read_cells
from campaigns.planfile.text.lines import DRAFT
from campaigns.planfile.unreadable import EMPTY, TOO_LARGE, Unreadable

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_WRAPPERS = {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"}
_CONTENTS = re.compile(r"^(?:toc \d|table of figures)", re.IGNORECASE)
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"


def open_word(data: bytes) -> Source:
    """Return the text of a DOCX, one line for each paragraph and each row of a table.

    Raises:
        Unreadable: damaged, encrypted, too large, or without any letter.
    """
    list_members(data)
    document = docx.Document(io.BytesIO(data))
    lines = list(islice(_Walk(document).lines(), MOST_LINES + 1))
    if len(lines) > MOST_LINES or sum(map(len, lines)) > MOST_TEXT:
        raise Unreadable(TOO_LARGE)
    if not any(c.isalpha() for line in lines for c in line):
        raise Unreadable(EMPTY)
    return make_source(repair("\n".join(lines)).split("\n"), Container.WORD)


def _part(document: Document, name: str) -> Iterator[_Element]:
    """Yield the roots of the parts that the document is related to in that way."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{name}") and not relation.is_external:
            element = getattr(relation.target_part, "element", None)
            if element is not None:
                yield element


class _Walk:
    """One walk over a document, in the order of its text; numbers are counted on the way."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._styles = Styles(next(_part(document, "styles"), None))
        self._numbering = Numbering(next(_part(document, "numbering"), None))
        self._carried = ""

    def lines(self) -> Iterator[str]:
        """Yield the lines of the document."""
        if any(map(self._says_draft, _part(self._document, "header"))):
            yield "Dự thảo"
        yield from self.blocks(self._document.element.body, marked=True)

    def _says_draft(self, header: _Element) -> bool:
        printed = [read_words(one, self._styles).text for one in header.iter(W + "p")]
        printed += [path.get("string") or "" for path in header.iter(_TEXT_PATH)]
        return any(DRAFT.match(text) for text in printed)

    def blocks(self, holder: _Element, *, marked: bool = False) -> Iterator[str]:
        """Yield the lines of the paragraphs and tables in *holder*; *marked* shows bold ones as Markdown does."""
        for block in holder:
            if block.tag == W + "p":
                yield from self._paragraph(block, marked=marked)
            elif block.tag == W + "tbl":
                rows = read_cells(block, lambda cell: list(self.blocks(cell)))
                yield from write_table(rows, ruled=is_ruled(block, self._styles))
            elif block.tag in _WRAPPERS:
                yield from self.blocks(block, marked=marked)

    def _paragraph(self, paragraph: _Element, *, marked: bool) -> Iterator[str]:
        words = read_words(paragraph, self._styles)
        for box in words.boxes:
            yield from self.blocks(box)
        if is_removed(paragraph):
            self._carried += words.text
            return
        text, self._carried = self._carried + words.text, ""
        if _CONTENTS.match(self._styles.name(self._styles.of(find(paragraph, "pPr")))):
            return
        bold = marked and words.is_bold
        for i, line in enumerate(_printed_lines(text)):
            whole = f"{self._ordinal(paragraph)} {line}".strip() if not i else line
            yield f"**{whole}**" if bold else re.sub(r"^(?=\|)", r"\\", whole)

    def _ordinal(self, paragraph: _Element) -> str:
        """Return the number that Word prints before a paragraph."""
        properties = find(paragraph, "pPr")
        style = self._styles.of(properties)
        num_id, level = number_of(find(properties, "numPr"))
        if num_id is None:
            num_id, style_level = number_of(self._styles.numbering(style))
            level = level or style_level
            if num_id is not None and level is None:
                level = str(self._numbering.level_of(num_id, style))
        if num_id is None or num_id == "0":
            return ""
        return self._numbering.next(num_id, int(level) if level and level.isdecimal() else 0)


def _printed_lines(text: str) -> list[str]:
    """Return the lines of a paragraph; a break before a small letter only wraps and is closed."""
    kept: list[str] = []
    for line in (" ".join(part.split(" ")).strip() for part in text.split("\n")):
        if line and kept and line[0].islower():
            kept[-1] += " " + line
        elif line:
            kept.append(line)
    return kept or [""]
