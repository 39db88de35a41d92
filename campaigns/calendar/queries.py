"""The cards of a period in a few lean queries: columns, not objects; a fixed number of questions whatever the month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.clock import Period
from app.keys import among
from app.text import fold
from campaigns.board.models import Placement, SeriesOutlet
from campaigns.calendar.asked import Filters
from campaigns.calendar.cards import ItemRow, Rights, SlotRow, Today, compose
from campaigns.calendar.names import NOTHING, Shown, name_all
from campaigns.occasions.days import days_off
from content.channels.models import Channel
from content.items.lists import UNDECIDED
from content.items.models import Item, ItemTheme, Stage, Variant
from content.items.queries import visible_to
from content.slots.models import Slot, SlotState

Rows = Select[*tuple[Any, ...]]

MOST_IN_POOL = 50
AHEAD = timedelta(days=21)  # far enough to count the working days that a risk is told by
_ITEM = (
    Item.id,
    Item.title,
    Item.type,
    Item.stage,
    Item.planned_on,
    Item.organisation_id,
    Item.version,
)
_SLOT = (
    Slot.id,
    Slot.version,
    Slot.state,
    Slot.due_at,
    Slot.due_on,
    Slot.not_before,
    Slot.error_sentence,
    Slot.hold_reason,
)


@dataclass(frozen=True)
class Pool:
    """The newest pieces without a day, and how many there are in all."""

    shown: Shown
    count: int


def list_cards(session: Session, period: Period, access: Access, filters: Filters, *, now: datetime) -> Shown:
    """The cards of *period* that this person may know of; archived pieces without a slot only when asked for."""
    asked = _conditions(access, filters, period)
    items = select(*_ITEM).where(*asked, Item.planned_on.between(period.first, period.last))
    if filters.state is not Stage.ARCHIVED:
        items = items.where(Item.stage != Stage.ARCHIVED)
    slots = _slots().where(*asked, Slot.due_on.between(period.first, period.last))
    if filters.outlet_id is not None:
        slots = slots.where(or_(_carried(filters.outlet_id), _sends_to(filters.outlet_id)))
    shown = _gather(session, items, slots, access, _today(session, now, period))
    cards = [one for one in shown.cards if filters.holds(one.state)]
    return replace(shown, cards=cards)


def cards_of_item(session: Session, item_id: int, access: Access, *, now: datetime) -> Shown:
    """Every card of one piece, wherever it stands; none when this person may not know of it."""
    asked = (visible_to(access), Item.id == item_id)
    today = clock.local_day(now)
    around = Period(today, today + AHEAD)
    return _gather(
        session, select(*_ITEM).where(*asked), _slots().where(*asked), access, _today(session, now, around)
    )


def list_pool(session: Session, access: Access, filters: Filters, *, now: datetime) -> Pool:
    """The newest pieces without a day that are still to be decided on."""
    asked = (
        select(*_ITEM)
        .where(*_conditions(access, filters), Item.planned_on.is_(None))
        .where(Item.stage.in_((*UNDECIDED, Stage.APPROVED)))
    )
    if filters.state is not None:
        if not isinstance(filters.state, Stage):
            return Pool(NOTHING, 0)
        asked = asked.where(Item.stage == filters.state)
    today = Today(now, clock.local_day(now), {})
    newest = asked.order_by(Item.id.desc()).limit(MOST_IN_POOL)
    shown = _gather(session, newest, None, access, today)
    cards = sorted(shown.cards, key=lambda one: -one.item.id)
    count = len(cards)
    if count == MOST_IN_POOL:
        count = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    return Pool(replace(shown, cards=cards), count)


def count_cards(session: Session, period: Period, access: Access, filters: Filters) -> Counter[date]:
    """About how many cards each day of *period* has: pieces planned there and slots due there."""
    asked = _conditions(access, filters, period)
    counts: Counter[date] = Counter()
    for day, rows in (
        (Item.planned_on, select(Item.planned_on, func.count())),
        (Slot.due_on, _slots().with_only_columns(Slot.due_on, func.count(), maintain_column_froms=True)),
    ):
        found = rows.where(*asked, day.between(period.first, period.last)).group_by(day)
        counts.update({one: count for one, count in session.execute(found) if one is not None})
    return counts


def _slots() -> Rows:
    """Slots that stand, with the key of the item of each."""
    return (
        select(*_SLOT, Variant.item_id)
        .join(Variant, Slot.variant_id == Variant.id)
        .join(Item, Variant.item_id == Item.id)
        .where(Slot.state != SlotState.CANCELLED)
    )


def _conditions(access: Access, filters: Filters, period: Period | None = None) -> list[ColumnElement[bool]]:
    """What an item must be to be shown to this person under these filters; the state is asked of the cards.

    An outlet's pieces are those of its columns, and those booked there within *period* (None: ever).
    """
    asked = [visible_to(access)]
    asked += [Item.title_folded.contains(word, autoescape=True) for word in fold(filters.words).split()]
    if filters.type is not None:
        asked.append(Item.type == filters.type)
    if filters.organisation_id is not None:
        asked.append(Item.organisation_id == filters.organisation_id)
    if filters.theme_id is not None:
        asked.append(exists().where(ItemTheme.item_id == Item.id, ItemTheme.theme_id == filters.theme_id))
    if filters.campaign_id is not None:
        asked.append(
            exists().where(Placement.item_id == Item.id, Placement.campaign_id == filters.campaign_id)
        )
    if filters.series_id is not None:
        asked.append(exists().where(Placement.item_id == Item.id, Placement.series_id == filters.series_id))
    if filters.outlet_id is not None:
        booked = exists().where(
            Variant.item_id == Item.id,
            Slot.variant_id == Variant.id,
            Slot.state != SlotState.CANCELLED,
            _sends_to(filters.outlet_id),
        )
        if period is not None:
            booked = booked.where(Slot.due_on.between(period.first, period.last))
        booked = booked.correlate(Item)  # the cards of slots stand on other slots of the same item
        asked.append(or_(_carried(filters.outlet_id), booked))
    return asked


def _carried(outlet_id: int) -> ColumnElement[bool]:
    """The item stands in a column that this outlet carries."""
    return exists().where(
        Placement.item_id == Item.id,
        SeriesOutlet.series_id == Placement.series_id,
        SeriesOutlet.outlet_id == outlet_id,
    )


def _sends_to(outlet_id: int) -> ColumnElement[bool]:
    """The slot goes out on a channel of this outlet."""
    return Slot.channel_id.in_(select(Channel.id).where(Channel.outlet_id == outlet_id))


def _today(session: Session, now: datetime, period: Period) -> Today:
    """The present with the days off that count for the cards of *period*."""
    day = clock.local_day(now)
    if day - AHEAD <= period.first <= day + AHEAD or day in period:
        off = days_off(session, Period(min(day, period.first), max(period.last, day + AHEAD)))
        return Today(now, day, off)
    return Today(now, day, {})


def _gather(
    session: Session,
    items: Rows,
    slots: Rows | None,
    access: Access,
    today: Today,
) -> Shown:
    """Ask for the rows and what hangs on them, and make the cards."""
    item_rows = [ItemRow._make(row) for row in session.execute(items)]
    known = {row.id: row for row in item_rows}
    slot_rows = [] if slots is None else _slot_rows(session, slots, known)
    units = {row.organisation_id for row in known.values()}
    approved = {row.id for row in item_rows if row.stage is Stage.APPROVED}
    cards = compose(
        item_rows,
        slot_rows,
        {} if slots is None else _elsewhere(session, approved),
        rights={unit: _rights(access, unit) for unit in units},
        today=today,
    )
    return name_all(session, cards, known)


def _slot_rows(session: Session, slots: Rows, known: dict[int, ItemRow]) -> list[SlotRow]:
    """The rows of ``_slots``; *known* gains their items. Most stand beside their item: its columns come once."""
    found = session.execute(slots).all()
    others = {item_id for *_, item_id in found}.difference(known)
    if others:
        rows = session.execute(select(*_ITEM).where(among(Item.id, others)))
        known.update((row.id, ItemRow._make(row)) for row in rows)
    return [SlotRow._make((*columns, known[item_id])) for *columns, item_id in found]


def _rights(access: Access, organisation_id: int) -> Rights:
    return Rights(
        access.may(Permission.READ_ITEMS, organisation_id),
        access.may(Permission.WRITE_ITEMS, organisation_id),
        access.may(Permission.BOOK_SLOTS, organisation_id),
    )


def _elsewhere(session: Session, items: Collection[int]) -> dict[int, date]:
    """The day of the first slot that stands of each of these pieces that has one."""
    asked = (
        select(Variant.item_id, func.min(Slot.due_on))
        .join(Slot, Slot.variant_id == Variant.id)
        .where(among(Variant.item_id, items), Slot.state != SlotState.CANCELLED)
        .group_by(Variant.item_id)
    )
    return {item_id: day for item_id, day in session.execute(asked)}  # noqa: C416 - rows, not tuples
