"""The registry of documents: list, one document, its correction."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Stale
from app.web.forms import say
from app.web.identity import current_person, requires
from app.web.lists import AT_ONCE, as_file, file_asked, list_tools
from app.web.paging import SIZE, Page
from app.web.render import render
from app.web.session import reading, writing
from content.references.forms import DocumentForm
from content.references.graphs.picture import draw
from content.references.graphs.queries import NEAR, Asked, load_graph
from content.references.listing import DOCUMENTS
from content.references.models import Document, LinkKind
from content.references.queries import get_document, links_from, links_to, list_documents
from content.references.services import change_document

bp = Blueprint("documents", __name__, url_prefix="/documents", template_folder="templates")


@bp.get("")
@requires(Permission.READ_PLANS)
def index() -> ResponseReturnValue:
    """Documents, newest first, filtered by words."""
    words = request.args.get("q", "").strip()[:200]

    def pages(after: str | None, size: int = AT_ONCE) -> Page[Document]:
        return list_documents(reading(), words=words, cursor=after, size=size)

    if kind := file_asked():
        return as_file(DOCUMENTS, pages, kind, today=clock.local_day(clock.now()))
    return render(
        "content/references/index.html",
        listed=pages(request.args.get("after"), SIZE),
        words=words,
        tools=list_tools(DOCUMENTS, {"q": words}),
    )


@bp.get("/<int:document_id>")
@requires(Permission.READ_PLANS)
def show(document_id: int) -> ResponseReturnValue:
    """One document, its neighbours, and what other rooms know of it."""
    db = reading()
    document = get_document(db, document_id)
    graph = load_graph(db, Asked(frozenset(LinkKind), about=document_id, most=NEAR))
    return render(
        "content/references/show.html",
        document=document,
        outgoing=links_from(db, document),
        incoming=links_to(db, document),
        graph=graph,
        picture=draw(graph),
    )


@bp.route("/<int:document_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def edit(document_id: int) -> ResponseReturnValue:
    """Correct the facts of a document."""
    document = get_document(reading(), document_id)
    form = DocumentForm(obj=document)
    status, is_stale = (422 if form.is_submitted() else 200), False
    if form.validate_on_submit():
        try:
            with writing() as db:
                change_document(
                    db,
                    get_document(db, document_id),
                    form.to_input(),
                    seen=request.form.get("version", 0, type=int),
                    actor=current_person(),
                    now=clock.now(),
                )
        except Fault as fault:
            status, is_stale = form.refuse(fault), isinstance(fault, Stale)
            document = get_document(reading(), document_id)
        else:
            flash(say(N_("Đã lưu văn bản.")), "success")
            return redirect(url_for("documents.show", document_id=document_id), 303)
    return render(
        "content/references/edit.html", form=form, document=document, is_stale=is_stale, status=status
    )
