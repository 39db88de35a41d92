"""The life of one piece: planned, written, sent up, perhaps returned, approved, booked, published.

What lies in the future of a life has not happened yet, so each piece stands today where its day puts it. A fate
makes it stop, or go wrong, on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.accounts.models import Person
from campaigns.board.pieces.services import plan_item
from campaigns.demo import words
from campaigns.demo.board import place_for
from campaigns.demo.pieces import LAST, Dated
from campaigns.demo.province import UNITS, Province
from campaigns.demo.sending import ON_HOLD, due_of, hold, settle
from campaigns.demo.texts import brief_of, text_of
from campaigns.demo.timeline import Life
from content.items.models import Item, ItemType
from content.items.review.services import approve_item, return_item, submit_item
from content.items.services import ItemInput, draft_item, save_revision
from content.slots.services import book_slot

LATE, RETURNED, WAITING, UNBOOKED = "chậm", "trả lại", "chờ duyệt", "chưa lên lịch"
LONG = (ItemType.ARTICLE, ItemType.VIDEO_SCRIPT)  # these are begun a day before they are whole
AHEAD = 12  # days: what is due within them is being worked on


@dataclass
class _Diary:
    """Moments of one piece, each after the one before, none on a Sunday."""

    province: Province
    day: date
    last: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.province.begun + timedelta(hours=4)

    def note(self, days: int, hour: int, minute: int = 0) -> datetime:
        """The moment so many days from the piece's day."""
        day = self.day + timedelta(days=days)
        day -= timedelta(days=day.weekday() == 6)
        self.last = max(self.province.at(day, hour, minute), self.last + timedelta(minutes=20))
        return self.last


def piece_lives(province: Province, pieces: list[Dated]) -> Iterator[Life]:
    """The life of every piece."""
    for number, piece in enumerate(pieces):
        yield PieceLife(province, piece, number).life()


class PieceLife:
    """One piece, with those who write and decide it; *item* is the row of one that is planned already."""

    def __init__(self, province: Province, piece: Dated, number: int, item: Item | None = None) -> None:
        body, writers, approver = UNITS[piece.written.unit]
        self.province, self.piece, self.number = province, piece, number
        self.organisation_id = province.organisations[body].id
        self.writer: Person = province.people[writers[0 if piece.fate else number % len(writers)]]
        self.approver = province.people[approver]
        day = piece.day or province.today
        # What stopped on its way stopped some days ago, whenever in its day the demonstration is begun.
        self.diary = _Diary(province, min(day, province.today) if piece.fate else day)
        self.planned = item

    def life(self) -> Life:
        """All of it, in the order of its days."""
        if self.planned is None:
            yield self._planned_at()
        self.item = self.planned or self._plan()
        self.province.items[self.piece.written.title] = self.item
        if self.piece.day is None:
            return
        if self.piece.written.kind in LONG or self.piece.fate == LATE:
            yield self.diary.note(-6, 9, self.number % 60)
            self._save("first")
        if self.piece.fate == LATE:
            return
        yield self.diary.note(-5, 14, self.number % 60)
        self._save()
        yield from self._review()
        if self.piece.fate in {RETURNED, WAITING, UNBOOKED}:
            return
        yield from self._publish()

    def _planned_at(self) -> datetime:
        """Two weeks ahead; what lies farther off was planned together, one of the last days."""
        if self.piece.day is None:
            return self.diary.note(-20 - self.number % 40, 16, self.number % 60)
        far = (self.piece.day - self.province.today).days - AHEAD
        return self.diary.note(-14 if far <= 0 else -AHEAD - far - 1 - far * 8 // LAST, 8, self.number % 60)

    def _plan(self) -> Item:
        """The piece with its brief, in its campaign where one is open."""
        written, session = self.piece.written, self.province.session
        theme_ids = (self.province.themes[written.theme].id, *self._more_themes())
        wanted = ItemInput(
            written.kind,
            written.title,
            self.organisation_id,
            self.piece.day,
            brief_of(written),
            theme_ids=theme_ids,
        )
        place = place_for(self.province, self.piece)
        if place is None:
            return draft_item(session, wanted, actor=self.writer, now=self.diary.last)
        campaign, series = place
        return plan_item(
            session,
            campaign,
            wanted,
            series=series,
            writer=self.writer,
            deadline_on=min(self.diary.day, self.piece.day or self.diary.day) - timedelta(days=4),
            actor=self.writer,
            now=self.diary.last,
        )

    def _more_themes(self) -> tuple[int, ...]:
        """Every fifth piece serves a second theme."""
        theme = self.piece.written.theme
        also = {"nq57": "cds", "bdhvs": "cds", "cds": "nq57", "khcn-dmst": "nq57"}.get(theme)
        return (self.province.themes[also].id,) if also and self.number % 5 == 0 else ()

    def _save(self, half: str = "") -> None:
        """Save the text as far as it is: the first half, the whole, or the whole with what was asked for."""
        picture = None
        if self.piece.written.kind in {ItemType.ARTICLE, ItemType.PRESS_RELEASE}:
            picture = self.province.pictures[self.piece.written.story].id
        text = text_of(self.piece.written, half=half, asset_id=picture)
        session, seen = self.province.session, self.item.version
        made = save_revision(session, self.item, text, seen=seen, actor=self.writer, now=self.diary.last)
        self.sha256 = made.sha256

    def _review(self) -> Life:
        """Sent up and approved; some come back first."""
        yield self.diary.note(-4, 15, self.number % 60)
        self._submit()
        if self.piece.fate == WAITING:
            return
        if self.piece.fate == RETURNED or self.number % 6 == 1:
            yield self.diary.note(-3, 8, 30)
            self._return()
            if self.piece.fate == RETURNED:
                return
            yield self.diary.note(-3, 11)
            self._save("mended")
            self._submit()
        yield self.diary.note(-2, 10, self.number % 60)
        session, item = self.province.session, self.item
        approve_item(session, item, sha256=self.sha256, actor=self.approver, now=self.diary.last)

    def _submit(self) -> None:
        submit_item(
            self.province.session,
            self.item,
            reviewer=self.approver,
            seen=self.item.version,
            actor=self.writer,
            now=self.diary.last,
        )

    def _return(self) -> None:
        reasons = words.lines("reasons.txt")
        return_item(
            self.province.session,
            self.item,
            sha256=self.sha256,
            reason=reasons[self.number % len(reasons)],
            actor=self.approver,
            now=self.diary.last,
        )

    def _publish(self) -> Life:
        """Booked on our own site an hour after the approval, and sent when it is due."""
        yield self.diary.note(-2, 11, self.number % 60)
        slot = book_slot(
            self.province.session,
            self.item,
            channel=self.province.channel,
            due_at=due_of(self.province, self.piece, self.number),
            actor=self.writer,
            now=self.diary.last,
        )
        self.province.slots.append(slot)
        if self.piece.fate == ON_HOLD:
            yield self.diary.note(-2, 14)
            hold(self.province, slot, actor=self.writer, now=self.diary.last)
            return
        yield slot.due_at
        settle(self.province, slot, self.piece.fate)
