"""The words of one Word paragraph: what was deleted, hidden or noted at the foot left out, boxes apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from campaigns.planfile.containers.legacy import from_tcvn3, from_vni
from campaigns.planfile.containers.ooxml import MC, W, attribute, find
from campaigns.planfile.containers.styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_GONE = {W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "sdtPr", W + "sdtEndPr"}
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
_DRAWN = {W + "drawing", W + "pict", W + "object"}
_BOX = W + "txbxContent"
_PRIVATE = 0xF000  # where Word keeps the letters of symbol fonts, and of old fonts taken for such
_LETTERS = {_PRIVATE + code: code for code in range(1, 0x100)}
_BULLETS = dict.fromkeys(_LETTERS, "•")


@dataclass
class Words:
    """The pieces of a paragraph and the text boxes anchored in it, each box once."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole text; manual line breaks are line feeds."""
        parts = groupby(self.pieces, key=lambda piece: piece.font)
        return "".join(in_unicode("".join(piece.text for piece in group), font) for font, group in parts)

    @property
    def is_bold(self) -> bool:
        """Whether every letter is bold."""
        printed = [piece for piece in self.pieces if piece.text.strip()]
        return bool(printed) and all(piece.bold for piece in printed)


@dataclass(frozen=True)
class Piece:
    """A stretch of text set in one way."""

    text: str
    font: str
    bold: bool


def in_unicode(text: str, font: str) -> str:
    """Return the text of a run in Unicode; the name of an old font says how it was typed."""
    name = font.lower()
    if name.startswith((".vn", "vni")):
        text = text.translate(_LETTERS)
        return from_tcvn3(text, capitals=name.endswith("h")) if name.startswith(".vn") else from_vni(text)
    return text.translate(_BULLETS)


def read_words(paragraph: _Element, styles: Styles) -> Words:
    """Return what a paragraph prints."""
    words = Words()
    style = styles.of(find(paragraph, "pPr"))
    for run in _runs(paragraph, words.boxes):
        properties = find(run, "rPr")
        if styles.switched_on("vanish", properties, style):
            continue
        text = "".join(_run_text(run, words.boxes))
        if text:
            upper = styles.switched_on("caps", properties, style)
            font = styles.font(properties, style)
            bold = styles.switched_on("b", properties, style)
            words.pieces.append(Piece(text.upper() if upper else text, font, bold))
    return words


def _runs(element: _Element, boxes: list[_Element]) -> Iterator[_Element]:
    """Yield the runs below *element*, those inside of links, fields, controls and insertions too."""
    for child in element:
        if child.tag == W + "r":
            yield child
        elif child.tag == MC + "AlternateContent":
            yield from _runs(_branch(child), boxes)
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            yield from _runs(child, boxes)


def _run_text(run: _Element, boxes: list[_Element]) -> Iterator[str]:
    for child in run:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == W + "sym":
            yield "•"
        elif child.tag in _DRAWN:
            boxes.extend(_boxes(child))
        elif child.tag == MC + "AlternateContent":
            boxes.extend(_boxes(_branch(child)))


def _branch(alternate: _Element) -> _Element:
    """Return the one branch of alternate content to read: the first that holds text."""
    branches = [one for one in alternate if one.tag in (MC + "Choice", MC + "Fallback")]
    full = (one for one in branches if next(one.iter(W + "t"), None) is not None)
    return next(full, branches[0] if branches else alternate)


def _boxes(drawn: _Element) -> Iterator[_Element]:
    """Yield the text boxes of a drawing, none twice: a group may carry boxes in alternate content of its own."""
    for child in drawn:
        if child.tag == _BOX:
            yield child
        elif child.tag == MC + "AlternateContent":
            yield from _boxes(_branch(child))
        elif isinstance(child.tag, str):
            yield from _boxes(child)


def is_removed(paragraph: _Element) -> bool:
    """Tell whether the end of a paragraph was deleted with changes tracked, so that the next one goes on in it."""
    return find(find(find(paragraph, "pPr"), "rPr"), "del") is not None


def number_of(properties: _Element | None) -> tuple[str | None, str | None]:
    """Return list and level that a ``w:pPr`` or ``w:style`` names in its ``w:numPr``."""
    return attribute(find(properties, "numId"), "val"), attribute(find(properties, "ilvl"), "val")
