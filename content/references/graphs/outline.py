"""The same graph as a list: each document once, below the first that it implements. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from content.references.graphs.queries import DocumentGraph
from content.references.models import Document, DocumentLink, LinkKind
from content.references.queries import Linked


@dataclass(frozen=True)
class Entry:
    """A document, how it stands to others of the graph, and what implements it."""

    document: Document
    links: tuple[Linked, ...]
    below: tuple[Entry, ...]


def outline(graph: DocumentGraph) -> tuple[Entry, ...]:
    """The documents that implement no other, the earliest first, each with what implements it; circles are opened."""
    known = {document.id: document for document in graph.documents}
    above = _above(graph)
    below: dict[int | None, list[int]] = defaultdict(list)
    for key in known:
        below[above.get(key)].append(key)
    out: dict[int, list[Linked]] = defaultdict(list)
    for link in graph.links:
        out[link.source_id].append(Linked(link, known[link.target_id]))

    def entry(key: int) -> Entry:
        return Entry(known[key], tuple(out[key]), tuple(entry(one) for one in below[key]))

    return tuple(entry(key) for key in below[None])


def _above(graph: DocumentGraph) -> dict[int, int]:
    """Below which document each stands: the earliest that it implements without standing above it."""
    place = {document.id: number for number, document in enumerate(graph.documents)}
    above: dict[int, int] = {}
    for link in sorted(graph.links, key=lambda link: (place[link.target_id], link.id)):
        if link.kind is LinkKind.IMPLEMENTS and link.source_id not in above and not _circles(above, link):
            above[link.source_id] = link.target_id
    return above


def _circles(above: dict[int, int], link: DocumentLink) -> bool:
    """Whether the source already stands somewhere above the target."""
    at: int | None = link.target_id
    while at is not None and at != link.source_id:
        at = above.get(at)
    return at is not None
