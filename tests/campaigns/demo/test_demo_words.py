"""What the demonstration says: no title twice, every story whole, every day where it belongs."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest

from campaigns.demo import words
from campaigns.demo.pieces import FIRST, LAST, all_written, dated
from campaigns.demo.texts import place_of, stories, text_of
from campaigns.demo.timeline import Life, live
from content.items.markup import plain, to_html
from content.items.models import ItemType


def test_no_title_stands_twice_and_every_text_is_whole() -> None:
    titles = [one.title for one in all_written()] + [one.headline for one in all_written() if one.headline]
    assert len(set(titles)) == len(titles) > 250
    assert {one.kind for one in all_written()} == set(ItemType)
    assert {one.story for one in all_written()} <= stories().keys()
    for one in all_written():
        text = text_of(one)
        read = plain(to_html(text.body))
        assert len(read) > 120, one.title
        assert "{" not in text.body + text.summary
        assert len(text.title) <= 300
        assert text_of(one, half="first").body != text.body != text_of(one, half="mended").body


def test_files_are_in_nfc_and_hold_nothing_of_another_province() -> None:
    for path in words.FOLDER.glob("*.txt"):
        said = path.read_text("utf-8")
        assert unicodedata.is_normalized("NFC", said), path.name
        assert "lorem" not in said.lower()
        assert "Sông Trà số" not in said


@pytest.mark.parametrize(
    "today", [date(2026, 1, 1), date(2026, 5, 12), date(2026, 11, 21), date(2028, 2, 29)]
)
def test_whatever_the_day_the_present_is_busy_and_the_year_is_full(today: date) -> None:
    pieces = dated(today)
    days = [one.day for one in pieces if one.day]
    assert all(FIRST - 2 <= (day - today).days <= LAST + 2 for day in days)
    near = [day for day in days if abs((day - today).days) <= 3]
    assert len(near) >= 20
    assert sum(day == today for day in days) >= 4
    for back in range(9):
        month = [day for day in days if 30 * back <= (today - day).days < 30 * (back + 1)]
        assert len(month) >= 9, f"{back} months back"
    assert sum(one.day is None for one in pieces) >= 6


def test_a_place_is_read_from_the_title() -> None:
    assert place_of("Sâm Ngọc Linh dưới tán rừng Măng Ri") in {"xã Ngọc Linh", "xã Măng Ri"}
    assert place_of("Gốm Mỹ Thiện gắn mã truy xuất") == "xã Bình Sơn"
    assert place_of("Lớp học ở Sơn Tây Thượng") == "xã Sơn Tây Thượng"


def test_lives_are_lived_in_the_order_of_time_and_stop_at_the_present() -> None:
    start, done = datetime(2026, 1, 1, tzinfo=UTC), []

    def life(name: str, *hours: int) -> Life:
        for hour in hours:
            yield start + timedelta(hours=hour)
            done.append((name, hour))

    live([life("a", 1, 4, 9), life("b", 2, 3, 5)], until=start + timedelta(hours=5))
    assert done == [("a", 1), ("b", 2), ("b", 3), ("a", 4), ("b", 5)]
