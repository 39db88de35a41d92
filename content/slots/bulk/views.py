"""The list of slots, and many of them at once: hold, release, cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.permissions import Permission
from app.bulk import Picked, Summary, do_each
from app.clock import YEARS
from app.errors import N_, Missing
from app.text import clean
from app.web.bulk import Deed, Undo, field, read_reason, run
from app.web.filters import show_day, show_word
from app.web.forms import say
from app.web.identity import access, current_person, may, requires
from app.web.lists import AT_ONCE, as_file, file_asked, list_tools
from app.web.paging import SIZE, Page
from app.web.render import render
from app.web.session import reading, writing
from content.channels.queries import list_channels
from content.slots.listing import SLOTS, SlotFilters, page_of_slots
from content.slots.models import Slot, SlotState
from content.slots.queries import get_slot
from content.slots.services import cancel_slot, hold_slot, release_slot

bp = Blueprint("slot_list", __name__, template_folder="../templates")

HOLD = Deed(
    "hold",
    N_("Tạm giữ"),
    N_("Đã tạm giữ {done} lịch đăng."),
    N_("{refused} lịch đăng không tạm giữ được"),
    needs=("reason",),
)
RELEASE = Deed(
    "release",
    N_("Cho đăng tiếp"),
    N_("Đã cho đăng tiếp {done} lịch."),
    N_("{refused} lịch đăng không cho tiếp tục được"),
)
CANCEL = Deed(
    "cancel",
    N_("Hủy lịch"),
    N_("Đã hủy {done} lịch đăng."),
    N_("{refused} lịch đăng không hủy được"),
    asks=N_("Lịch đã hủy không đăng nữa; muốn đăng thì lên lịch lại."),
)
DEEDS = (HOLD, RELEASE, CANCEL)


def _filters() -> SlotFilters:
    """The filters of the address; what is no value of ours narrows nothing."""
    state, channel = request.args.get("state", ""), request.args.get("channel", "")
    return SlotFilters(
        words=clean(request.args.get("q", "")).strip()[:200],
        state=SlotState(state) if state in set(SlotState) else None,
        channel_id=int(channel) if channel.isascii() and channel.isdecimal() and len(channel) < 19 else None,
        first=_day(request.args.get("from", "")),
        last=_day(request.args.get("to", "")),
    )


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _shown(filters: SlotFilters) -> dict[str, Any]:
    """The filters as the address carries them."""
    values = {
        "q": filters.words,
        "state": filters.state.value if filters.state else "",
        "channel": str(filters.channel_id or ""),
        "from": filters.first.isoformat() if filters.first else "",
        "to": filters.last.isoformat() if filters.last else "",
    }
    return {name: value for name, value in values.items() if value}


@bp.get("/slots")
@requires(Permission.READ_ITEMS)
def index() -> ResponseReturnValue:
    """What is promised and what became of it, the latest moment first."""
    filters = _filters()

    def pages(after: str | None, size: int = AT_ONCE) -> Page[Slot]:
        reach = access().reach(Permission.READ_ITEMS)
        return page_of_slots(reading(), filters, reach=reach, cursor=after, size=size)

    if kind := file_asked():
        return as_file(SLOTS, pages, kind, today=clock.local_day(clock.now()))
    shown, page = _shown(filters), pages(request.args.get("after"), SIZE)
    channels = list_channels(reading())
    return render(
        "content/slots/index.html",
        page=page,
        shown=shown,
        chips=_chips(shown, filters, {one.id: one.name for one in channels}),
        channels=channels,
        states=list(SlotState),
        tools=list_tools(SLOTS, shown),
        following=url_for("slot_list.index", **shown, after=page.following) if page.following else None,
        bulk={
            "deeds": DEEDS if may(Permission.BOOK_SLOTS) else (),
            "fields": _fields(),
            "action": url_for("slot_list.bulk"),
        },
    )


def _chips(shown: dict[str, Any], filters: SlotFilters, channels: dict[int, str]) -> list[dict[str, str]]:
    """What the list is narrowed to, each with the address without it."""
    labels = {
        "q": f"“{filters.words}”",
        "state": show_word(filters.state).label,
        "channel": channels.get(filters.channel_id or 0, say(N_("Kênh đăng"))),
        "from": say(N_("từ {day}"), day=show_day(filters.first)),
        "to": say(N_("đến {day}"), day=show_day(filters.last)),
    }
    kept = {name: {key: value for key, value in shown.items() if key != name} for name in shown}
    return [{"label": labels[name], "remove_url": url_for("slot_list.index", **kept[name])} for name in shown]


def _fields() -> list[dict[str, Any]]:
    return [field("reason", N_("Lý do"))]


def _read(deed: Deed) -> str:
    return read_reason(longest=500) if deed is HOLD else ""


def _own(db: Session, slot_id: int, right: Permission) -> Slot:
    """The slot, where the right reaches its piece."""
    slot = get_slot(db, slot_id)
    if not access().may(right, slot.variant.item.organisation_id):
        raise Missing
    return slot


def _names(picked: Sequence[Picked]) -> list[tuple[str, str]]:
    """The picked slots that this person may know."""
    found = []
    for one in picked:
        try:
            slot = _own(reading(), one.id, Permission.READ_ITEMS)
        except Missing:
            continue
        found.append((f"{one.id}.{one.version}", _name(slot)))
    return found


def _name(slot: Slot) -> str:
    there = clock.local(slot.due_at)
    return f"{there:%H:%M} {show_day(there.date())}, {slot.channel.name}: {slot.variant.item.title}"


@bp.post("/slots/bulk")
@requires(Permission.BOOK_SLOTS)
def bulk() -> ResponseReturnValue:
    """Do one thing to the ticked slots."""
    return run(DEEDS, read=_read, names=_names, fields=_fields, act=_act)


def _act(deed: Deed, reason: str, picked: Sequence[Picked]) -> tuple[Summary[Slot], Undo | None]:
    access()  # looked up before the reading session is let go
    with writing() as db:
        act = _service(db, deed, reason, current_person(), clock.now())
        summary = do_each(
            db,
            picked,
            find=lambda one: _own(db, one.id, Permission.BOOK_SLOTS),
            label=_name,
            act=lambda slot, one: act(slot, one.version),
        )
    return summary, None


def _service(
    db: Session, deed: Deed, reason: str, actor: audit.Actor, now: datetime
) -> Callable[[Slot, int], object]:
    """The service behind a deed, given the slot and the version that was seen."""
    if deed is HOLD:
        return lambda slot, seen: hold_slot(db, slot, reason=reason, seen=seen, actor=actor, now=now)
    if deed is RELEASE:
        return lambda slot, seen: release_slot(db, slot, seen=seen, actor=actor, now=now)
    return lambda slot, seen: cancel_slot(db, slot, seen=seen, actor=actor, now=now)
