"""Logging by hand: one publication, a change of it, and many at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Invalid, Stale
from app.web.forms import say
from app.web.identity import access, current_person, may, requires
from app.web.render import render
from app.web.session import reading, writing
from content.outlets.csvfile import decode
from content.outlets.models import Outlet
from content.outlets.queries import get_outlet, list_outlets
from content.publications.forms import ImportForm, PublicationForm
from content.publications.lookups.models import Lookup, LookupState
from content.publications.lookups.queries import own_lookup
from content.publications.lookups.services import close_lookup
from content.publications.models import Publication
from content.publications.queries import get_publication, last_outlet_of
from content.publications.services import AlreadyLogged, change_publication, log_publication
from content.publications.table import MOST, LogReport, import_publications
from content.publications.views import bp, within


def _outlets() -> list[Outlet]:
    """The outlets for which the person may log."""
    return list_outlets(reading(), reach=access().reach(Permission.LOG_PUBLICATIONS))


def _usual(outlets: list[Outlet]) -> str:
    """The outlet to begin with: the one asked for, the only one, or that of the last time."""
    known = {str(one.id) for one in outlets}
    asked = request.args.get("outlet", "")
    if asked in known:
        return asked
    if len(known) == 1:
        return known.pop()
    last = str(last_outlet_of(reading(), current_person().id) or "")
    return last if last in known else ""


def _wall_clock() -> datetime:
    """Now on the clocks of Vietnam, as the form's field takes it."""
    return clock.local(clock.now()).replace(second=0, microsecond=0, tzinfo=None)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.LOG_PUBLICATIONS)
def new() -> ResponseReturnValue:
    """Log one publication by hand, or complete what a pasted link's page did not say."""
    outlets, asked = _outlets(), _asked()
    form = PublicationForm(**_first_values(outlets, asked))
    form.offer(outlets)
    if not form.validate_on_submit():
        return _form_page(form, outlets, status=422 if form.is_submitted() else 200)
    actor, now = current_person(), clock.now()
    try:
        with writing() as db:
            wanted = form.to_input(get_outlet(db, int(str(form.outlet.data))))
            if asked is not None:
                wanted = replace(wanted, summary=asked.summary)
            made = log_publication(db, wanted, actor=actor, now=now)
            if asked is not None:
                own = own_lookup(db, asked.id, actor.id)
                close_lookup(db, own, made, chosen=None, actor=actor, now=now)
    except Fault as fault:
        return _refused(form, fault)
    flash(say(N_("Đã ghi nhận “{title}”."), title=made.title), "success")
    if "more" in request.form:
        return redirect(url_for(".new", outlet=made.outlet_id), 303)
    return redirect(url_for(".show", publication_id=made.id), 303)


def _asked() -> Lookup | None:
    """The pasted link of the address, the person's own and not logged yet."""
    raw = request.args.get("lookup", "")
    if not (raw.isdecimal() and len(raw) < 16):
        return None
    asked = own_lookup(reading(), int(raw), current_person().id)
    return None if asked.state is LookupState.LOGGED else asked


def _first_values(outlets: list[Outlet], asked: Lookup | None) -> dict[str, Any]:
    """What the form begins with: what the page of a pasted link said, else now and the usual outlet."""
    link = request.args.get("link", "").strip()[:2000]
    values: dict[str, Any] = {"published_at": _wall_clock(), "outlet": _usual(outlets), "link": link}
    if asked is not None:
        values |= {"link": asked.canonical or asked.address, "title": asked.title}
        if asked.outlet_id in {one.id for one in outlets}:
            values["outlet"] = str(asked.outlet_id)
        if asked.published_at is not None:
            values["published_at"] = clock.local(asked.published_at).replace(tzinfo=None)
        elif asked.title:
            values["published_at"] = None  # the page said all but this: it is to be looked up, not guessed
    return values


@bp.route("/<int:publication_id>/edit", methods=["GET", "POST"])
@requires(Permission.LOG_PUBLICATIONS)
def edit(publication_id: int) -> ResponseReturnValue:
    """Change what was logged."""
    publication = within(get_publication(reading(), publication_id), Permission.LOG_PUBLICATIONS)
    outlets = _outlets()
    if all(one.id != publication.outlet_id for one in outlets):
        outlets.append(publication.outlet)  # a retired one keeps its publications
    form = PublicationForm(**_present(publication), version=publication.version)
    form.offer(outlets)
    if not form.validate_on_submit():
        return _form_page(form, outlets, publication, status=422 if form.is_submitted() else 200)
    try:
        with writing() as db:
            change_publication(
                db,
                get_publication(db, publication_id),
                form.to_input(get_outlet(db, int(str(form.outlet.data)))),
                seen=form.seen(),
                actor=current_person(),
                now=clock.now(),
            )
    except Fault as fault:
        return _refused(form, fault, get_publication(reading(), publication_id))
    flash(say(N_("Đã lưu.")), "success")
    return redirect(url_for(".show", publication_id=publication_id), 303)


def _present(publication: Publication) -> dict[str, Any]:
    """What the form's fields hold for *publication*."""
    return {
        "link": publication.address or "",
        "title": publication.title,
        "outlet": str(publication.outlet_id),
        "published_at": clock.local(publication.published_at).replace(tzinfo=None),
        "note": publication.note,
    }


def _refused(
    form: PublicationForm, fault: Fault, publication: Publication | None = None
) -> ResponseReturnValue:
    """The form with what was typed, why it was not taken, and the publication that is there already."""
    status = form.refuse(fault)
    if isinstance(fault, Stale) and publication is not None:
        form.catch_up(publication.version, **_present(publication))
    existing: Publication | None = None
    if isinstance(fault, AlreadyLogged) and fault.publication_id is not None:
        found = get_publication(reading(), fault.publication_id)
        existing = found if may(Permission.READ_PUBLICATIONS, found.outlet.organisation_id) else None
    return _form_page(form, [], publication, status=status, existing=existing)


def _form_page(
    form: PublicationForm,
    outlets: list[Outlet],
    publication: Publication | None = None,
    *,
    status: int,
    existing: Publication | None = None,
) -> ResponseReturnValue:
    return render(
        "content/publications/edit.html",
        form=form,
        publication=publication,
        existing=existing,
        is_lost=not outlets and not form.is_submitted(),
        pasted="",
        lookup=request.args.get("lookup"),
        status=status,
    )


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.LOG_PUBLICATIONS)
def import_rows() -> ResponseReturnValue:
    """Log up to 1,000 rows and say what became of each."""
    outlets = _outlets()
    form = ImportForm(outlet=_usual(outlets) if len(outlets) == 1 else "")
    form.offer(outlets)
    report: LogReport | None = None
    status = 200
    if form.validate_on_submit():
        try:
            report = _import(form)
        except Fault as fault:
            status = form.refuse(fault)
    elif form.is_submitted():
        status = 422
    if report is not None and not report.refused:
        form.text.data = ""  # all taken: the next table finds an empty field
    return render("content/publications/import.html", form=form, report=report, most=MOST, status=status)


def _import(form: ImportForm) -> LogReport:
    """Log the rows that were pasted, or those of the file."""
    file = form.file.data
    content = file.read() if isinstance(file, FileStorage) and file.filename else b""
    text = decode(content) if content else str(form.text.data)
    if not text.strip():
        raise Invalid(N_("Hãy dán bảng vào ô, hoặc chọn một tệp CSV."))
    reach = access().reach(Permission.LOG_PUBLICATIONS)
    with writing() as db:
        outlets = list_outlets(db, reach=reach)
        chosen = next((one for one in outlets if str(one.id) == form.outlet.data), None)
        return import_publications(
            db, text, outlets=outlets, default=chosen, actor=current_person(), now=clock.now()
        )
