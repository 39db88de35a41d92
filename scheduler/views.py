"""Vận hành: is everything going out, and are the papers read? And the first question for a machine that watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_
from app.web.forms import say, seen_version
from app.web.identity import access, current_person, public, requires
from app.web.render import render
from app.web.session import reading, writing
from content.outlets.feeds.models import Feed, FeedHealth
from content.outlets.feeds.queries import get_feed
from content.slots.models import Slot, SlotState
from content.slots.queries import count_troubled, overdue_slots, troubled_slots
from content.slots.why import Why, why_not_out
from scheduler.dispatch.health import health, is_silent
from scheduler.dispatch.pulse import list_beats
from scheduler.watch.queries import TROUBLES, count_watching, feeds_in_trouble
from scheduler.watch.services import read_again
from scheduler.words import ADVICE, TICKS

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


@dataclass(frozen=True)
class FeedGroup:
    """Feeds in the same trouble; *count* may be more than those shown."""

    health: FeedHealth
    advice: str
    feeds: list[Feed]
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
    """What has not gone out, which papers cannot be read, and whether the schedulers tick."""
    now = clock.now()
    state = health(reading(), now)
    return render(
        "scheduler/index.html",
        health=state,
        groups=_groups(state.overdue),
        watching=(watching := count_watching(reading(), now)),
        feed_groups=[
            FeedGroup(
                one,
                ADVICE[one],
                feeds_in_trouble(reading(), one, now, limit=MOST_SHOWN),
                watching.counts[one],
            )
            for one in TROUBLES
            if watching.counts[one]
        ],
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


@bp.post("/operations/feeds/<int:feed_id>/read")
@requires(Permission.READ_OPERATIONS)
def read_feed_again(feed_id: int) -> ResponseReturnValue:
    """Let a feed be read now."""
    seen = seen_version(request.form.get("version"))
    with writing() as db:
        feed = get_feed(db, feed_id)
        read_again(db, feed, seen=seen, actor=current_person(), now=clock.now())
        name = feed.outlet.name
    flash(say(N_("Nguồn tin của {outlet} sẽ được đọc lại trong ít giây."), outlet=name), "success")
    return redirect(url_for(".index", _anchor="feeds"), 303)


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
