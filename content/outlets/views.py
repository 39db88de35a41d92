"""Pages of outlets: list, one, new, change, import."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import audit, clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Missing, Stale
from app.organisations.queries import list_organisations
from app.web.filters import show_word
from app.web.forms import say, seen_version
from app.web.identity import access, current_person, may, requires
from app.web.lists import AT_ONCE, as_file, file_asked, list_tools
from app.web.paging import SIZE, Page
from app.web.render import render
from app.web.session import reading, writing
from content.outlets.forms import FileForm, OutletForm, kind_choices, present
from content.outlets.listing import OUTLETS
from content.outlets.models import Outlet, OutletKind
from content.outlets.queries import get_outlet, page_of_outlets
from content.outlets.services import add_outlet, change_outlet, restore_outlet, retire_outlet
from content.outlets.table import import_outlets

bp = Blueprint("outlets", __name__, url_prefix="/outlets", template_folder="templates")


@bp.get("")
@requires(Permission.READ_OUTLETS)
def index() -> ResponseReturnValue:
    """The outlets within reach, in Vietnamese order."""
    words, retired = request.args.get("q", "").strip()[:200], request.args.get("state") == "retired"
    raw_kind = request.args.get("kind", "")
    kind = OutletKind(raw_kind) if raw_kind in set(OutletKind) else None

    def pages(after: str | None, size: int = AT_ONCE) -> Page[Outlet]:
        reach = access().reach(Permission.READ_OUTLETS)
        return page_of_outlets(
            reading(), reach=reach, kind=kind, words=words, retired=retired, cursor=after, size=size
        )

    if file := file_asked():
        return as_file(OUTLETS, pages, file, today=clock.local_day(clock.now()))
    page = pages(request.args.get("after"), SIZE)
    values = {"q": words, "kind": kind.value if kind else "", "state": "retired" if retired else ""}
    shown: dict[str, Any] = {name: value for name, value in values.items() if value}
    labels = {
        "q": words,
        "kind": show_word(kind).label if kind else "",
        "state": say(N_("Đã ngừng theo dõi")),
    }
    chips = [
        {
            "label": labels[name],
            "remove_url": url_for(".index", **{k: v for k, v in shown.items() if k != name}),
        }
        for name in shown
    ]
    following = url_for(".index", **shown, after=page.following) if page.following else None
    return render(
        "content/outlets/index.html",
        found=page,
        following=following,
        kinds=kind_choices(),
        shown=shown,
        chips=chips,
        tools=list_tools(OUTLETS, shown),
    )


@bp.get("/<int:outlet_id>")
@requires(Permission.READ_OUTLETS)
def show(outlet_id: int) -> ResponseReturnValue:
    """One outlet, and what it published lately."""
    outlet = get_outlet(reading(), outlet_id)
    if not may(Permission.READ_OUTLETS, outlet.organisation_id):
        raise Missing
    history = audit.history_of(reading(), outlet, limit=20) if may(Permission.MANAGE_OUTLETS) else []
    return render("content/outlets/show.html", outlet=outlet, history=history)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_OUTLETS)
def new() -> ResponseReturnValue:
    """Add an outlet."""
    form = _form()
    if form.validate_on_submit():
        try:
            with writing() as db:
                made = add_outlet(db, form.to_input(), actor=current_person(), now=clock.now())
        except Fault as fault:
            return _again(form, fault, None)
        flash(say(N_("Đã thêm {name}."), name=made.name), "success")
        return redirect(url_for(".show", outlet_id=made.id), 303)
    return render(
        "content/outlets/edit.html", form=form, outlet=None, status=422 if form.is_submitted() else 200
    )


@bp.route("/<int:outlet_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_OUTLETS)
def edit(outlet_id: int) -> ResponseReturnValue:
    """Change an outlet."""
    outlet = get_outlet(reading(), outlet_id)
    form = _form(outlet)
    if form.validate_on_submit():
        try:
            with writing() as db:
                change_outlet(
                    db,
                    get_outlet(db, outlet_id),
                    form.to_input(),
                    seen=form.seen(),
                    actor=current_person(),
                    now=clock.now(),
                )
        except Fault as fault:
            return _again(form, fault, get_outlet(reading(), outlet_id))
        flash(say(N_("Đã lưu.")), "success")
        return redirect(url_for(".show", outlet_id=outlet_id), 303)
    return render(
        "content/outlets/edit.html", form=form, outlet=outlet, status=422 if form.is_submitted() else 200
    )


def _form(outlet: Outlet | None = None) -> OutletForm:
    today = clock.local_day(clock.now())
    organisations = list_organisations(reading(), on=today)
    if outlet is not None and outlet.organisation not in organisations:
        organisations.append(outlet.organisation)
    return OutletForm.among(organisations, outlet)


def _again(form: OutletForm, fault: Fault, outlet: Outlet | None) -> ResponseReturnValue:
    """The form with what was typed, and why it was not taken."""
    if isinstance(fault, Stale) and outlet is not None:
        form.catch_up(outlet.version, **present(outlet))
    return render("content/outlets/edit.html", form=form, outlet=outlet, status=form.refuse(fault))


@bp.post("/<int:outlet_id>/retire")
@requires(Permission.MANAGE_OUTLETS)
def retire(outlet_id: int) -> ResponseReturnValue:
    """Stop offering the outlet."""
    seen = seen_version(request.form.get("version"))
    with writing() as db:
        outlet = get_outlet(db, outlet_id)
        retire_outlet(db, outlet, seen=seen, actor=current_person(), now=clock.now())
    flash(say(N_("Đã ngừng theo dõi {name}."), name=outlet.name), "success")
    return redirect(url_for(".show", outlet_id=outlet_id), 303)


@bp.post("/<int:outlet_id>/restore")
@requires(Permission.MANAGE_OUTLETS)
def restore(outlet_id: int) -> ResponseReturnValue:
    """Offer the outlet again."""
    seen = seen_version(request.form.get("version"))
    with writing() as db:
        outlet = get_outlet(db, outlet_id)
        restore_outlet(db, outlet, seen=seen, actor=current_person(), now=clock.now())
    flash(say(N_("Đã theo dõi lại {name}."), name=outlet.name), "success")
    return redirect(url_for(".show", outlet_id=outlet_id), 303)


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_OUTLETS)
def import_file() -> ResponseReturnValue:
    """Add outlets from a CSV file and say what became of each row."""
    form, report, status = FileForm(), None, 200
    if form.validate_on_submit():
        content: bytes = form.file.data.read()
        try:
            with writing() as db:
                report = import_outlets(db, content, actor=current_person(), now=clock.now())
        except Fault as fault:
            status = form.refuse(fault)
    elif form.is_submitted():
        status = 422
    return render("content/outlets/import.html", form=form, report=report, status=status)
