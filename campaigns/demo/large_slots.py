"""Slots of the large demonstration, and the public pages of those that went out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import select

from app import clock
from app.text import slug
from campaigns.demo.large_pieces import DONE, planned_at, sha256_of, unit_of
from campaigns.demo.large_years import Years
from content.channels.models import ChannelKind
from content.items.models import Revision, Variant
from content.site.models import PublicPage
from content.slots.models import Slot, SlotState

Row = dict[str, Any]
HOURS = ((7, 0), (11, 30), (17, 30), (20, 0), (9, 0), (14, 0))  # a piece goes out again at the next of them


class Sent(NamedTuple):
    """A slot that went out: its key, the number of its piece, its moment and its address."""

    slot_id: int
    number: int
    moment: datetime
    address: str


def add_slots(years: Years) -> list[Sent]:
    """Bookings on our own site in order of their moments; what is past has gone out but for a few. What was sent."""
    approved = [number for number in range(years.counts.items) if years.stage_of(number) in DONE]
    used = approved[: years.counts.slots] or approved
    variants = years.bulk.keys(Variant, len(used))
    years.bulk.put(
        Variant,
        (
            {"id": key, "item_id": years.items[number], "channel_kind": ChannelKind.SITE, "language": "vi"}
            for key, number in zip(variants, used, strict=True)
        ),
    )
    asked = select(Revision.item_id, Revision.id).where(Revision.item_id >= years.items[0])
    texts: dict[int, int] = dict(years.session.execute(asked).all())
    bookings = [
        _Booking(years, number, variant_id, texts[years.items[number]])
        for number, variant_id in zip(used, variants, strict=True)
    ]
    sent: list[Sent] = []
    years.bulk.put(Slot, _slots(years, bookings, sent))
    years.bulk.put(PublicPage, (_page(years, one, texts) for one in sent))
    return sent


class _Booking(NamedTuple):
    """A piece that goes out on our site, some of them again and again."""

    years: Years
    number: int
    variant_id: int
    revision_id: int

    def slot(self, key: int, turn: int) -> Row:
        """The row of its slot for that turn."""
        hour, minute = HOURS[turn % len(HOURS)]
        local = datetime.combine(self.years.day_of(self.number), time(hour, (minute + self.number) % 60))
        due = clock.from_local(local)
        row: Row = {
            "id": key,
            "variant_id": self.variant_id,
            "channel_id": self.years.channel.id,
            "revision_id": self.revision_id,
            "revision_sha256": sha256_of(self.years, self.number),
            "due_at": due,
            "due_on": clock.local_day(due),
            "not_before": due,
            "run_no": 1,
            "idem_key": _idem_key(key),
            "lease_token": 0,
            "booked_by_id": unit_of(self.years, self.number)[1],
            "booked_at": planned_at(self.years, self.number),
            "version": 1,
        }
        return row | _outcome(self.years, key, self.number, due)


def _slots(years: Years, bookings: list[_Booking], sent: list[Sent]) -> Iterator[Row]:
    """The rows of the slots; what went out is noted in *sent*."""
    for place, key in enumerate(years.bulk.keys(Slot, years.counts.slots)):
        turn, index = divmod(place, len(bookings))
        row = bookings[index].slot(key, turn)
        if row["state"] is SlotState.PUBLISHED:
            sent.append(Sent(key, bookings[index].number, row["due_at"], row["remote_address"]))
        yield row


def _idem_key(key: int) -> str:
    return hashlib.sha256(f"large|{key}".encode()).hexdigest()


def _token(key: int) -> str:
    return f"lon{key:019}"


def _outcome(years: Years, key: int, number: int, due: datetime) -> Row:
    """Out, or one of two thousand in trouble; what lies ahead waits."""
    row: Row = dict.fromkeys(
        ("remote_address", "published_at", "recorded_at", "error_class", "error_sentence", "error_since")
    )
    if due > years.now:
        return {**row, "state": SlotState.SCHEDULED, "attempts": 0}
    if key % 2_000 == 7:
        sentence = "Đã quá giờ đăng và loại tin này không đăng muộn. Đăng lại ngay hoặc hủy lịch."
        missed = {"state": SlotState.MISSED, "error_class": "missed", "error_sentence": sentence}
        return {**row, **missed, "error_since": due, "attempts": 1}
    address = f"{years.site}/{slug(years.title_of(number))[:100]}-{_token(key)}"
    out = {"state": SlotState.PUBLISHED, "published_at": due, "recorded_at": due, "attempts": 1}
    return {**row, **out, "remote_address": address}


def _page(years: Years, sent: Sent, texts: dict[int, int]) -> Row:
    return {
        "idem_key": _idem_key(sent.slot_id),
        "token": _token(sent.slot_id),
        "slug": slug(years.title_of(sent.number))[:100],
        "revision_id": texts[years.items[sent.number]],
        "published_at": sent.moment,
    }
