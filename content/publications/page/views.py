"""The page of one publication: what it matches, matching by hand, leaving it out and taking it back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import audit, clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Stale
from app.web.forms import say, seen_version
from app.web.identity import current_person, may, requires
from app.web.render import render
from app.web.session import reading, writing
from content.publications.choosing.forms import choice_context, chosen_in
from content.publications.forms import DismissForm, MatchForm
from content.publications.matching import match_publication
from content.publications.models import HOLDS, MatchDecision, Publication
from content.publications.queries import get_publication, matches_of
from content.publications.queue.queries import last_decision, sightings_of
from content.publications.services import dismiss_publication, restore_publication
from content.publications.sureness import show_reason, sureness
from content.publications.views import bp, item_link, within


@bp.get("/<int:publication_id>")
@requires(Permission.READ_PUBLICATIONS)
def show(publication_id: int) -> ResponseReturnValue:
    """One publication, what it matches, and what it may match."""
    publication = within(get_publication(reading(), publication_id), Permission.READ_PUBLICATIONS)
    return render(
        "content/publications/show.html",
        part="content/publications/_themes.html",
        **page_context(publication),
        **match_context(publication),
    )


def page_context(publication: Publication, dismiss: DismissForm | None = None) -> dict[str, Any]:
    """What the page of one publication shows besides its matches."""
    history = audit.history_of(reading(), publication, limit=20)
    may_match = may(Permission.MATCH_PUBLICATIONS)
    return {
        "sightings": sightings_of(reading(), publication),
        "can_undo": may_match and last_decision(reading(), publication) is not None,
        "publication": publication,
        "dismiss": dismiss or DismissForm(formdata=None),
        "may_log": may(Permission.LOG_PUBLICATIONS, publication.outlet.organisation_id),
        "history": history,
        "dismissal": next(
            (one.details.get("reason") for one in history if one.action == "publication.dismiss"), ""
        ),
    }


def match_context(publication: Publication, form: MatchForm | None = None) -> dict[str, Any]:
    """What the page shows of matches: those that hold, and for who may match the form to change them."""
    rows = matches_of(reading(), [publication.id])[publication.id]
    held = [row for row in rows if row.decision in HOLDS]
    item = next((row.item for row in held if row.item is not None), None)
    is_hidden = item is not None and not may(Permission.READ_ITEMS, item.organisation_id)
    context: dict[str, Any] = {
        "proposed": [row for row in rows if row.decision is MatchDecision.PROPOSED],
        "sureness": sureness,
        "show_reason": show_reason,
        "held_item": None if is_hidden else item,
        "hidden_item": is_hidden,
        "held_themes": [row.theme for row in held if row.theme is not None],
        "item_url": item_link(item.id) if item is not None and not is_hidden else None,
        "match": None,
    }
    if may(Permission.MATCH_PUBLICATIONS):
        context |= choice_context(publication, rows, item, is_hidden=is_hidden, form=form)
    return context


@bp.post("/<int:publication_id>/match")
@requires(Permission.MATCH_PUBLICATIONS)
def match(publication_id: int) -> ResponseReturnValue:
    """Take over what the form says the publication matches."""
    publication = within(get_publication(reading(), publication_id), Permission.MATCH_PUBLICATIONS)
    form = MatchForm()
    try:
        item_id, theme_ids = chosen_in(form, publication)
        with writing() as db:
            match_publication(
                db,
                get_publication(db, publication_id),
                item_id=item_id,
                theme_ids=theme_ids,
                seen=form.seen(),
                actor=current_person(),
                now=clock.now(),
            )
    except Fault as fault:
        publication = get_publication(reading(), publication_id)
        context = match_context(publication, form)
        if isinstance(fault, Stale):
            form.catch_up(publication.version)  # whoever has read the present state may send again
        context |= page_context(publication)
        return render("content/publications/show.html", **{"status": form.refuse(fault), **context})
    flash(say(N_("Đã lưu chỗ khớp.")), "success")
    return redirect(url_for(".show", publication_id=publication_id), 303)


@bp.post("/<int:publication_id>/dismiss")
@requires(Permission.LOG_PUBLICATIONS)
def dismiss(publication_id: int) -> ResponseReturnValue:
    """Leave the publication out of the counts."""
    publication = within(get_publication(reading(), publication_id), Permission.LOG_PUBLICATIONS)
    form, status = DismissForm(), 422
    if form.validate_on_submit():
        try:
            with writing() as db:
                dismiss_publication(
                    db,
                    get_publication(db, publication_id),
                    reason=str(form.reason.data),
                    seen=form.seen(),
                    actor=current_person(),
                    now=clock.now(),
                )
        except Fault as fault:
            status = form.refuse(fault)
        else:
            flash(say(N_("Đã bỏ qua tin này; nó không còn được đếm.")), "success")
            return redirect(url_for(".show", publication_id=publication_id), 303)
    publication = get_publication(reading(), publication_id)
    return render(
        "content/publications/show.html",
        status=status,
        **page_context(publication, form),
        **match_context(publication),
    )


@bp.post("/<int:publication_id>/restore")
@requires(Permission.LOG_PUBLICATIONS)
def restore(publication_id: int) -> ResponseReturnValue:
    """Count the publication again."""
    within(get_publication(reading(), publication_id), Permission.LOG_PUBLICATIONS)
    seen = seen_version(request.form.get("version"))
    with writing() as db:
        restore_publication(
            db, get_publication(db, publication_id), seen=seen, actor=current_person(), now=clock.now()
        )
    flash(say(N_("Đã đưa tin trở lại; nó lại được đếm.")), "success")
    return redirect(url_for(".show", publication_id=publication_id), 303)
