"""Links of a document, set and removed by hand."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Stale
from app.web.forms import say, seen_version
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from content.references.links.forms import LinkForm
from content.references.links.services import add_link, get_link, remove_link
from content.references.queries import get_document, look_up_documents

bp = Blueprint(
    "document_links", __name__, url_prefix="/documents/<int:document_id>/links", template_folder="templates"
)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS)
def new(document_id: int) -> ResponseReturnValue:
    """Link the document to another one; where several fit what was typed, one is picked."""
    document = get_document(reading(), document_id)
    form = LinkForm(data={"version": document.version})
    typed = str(form.other.data or "")[:200] if form.is_submitted() else ""
    found = [one for one in look_up_documents(reading(), typed) if one.id != document_id]
    form.offer(found)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        other_id = form.picked_id() or (found[0].id if len(found) == 1 else None)
        status = _add(document_id, other_id, form) if other_id else form.unclear(any_found=bool(found))
        if status == 303:
            flash(say(N_("Đã ghi quan hệ giữa hai văn bản.")), "success")
            return redirect(url_for("documents.show", document_id=document_id), 303)
    return render("content/document_links/new.html", form=form, document=document, found=found, status=status)


def _add(document_id: int, other_id: int, form: LinkForm) -> int:
    """Save the link under the version that the form was made from; returns the status to answer with."""
    try:
        with writing() as db:
            add_link(
                db,
                get_document(db, document_id),
                get_document(db, other_id),
                form.to_input(),
                seen=form.seen(),
                actor=current_person(),
                now=clock.now(),
            )
    except Fault as fault:
        if isinstance(fault, Stale):
            form.catch_up(get_document(reading(), document_id).version)
        return form.refuse(fault)
    return 303


@bp.post("/<int:link_id>/remove")
@requires(Permission.MANAGE_PLANS)
def remove(document_id: int, link_id: int) -> ResponseReturnValue:
    """Remove a link that begins or ends at the document."""
    with writing() as db:
        link = get_link(db, document_id, link_id)
        seen = seen_version(request.form.get("version"))
        remove_link(db, link, seen=seen, actor=current_person(), now=clock.now())
    flash(say(N_("Đã bỏ quan hệ; hai văn bản vẫn còn.")), "success")
    return redirect(url_for("documents.show", document_id=document_id), 303)
