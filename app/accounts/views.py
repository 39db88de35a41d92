"""Signing in and out, one-time links, one's own account and sessions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.first import make_first_administrator
from app.accounts.forms import ChangePasswordForm, FirstForm, PasswordForm, SignInForm
from app.accounts.links import WeakPassword, change_password, find_link, use_link
from app.accounts.models import LinkPurpose, SignIn
from app.accounts.queries import get_person, memberships_of
from app.accounts.services import BadEmail
from app.accounts.sign_in import (
    SignInRefused,
    check_password,
    end_other_sign_ins,
    end_sign_in,
    find_sign_in,
    list_sign_ins,
    start_sign_in,
)
from app.audit import SystemActor
from app.errors import N_, Invalid, Missing
from app.feature import begin_first_day
from app.organisations.models import OrganisationKind
from app.organisations.services import ensure_organisation
from app.web.forms import Form, say
from app.web.identity import current_person, forget, person_or_none, public, remember, safe_next, signed_in
from app.web.render import render
from app.web.session import reading, writing

bp = Blueprint("accounts", __name__, template_folder="templates")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """The door: e-mail and password."""
    if person_or_none() is not None:
        return redirect(safe_next(request.args.get("next")), 303)
    form = SignInForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return render("app/accounts/sign_in.html", form=form, status=422 if form.is_submitted() else 200)
    refused: SignInRefused | None = None
    token = ""
    with writing() as db:
        try:
            person = check_password(
                db, str(form.email.data), str(form.password.data), address=_address(), now=clock.now()
            )
        except SignInRefused as fault:
            refused = fault  # committed with its count, or the delay would never grow
        else:
            token = start_sign_in(
                db, person, address=_address(), agent=str(request.user_agent), now=clock.now()
            )
    if refused:
        form.refuse(refused)
        return render("app/accounts/sign_in.html", form=form, status=422)
    session.clear()
    remember(token)
    return redirect(safe_next(str(form.next.data or "")), 303)


def _address() -> str:
    """Where the request comes from; a proxy's word counts only when the settings trust it."""
    return request.remote_addr or "?"


@bp.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    person = current_person()
    with writing() as db:
        row = find_sign_in(db, person.token, now=clock.now())
        if row is not None:
            end_sign_in(db, row, actor=person, now=clock.now())
    forget()
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


@bp.route("/link/<token>", methods=["GET", "POST"])
@public
def link(token: str) -> ResponseReturnValue:
    """A one-time link: the first administrator's, or a password to set."""
    found = find_link(reading(), token, now=clock.now())
    if found.purpose is LinkPurpose.FIRST_ADMINISTRATOR:
        return _first(token)
    form = PasswordForm()
    name = found.person.name if found.person else ""
    if form.validate_on_submit():
        try:
            with writing() as db:
                person = use_link(db, token, password=str(form.password.data), now=clock.now())
        except Invalid as fault:
            _say_at(form.password, fault)
        else:
            return _enter(person.id)
    return render(
        "app/accounts/set_password.html", form=form, name=name, status=422 if form.is_submitted() else 200
    )


def _first(token: str) -> ResponseReturnValue:
    """The first administrator names themselves and the lead agency."""
    form = FirstForm()
    if form.validate_on_submit():
        now = clock.now()
        try:
            with writing() as db:
                organisation = ensure_organisation(
                    db,
                    str(form.organisation.data),
                    kind=OrganisationKind.DEPARTMENT,
                    actor=SystemActor("setup"),
                    now=now,
                )
                wanted = form.to_input(organisation.id)
                person = make_first_administrator(db, token, wanted, now=now, today=clock.local_day(now))
                begin_first_day(db, organisation, actor=person, now=now)
        except Invalid as fault:
            kinds = {WeakPassword: form.password, BadEmail: form.email}
            _say_at(kinds.get(type(fault), form.organisation), fault)
        else:
            answer = _enter(person.id)
            flash(
                say(
                    N_("Xin chào {name}. Hãy thêm các cơ quan và mời những người cùng làm."), name=person.name
                ),
                "success",
            )
            return answer
    return render(
        "app/accounts/first.html", form=form, token=token, status=422 if form.is_submitted() else 200
    )


def _say_at(field: object, fault: Invalid) -> None:
    """Show a service's refusal beside the field that it is about."""
    field.errors = [say(fault.sentence, **fault.values)]  # type: ignore[attr-defined]


def _enter(person_id: int) -> ResponseReturnValue:
    """Sign in whoever has just set a password."""
    with writing() as db:
        token = start_sign_in(
            db, get_person(db, person_id), address=_address(), agent=str(request.user_agent), now=clock.now()
        )
    session.clear()
    remember(token)
    return redirect(url_for("home.today"), 303)


@bp.get("/me")
@signed_in
def me() -> ResponseReturnValue:
    """One's own account: roles, password, sessions."""
    return _me(ChangePasswordForm())


def _me(form: Form) -> ResponseReturnValue:
    person = get_person(reading(), current_person().id)
    return render(
        "app/accounts/me.html",
        person=person,
        memberships=memberships_of(reading(), [person])[person.id],
        sign_ins=list_sign_ins(reading(), person.id, now=clock.now()),
        present=current_person().sign_in_id,
        today=clock.local_day(clock.now()),
        form=form,
        status=422 if form.is_submitted() else 200,
    )


@bp.post("/me/password")
@signed_in
def set_password() -> ResponseReturnValue:
    """Change one's own password; the other sessions end."""
    form, me_now = ChangePasswordForm(), current_person()
    if not form.validate_on_submit():
        return _me(form)
    refused: SignInRefused | None = None
    try:
        with writing() as db:
            person = get_person(db, me_now.id)
            try:
                check_password(db, person.email, str(form.present.data), address=_address(), now=clock.now())
            except SignInRefused as fault:
                refused = fault
            else:
                change_password(
                    db, person, password=str(form.password.data), keep=me_now.sign_in_id, now=clock.now()
                )
    except Invalid as fault:
        _say_at(form.password, fault)
        return _me(form)
    if refused:
        is_waiting = bool(refused.values)  # else it is about an e-mail address that nobody typed here
        said = (
            say(refused.sentence, **refused.values)
            if is_waiting
            else say(N_("Mật khẩu hiện tại không đúng."))
        )
        form.present.errors = [said]
        return _me(form)
    flash(say(N_("Đã đổi mật khẩu. Các phiên ở máy khác đã kết thúc.")), "success")
    return redirect(url_for("accounts.me"), 303)


@bp.post("/me/sessions/<int:sign_in_id>/end")
@signed_in
def end_session(sign_in_id: int) -> ResponseReturnValue:
    """End one of one's own sessions, on whatever machine it is."""
    person = current_person()
    with writing() as db:
        end_sign_in(db, _own_sign_in(db, person.id, sign_in_id), actor=person, now=clock.now())
    flash(say(N_("Đã kết thúc phiên.")), "success")
    return redirect(url_for("accounts.me"), 303)


@bp.post("/me/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """End every session of one's own but this."""
    person = current_person()
    with writing() as db:
        ended = end_other_sign_ins(db, get_person(db, person.id), keep=person.sign_in_id, now=clock.now())
    flash(say(N_("Đã kết thúc {ended} phiên khác."), ended=ended), "success")
    return redirect(url_for("accounts.me"), 303)


def _own_sign_in(db: Session, person_id: int, sign_in_id: int) -> SignIn:
    row = db.get(SignIn, sign_in_id)
    if row is None or row.person_id != person_id:
        raise Missing
    return row
