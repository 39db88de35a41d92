"""Cards of the calendar, made from lean rows: where each stands, what it says, and why it needs somebody. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from app import clock
from app.errors import N_
from campaigns.calendar.land import Bar, bar_of
from campaigns.occasions.days import DayOffInfo, is_working
from content.items.lists import UNDECIDED
from content.items.models import ItemType, Stage
from content.slots.marks import rank
from content.slots.models import CLAIMABLE, IN_HAND, SlotState
from content.slots.why import why_not_out

SOON = 3  # working days: with fewer left, what is not approved or not booked is at risk
RECENT = 7  # days: what nobody booked a week ago went out elsewhere, or never will
TROUBLE = frozenset(
    {SlotState.FAILED, SlotState.UNCONFIRMED, SlotState.MISSED, SlotState.ON_HOLD, SlotState.RETRY_WAIT}
)
_NO_HOUR = datetime.max.replace(tzinfo=UTC)
LATE = frozenset({SlotState.FAILED, SlotState.UNCONFIRMED, SlotState.MISSED})


class ItemRow(NamedTuple):
    """Columns of an item."""

    id: int
    title: str
    type: ItemType
    stage: Stage
    planned_on: date | None
    organisation_id: int
    version: int


class SlotRow(NamedTuple):
    """Columns of a slot, and of the item that it sends."""

    id: int
    version: int
    state: SlotState
    due_at: datetime
    due_on: date
    not_before: datetime
    error_sentence: str | None
    hold_reason: str | None
    item: ItemRow


class Reason(NamedTuple):
    """Why a card needs somebody: a sentence with values; *is_late* when the day has passed or it failed."""

    sentence: str
    values: Mapping[str, object] = MappingProxyType({})
    is_late: bool = False


@dataclass(frozen=True)
class Today:
    """The moment (aware UTC), its local day, and which days are off around it."""

    now: datetime
    day: date
    off: Mapping[date, DayOffInfo]

    def working_days_to(self, day: date) -> int:
        """How many working days lie after today up to *day*; ``SOON + 1`` stands for all that is more."""
        left, found = 0, self.day
        while found < day and left <= SOON:
            found += timedelta(days=1)
            left += is_working(found, self.off)
        return left


@dataclass(frozen=True)
class Rights:
    """What this person may do with one item's cards."""

    sees_making: bool
    may_write: bool
    may_book: bool


class Card(NamedTuple):
    """One card on one local day (None: in the pool). *slots* are what moves with it, each with its version.

    *slot_id* is set on a card that is a slot by itself. *state* is the one that matters most now: of delivery
    (SlotState) or editorial (Stage), told apart by its type.
    """

    item: ItemRow
    day: date | None
    state: Stage | SlotState
    due_at: datetime | None = None
    slot_id: int | None = None
    slots: tuple[tuple[int, int], ...] = ()
    reason: Reason | None = None
    bar: Bar | None = None

    @property
    def key(self) -> str:
        """The card's own name on the page."""
        return f"s{self.slot_id}" if self.slot_id is not None else f"i{self.item.id}"

    @property
    def hour(self) -> str:
        """The hour in Vietnam, 07:00; "" for a card without one."""
        if self.due_at is None:
            return ""
        there = clock.local(self.due_at)
        return f"{there.hour:02}:{there.minute:02}"


def state_of(stage: Stage, slot: SlotState | None) -> Stage | SlotState:
    """The state that matters most now of a piece and the most telling of its slots.

    Trouble with delivery comes first, then an unfinished or withdrawn text, then how the delivery stands.
    """
    if slot is None:
        return stage
    if slot in TROUBLE or stage in (Stage.APPROVED, Stage.ARCHIVED):
        return slot
    return stage


def item_card(
    item: ItemRow, same_day: Sequence[SlotRow], elsewhere: date | None, rights: Rights, today: Today
) -> Card:
    """The card of a piece on its planned day, with the slots of that very day, the one that tells most first.

    *elsewhere* is the day of a slot of it on another day, for a piece without one on its own.
    """
    slot = same_day[0] if same_day else None
    return Card(
        item=item,
        day=item.planned_on,
        state=state_of(item.stage, slot.state if slot else None),
        due_at=slot.due_at if slot else None,
        slots=tuple((one.id, one.version) for one in same_day),
        reason=_reason(item, slot, elsewhere, today) if rights.sees_making else None,
        bar=bar_of(
            item.stage,
            [one.state for one in same_day],
            may_move=rights.may_write and (rights.may_book or not same_day),
        ),
    )


def slot_card(slot: SlotRow, rights: Rights, today: Today) -> Card:
    """The card of a slot that does not stand on its piece's planned day, or is not the first there."""
    why = why_not_out(slot, today.now) if rights.sees_making else None
    return Card(
        item=slot.item,
        day=slot.due_on,
        state=slot.state,
        due_at=slot.due_at,
        slot_id=slot.id,
        slots=((slot.id, slot.version),),
        reason=Reason(why.sentence, is_late=slot.state in LATE) if why else None,
        bar=bar_of(Stage.APPROVED, [slot.state], may_move=rights.may_book),
    )


def _reason(item: ItemRow, slot: SlotRow | None, elsewhere: date | None, today: Today) -> Reason | None:
    """Why the card of a piece needs somebody, None when it does not."""
    if slot is not None and (slot.state in TROUBLE or slot.state in CLAIMABLE or slot.state in IN_HAND):
        why = why_not_out(slot, today.now)
        if why is not None:
            return Reason(why.sentence, is_late=slot.state in LATE)
    if item.planned_on is None:
        return None
    if item.stage in UNDECIDED:
        return _undecided(item.planned_on, today)
    if item.stage is Stage.APPROVED and slot is None:
        return _unbooked(item.planned_on, elsewhere, today)
    return None


def _undecided(day: date, today: Today) -> Reason | None:
    """Of a piece that is not approved."""
    if day < today.day:
        days = (today.day - day).days
        return Reason(N_("Chưa duyệt, đã quá {days} ngày"), {"days": days}, is_late=True)
    if day == today.day:
        return Reason(N_("Chưa duyệt, dự kiến đăng hôm nay"))
    left = today.working_days_to(day)
    if left == 0:
        return Reason(N_("Chưa duyệt, không còn ngày làm việc nào"))
    return Reason(N_("Chưa duyệt, còn {days} ngày làm việc"), {"days": left}) if left <= SOON else None


def _unbooked(day: date, elsewhere: date | None, today: Today) -> Reason | None:
    """Of an approved piece that nobody has booked for its day."""
    if elsewhere is not None:
        told = f"{elsewhere.day}/{elsewhere.month}/{elsewhere.year}"
        return Reason(N_("Lịch đăng lại vào ngày {day}"), {"day": told})
    if (today.day - day).days > RECENT or (day > today.day and today.working_days_to(day) > SOON):
        return None
    return Reason(N_("Đã duyệt nhưng chưa lên lịch đăng"), is_late=day < today.day)


def compose(
    items: Iterable[ItemRow],
    slots: Iterable[SlotRow],
    elsewhere: Mapping[int, date],
    *,
    rights: Mapping[int, Rights],
    today: Today,
) -> list[Card]:
    """The cards of *items* on their days and of *slots* on theirs, by day and hour.

    A slot on its piece's day is part of the piece's card when it tells most there; others are cards by themselves.
    *rights* go by organisation.
    """
    by_item: dict[int, list[SlotRow]] = {}
    for slot in slots:
        by_item.setdefault(slot.item.id, []).append(slot)
    cards: list[Card] = []
    for item in items:
        own = by_item.pop(item.id, ())
        same_day = [one for one in own if one.due_on == item.planned_on]
        if len(same_day) > 1:
            same_day.sort(key=rank)
        first = same_day[0] if same_day else None
        may = rights[item.organisation_id]
        cards.append(item_card(item, same_day, elsewhere.get(item.id), may, today))
        cards += [slot_card(one, may, today) for one in own if one is not first]
    for own in by_item.values():
        cards += [slot_card(one, rights[one.item.organisation_id], today) for one in own]
    return sorted(cards, key=_place)


def _place(card: Card) -> tuple[date, datetime, int]:
    """By day; on a day by hour, those without an hour last."""
    return card.day or date.max, card.due_at or _NO_HOUR, card.item.id
