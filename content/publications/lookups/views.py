"""A pasted link: have it read, see what its page said, say yes. The page waits for the scheduler, never the network."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Missing, Stale
from app.web.forms import say, seen_version
from app.web.identity import access, current_person, may, requires
from app.web.render import render
from app.web.session import reading, writing
from content.items.models import Item
from content.outlets.queries import get_outlet, list_outlets
from content.publications.forms import PublicationForm
from content.publications.lookups.models import Lookup, LookupState
from content.publications.lookups.queries import own_lookup
from content.publications.lookups.services import ask_lookup, dismiss_lookup, log_lookup, proposals_of
from content.publications.models import Match, Publication
from content.publications.queries import get_publication
from content.publications.services import AlreadyLogged
from content.publications.sureness import show_reason, sureness
from content.publications.views import bp
from content.themes.queries import list_themes

SLOW = timedelta(seconds=20)  # after which the page says that the scheduler may not be running
WAITING = (LookupState.WAITING, LookupState.LEASED)


@bp.post("/lookups")
@requires(Permission.LOG_PUBLICATIONS)
def ask() -> ResponseReturnValue:
    """Take a pasted link, or say at once why not."""
    link = " ".join(request.form.get("link", "").split())
    outlets = list_outlets(reading(), reach=access().reach(Permission.LOG_PUBLICATIONS))
    chosen = next((one.id for one in outlets if str(one.id) == request.form.get("outlet")), None)
    if chosen is None and len(outlets) == 1:
        chosen = outlets[0].id
    try:
        with writing() as db:
            outlet = get_outlet(db, chosen) if chosen else None
            asked = ask_lookup(db, link, outlet=outlet, actor=current_person(), now=clock.now())
    except Fault as fault:
        return _refused(link, fault)
    return redirect(url_for(".lookup", lookup_id=asked.id), 303)


def _refused(link: str, fault: Fault) -> ResponseReturnValue:
    """The page to log on, with the link as pasted and why it was not taken."""
    form = PublicationForm(formdata=None, link=link)
    form.offer(list_outlets(reading(), reach=access().reach(Permission.LOG_PUBLICATIONS)))
    status = form.refuse(fault)
    return render(
        "content/publications/edit.html",
        form=form,
        publication=None,
        existing=_existing(fault),
        is_lost=False,
        pasted=link,
        lookup=None,
        status=status,
    )


def _existing(fault: Fault) -> Publication | None:
    """The publication that is there already, for who may see it."""
    if not isinstance(fault, AlreadyLogged) or fault.publication_id is None:
        return None
    found = get_publication(reading(), fault.publication_id)
    return found if may(Permission.READ_PUBLICATIONS, found.outlet.organisation_id) else None


@bp.get("/lookups/<int:lookup_id>")
@requires(Permission.LOG_PUBLICATIONS)
def lookup(lookup_id: int) -> ResponseReturnValue:
    """What the page behind the link said; until then the page asks again by itself."""
    return _page(own_lookup(reading(), lookup_id, current_person().id))


def _page(
    asked: Lookup, *, problem: str = "", existing: Publication | None = None, status: int = 200
) -> ResponseReturnValue:
    now = clock.now()
    found = proposals_of(reading(), asked, now=now) if asked.state is LookupState.FOUND else []
    outlet = asked.outlet
    may_log = outlet is not None and may(Permission.LOG_PUBLICATIONS, outlet.organisation_id)
    context: dict[str, Any] = {
        "asked": asked,
        "is_waiting": asked.state in WAITING,
        "is_slow": asked.state in WAITING and now - asked.asked_at > SLOW,
        "is_whole": asked.state is LookupState.FOUND and may_log and asked.published_at is not None,
        "may_log": may_log,
        "problem": problem,
        "existing": existing,
        **_matches(found),
    }
    return render(
        "content/publications/lookups/show.html",
        part="content/publications/lookups/_answer.html",
        status=status,
        **context,
    )


def _matches(found: list[Match]) -> dict[str, Any]:
    """What was recognised: themes for everybody who logs, our item for who may match."""
    names = {one.id: one for one in list_themes(reading())}
    best = next((one for one in found if one.item_id is not None), None)
    may_match = may(Permission.MATCH_PUBLICATIONS)
    return {
        "may_match": may_match,
        "themes": [(names[one.theme_id], one) for one in found if one.theme_id in names],
        "item": reading().get(Item, best.item_id) if best is not None and may_match else None,
        "item_match": best,
        "sureness": sureness,
        "show_reason": show_reason,
    }


@bp.post("/lookups/<int:lookup_id>/log")
@requires(Permission.LOG_PUBLICATIONS)
def lookup_log(lookup_id: int) -> ResponseReturnValue:
    """Yes: log what the page said."""
    person, now = current_person(), clock.now()
    seen = seen_version(request.form.get("version"))
    asked = own_lookup(reading(), lookup_id, person.id)
    if asked.outlet is not None and not may(Permission.LOG_PUBLICATIONS, asked.outlet.organisation_id):
        raise Missing
    chosen = _chosen(asked) if may(Permission.MATCH_PUBLICATIONS) else None
    try:
        with writing() as db:
            own = own_lookup(db, lookup_id, person.id)
            made = log_lookup(db, own, chosen=chosen, seen=seen, actor=person, now=now)
    except Fault as fault:
        asked = own_lookup(reading(), lookup_id, person.id)
        existing = _existing(fault)
        if isinstance(fault, Stale) and asked.publication_id:
            existing = get_publication(reading(), asked.publication_id)
        problem = say(fault.sentence, **fault.values)
        return _page(asked, problem=problem, existing=existing, status=fault.status)
    flash(say(N_("Đã ghi nhận “{title}”."), title=made.title), "success")
    return redirect(url_for(".show", publication_id=made.id), 303)


def _chosen(asked: Lookup) -> tuple[int | None, set[int]]:
    """The proposed item and themes that stayed ticked; others are not taken from here."""
    found = proposals_of(reading(), asked, now=clock.now())
    ticked = {int(one) for one in request.form.getlist("themes") if one.isdecimal() and len(one) < 16}
    item = request.form.get("item", "")
    return (
        next((one.item_id for one in found if one.item_id is not None and str(one.item_id) == item), None),
        {one.theme_id for one in found if one.theme_id in ticked and one.theme_id is not None},
    )


@bp.post("/lookups/<int:lookup_id>/dismiss")
@requires(Permission.LOG_PUBLICATIONS)
def lookup_dismiss(lookup_id: int) -> ResponseReturnValue:
    """Let the link be."""
    seen = seen_version(request.form.get("version"))
    with writing() as db:
        own = own_lookup(db, lookup_id, current_person().id)
        dismiss_lookup(db, own, seen=seen, actor=current_person(), now=clock.now())
    return redirect(url_for(".index"), 303)
