"""Where a card may be moved to: what bars it from moving at all, and which days take it. Pure."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app import clock
from app.clock import YEARS
from app.errors import N_, Fault, Invalid, Refused
from campaigns.board.rules import written
from content.items.models import Stage
from content.slots.models import CLAIMABLE, IN_HAND, SlotState
from content.slots.services import PAST_GRACE

CLOSED = (Stage.WITHDRAWN, Stage.ARCHIVED)
MOVABLE = (*CLAIMABLE, SlotState.ON_HOLD)


class Bar(enum.StrEnum):
    """What keeps a card where it is."""

    RIGHT = "right"
    CLOSED = "closed"
    OUT = "out"
    SENDING = "sending"
    TROUBLE = "trouble"


BARRED = {
    Bar.RIGHT: N_("Bạn không có quyền chuyển tin bài của đơn vị này."),
    Bar.CLOSED: N_("Tin bài đã thu hồi hoặc đã lưu trữ nên không chuyển được."),
    Bar.OUT: N_("Tin bài đã đăng vào ngày này nên không chuyển được."),
    Bar.SENDING: N_("Tin bài đang được gửi đi nên chưa chuyển được."),
    Bar.TROUBLE: N_("Lịch đăng của ngày này chưa đăng được: hãy mở lịch đăng và xử lý trước khi chuyển."),
}
PAST = N_("Giờ đăng {hour} ngày {day} đã qua. Hãy chọn ngày khác.")
OUTSIDE_CAMPAIGN = N_("Chiến dịch “{name}” chỉ chạy từ {first} đến {last}.")
OUTSIDE_SERIES = N_("Chuyên mục “{name}” chỉ chạy từ {first} đến {last}.")
TO_POOL = N_("Tin bài đã có lịch đăng vào ngày này: hãy hủy lịch đăng trước khi đưa về kho ý tưởng.")


@dataclass(frozen=True)
class Window:
    """The days through which a campaign or a column of one runs."""

    name: str
    first: date
    last: date
    sentence: str

    @classmethod
    def of_campaign(cls, name: str, first: date, last: date) -> Window:
        """The days of a campaign."""
        return cls(name, first, last, OUTSIDE_CAMPAIGN)

    @classmethod
    def of_series(cls, name: str, first: date, last: date) -> Window:
        """The days of a column."""
        return cls(name, first, last, OUTSIDE_SERIES)


def bar_of(stage: Stage, slots: Collection[SlotState], *, may_move: bool) -> Bar | None:
    """What keeps a piece with these slots on its day where it is, None when it may go.

    What has gone out stays where it went out; what is in trouble is settled before it moves.
    """
    if not may_move:
        return Bar.RIGHT
    if stage in CLOSED:
        return Bar.CLOSED
    if not slots:
        return None
    if SlotState.PUBLISHED in slots:
        return Bar.OUT
    if any(one in IN_HAND for one in slots):
        return Bar.SENDING
    return Bar.TROUBLE if any(one not in MOVABLE for one in slots) else None


def check_day(day: date, *, moments: Iterable[datetime], windows: Iterable[Window], now: datetime) -> None:
    """Refuse a day that does not take the card.

    *moments* are the promises (aware) that go with it and keep their hour; *windows* are those it belongs to.

    Raises:
        Invalid: nobody means that year, or a promise would lie in the past. Refused: outside a window.
    """
    if day.year not in YEARS:
        raise Invalid(N_("Năm phải từ {first} đến {last}."), first=YEARS[0], last=YEARS[-1])
    for moment in moments:
        landed = at_same_hour(moment, day)
        if landed < now - PAST_GRACE:
            raise Invalid(PAST, hour=f"{clock.local(landed):%H:%M}", day=written(day))
    for window in windows:
        if not window.first <= day <= window.last:
            raise _outside(window)


def _outside(window: Window) -> Fault:
    return Refused(window.sentence, name=window.name, first=written(window.first), last=written(window.last))


def at_same_hour(moment: datetime, day: date) -> datetime:
    """*moment* (aware) at its own hour in Vietnam, on the local day *day*; aware UTC."""
    return clock.from_local(datetime.combine(day, clock.local(moment).time()))
