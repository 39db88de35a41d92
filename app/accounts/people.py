"""The administrator's pages about people: invite, change, give and end roles, end, new link."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import audit, clock
from app.accounts import links, services
from app.accounts.forms import InviteForm, PersonForm, RoleForm
from app.accounts.listing import PEOPLE, PersonRow, page_of_people
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.accounts.queries import get_membership, get_person, memberships_of
from app.errors import N_, Fault, Stale
from app.organisations.queries import list_organisations
from app.text import clean
from app.web.forms import say, seen_version
from app.web.identity import current_person, requires
from app.web.lists import AT_ONCE, as_file, file_asked, list_tools
from app.web.paging import SIZE, Page
from app.web.render import render
from app.web.session import house, reading, writing

bp = Blueprint("people", __name__, url_prefix="/people", template_folder="templates")


@bp.get("")
@requires(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    """Everybody, or those who have ended."""
    ended, words = request.args.get("ended") == "1", clean(request.args.get("q", "")).strip()[:200]
    today = clock.local_day(clock.now())

    def pages(after: str | None, size: int = AT_ONCE) -> Page[PersonRow]:
        return page_of_people(reading(), words=words, today=today, ended=ended, cursor=after, size=size)

    if kind := file_asked():
        return as_file(PEOPLE, pages, kind, today=today)
    page, kept = pages(request.args.get("after"), SIZE), {"q": words, "ended": "1" if ended else ""}
    shown: dict[str, Any] = {name: value for name, value in kept.items() if value}
    return render(
        "app/accounts/people.html",
        page=page,
        words=words,
        ended=ended,
        tools=list_tools(PEOPLE, shown),
        following=url_for("people.index", **shown, after=page.following) if page.following else None,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def new() -> ResponseReturnValue:
    """Invite somebody; the answer shows the link to hand over."""
    now = clock.now()
    form = InviteForm.among(list_organisations(reading(), on=clock.local_day(now)))
    if not form.validate_on_submit():
        return render("app/accounts/invite.html", form=form, status=422 if form.is_submitted() else 200)
    try:
        with writing() as db:
            person, token = services.invite_person(
                db, form.to_input(), actor=current_person(), now=now, today=clock.local_day(now)
            )
    except Fault as fault:
        return render("app/accounts/invite.html", form=form, status=form.refuse(fault))
    return _hand_over(person, token)


def _hand_over(person: Person, token: str) -> ResponseReturnValue:
    """The page with the one-time link; it is shown this once and not kept."""
    address = house().settings.public_url + url_for("accounts.link", token=token)
    return render("app/accounts/hand_over.html", person=person, address=address, days=links.LINK_LASTS.days)


@bp.get("/<int:person_id>")
@requires(Permission.MANAGE_PEOPLE)
def show(person_id: int) -> ResponseReturnValue:
    """One person: roles, what can be changed, what was done to the account."""
    person = get_person(reading(), person_id)
    return _page(person, PersonForm(obj=person), _role_form())


def _role_form(*, sent: bool = False) -> RoleForm:
    """The form for a further role: as it was *sent*, or fresh (beside another form that was sent)."""
    today = clock.local_day(clock.now())
    return RoleForm.among(list_organisations(reading(), on=today), today=today, sent=sent)


def _page(person: Person, form: PersonForm, role_form: RoleForm, *, status: int = 200) -> ResponseReturnValue:
    return render(
        "app/accounts/person.html",
        person=person,
        memberships=memberships_of(reading(), [person])[person.id],
        form=form,
        role_form=role_form,
        history=audit.history_of(reading(), person),
        today=clock.local_day(clock.now()),
        status=status,
    )


@bp.post("/<int:person_id>")
@requires(Permission.MANAGE_PEOPLE)
def change(person_id: int) -> ResponseReturnValue:
    """Change name and e-mail."""
    form = PersonForm()
    if form.validate_on_submit():
        try:
            with writing() as db:
                services.change_person(
                    db,
                    get_person(db, person_id),
                    name=str(form.name.data),
                    email=str(form.email.data),
                    seen=form.seen(),
                    actor=current_person(),
                    now=clock.now(),
                )
        except Fault as fault:
            status = form.refuse(fault)
            person = get_person(reading(), person_id)
            if isinstance(fault, Stale):
                form.catch_up(person.version, name=person.name, email=person.email)
            return _page(person, form, _role_form(), status=status)
        flash(say(N_("Đã lưu.")), "success")
        return redirect(url_for("people.show", person_id=person_id), 303)
    return _page(get_person(reading(), person_id), form, _role_form(), status=422)


@bp.post("/<int:person_id>/roles")
@requires(Permission.MANAGE_PEOPLE)
def give_role(person_id: int) -> ResponseReturnValue:
    """Give a further role."""
    form = _role_form(sent=True)
    if form.validate_on_submit():
        wanted = form.to_input()
        try:
            with writing() as db:
                services.give_role(
                    db,
                    get_person(db, person_id),
                    organisation_id=wanted.organisation_id,
                    role=wanted.role,
                    starts_on=wanted.starts_on,
                    ends_on=wanted.ends_on,
                    actor=current_person(),
                    now=clock.now(),
                )
        except Fault as fault:
            return _refill(person_id, form, form.refuse(fault))
        flash(say(N_("Đã giao vai trò.")), "success")
        return redirect(url_for("people.show", person_id=person_id), 303)
    return _refill(person_id, form, 422)


def _refill(person_id: int, form: RoleForm, status: int) -> ResponseReturnValue:
    person = get_person(reading(), person_id)
    return _page(person, PersonForm(formdata=None, obj=person), form, status=status)


@bp.post("/<int:person_id>/roles/<int:membership_id>/end")
@requires(Permission.MANAGE_PEOPLE)
def end_role(person_id: int, membership_id: int) -> ResponseReturnValue:
    """End a role from today on."""
    now = clock.now()
    with writing() as db:
        membership = get_membership(db, person_id, membership_id)
        services.end_role(db, membership, actor=current_person(), now=now, today=clock.local_day(now))
    flash(say(N_("Đã kết thúc vai trò.")), "success")
    return redirect(url_for("people.show", person_id=person_id), 303)


@bp.post("/<int:person_id>/link")
@requires(Permission.MANAGE_PEOPLE)
def new_link(person_id: int) -> ResponseReturnValue:
    """A new link to set a password; the earlier one no longer works."""
    now = clock.now()
    with writing() as db:
        person = get_person(db, person_id)
        token = links.make_link(db, person, now=now)
        audit.record(db, current_person(), "person.new_link", person, at=now)
    return _hand_over(person, token)


@bp.post("/<int:person_id>/end")
@requires(Permission.MANAGE_PEOPLE)
def end(person_id: int) -> ResponseReturnValue:
    """End a person."""
    with writing() as db:
        services.end_person(
            db, get_person(db, person_id), seen=_seen(), actor=current_person(), now=clock.now()
        )
    flash(say(N_("Đã kết thúc tài khoản; mọi phiên của người này đã đóng.")), "success")
    return redirect(url_for("people.show", person_id=person_id), 303)


@bp.post("/<int:person_id>/restore")
@requires(Permission.MANAGE_PEOPLE)
def restore(person_id: int) -> ResponseReturnValue:
    """Let an ended person in again."""
    with writing() as db:
        services.restore_person(
            db, get_person(db, person_id), seen=_seen(), actor=current_person(), now=clock.now()
        )
    flash(say(N_("Tài khoản hoạt động lại.")), "success")
    return redirect(url_for("people.show", person_id=person_id), 303)


def _seen() -> int:
    """The version that the button's form saw."""
    return seen_version(request.form.get("version"))
