"""Booking a piece, one slot with what can be done to it, and the actions themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Missing
from app.web.filters import show_moment
from app.web.forms import say
from app.web.identity import access, current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from content.channels.queries import get_channel, list_channels
from content.items.models import Item
from content.items.queries import approved_revision
from content.slots.forms import BookForm, HoldForm, MoveForm, SlotForm, ThereForm
from content.slots.models import Slot
from content.slots.queries import get_slot
from content.slots.services import (
    book_slot,
    cancel_slot,
    confirm_not_sent,
    confirm_sent,
    hold_slot,
    move_slot,
    release_slot,
    retry_slot,
)
from content.slots.why import why_not_out

bp = Blueprint("slots", __name__, template_folder="templates")

USUAL_HOUR = time(7)  # when a piece without an hour is offered: the morning of its day


@bp.route("/items/<int:item_id>/slots/new", methods=["GET", "POST"])
@requires(Permission.BOOK_SLOTS)
def new(item_id: int) -> ResponseReturnValue:
    """Book a piece."""
    item = _item(reading(), item_id)
    form = BookForm.among(list_channels(reading(), active=True), wall=_offered(item))
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        wanted = form.to_input()
        try:
            with writing() as db:
                slot = book_slot(
                    db,
                    _item(db, item_id),
                    channel=get_channel(db, wanted.channel_id),
                    due_at=wanted.due_at,
                    actor=current_person(),
                    now=clock.now(),
                )
                told = {
                    "when": show_moment(slot.due_at, weekday=True),
                    "channel": slot.channel.name,
                }
        except Fault as fault:
            status = form.refuse(fault)
        else:
            flash(say(N_("Đã lên lịch: đăng lúc {when} trên {channel}."), **told), "success")
            return redirect(url_for("slots.show", slot_id=slot.id), 303)
    return _booking(item_id, form, status)


def _booking(item_id: int, form: BookForm, status: int) -> ResponseReturnValue:
    """The booking page; read anew, since a refused write let the reading session go."""
    item = _item(reading(), item_id)
    return render(
        "content/slots/new.html",
        item=item,
        form=form,
        is_approved=approved_revision(reading(), item) is not None,
        has_channels=bool(list_channels(reading(), active=True)),
        now=clock.now(),
        status=status,
    )


def _offered(item: Item) -> datetime | None:
    """The moment to begin with: the morning of the day meant, when it lies ahead."""
    if item.planned_on is None:
        return None
    wall = datetime.combine(item.planned_on, USUAL_HOUR)
    return wall if clock.from_local(wall) > clock.now() else None


def _item(db: Session, item_id: int) -> Item:
    """The piece, for who may book it."""
    item = db.get(Item, item_id)
    if item is None or not access().may(Permission.BOOK_SLOTS, item.organisation_id):
        raise Missing
    return item


def _slot(db: Session, slot_id: int, *permissions: Permission) -> Slot:
    """The slot, for who has one of these rights where its piece belongs."""
    slot = get_slot(db, slot_id)
    if not any(access().may(one, slot.variant.item.organisation_id) for one in permissions):
        raise Missing
    return slot


@bp.get("/slots/<int:slot_id>")
@requires(Permission.READ_ITEMS)
def show(slot_id: int) -> ResponseReturnValue:
    """One slot: where it stands, why, and what can be done."""
    return _show(slot_id)


def _show(slot_id: int, form: SlotForm | None = None, status: int = 200) -> ResponseReturnValue:
    """The slot's page; *form* is the one that was refused, shown as it was typed."""
    slot = _slot(reading(), slot_id, Permission.READ_ITEMS)
    shown = {kind: kind(formdata=None, version=slot.version) for kind in (HoldForm, MoveForm, ThereForm)}
    shown[MoveForm].due_at.data = clock.local(slot.due_at).replace(tzinfo=None)
    if form is not None and type(form) in shown:
        shown[type(form)] = form
    return render(
        "content/slots/show.html",
        slot=slot,
        why=why_not_out(slot, clock.now()),
        refused=form,
        hold=shown[HoldForm],
        move=shown[MoveForm],
        there=shown[ThereForm],
        may_act=access().may(Permission.BOOK_SLOTS, slot.variant.item.organisation_id),
        history=audit.history_of(reading(), slot),
        status=status,
    )


def _act(
    slot_id: int, form: SlotForm, done: str, act: Callable[[Session, Slot], None]
) -> ResponseReturnValue:
    """Do one thing to a slot; what is refused comes back with its sentence and what was typed."""
    _slot(reading(), slot_id, Permission.BOOK_SLOTS)
    if not form.validate_on_submit():
        return _show(slot_id, form, 422)
    try:
        with writing() as db:
            act(db, _slot(db, slot_id, Permission.BOOK_SLOTS))
    except Fault as fault:
        if isinstance(fault, Missing):
            raise
        return _show(slot_id, form, form.refuse(fault))
    flash(say(done), "success")
    return redirect(url_for("slots.show", slot_id=slot_id), 303)


@bp.post("/slots/<int:slot_id>/hold")
@requires(Permission.BOOK_SLOTS)
def hold(slot_id: int) -> ResponseReturnValue:
    """Keep it back."""
    form, person, now = HoldForm(), current_person(), clock.now()

    def act(db: Session, slot: Slot) -> None:
        hold_slot(db, slot, reason=str(form.reason.data), seen=form.seen(), actor=person, now=now)

    return _act(
        slot_id, form, N_("Đã tạm giữ. Bài không được gửi đi cho tới khi có người cho tiếp tục."), act
    )


@bp.post("/slots/<int:slot_id>/release")
@requires(Permission.BOOK_SLOTS)
def release(slot_id: int) -> ResponseReturnValue:
    """Let it go on."""
    form, person, now = SlotForm(), current_person(), clock.now()

    def act(db: Session, slot: Slot) -> None:
        release_slot(db, slot, seen=form.seen(), actor=person, now=now)

    return _act(slot_id, form, N_("Đã cho đăng tiếp."), act)


@bp.post("/slots/<int:slot_id>/cancel")
@requires(Permission.BOOK_SLOTS)
def cancel(slot_id: int) -> ResponseReturnValue:
    """Take the promise back."""
    form, person, now = SlotForm(), current_person(), clock.now()

    def act(db: Session, slot: Slot) -> None:
        cancel_slot(db, slot, seen=form.seen(), actor=person, now=now)

    return _act(slot_id, form, N_("Đã hủy lịch đăng."), act)


@bp.post("/slots/<int:slot_id>/retry")
@requires(Permission.BOOK_SLOTS)
def retry(slot_id: int) -> ResponseReturnValue:
    """Send it again."""
    form, person, now = SlotForm(), current_person(), clock.now()

    def act(db: Session, slot: Slot) -> None:
        retry_slot(db, slot, seen=form.seen(), actor=person, now=now)

    return _act(slot_id, form, N_("Bài sẽ được gửi lại ngay."), act)


@bp.post("/slots/<int:slot_id>/move")
@requires(Permission.BOOK_SLOTS)
def move(slot_id: int) -> ResponseReturnValue:
    """Promise another moment."""
    form, person, now = MoveForm(), current_person(), clock.now()

    def act(db: Session, slot: Slot) -> None:
        due_at = form.due_at.moment
        assert due_at is not None  # noqa: S101 - validated
        move_slot(db, slot, due_at=due_at, seen=form.seen(), actor=person, now=now)

    return _act(slot_id, form, N_("Đã đổi giờ đăng."), act)


@bp.post("/slots/<int:slot_id>/is-there")
@requires(Permission.BOOK_SLOTS)
def is_there(slot_id: int) -> ResponseReturnValue:
    """A person found it."""
    form, person, now = ThereForm(), current_person(), clock.now()

    def act(db: Session, slot: Slot) -> None:
        confirm_sent(db, slot, address=str(form.address.data), seen=form.seen(), actor=person, now=now)

    return _act(slot_id, form, N_("Đã ghi nhận bài đã lên."), act)


@bp.post("/slots/<int:slot_id>/is-not")
@requires(Permission.BOOK_SLOTS)
def is_not(slot_id: int) -> ResponseReturnValue:
    """A person looked and it is not there."""
    form, person, now = SlotForm(), current_person(), clock.now()

    def act(db: Session, slot: Slot) -> None:
        confirm_not_sent(db, slot, seen=form.seen(), actor=person, now=now)

    return _act(slot_id, form, N_("Bài sẽ được gửi lại ngay."), act)
