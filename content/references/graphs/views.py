"""The page of documents and how they stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.web.identity import requires
from app.web.render import render
from app.web.session import reading
from content.references.graphs.outline import outline
from content.references.graphs.picture import draw
from content.references.graphs.queries import FIRM, MOST, Asked, load_graph
from content.references.models import Document, LinkKind
from content.references.queries import find_document, look_up_documents

bp = Blueprint("document_graph", __name__, template_folder="templates")


@dataclass(frozen=True)
class Filters:
    """What the address asks for: kinds of link, words, and the document that they or a key name."""

    kinds: frozenset[LinkKind]
    words: str
    about: Document | None
    several: tuple[Document, ...]
    steps: int

    @property
    def all_kinds(self) -> list[LinkKind]:
        """The kinds to choose from."""
        return list(LinkKind)

    def url(self, **changes: Any) -> str:
        """The address with these filters, some of them changed."""
        kinds = [] if self.kinds == FIRM else sorted(self.kinds)
        about = self.about.id if self.about else None
        return url_for(
            "document_graph.index", **{"kind": kinds, "about": about, "steps": self.steps, **changes}
        )


@bp.get("/documents/graph")
@requires(Permission.READ_PLANS)
def index() -> ResponseReturnValue:
    """Documents drawn and listed: all that are linked, or the neighbourhood of one."""
    filters = _filters()
    about = filters.about
    asked = Asked(filters.kinds, about.id if about else None, filters.steps)
    graph = load_graph(reading(), asked)
    return render(
        "content/document_graphs/index.html",
        graph=graph,
        picture=draw(graph),
        entries=outline(graph),
        filters=filters,
        most=MOST,
    )


def _filters() -> Filters:
    values = {kind.value for kind in LinkKind}
    kinds = frozenset(LinkKind(one) for one in request.args.getlist("kind") if one in values)
    words = request.args.get("q", "").strip()[:200]
    found = look_up_documents(reading(), words)
    about = found[0] if len(found) == 1 else None
    if not words:
        about = find_document(reading(), request.args.get("about", ""))
    return Filters(
        kinds=kinds or FIRM,
        words=words,
        about=about,
        several=tuple(found) if about is None else (),
        steps=1 if request.args.get("steps") == "1" else 2,
    )
