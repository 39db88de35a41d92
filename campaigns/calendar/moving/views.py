"""Moving from the calendar by script, and from a piece's history by a plain form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.permissions import Permission
from app.accounts.queries import get_person
from app.errors import N_, Fault, Invalid, Missing, Stale
from app.web.filters import show_action, show_day, show_moment
from app.web.forms import say
from app.web.identity import access, current_person, requires
from app.web.session import close_reading, reading, writing
from campaigns.calendar.as_json import shown_json
from campaigns.calendar.moving.forms import MoveForm, write_slots
from campaigns.calendar.moving.services import last_deed, move_piece, move_slot_to, slots_on_day
from campaigns.calendar.queries import cards_of_item
from content.items.models import Item
from content.items.queries import get_item
from content.slots.models import Slot
from content.slots.queries import get_slot

bp = Blueprint("calendar_moves", __name__, url_prefix="/calendar", template_folder="../templates")

POOL = N_("kho ý tưởng")


@bp.post("/items/<int:item_id>/move")
@requires(Permission.WRITE_ITEMS)
def item(item_id: int) -> ResponseReturnValue:
    """A piece with the slots of its day to another day, or back to the pool."""
    before = get_item(reading(), item_id, access())
    was_on, form = before.planned_on, MoveForm()

    def act(db: Session) -> None:
        move_piece(
            db,
            get_item(db, item_id, access()),
            day=form.day.day,
            seen=form.seen(),
            seen_slots=form.seen_slots(),
            actor=get_person(db, current_person().id),
            now=clock.now(),
        )

    return _move(form, act, before, was_on, lambda: _undo_item(item_id, was_on))


@bp.post("/slots/<int:slot_id>/move")
@requires(Permission.BOOK_SLOTS)
def slot(slot_id: int) -> ResponseReturnValue:
    """One slot to another day, at its own hour."""
    before = _slot(reading(), slot_id)
    was_on, form = before.due_on, MoveForm()

    def act(db: Session) -> None:
        day = form.day.day
        if day is None:
            raise Invalid(N_("Hãy chọn ngày."))
        move_slot_to(
            db,
            _slot(db, slot_id),
            day=day,
            seen=form.seen(),
            actor=get_person(db, current_person().id),
            now=clock.now(),
        )

    return _move(form, act, before, was_on, lambda: _undo_slot(slot_id, was_on))


def _slot(db: Session, slot_id: int) -> Slot:
    """The slot, for who may know of its piece."""
    found = get_slot(db, slot_id)
    get_item(db, found.variant.item_id, access())
    return found


def _move(
    form: MoveForm,
    act: Callable[[Session], None],
    before: Item | Slot,
    was_on: date | None,
    undo: Callable[[], dict[str, str]],
) -> ResponseReturnValue:
    """Do it and answer: to a script with the cards as they are now, to a plain form with the piece's page."""
    item_id = before.id if isinstance(before, Item) else before.variant.item_id
    is_script = request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    try:
        form.check_day()
        with writing() as db:
            act(db)
    except Fault as fault:
        if isinstance(fault, Missing) or not is_script:
            raise
        close_reading()
        sentence = say(fault.sentence, **fault.values)
        if isinstance(fault, Stale):
            sentence = _what_happened(before, form) or sentence
        return jsonify(title=sentence, status=fault.status, **_present(item_id)), fault.status
    told = say(
        N_("Đã chuyển từ {before} sang {after}."),
        before=_named(was_on),
        after=_named(form.day.day),
    )
    if is_script:
        return jsonify(title=told, undo=undo(), **_present(item_id))
    flash(told, "success")
    return redirect(url_for("items.show", item_id=item_id), 303)


def _present(item_id: int) -> dict[str, object]:
    """Every card of the piece as it stands now."""
    shown = cards_of_item(reading(), item_id, access(), now=clock.now())
    return {"item": item_id, **shown_json(shown)}


def _undo_item(item_id: int, was_on: date | None) -> dict[str, str]:
    """What to send to bring the piece back."""
    present = get_item(reading(), item_id, access())
    slots = {one.id: one.version for one in slots_on_day(reading(), present)}
    return {
        "url": url_for(".item", item_id=item_id),
        "day": was_on.isoformat() if was_on else "",
        "pool": "" if was_on else "1",
        "version": str(present.version),
        "slots": write_slots(slots),
    }


def _undo_slot(slot_id: int, was_on: date) -> dict[str, str]:
    """What to send to bring the slot back."""
    present = get_slot(reading(), slot_id)
    return {
        "url": url_for(".slot", slot_id=slot_id),
        "day": was_on.isoformat(),
        "version": str(present.version),
    }


def _named(day: date | None) -> str:
    return say(POOL) if day is None else show_day(day)


def _what_happened(subject: Item | Slot, form: MoveForm) -> str:
    """Who changed it last, when, and where it is now; "" when nobody is on record."""
    slots = [reading().get(Slot, key) for key in form.seen_slots()] if isinstance(subject, Item) else []
    deeds = [last_deed(reading(), one) for one in (subject, *slots) if one is not None]
    deed = max((one for one in deeds if one is not None), key=lambda one: one.id, default=None)
    return "" if deed is None else _told(deed, _where(deed))


def _where(deed: audit.AuditEntry) -> str:
    """Where the thing that was changed is now."""
    if deed.subject_type == Slot.__tablename__:
        return show_moment(get_slot(reading(), deed.subject_id).due_at)
    return _named(get_item(reading(), deed.subject_id, access()).planned_on)


def _told(deed: audit.AuditEntry, where: str) -> str:
    who, when = deed.actor_name, show_moment(deed.at)
    if deed.action in {"item.replan", "slot.move"}:
        return say(
            N_("{who} đã chuyển sang {where} lúc {when}. Lịch đang hiện chỗ mới."),
            who=who,
            where=where,
            when=when,
        )
    return say(
        N_("{who} vừa thay đổi ({deed}, {when}); hiện đang ở {where}. Hãy xem lại rồi chuyển nếu vẫn cần."),
        who=who,
        deed=show_action(deed.action),
        when=when,
        where=where,
    )
