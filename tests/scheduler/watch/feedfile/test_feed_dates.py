"""Dates as outlets write them. The first table is the promise of dates.py: the twelve forms, one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.outlets.feeds.order import DateOrder
from scheduler.watch.feedfile.dateorder import learn_orders
from scheduler.watch.feedfile.dates import read_moment, take_apart
from scheduler.watch.feedfile.reader import read_feed

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

TWELVE = [
    ("Mon, 05 Oct 2026 11:07:00 +07", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 11:07:00 GMT+7", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 11:07:00 GMT+07:00", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 11:07:00", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 26 14:10:00 +0700", "2026-10-05T07:10:00Z"),
    ("10/5/2026 11:00:00 AM", "2026-10-05T04:00:00Z"),
    ("05/10/2026 11:07", "2026-10-05T04:07:00Z"),
    ("05-10-2026 11:07:00", "2026-10-05T04:07:00Z"),
    ("Thứ Hai, 05/10/2026 - 11:07", "2026-10-05T04:07:00Z"),
    ("Thứ năm, 17/9/2026, 07:31 (GMT+7)", "2026-09-17T00:31:00Z"),
    ("2026-10-05 11:07:00", "2026-10-05T04:07:00Z"),
    ("05/10/2026 02:07:00 CH", "2026-10-05T07:07:00Z"),
]
OTHERS = [
    ("Mon, 05 Oct 2026 11:07:00 +0700", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 11:07:00 +7", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 11:07:00 +07:00", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 11:07:00 UTC+7", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 11:07:00 GMT +0700", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 11:07:00 ICT", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 04:07:00 GMT", "2026-10-05T04:07:00Z"),
    ("Mon, 05 Oct 2026 04:07:00 Z", "2026-10-05T04:07:00Z"),
    ("\n  Mon,\u00a005 Oct 2026   11:07:00 +0700 ", "2026-10-05T04:07:00Z"),
    ("2026-10-05T11:07:00+07:00", "2026-10-05T04:07:00Z"),
    ("2026-10-05T04:07:00.123Z", "2026-10-05T04:07:00Z"),
    ("2026-10-05T11:07+0700", "2026-10-05T04:07:00Z"),
    ("2026-10-05T11:07:00.0000000+07:00", "2026-10-05T04:07:00Z"),
    ("20261005T110700", "2026-10-05T04:07:00Z"),
    ("20261005110700", "2026-10-05T04:07:00Z"),
    ("Mon Oct 05 2026 11:07:00 GMT+0700 (Indochina Time)", "2026-10-05T04:07:00Z"),
    ("Thứ Hai, 05/10/2026 | 11:07 GMT+7", "2026-10-05T04:07:00Z"),
    ("5/10/2026 11:07:00 SA (GMT+7)", "2026-10-05T04:07:00Z"),
    ("Thứ Hai, ngày 05 tháng 10 năm 2026 - 11:07 SA", "2026-10-05T04:07:00Z"),
    ("2026-10-05", "2026-10-04T17:00:00Z"),
    ("2026-10-05T24:00:00", "2026-10-05T17:00:00Z"),
    ("2016/6/29", "2016-06-28T17:00:00Z"),
    ("1791173220", "2026-10-05T04:07:00Z"),
    ("1791173220000", "2026-10-05T04:07:00Z"),
    ("Chủ nhật, 04/10/2026", "2026-10-03T17:00:00Z"),
    ("CN, 4/10/2026 8:05", "2026-10-04T01:05:00Z"),
    ("T2, 05/10/2026 11:07", "2026-10-05T04:07:00Z"),
    ("Thứ 2, ngày 05/10/2026 11:07", "2026-10-05T04:07:00Z"),
    ("Thứ Hai, ngày 5 tháng 10 năm 2026 11:07", "2026-10-05T04:07:00Z"),
    ("ngày 5 tháng Mười năm 2026", "2026-10-04T17:00:00Z"),
    ("5 Tháng Mười Hai 2025 11h07", "2025-12-05T04:07:00Z"),
    ("5 thg 10, 2026, 9:05 SA", "2026-10-05T02:05:00Z"),
    ("11:07 | 05/10/2026", "2026-10-05T04:07:00Z"),
    ("11:07' ngày 5/10/2026", "2026-10-05T04:07:00Z"),
    ("05/10/2026 7 giờ 31 phút", "2026-10-05T00:31:00Z"),
    ("05.10.2026 11:07", "2026-10-05T04:07:00Z"),
    ("10/5/2026 12:00:00 AM", "2026-10-04T17:00:00Z"),
    ("10/5/2026 12:30:00 PM", "2026-10-05T05:30:00Z"),
    ("Thứ Hai, 10/05/2026", "2026-10-04T17:00:00Z"),  # only 5 October is a Monday
    ("15/10/2026 11:07", "2026-10-15T04:07:00Z"),
    ("10/15/2026 11:07", "2026-10-15T04:07:00Z"),
]
NONE = [
    "",
    "hôm qua",
    "Tomorrow",
    "31/02/2026",
    "2026-13-45",
    "0001-01-01T00:00:00",
    "25:00 05/10/2026",
    "1/2",
    "x" * 500,
    "5" * 100,
    "9999-12-31T24:00:00-12:00",
]


def moment(text: str) -> datetime:
    """The moment of an ISO text."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("written", "meant"), TWELVE + OTHERS)
def test_a_date_is_read(written: str, meant: str) -> None:
    assert read_moment(written) == moment(meant)


def test_there_are_twelve_forms_and_each_is_read_in_a_feed() -> None:
    """All twelve in one feed: an order of day and month learned from one shape does not spoil the others."""
    assert len(TWELVE) == 12
    items = "".join(
        f"<item><title>{n}</title><pubDate>{written}</pubDate></item>"
        for n, (written, _) in enumerate(TWELVE)
    )
    feed = read_feed(f"<rss><channel>{items}</channel></rss>".encode(), now=NOW)
    assert [entry.published_at for entry in feed.entries] == [moment(meant) for _, meant in TWELVE]
    assert [entry.raw_date for entry in feed.entries] == [written for written, _ in TWELVE]


@pytest.mark.parametrize("written", NONE)
def test_what_means_no_moment_gives_none(written: str) -> None:
    assert read_moment(written) is None


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["10/3/2026 9:00:00 AM", "10/2/2026 9:00:00 AM", "10/1/2026 9:00:00 AM"], DateOrder.MONTH_FIRST),
        (["03/10/2026 09:00", "02/10/2026 09:00", "01/10/2026 09:00"], DateOrder.DAY_FIRST),
        (["25/10/2026 09:00", "02/10/2026 09:00"], DateOrder.DAY_FIRST),  # there is no month 25
        (["10/25/2026 09:00", "10/2/2026 09:00"], DateOrder.MONTH_FIRST),
        (["12/10/2026 09:00", "11/10/2026 09:00"], DateOrder.DAY_FIRST),  # December is still to come
        (["11/12/2026 09:00", "11/9/2026 09:00", "11/4/2026 09:00"], DateOrder.MONTH_FIRST),
        (["05/05/2026 09:00"], None),
        (["Mon, 05 Oct 2026 11:07:00 +0700"], None),
        ([], None),
    ],
)
def test_the_order_of_day_and_month_is_learned(dates: list[str], order: DateOrder | None) -> None:
    learned = learn_orders(map(take_apart, dates), now=NOW)
    assert next(iter(learned.values()), None) == order


def feed_of(*dates: str) -> bytes:
    """A feed with these dates."""
    items = "".join(f"<item><title>t</title><pubDate>{one}</pubDate></item>" for one in dates)
    return f"<rss><channel>{items}</channel></rss>".encode()


def test_a_locked_order_is_kept_and_what_the_poll_shows_is_told() -> None:
    body = feed_of("03/11/2026 09:00", "02/11/2026 09:00", "01/11/2026 09:00")
    locked = read_feed(body, order=DateOrder.MONTH_FIRST, now=NOW)
    assert locked.entries[0].published_at == moment("2026-03-11T02:00:00Z")
    assert locked.order is DateOrder.DAY_FIRST
    assert read_feed(body, now=NOW).entries[0].published_at == moment("2026-11-03T02:00:00Z")


def test_no_date_passes_now_and_what_was_written_is_kept() -> None:
    (entry,) = read_feed(feed_of("Fri, 20 Nov 2099 10:00:00 +0700"), now=NOW).entries
    assert (entry.published_at, entry.raw_date) == (NOW, "Fri, 20 Nov 2099 10:00:00 +0700")


@given(
    st.integers(631_152_000, 1_795_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(
        [
            "%a, %d %b %Y %H:%M:%S +0700",
            "%a, %d %b %Y %H:%M:%S GMT+7",
            "%Y-%m-%dT%H:%M:%S+07:00",
            "%d %b %Y %H:%M:%S ICT",
            "%B %d, %Y %I:%M:%S %p",
            "%d-%m-%Y %H:%M:%S",
            "%H:%M:%S %d/%m/%Y",
            "%Y/%m/%d %H:%M:%S",
        ]
    ),
)
def test_any_moment_survives_being_written(wall: datetime, form: str) -> None:
    assert read_moment(wall.strftime(form)) == wall - timedelta(hours=7)


@given(st.text(max_size=150) | st.text("0123456789/-:. ,+TthứhaiGMTamsach", max_size=60))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    found = read_moment(text)
    assert found is None or found.tzinfo is UTC
