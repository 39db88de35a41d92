"""Organisations: list, one, add, change, import."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import audit, clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Invalid, Stale
from app.organisations import lists, services
from app.organisations.forms import ImportForm, OrganisationForm
from app.organisations.listing import ORGANISATIONS, page_of_organisations
from app.organisations.models import Organisation
from app.organisations.queries import (
    aliases_of,
    get_organisation,
    list_organisations,
)
from app.text import clean
from app.web.forms import say
from app.web.identity import current_person, requires
from app.web.lists import AT_ONCE, as_file, file_asked, list_tools
from app.web.paging import SIZE, Page
from app.web.render import render
from app.web.session import reading, writing

bp = Blueprint("organisations", __name__, url_prefix="/organisations", template_folder="templates")
LARGEST_LIST = 1_000_000  # bytes of a CSV file; a province has some hundreds of bodies


@bp.get("")
@requires(Permission.READ_ORGANISATIONS)
def index() -> ResponseReturnValue:
    """All organisations valid today, or all that ever were."""
    words = clean(request.args.get("words", "")).strip()[:200]
    closed = request.args.get("closed") == "1"
    on = None if closed else clock.local_day(clock.now())

    def pages(after: str | None, size: int = AT_ONCE) -> Page[Organisation]:
        return page_of_organisations(reading(), words=words, on=on, cursor=after, size=size)

    if kind := file_asked():
        return as_file(ORGANISATIONS, pages, kind, today=clock.local_day(clock.now()))
    page, kept = pages(request.args.get("after"), SIZE), {"words": words, "closed": "1" if closed else ""}
    shown: dict[str, Any] = {name: value for name, value in kept.items() if value}
    following = url_for("organisations.index", **shown, after=page.following) if page.following else None
    return render(
        "app/organisations/index.html",
        organisations=page.rows,
        following=following,
        words=words,
        closed=closed,
        chips=_chips(shown),
        tools=list_tools(ORGANISATIONS, shown),
    )


def _chips(shown: dict[str, Any]) -> list[dict[str, str]]:
    """What the list is narrowed or widened by, each with the address without it."""
    labels = {
        "words": f"“{shown.get('words')}”",
        "closed": say(N_("Cả cơ quan đã thôi hoạt động")),
    }
    return [
        {
            "label": labels[name],
            "remove_url": url_for(
                "organisations.index", **{key: value for key, value in shown.items() if key != name}
            ),
        }
        for name in shown
    ]


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATIONS)
def new() -> ResponseReturnValue:
    """Add one."""
    form = OrganisationForm.among(list_organisations(reading()))
    if not form.validate_on_submit():
        return render(
            "app/organisations/form.html",
            form=form,
            organisation=None,
            status=422 if form.is_submitted() else 200,
        )
    try:
        with writing() as db:
            made = services.add_organisation(db, form.to_input(), actor=current_person(), now=clock.now())
    except Fault as fault:
        return render("app/organisations/form.html", form=form, organisation=None, status=form.refuse(fault))
    flash(say(N_("Đã thêm {name}."), name=made.name), "success")
    return redirect(url_for("organisations.show", organisation_id=made.id), 303)


@bp.get("/<int:organisation_id>")
@requires(Permission.READ_ORGANISATIONS)
def show(organisation_id: int) -> ResponseReturnValue:
    """One organisation with its other names and history."""
    organisation = get_organisation(reading(), organisation_id)
    return render(
        "app/organisations/show.html",
        organisation=organisation,
        aliases=aliases_of(reading(), organisation),
        history=audit.history_of(reading(), organisation),
    )


@bp.route("/<int:organisation_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATIONS)
def edit(organisation_id: int) -> ResponseReturnValue:
    """Change one."""
    organisation = get_organisation(reading(), organisation_id)
    form = OrganisationForm.among(
        list_organisations(reading()),
        organisation,
        **_present(organisation),
        version=organisation.version,
    )
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            with writing() as db:
                services.change_organisation(
                    db,
                    get_organisation(db, organisation_id),
                    form.to_input(),
                    seen=form.seen(),
                    actor=current_person(),
                    now=clock.now(),
                )
        except Fault as fault:
            status = form.refuse(fault)
            organisation = get_organisation(reading(), organisation_id)
            if isinstance(fault, Stale):
                form.catch_up(organisation.version, **_present(organisation))
        else:
            flash(say(N_("Đã lưu.")), "success")
            return redirect(url_for("organisations.show", organisation_id=organisation_id), 303)
    return render("app/organisations/form.html", form=form, organisation=organisation, status=status)


def _present(organisation: Organisation) -> dict[str, object]:
    """What the form's fields hold for an organisation as it is now."""
    return {
        "name": organisation.name,
        "kind": organisation.kind.value,
        "aliases": "\n".join(alias.name for alias in aliases_of(reading(), organisation)),
        "parent": str(organisation.parent_id or ""),
        "successor": str(organisation.successor_id or ""),
        "valid_from": organisation.valid_from,
        "valid_to": organisation.valid_to,
    }


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATIONS)
def import_list() -> ResponseReturnValue:
    """Take a CSV file; the answer says what happened to each row."""
    form, report, status = ImportForm(), None, 200
    if form.is_submitted():
        status = 422
        if form.validate():
            content = form.file.data.read(LARGEST_LIST + 1)
            try:
                report = _import(content)
            except Fault as fault:
                status = form.refuse(fault)
            else:
                status = 200
    return render("app/organisations/import.html", form=form, report=report, status=status)


def _import(content: bytes) -> lists.ImportReport:
    """The file's rows in one transaction."""
    if len(content) > LARGEST_LIST:
        raise Invalid(N_("Tệp quá lớn; danh sách cơ quan dài nhất 1 MB."))
    with writing() as db:
        return lists.import_organisations(db, content, actor=current_person(), now=clock.now())
