"""Plans of our own as Word documents, in the layout of Nghị định 30/2020: letterhead, body, signature side by side."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from campaigns.planfile.text.joining import join
from campaigns.planfile.text.layout import measure
from campaigns.planfile.text.lines import Kind, read_lines
from campaigns.planfile.text.regions import is_signing, split_regions

_RIGHT = re.compile(r"^(?:CỘNG HÒA|Độc lập)|,\s*ngày\s.*tháng")
_BOTH = re.compile(r"^(Số:.*?)\s+([A-ZĐ]\w+ \w+, ngày.*)$")


@dataclass(frozen=True)
class Paper:
    """A document cut into what its layout sets apart."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    title: tuple[str, ...]
    body: tuple[str, ...]
    recipients: tuple[str, ...]
    signing: tuple[str, ...]


def paper_of(text: str) -> Paper:
    """Return the paper that a plain text was printed from."""
    lines = read_lines(text)
    regions = split_regions(lines)
    left: list[str] = []
    right: list[str] = []
    title: list[str] = []
    for line in regions.header:
        if line.kind is Kind.TEXT:
            if regions.typed is not None and line.no >= regions.typed.no:
                title.append(line.text)
            elif both := _BOTH.match(line.text):
                left.append(both[1])
                right.append(both[2])
            else:
                (right if _RIGHT.search(line.text) else left).append(line.text)
    closing = [line.text for line in regions.closing if line.kind is Kind.TEXT]
    signing = next((i for i, one in enumerate(closing) if is_signing(one)), len(closing))
    body = [paragraph.text for paragraph in join(regions.body, measure(lines))]
    return Paper(
        tuple(left),
        tuple(right),
        tuple(title),
        tuple(body),
        tuple(closing[:signing]),
        tuple(closing[signing:]),
    )


def new_document() -> Document:
    """Return an empty page of A4 with the margins and the letter that offices use."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "DejaVu Serif", Pt(13)
    style.paragraph_format.space_after = Pt(6)
    return document


def number_pages(document: Document) -> None:
    """Print the number of each page in the middle above it."""
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _fill(cell: _Cell, lines: Sequence[str], *, centred: bool, size: int = 13) -> None:
    for i, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if not i else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(line).font.size = Pt(size)


def side_by_side(
    document: Document, left: Sequence[str], right: Sequence[str], *, centred: bool = True, size: int = 13
) -> None:
    """Set two columns of lines beside each other, in a table without rules."""
    table = document.add_table(1, 2)
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, (Cm(6.5), Cm(9.5)), strict=True):
        cell.width = width
    _fill(table.cell(0, 0), left, centred=centred, size=size)
    _fill(table.cell(0, 1), right, centred=True)


def body_paragraph(document: Document, text: str) -> Paragraph:
    """Add a paragraph of the body: justified, its first line set in."""
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    return paragraph


def word_of(paper: Paper, *, pages: bool = False, draft: bool = False) -> Document:
    """Return the paper as a Word document."""
    document = new_document()
    if pages:
        number_pages(document)
    if draft:
        document.add_paragraph("Dự thảo").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if paper.left or paper.right:
        side_by_side(document, paper.left, paper.right)
    if paper.title:
        heading = document.add_paragraph()
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        heading.add_run(paper.title[0]).bold = True
        about = document.add_paragraph()
        about.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for i, line in enumerate(paper.title[1:]):
            run = about.add_run(line)
            run.bold = True
            if i < len(paper.title) - 2:
                run.add_break(WD_BREAK.LINE)
    for text in paper.body:
        body_paragraph(document, text)
    if paper.recipients or paper.signing:
        signing = (
            [*paper.signing[:-1], "", "", "", paper.signing[-1]] if len(paper.signing) > 1 else paper.signing
        )
        side_by_side(document, paper.recipients, signing, centred=False, size=11)
    return document


def data_of(document: Document) -> bytes:
    """Return the bytes of a document."""
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
