"""The part of the graph that was asked for: one query for links, one for documents, both bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from content.references.models import Document, DocumentLink, LinkKind

MOST = 60  # documents of one drawing; more cannot be read
NEAR = 24  # of the small drawing on the page of a document or a plan
MOST_LINKS = 2_000  # links that are looked at, the newest
WEIGHTS = {kind: place for place, kind in enumerate(LinkKind)}
WEIGHTS[LinkKind.CITES] = len(LinkKind)  # a document that is only cited matters least
FIRM = frozenset(LinkKind) - {LinkKind.CITES}


@dataclass(frozen=True)
class Asked:
    """Which links are meant; with ``about``, those among the documents at most ``steps`` links away from it."""

    kinds: frozenset[LinkKind] = FIRM
    about: int | None = None
    steps: int = 1
    most: int = MOST


@dataclass(frozen=True)
class DocumentGraph:
    """Documents in the order of their age and the links among them; ``is_cut`` when there was no room for all."""

    documents: tuple[Document, ...]
    links: tuple[DocumentLink, ...]
    is_cut: bool = False


def load_graph(session: Session, asked: Asked) -> DocumentGraph:
    """The documents and links that were asked for, of the weightiest kinds first where there are too many."""
    links = session.scalars(_links(asked)).all()
    kept = choose(links, asked)
    ids = {end for link in kept for end in (link.source_id, link.target_id)}
    if asked.about is not None:
        ids.add(asked.about)
    documents = session.scalars(select(Document).where(Document.id.in_(ids))).all()
    return DocumentGraph(
        tuple(sorted(documents, key=age)),
        tuple(sorted(kept, key=lambda link: link.id)),
        is_cut=len(kept) < len(links) or len(links) == MOST_LINKS,
    )


def age(document: Document) -> tuple[int, int]:
    """What documents are ordered by: the day of issue, then the key; one without a day counts as the latest."""
    return (document.issued_on.toordinal() if document.issued_on else 4_000_000, document.id)


def choose(links: Sequence[DocumentLink], asked: Asked) -> list[DocumentLink]:
    """Links whose documents are no more than there is room for: those of the one asked about and of weight first."""
    ids: set[int] = set() if asked.about is None else {asked.about}
    kept = []
    for link in sorted(links, key=lambda link: _weight(link, asked.about)):
        ends = {link.source_id, link.target_id}
        if len(ids | ends) <= asked.most:
            ids |= ends
            kept.append(link)
    return kept


def _weight(link: DocumentLink, about: int | None) -> tuple[bool, int, int]:
    return about not in {link.source_id, link.target_id}, WEIGHTS[link.kind], -link.id


def _links(asked: Asked) -> Select[DocumentLink]:
    """The links of these kinds, the newest; with a document in mind, those among its neighbourhood."""
    found = select(DocumentLink).where(DocumentLink.kind.in_(asked.kinds))
    if asked.about is not None:
        near = select(Document.id).where(Document.id == asked.about)
        for _ in range(asked.steps):
            near = _with_neighbours(near, asked.kinds)
        found = found.where(DocumentLink.source_id.in_(near), DocumentLink.target_id.in_(near))
    return found.order_by(DocumentLink.id.desc()).limit(MOST_LINKS)


def _with_neighbours(ids: Select[int], kinds: frozenset[LinkKind]) -> Select[int]:
    """The keys *ids* and those of all documents that one link of these kinds joins to them."""
    of_kind = DocumentLink.kind.in_(kinds)
    both = union(
        ids,
        select(DocumentLink.target_id).where(of_kind, DocumentLink.source_id.in_(ids)),
        select(DocumentLink.source_id).where(of_kind, DocumentLink.target_id.in_(ids)),
    ).subquery()
    return select(both.c[0])
