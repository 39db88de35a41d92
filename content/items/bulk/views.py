"""Many pieces at once, from their list: another day, a theme, another writer, away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.accounts.queries import get_person, people_with
from app.bulk import Picked, Summary, do_each
from app.clock import YEARS
from app.errors import N_, Fault, Invalid
from app.web.bulk import Deed, Undo, field, read_choice, read_reason, run, typed
from app.web.forms import Choices, named
from app.web.identity import access, current_person, may, requires
from app.web.session import reading, writing
from content.items.bulk.services import add_theme, hand_item, put_back, shift_item
from content.items.models import Item
from content.items.queries import get_item
from content.items.review.services import archive_item, withdraw_item
from content.items.services import replan_item
from content.themes.models import Theme
from content.themes.queries import list_themes

bp = Blueprint("item_bulk", __name__)
FURTHEST = 3_660  # days of one shift

MOVE = Deed(
    "move",
    N_("Chuyển sang ngày"),
    N_("Đã chuyển {done} tin bài."),
    N_("{refused} tin bài không chuyển được"),
    needs=("day",),
)
SHIFT = Deed(
    "shift",
    N_("Dời số ngày"),
    N_("Đã dời {done} tin bài."),
    N_("{refused} tin bài không dời được"),
    needs=("days",),
)
THEME = Deed(
    "theme",
    N_("Thêm chủ đề"),
    N_("Đã thêm chủ đề cho {done} tin bài."),
    N_("{refused} tin bài không thêm được chủ đề"),
    needs=("theme",),
)
HAND = Deed(
    "hand",
    N_("Giao cho người viết"),
    N_("Đã giao {done} tin bài."),
    N_("{refused} tin bài không giao được"),
    needs=("writer",),
)
ARCHIVE = Deed(
    "archive",
    N_("Lưu trữ"),
    N_("Đã lưu trữ {done} tin bài."),
    N_("{refused} tin bài không lưu trữ được"),
    asks=N_("Tin bài lưu trữ rời danh sách việc; khi khôi phục phải duyệt lại."),
)
WITHDRAW = Deed(
    "withdraw",
    N_("Thu hồi"),
    N_("Đã thu hồi {done} tin bài."),
    N_("{refused} tin bài không thu hồi được"),
    needs=("reason",),
    asks=N_("Tin bài thu hồi không được đăng nữa; muốn đăng lại phải soạn và duyệt lại."),
)
BACK = Deed(
    "back",
    N_("Hoàn tác"),
    N_("Đã đưa {done} tin bài về ngày cũ."),
    N_("{refused} tin bài không về ngày cũ được"),
)
DEEDS = (MOVE, SHIFT, THEME, HAND, ARCHIVE, WITHDRAW)


@dataclass(frozen=True)
class Given:
    """What the deed was given."""

    day: date | None = None
    days: int = 0
    key: int = 0  # of a theme or a person
    reason: str = ""
    before: dict[int, date | None] | None = None


def bulk_offer() -> dict[str, Any]:
    """What the list's bar needs; empty for who writes nothing."""
    deeds = DEEDS if may(Permission.WRITE_ITEMS) else ()
    return {"deeds": deeds, "fields": _fields() if deeds else (), "action": url_for("item_bulk.do")}


def _themes() -> Choices:
    return named(list_themes(reading()))


def _writers() -> Choices:
    today = clock.local_day(clock.now())
    return named(people_with(reading(), Permission.WRITE_ITEMS, today=today))


def _fields() -> list[dict[str, Any]]:
    return [
        field("day", N_("Ngày"), kind="date"),
        field("days", N_("Số ngày, lùi thì thêm dấu trừ"), kind="number"),
        field("theme", N_("Chủ đề"), choices=_themes()),
        field("writer", N_("Người viết"), choices=_writers()),
        field("reason", N_("Lý do")),
    ]


def _read(deed: Deed) -> Given:
    """What the deed asks for, out of the form."""
    if deed is MOVE:
        return Given(day=_day(typed("day")))
    if deed is SHIFT:
        return Given(days=_days(typed("days")))
    if deed is THEME:
        return Given(key=read_choice("theme", _themes(), N_("Chọn chủ đề.")))
    if deed is HAND:
        return Given(key=read_choice("writer", _writers(), N_("Chọn người viết.")))
    return Given(reason=read_reason(longest=2_000)) if deed is WITHDRAW else Given()


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if found.year in YEARS:
            return found
    raise Invalid(N_("Ngày không đúng; ví dụ: 18/5/2026."))


def _days(text: str) -> int:
    number = text.removeprefix("-").removeprefix("+")
    if not (number.isascii() and number.isdecimal() and len(number) < 6) or not 0 < int(number) <= FURTHEST:
        raise Invalid(N_("Nhập số ngày khác 0, nhiều nhất {most}; lùi thì thêm dấu trừ."), most=FURTHEST)
    return -int(number) if text.startswith("-") else int(number)


def _names(picked: Sequence[Picked]) -> list[tuple[str, str]]:
    """The picked pieces that this person may know, in their order."""
    found = []
    for one in picked:
        try:
            item = get_item(reading(), one.id, access())
        except Fault:
            continue
        found.append((f"{one.id}.{one.version}", item.title))
    return found


@bp.post("/items/bulk")
@requires(Permission.WRITE_ITEMS)
def do() -> ResponseReturnValue:
    """Do one thing to the ticked pieces."""
    return run(DEEDS, read=_read, names=_names, fields=_fields, act=_act)


@bp.post("/items/bulk/undo")
@requires(Permission.WRITE_ITEMS)
def undo() -> ResponseReturnValue:
    """Give the pieces that were just moved their days back."""
    return run((BACK,), read=_read_days, names=_names, fields=list, act=_act)


def _read_days(deed: Deed) -> Given:
    """The days that the pieces had, as "key:day" in one field."""
    before: dict[int, date | None] = {}
    for part in request.form.get("before", "")[:10_000].split(","):
        key, _, day = part.partition(":")
        if key.isascii() and key.isdecimal() and len(key) < 19:
            try:
                before[int(key)] = date.fromisoformat(day) if day else None
            except ValueError:
                continue
    if any(day is not None and day.year not in YEARS for day in before.values()):
        raise Invalid(N_("Ngày không đúng; ví dụ: 18/5/2026."))
    return Given(before=before)


def _act(deed: Deed, given: Given, picked: Sequence[Picked]) -> tuple[Summary[Item], Undo | None]:
    """Do it to each, and say how a move is taken back."""
    before: dict[int, date | None] = {}
    may_know = access()
    with writing() as db:
        act = _service(db, deed, given, get_person(db, current_person().id), clock.now())

        def each(item: Item, one: Picked) -> None:
            before[item.id] = item.planned_on
            act(item, one.version)

        summary = do_each(
            db,
            picked,
            find=lambda one: get_item(db, one.id, may_know),
            label=lambda item: item.title,
            act=each,
        )
        back = _undo(summary, before) if deed in (MOVE, SHIFT) else None
    return summary, back


def _undo(summary: Summary[Item], before: dict[int, date | None]) -> Undo:
    """The fields that give every moved piece its day back."""
    days = ",".join(f"{item.id}:{before[item.id] or ''}" for item in summary.done)
    rows = " ".join(f"{item.id}.{item.version}" for item in summary.done)
    return Undo(url_for("item_bulk.undo"), {"deed": BACK.name, "before": days, "rows": rows})


def _service(
    db: Session, deed: Deed, given: Given, actor: Person, now: datetime
) -> Callable[[Item, int], object]:
    """The service behind a deed, given the piece and the version that was seen."""
    if deed is MOVE:
        return lambda item, seen: replan_item(db, item, planned_on=given.day, seen=seen, actor=actor, now=now)
    if deed is SHIFT:
        return lambda item, seen: shift_item(db, item, days=given.days, seen=seen, actor=actor, now=now)
    if deed is BACK:
        before = given.before or {}
        return lambda item, seen: put_back(
            db, item, before.get(item.id, item.planned_on), seen=seen, actor=actor, now=now
        )
    if deed is THEME:
        theme = db.get_one(Theme, given.key)
        return lambda item, seen: add_theme(db, item, theme, seen=seen, actor=actor, now=now)
    if deed is HAND:
        writer = get_person(db, given.key)
        return lambda item, seen: hand_item(db, item, writer, seen=seen, actor=actor, now=now)
    if deed is ARCHIVE:
        return lambda item, seen: archive_item(db, item, seen=seen, actor=actor, now=now)
    return lambda item, seen: withdraw_item(db, item, reason=given.reason, seen=seen, actor=actor, now=now)
