"""Sending a piece up, deciding on it, and its other moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.accounts.queries import get_person, memberships_of, people_with
from app.difference import difference
from app.errors import N_, Fault, Forbidden, Refused
from app.web.forms import Form, say, seen_version
from app.web.identity import access, current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from content.items import workflow
from content.items.lists import list_waiting_for
from content.items.models import Decision, Item, Revision
from content.items.piece import as_text, last_approved
from content.items.queries import get_own_item, newest_revision
from content.items.review.forms import DecisionForm, ReasonForm, SubmitForm
from content.items.review.services import (
    approve_item,
    archive_item,
    restore_item,
    return_item,
    submit_item,
    take_back_item,
    withdraw_item,
)
from content.items.workflow import Move

bp = Blueprint("item_review", __name__, template_folder="../templates")


def _do(item_id: int, deed: Callable[..., object], **given: Any) -> None:
    """Load the piece again and do one thing with it."""
    with writing() as db:
        item = get_own_item(db, item_id, access())
        deed(db, item, **given, actor=get_person(db, current_person().id), now=clock.now())


def _try(form: Form, item_id: int, deed: Callable[..., object], **given: Any) -> int:
    """Do it and return 0; or put the refusal's sentence into the form and return its status."""
    try:
        _do(item_id, deed, **given)
    except Fault as fault:
        return form.refuse(fault)
    return 0


def _back(item_id: int, sentence: str) -> ResponseReturnValue:
    flash(say(sentence), "success")
    return redirect(url_for("items.show", item_id=item_id), 303)


@bp.route("/items/<int:item_id>/submit", methods=["GET", "POST"])
@requires(Permission.WRITE_ITEMS)
def submit(item_id: int) -> ResponseReturnValue:
    """Choose who decides, and send the piece up."""
    item = get_own_item(reading(), item_id, access())
    workflow.check_right(Move.SUBMIT, access(), item.organisation_id)
    form = SubmitForm()
    people = _reviewers(reading(), item)
    form.choose_from(people, memberships_of(reading(), people))
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        status = _try(
            form,
            item_id,
            _submit_to,
            reviewer_id=int(form.reviewer.data),
            seen=form.seen(),
        )
        if not status:
            return _back(item_id, N_("Đã gửi duyệt."))
        item = get_own_item(reading(), item_id, access())
    elif not form.is_submitted():
        form.version.data = str(item.version)
        form.reviewer.data = str(item.reviewer_id or (people[0].id if len(people) == 1 else ""))
    newest = newest_revision(reading(), item)
    return render(
        "content/items/submit.html", item=item, newest=newest, form=form, people=people, status=status
    )


def _submit_to(session: Session, item: Item, *, reviewer_id: int, **given: Any) -> None:
    submit_item(session, item, reviewer=get_person(session, reviewer_id), **given)


def _reviewers(session: Session, item: Item) -> list[Person]:
    """Who may decide today and did not write the newest text; those of the piece's own unit first."""
    today = clock.local_day(clock.now())
    newest = newest_revision(session, item)
    people = [
        person
        for person in people_with(session, Permission.DECIDE_ITEMS, today=today)
        if newest is None or person.id != newest.author_id
    ]
    near = people_with(session, Permission.DECIDE_ITEMS, today=today, organisation_id=item.organisation_id)
    own = {person.id for person in near}
    return sorted(people, key=lambda person: person.id not in own)


@bp.route("/items/<int:item_id>/review", methods=["GET", "POST"])
@requires(Permission.DECIDE_ITEMS)
def review(item_id: int) -> ResponseReturnValue:
    """The text to decide on, and the two buttons."""
    item = get_own_item(reading(), item_id, access())
    if not workflow.may_decide(access(), organisation_id=item.organisation_id, reviewer_id=item.reviewer_id):
        raise Forbidden(N_("Tin bài này không gửi cho bạn duyệt."))
    form = DecisionForm()
    if not form.is_submitted():
        workflow.next_stage(Move.APPROVE, item.stage)
        return _review_page(item, form)
    if not form.validate():
        return _review_page(item, form, status=422)
    sha256 = str(form.sha256.data or "")
    if form.decision.data == Decision.APPROVED:
        status = _try(form, item_id, approve_item, sha256=sha256)
    else:
        status = _try(form, item_id, return_item, sha256=sha256, reason=str(form.reason.data or ""))
    if status:
        return _review_page(get_own_item(reading(), item_id, access()), form, status=status)
    approved = form.decision.data == Decision.APPROVED
    done = N_("Đã duyệt “{title}”.") if approved else N_("Đã trả lại “{title}” cho người viết.")
    flash(say(done, title=item.title), "success")
    waiting = list_waiting_for(reading(), current_person().id)
    return redirect(url_for("home.today") if waiting else url_for("items.show", item_id=item_id), 303)


def _review_page(item: Item, form: DecisionForm, *, status: int = 200) -> ResponseReturnValue:
    """The newest text with its hash in the form, and what changed since the last approval."""
    newest = newest_revision(reading(), item)
    if newest is None:
        raise Refused(N_("Tin bài chưa có nội dung."))
    form.sha256.data = newest.sha256
    before = last_approved(reading(), item, newest)
    return render(
        "content/items/review.html",
        item=item,
        newest=newest,
        before=before,
        lines=_changes(before, newest),
        form=form,
        is_author=newest.author_id == current_person().id,
        status=status,
    )


def _changes(before: Revision | None, newest: Revision) -> list[Any]:
    return difference(as_text(before), as_text(newest)) if before else []


@bp.route("/items/<int:item_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.WRITE_ITEMS, Permission.DECIDE_ITEMS)
def withdraw(item_id: int) -> ResponseReturnValue:
    """Say why, and withdraw the piece."""
    item = get_own_item(reading(), item_id, access())
    workflow.check_right(Move.WITHDRAW, access(), item.organisation_id)
    form = ReasonForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        seen = form.seen()
        status = _try(form, item_id, withdraw_item, reason=str(form.reason.data), seen=seen)
        if not status:
            return _back(item_id, N_("Đã thu hồi."))
        item = get_own_item(reading(), item_id, access())
    elif not form.is_submitted():
        workflow.next_stage(Move.WITHDRAW, item.stage)
    form.version.data = form.version.data or str(item.version)
    return render("content/items/withdraw.html", item=item, form=form, status=status)


@bp.post("/items/<int:item_id>/take-back")
@requires(Permission.WRITE_ITEMS)
def take_back(item_id: int) -> ResponseReturnValue:
    """Take the piece back from its approver, and go on writing."""
    _do(item_id, take_back_item, seen=seen_version(request.form.get("version")))
    flash(say(N_("Đã lấy lại. Sửa xong hãy gửi duyệt lại.")), "success")
    return redirect(url_for("item_text.edit", item_id=item_id), 303)


@bp.post("/items/<int:item_id>/archive")
@requires(Permission.WRITE_ITEMS)
def archive(item_id: int) -> ResponseReturnValue:
    """Put the piece away."""
    _do(item_id, archive_item, seen=seen_version(request.form.get("version")))
    return _back(item_id, N_("Đã lưu trữ. Có thể khôi phục bất cứ lúc nào."))


@bp.post("/items/<int:item_id>/restore")
@requires(Permission.WRITE_ITEMS)
def restore(item_id: int) -> ResponseReturnValue:
    """Bring the piece back to drafting."""
    _do(item_id, restore_item, seen=seen_version(request.form.get("version")))
    return _back(item_id, N_("Đã khôi phục về soạn thảo."))
