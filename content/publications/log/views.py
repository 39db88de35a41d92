"""Logging by hand: one publication, a change of it, and many at once."""

from __future__ import annotations

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
    """Log one publication: paste, title, done."""
    outlets = _outlets()
    form = PublicationForm(
        published_at=_wall_clock(), outlet=_usual(outlets), link=request.args.get("link", "").strip()[:2000]
    )
    form.offer(outlets)
    if not form.validate_on_submit():
        return _form_page(form, outlets, status=422 if form.is_submitted() else 200)
    try:
        with writing() as db:
            wanted = form.to_input(get_outlet(db, int(str(form.outlet.data))))
            made = log_publication(db, wanted, actor=current_person(), now=clock.now())
    except Fault as fault:
        return _refused(form, fault)
    flash(say(N_("Đã ghi nhận “{title}”."), title=made.title), "success")
    if "more" in request.form:
        return redirect(url_for(".new", outlet=made.outlet_id), 303)
    return redirect(url_for(".show", publication_id=made.id), 303)


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
