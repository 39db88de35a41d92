"""What the address asks, what a card says of itself, and where it may land: pure, in tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from app.errors import Fault
from campaigns.calendar.asked import Asked, Filters, View, read_period
from campaigns.calendar.cards import Card, ItemRow, Rights, SlotRow, Today, compose, state_of
from campaigns.calendar.land import Bar, Window, at_same_hour, bar_of, check_day
from campaigns.calendar.moving.forms import write_slots
from campaigns.occasions.days import DayOffInfo
from content.items.models import ItemType, Stage
from content.slots.models import SlotState

NOW = datetime(2026, 5, 12, 2, 10, tzinfo=UTC)  # Tuesday 12/5/2026, 09:10 in Vietnam
TODAY = date(2026, 5, 12)
ALL = Rights(sees_making=True, may_write=True, may_book=True)


@pytest.mark.parametrize(
    ("args", "view", "first", "last"),
    [
        ({}, View.MONTH, date(2026, 5, 1), date(2026, 5, 31)),
        ({"month": "2026-02"}, View.MONTH, date(2026, 2, 1), date(2026, 2, 28)),
        ({"view": "week", "day": "2026-05-31"}, View.WEEK, date(2026, 5, 25), date(2026, 5, 31)),
        ({"view": "week", "month": "2026-05"}, View.WEEK, date(2026, 5, 11), date(2026, 5, 17)),
        ({"view": "list", "month": "2027-12"}, View.LIST, date(2027, 12, 1), date(2027, 12, 31)),
        ({"view": "days", "day": "2026-03-08"}, View.DAYS, date(2026, 3, 1), date(2026, 3, 31)),
        ({"view": "x", "month": "2026-13"}, View.MONTH, date(2026, 5, 1), date(2026, 5, 31)),
        ({"month": "9999-12"}, View.MONTH, date(2026, 5, 1), date(2026, 5, 31)),
        ({"view": "week", "day": "9999-12-31"}, View.WEEK, date(2026, 5, 11), date(2026, 5, 17)),
        ({"day": "20260518"}, View.MONTH, date(2026, 5, 1), date(2026, 5, 31)),
    ],
)
def test_an_address_is_read_and_what_it_cannot_mean_is_left_out(
    args: dict[str, str], view: View, first: date, last: date
) -> None:
    asked = Asked.read(args, today=TODAY)
    assert (asked.view, asked.period.first, asked.period.last) == (view, first, last)


def test_an_address_is_written_as_it_was_read() -> None:
    values = {
        "view": "list",
        "month": "2026-05",
        "q": "số liệu",
        "theme": "3",
        "campaign": "4",
        "series": "5",
        "type": "article",
        "state": "published",
        "outlet": "6",
        "unit": "7",
    }
    assert Asked.read(values, today=TODAY).values() == values
    week = {"view": "week", "day": "2026-05-12"}
    assert Asked.read(week, today=TODAY).values() == week
    junk = {
        "theme": "x",
        "type": "none",
        "state": "cancelled",
        "unit": "-1",
        "outlet": "9" * 30,
        "series": "²",
    }
    assert Filters.read(junk) == Filters()


def test_the_ends_of_time_have_no_beside() -> None:
    last = Asked.read({"month": "2200-12"}, today=TODAY)
    first = Asked.read({"month": "1900-01"}, today=TODAY)
    assert last.beside(1) == last
    assert first.beside(-1) == first
    assert last.beside(-1).values() == {"month": "2200-11"}


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-04-27", "2026-06-01", 35),
        ("2026-05-01", "2026-05-01", 31),
        ("2026-05-02", "2026-05-01", 31),
        ("2026-01-01", "2026-12-31", 31),
        ("", "", 31),
        ("9999-12-01", "9999-12-31", 31),
    ],
)
def test_a_period_is_read_and_this_month_stands_for_what_is_none(start: str, end: str, days: int) -> None:
    period = read_period({"start": start, "end": end}, today=TODAY)
    assert (len(list(period.days())), TODAY in period) == (days, True)


def test_what_is_being_sent_is_one_state() -> None:
    sending = Filters.read({"state": "leased"})
    assert [sending.holds(one) for one in (SlotState.COMMITTING, SlotState.LEASED, SlotState.PUBLISHED)] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("stage", "slot", "shown"),
    [
        (Stage.DRAFTING, None, Stage.DRAFTING),
        (Stage.APPROVED, SlotState.SCHEDULED, SlotState.SCHEDULED),
        (Stage.APPROVED, SlotState.PUBLISHED, SlotState.PUBLISHED),
        (Stage.ARCHIVED, SlotState.PUBLISHED, SlotState.PUBLISHED),
        (Stage.DRAFTING, SlotState.PUBLISHED, Stage.DRAFTING),  # out, and being written again
        (Stage.DRAFTING, SlotState.ON_HOLD, SlotState.ON_HOLD),
        (Stage.WITHDRAWN, SlotState.SCHEDULED, Stage.WITHDRAWN),
        (Stage.IN_REVIEW, SlotState.FAILED, SlotState.FAILED),
    ],
)
def test_the_state_that_matters_most_is_shown(
    stage: Stage, slot: SlotState | None, shown: Stage | SlotState
) -> None:
    assert state_of(stage, slot) is shown


def _item(stage: Stage, day: date | None, key: int = 1) -> ItemRow:
    return ItemRow(key, "Tin", ItemType.ARTICLE, stage, day, 1, 1)


def _slot(item: ItemRow, due_at: datetime, state: SlotState = SlotState.SCHEDULED, key: int = 1) -> SlotRow:
    return SlotRow(key, 1, state, due_at, clock.local_day(due_at), due_at, None, None, item)


def _cards(
    items: list[ItemRow], slots: list[SlotRow], elsewhere: dict[int, date] | None = None
) -> list[Card]:
    off = {date(2026, 5, 15): DayOffInfo("Nghỉ", is_off=True)}
    return compose(items, slots, elsewhere or {}, rights={1: ALL}, today=Today(NOW, TODAY, off))


@pytest.mark.parametrize(
    ("stage", "days", "said"),
    [
        (Stage.DRAFTING, -3, "Chưa duyệt, đã quá 3 ngày"),
        (Stage.IN_REVIEW, 0, "Chưa duyệt, dự kiến đăng hôm nay"),
        (Stage.IDEA, 2, "Chưa duyệt, còn 2 ngày làm việc"),
        (Stage.IDEA, 3, "Chưa duyệt, còn 2 ngày làm việc"),  # Friday is a day off
        (Stage.IDEA, 6, "Chưa duyệt, còn 3 ngày làm việc"),
        (Stage.IDEA, 7, None),
        (Stage.APPROVED, 1, "Đã duyệt nhưng chưa lên lịch đăng"),
        (Stage.APPROVED, -2, "Đã duyệt nhưng chưa lên lịch đăng"),
        (Stage.APPROVED, -9, None),
        (Stage.APPROVED, 20, None),
        (Stage.ARCHIVED, -1, None),
    ],
)
def test_a_card_says_in_working_days_why_it_is_at_risk(stage: Stage, days: int, said: str | None) -> None:
    (card,) = _cards([_item(stage, TODAY + timedelta(days=days))], [])
    reason = card.reason
    assert (reason.sentence.format(**reason.values) if reason else None) == said


def test_no_working_day_is_left_before_a_sunday_when_today_is_saturday() -> None:
    saturday = Today(NOW + timedelta(days=4), date(2026, 5, 16), {})
    (card,) = compose([_item(Stage.IDEA, date(2026, 5, 17))], [], {}, rights={1: ALL}, today=saturday)
    assert card.reason is not None
    assert card.reason.sentence == "Chưa duyệt, không còn ngày làm việc nào"


def test_a_slot_on_its_pieces_day_is_one_card_and_on_another_day_its_own() -> None:
    item = _item(Stage.APPROVED, date(2026, 5, 18))
    morning = _slot(item, datetime(2026, 5, 17, 22, 15, tzinfo=UTC), key=1)  # 05:15 on 18/5 in Vietnam
    night = _slot(item, datetime(2026, 5, 14, 17, 10, tzinfo=UTC), key=2)  # 00:10 on 15/5
    cards = _cards([item], [morning, night])
    assert [(one.key, str(one.day), one.hour) for one in cards] == [
        ("s2", "2026-05-15", "00:10"),
        ("i1", "2026-05-18", "05:15"),
    ]
    assert cards[1].slots == ((1, 1),)
    later = _slot(item, datetime(2026, 5, 18, 9, tzinfo=UTC), key=3)
    both = _cards([item], [morning, later])
    assert [(one.key, one.slots) for one in both] == [("i1", ((1, 1), (3, 1))), ("s3", ((3, 1),))]
    (alone,) = _cards([item], [], {1: date(2026, 5, 20)})
    assert alone.reason is not None
    assert "{day}" in alone.reason.sentence


@pytest.mark.parametrize(
    ("stage", "slots", "may", "bar"),
    [
        (Stage.IDEA, [], True, None),
        (Stage.APPROVED, [SlotState.SCHEDULED, SlotState.ON_HOLD], True, None),
        (Stage.APPROVED, [SlotState.SCHEDULED], False, Bar.RIGHT),
        (Stage.WITHDRAWN, [], True, Bar.CLOSED),
        (Stage.APPROVED, [SlotState.SCHEDULED, SlotState.PUBLISHED], True, Bar.OUT),
        (Stage.APPROVED, [SlotState.COMMITTING], True, Bar.SENDING),
        (Stage.APPROVED, [SlotState.FAILED], True, Bar.TROUBLE),
    ],
)
def test_what_bars_a_card_from_moving(
    stage: Stage, slots: list[SlotState], bar: Bar | None, *, may: bool
) -> None:
    assert bar_of(stage, slots, may_move=may) is bar


def test_a_day_is_refused_with_the_reason() -> None:
    seven = datetime(2026, 5, 18, 0, tzinfo=UTC)
    window = Window.of_campaign("Phong trào", date(2026, 5, 1), date(2026, 5, 20))
    check_day(date(2026, 5, 20), moments=[seven], windows=[window], now=NOW)
    refused = {
        date(2026, 5, 12): "Giờ đăng 07:00 ngày 12/5/2026 đã qua. Hãy chọn ngày khác.",
        date(2026, 5, 21): "Chiến dịch “Phong trào” chỉ chạy từ 1/5/2026 đến 20/5/2026.",
        date(9999, 12, 31): "Năm phải từ 1900 đến 2200.",
    }
    for day, sentence in refused.items():
        with pytest.raises(Fault) as raised:
            check_day(day, moments=[seven], windows=[window], now=NOW)
        assert str(raised.value) == sentence
    check_day(date(2026, 5, 12), moments=[], windows=[], now=NOW)


def test_a_moment_keeps_its_hour_on_another_day() -> None:
    bulletin = datetime(2026, 5, 17, 22, 15, tzinfo=UTC)  # 05:15 on 18/5
    assert at_same_hour(bulletin, date(2026, 5, 20)) == datetime(2026, 5, 19, 22, 15, tzinfo=UTC)


def test_slots_are_written_as_they_are_read() -> None:
    assert write_slots({12: 3, 15: 1}) == "12:3,15:1"
