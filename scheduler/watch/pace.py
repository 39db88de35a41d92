"""When a feed is read next. Pure: moments and a throw of the dice (0.0 to 1.0) are handed in.

Half the median gap between a feed's last entries, as lion-reader and miniflux pace themselves; longer where the
server or the feed asks for it, but never beyond a day (a site once asked for 88 hours).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median

from app import clock

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=1)
COUNTED = 20  # entries whose gaps count
SILENCE_SHARE = 24  # who was silent for a day is asked once an hour, whatever its rhythm was
NIGHT_FROM, NIGHT_TO, AT_NIGHT = 23, 5, timedelta(hours=1)
ON_THE_HOUR = 2  # papers publish at :00 and everybody asks them then; minutes to keep away


def rhythm_of(moments: Iterable[datetime]) -> timedelta | None:
    """Half the median gap of the newest entries; None when fewer than three are dated."""
    newest = sorted(moments, reverse=True)[:COUNTED]
    if len(newest) < 3:
        return None
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(newest)]
    return _within(timedelta(seconds=median(gaps) / 2))


def learn_interval(
    moments: Iterable[datetime], *, before: int, asked: int | None, has_gap: bool = False
) -> int:
    """Seconds between two polls, from the entries' rhythm and what the feed itself asks (seconds).

    Without enough dated entries it stays as it was *before*; with a gap, where entries may have been missed, it is
    halved.
    """
    found = rhythm_of(moments) or timedelta(seconds=before)
    if has_gap:
        found /= 2
    return int(max(_within(found), _asked(asked)).total_seconds())


def next_after_answer(
    interval: int, *, newest_at: datetime | None, asked: int | None, now: datetime, dice: float
) -> datetime:
    """When to ask again after a good answer; *asked* is what the server wants, in seconds."""
    wait = timedelta(seconds=interval)
    if newest_at is not None:
        wait = max(wait, (now - newest_at) / SILENCE_SHARE)
    wait = max(_within(wait), _asked(asked), _at_night(now))
    return _off_the_hour(now + wait * (1 + dice / 10), dice)


def next_after_failure(
    interval: int, *, failures: int, weight: float, asked: int | None, now: datetime, dice: float
) -> datetime:
    """When to ask again after the *failures*-th failure in a row: later each time, once a day at the least.

    *weight* is how hard the failure is (1 hard, 0.5 soft, 0.25 a name that is not found), as Media Cloud counts.
    """
    wait = min(_within(timedelta(seconds=interval)) * max(1.0, weight * failures), LONGEST)
    if asked is not None:
        wait = max(wait, _asked(asked) + timedelta(minutes=5 * dice))  # not all of them at the very moment
    return _off_the_hour(now + wait * (1 + dice / 10), dice)


def _within(wait: timedelta) -> timedelta:
    return min(max(wait, SHORTEST), LONGEST)


def _asked(seconds: int | None) -> timedelta:
    return timedelta(seconds=min(max(seconds or 0, 0), LONGEST.total_seconds()))


def _at_night(now: datetime) -> timedelta:
    """An hour at night, but not beyond the morning; nothing by day."""
    wall = clock.local(now)
    if NIGHT_TO <= wall.hour < NIGHT_FROM:
        return timedelta()
    morning = wall.replace(hour=NIGHT_TO, minute=0, second=0, microsecond=0)
    if wall.hour >= NIGHT_FROM:
        morning += timedelta(days=1)
    return min(AT_NIGHT, morning - wall)


def _off_the_hour(moment: datetime, dice: float) -> datetime:
    """The moment, moved a few minutes when it lies at the top of an hour."""
    if moment.minute >= ON_THE_HOUR:
        return moment
    return moment.replace(minute=ON_THE_HOUR) + timedelta(minutes=3 * dice)


def retry_after(value: str | None, *, now: datetime) -> int | None:
    """Seconds that a Retry-After header asks for, given as a number or as a date; None for anything else."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return int(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(int((aware - now).total_seconds()), 0)


def max_age(value: str | None) -> int | None:
    """Seconds of a Cache-Control header's max-age; None when it names none."""
    for part in (value or "").lower().split(","):
        name, _, seconds = part.strip().partition("=")
        seconds = seconds.strip('" ')
        if name.strip() == "max-age" and seconds.isascii() and seconds.isdigit():
            return int(seconds[:9])
    return None
