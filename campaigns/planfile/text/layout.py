"""How a text breaks its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaigns.planfile.text.lines import Kind, Line
from campaigns.planfile.text.marks import read_mark

_PAGE_WIDTH = 160
"""Longer lines than a printed page holds were never wrapped by hand."""


@dataclass(frozen=True)
class Layout:
    """How a text breaks its lines: ``wrapped`` by hand at ``width``, ``spaced`` by blank lines."""

    wrapped: bool
    spaced: bool
    width: int


WHOLE_LINES = Layout(wrapped=False, spaced=False, width=_PAGE_WIDTH)
"""The layout of a container that knows its paragraphs: a line is one, and none is ever joined."""


def measure(lines: Sequence[Line]) -> Layout:
    """Return the layout of a text, from the lengths of its lines and the blank lines between them."""
    kept = [line for line in lines if line.kind is Kind.TEXT]
    lengths = sorted(len(line.text) for line in kept)
    if not lengths:
        return Layout(wrapped=False, spaced=True, width=80)
    width = lengths[int(len(lengths) * 0.9)]
    pairs = list(pairwise(kept))
    near = sum(1 for a, b in pairs if b.no == a.no + 1)
    # Double-spaced text has hardly two neighbours, dense text hardly a blank: neither says anything.
    spaced = 0.12 * len(pairs) < near < 0.97 * len(pairs)
    long = sum(size for size in lengths if size > _PAGE_WIDTH)
    going_on = sum(1 for line in kept if line.text[:1].islower() and not read_mark(line.text))
    wrapped = long < 0.1 * sum(lengths) and going_on > 0.05 * len(kept)
    return Layout(wrapped, spaced, min(width, _PAGE_WIDTH))
