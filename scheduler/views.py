"""Vận hành: is everything going out? And the same question for a machine that watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_
from app.web.identity import access, public, requires
from app.web.render import render
from app.web.session import reading
from content.slots.models import Slot, SlotState
from content.slots.queries import count_troubled, overdue_slots, troubled_slots
from content.slots.why import Why, why_not_out
from scheduler.dispatch.health import health, is_silent
from scheduler.dispatch.pulse import list_beats
from scheduler.words import TICKS

bp = Blueprint("operations", __name__, template_folder="templates")

MOST_SHOWN = 20  # rows of one group


@dataclass(frozen=True)
class Row:
    """A slot that needs somebody, why, and whether this person may act on it and open its piece."""

    slot: Slot
    why: Why | None
    may_act: bool
    may_open: bool


@dataclass(frozen=True)
class Group:
    """Slots in the same trouble; *count* may be more than the rows shown."""

    key: str
    title: str
    rows: list[Row]
    count: int


TITLES = {
    SlotState.UNCONFIRMED: N_("Chưa rõ đã lên"),
    SlotState.FAILED: N_("Không đăng được"),
    SlotState.MISSED: N_("Lỡ giờ"),
    SlotState.ON_HOLD: N_("Đang tạm giữ"),
}


@bp.get("/operations")
@requires(Permission.READ_OPERATIONS)
def index() -> ResponseReturnValue:
    """What has not gone out, why, and whether the schedulers tick."""
    now = clock.now()
    state = health(reading(), now)
    return render(
        "scheduler/index.html",
        health=state,
        groups=_groups(state.overdue),
        beats=[
            (beat, TICKS.get(beat.tick, beat.tick), is_silent(beat, now)) for beat in list_beats(reading())
        ],
    )


def _groups(overdue: int) -> list[Group]:
    """Late first, then what only a person can settle."""
    late = overdue_slots(reading(), clock.now(), limit=MOST_SHOWN)
    counts = count_troubled(reading())
    groups = [Group("late", N_("Quá giờ chưa gửi"), _rows(late), overdue)]
    for state, title in TITLES.items():
        found = troubled_slots(reading(), (state,), size=MOST_SHOWN).rows if counts[state] else ()
        groups.append(Group(state.value, title, _rows(found), counts[state]))
    return groups


def _rows(slots: Sequence[Slot]) -> list[Row]:
    now, who = clock.now(), access()
    return [
        Row(
            slot,
            why_not_out(slot, now),
            who.may(Permission.BOOK_SLOTS, slot.variant.item.organisation_id),
            who.may(Permission.READ_ITEMS, slot.variant.item.organisation_id),
        )
        for slot in slots
    ]


@bp.get("/healthz/scheduler")
@public
def is_sending() -> ResponseReturnValue:
    """200 while slots go out, 503 when nobody sends: for a watcher, without names or titles."""
    state = health(reading(), clock.now())
    told = {
        "status": "ok" if state.is_well else "late",
        "dispatch_finished_at": state.dispatch_at.isoformat() if state.dispatch_at else None,
        "overdue": state.overdue,
    }
    return jsonify(told), 200 if state.is_well else 503
