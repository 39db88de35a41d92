"""When a feed is read next, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.watch.moves import Move, is_left_behind, read_move
from scheduler.watch.pace import (
    learn_interval,
    max_age,
    next_after_answer,
    next_after_failure,
    retry_after,
    rhythm_of,
)

NOON = datetime(2026, 5, 4, 5, 10, tzinfo=UTC)  # 12:10 in Vietnam
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def moments(gap: timedelta, count: int = 30) -> list[datetime]:
    return [NOON - gap * number for number in range(count)]


@pytest.mark.parametrize(
    ("found", "rhythm"),
    [
        ([], None),
        (moments(HOUR, 2), None),
        (moments(HOUR, 3), 30 * MINUTE),
        (moments(20 * MINUTE), 10 * MINUTE),
        (moments(MINUTE), 5 * MINUTE),  # not below five minutes
        (moments(timedelta()), 5 * MINUTE),  # thirty at one moment
        (moments(7 * DAY), DAY),  # not beyond a day
        (moments(HOUR, 20) + moments(30 * DAY), 30 * MINUTE),  # the newest twenty count
        (list(reversed(moments(HOUR))), 30 * MINUTE),  # in whatever order
        ([*moments(HOUR, 5), NOON - 90 * DAY], 30 * MINUTE),  # one old entry moves no median
    ],
)
def test_half_the_median_gap(found: list[datetime], rhythm: timedelta | None) -> None:
    assert rhythm_of(found) == rhythm


@pytest.mark.parametrize(
    ("gap", "before", "asked", "has_gap", "seconds"),
    [
        (20 * MINUTE, 1800, None, False, 600),
        (20 * MINUTE, 1800, 3600, False, 3600),  # the feed's ttl asks for more
        (20 * MINUTE, 1800, 60, False, 600),
        (20 * MINUTE, 1800, 88 * 3600, False, 86_400),  # a hint counts a day at most
        (40 * MINUTE, 1800, None, True, 600),  # entries were missed: twice as often
        (10 * MINUTE, 1800, None, True, 300),
        (None, 1800, None, False, 1800),
        (None, 5, None, False, 300),
    ],
)
def test_what_the_entries_teach(
    gap: timedelta | None, before: int, asked: int | None, has_gap: bool, seconds: int
) -> None:
    found = moments(gap) if gap else []
    assert learn_interval(found, before=before, asked=asked, has_gap=has_gap) == seconds


@pytest.mark.parametrize(
    ("now", "interval", "silent", "asked", "expected"),
    [
        (NOON, 600, HOUR, None, (0.0, 10 * MINUTE)),
        (NOON, 600, HOUR, None, (1.0, 11 * MINUTE)),
        (NOON, 600, HOUR, 1800, (0.0, 30 * MINUTE)),
        (NOON, 600, HOUR, 999_999, (0.0, DAY)),
        (NOON, 600, HOUR, -5, (0.0, 10 * MINUTE)),
        (NOON, 600, None, None, (0.0, 10 * MINUTE)),
        (NOON, 600, 2 * DAY, None, (0.0, 2 * HOUR)),  # silent for long: less often
        (NOON, 600, 400 * DAY, None, (0.0, DAY)),
        (NOON, 3000, HOUR, None, (0.0, 52 * MINUTE)),  # not at the full hour, when everybody asks
        (NOON, 3000, HOUR, None, (0.05, timedelta(minutes=52, seconds=24))),
        (NOON + 11 * HOUR, 600, HOUR, None, (0.0, HOUR)),  # 23:10: hourly at night
        (
            NOON + 16 * HOUR + 20 * MINUTE,
            600,
            HOUR,
            None,
            (0.0, 32 * MINUTE),
        ),  # 04:30: at five, a little after
        (NOON + 17 * HOUR, 600, HOUR, None, (0.0, 10 * MINUTE)),  # 05:10: day
    ],
)
def test_the_next_poll_after_an_answer(
    now: datetime,
    interval: int,
    silent: timedelta | None,
    asked: int | None,
    expected: tuple[float, timedelta],
) -> None:
    dice, wait = expected
    newest = None if silent is None else now - silent
    assert next_after_answer(interval, newest_at=newest, asked=asked, now=now, dice=dice) - now == wait


@pytest.mark.parametrize(
    ("failures", "weight", "asked", "dice", "wait"),
    [
        (1, 1.0, None, 0.0, 20 * MINUTE),
        (2, 1.0, None, 0.0, 40 * MINUTE),
        (3, 1.0, None, 0.0, HOUR),
        (2, 0.5, None, 0.0, 20 * MINUTE),
        (6, 0.5, None, 0.0, HOUR),
        (12, 0.25, None, 0.0, HOUR),
        (9_999, 1.0, None, 0.0, DAY),  # once a day, for ever
        (1, 0.5, 7200, 0.0, 2 * HOUR),
        (1, 0.5, 999_999, 0.0, DAY),
        (1, 0.5, 30 * 60, 1.0, timedelta(minutes=38, seconds=30)),  # not all at the moment that was named
    ],
)
def test_the_next_poll_after_a_failure(
    failures: int, weight: float, asked: int | None, dice: float, wait: timedelta
) -> None:
    found = next_after_failure(1200, failures=failures, weight=weight, asked=asked, now=NOON, dice=dice)
    assert found - NOON == wait


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None), ("", None), ("120", 120), (" 5 ", 5), ("-1", None), ("soon", None), ("1.5", None), ("²", None),
        ("9" * 400, 999_999_999), ("Mon, 04 May 2026 06:10:00 GMT", 3600), ("Mon, 04 May 2026 01:10:00 GMT", 0),
        ("Mon, 04 May 2026 06:10:00", 3600), ("Mon, 99 May 2026 06:10:00 GMT", None),
    ],
)  # fmt: skip
def test_what_a_server_asks_us_to_wait(value: str | None, seconds: int | None) -> None:
    assert retry_after(value, now=NOON) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None), ("no-cache", None), ("max-age=300", 300), ("public, MAX-AGE = 60", 60), ('max-age="5"', 5),
        ("max-age=x", None), ("max-age", None), ("s-maxage=9", None), ("max-age=-1", None), ("max-age=²", None),
    ],
)  # fmt: skip
def test_how_long_an_answer_is_fresh(value: str | None, seconds: int | None) -> None:
    assert max_age(value) == seconds


A, B = "http://a.vn/rss", "http://b.vn/rss"


@pytest.mark.parametrize(
    ("target", "known", "days", "move"),
    [
        (None, B, 30, Move()),
        (A, None, 0, Move()),
        (B, None, 0, Move(B, NOON)),
        (B, B, 6, Move(B, NOON - 6 * DAY)),
        (B, B, 7, Move(B, NOON - 7 * DAY, adopt=True)),
        (B, "http://c.vn/rss", 30, Move(B, NOON)),
        ("https://a.vn/rss", None, 0, Move("https://a.vn/rss", NOON, adopt=True)),
        ("https://a.vn/khac", None, 0, Move("https://a.vn/khac", NOON)),
        ("https://b.vn/rss", None, 0, Move("https://b.vn/rss", NOON)),
    ],
)
def test_a_move_for_good(target: str | None, known: str | None, days: int, move: Move) -> None:
    assert read_move(A, target, known=known, since=NOON - days * DAY if known else None, now=NOON) == move


def test_only_an_address_that_named_its_successor_is_left_behind() -> None:
    assert [is_left_behind(status, B) for status in (404, 410, 403, 500, 200)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert not is_left_behind(404, None)
