"""Which of day and month stands first in the numeric dates of one feed: learned from all of them together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from content.outlets.feeds.order import DateOrder
from scheduler.watch.feedfile.dates import Written

AHEAD = timedelta(days=1)  # a clock that is a little fast is not yet a wrong order


def learn_orders(written: Iterable[Written | None], *, now: datetime) -> dict[str, DateOrder]:
    """For each shape of date in one poll the order of day and month that makes sense, the commonest shape first.

    A date that exists in one order only decides. Else the order wins that gives no future date, then fewer steps
    out of line, then the newest date nearest to *now*. A shape whose dates do not tell is left out.
    """
    shapes: dict[str, list[Written]] = {}
    for one in written:
        if one is not None and one.day_first != one.month_first:
            shapes.setdefault(one.shape, []).append(one)
    learned: dict[str, DateOrder] = {}
    for shape in sorted(shapes, key=lambda shape: -len(shapes[shape])):
        if order := _order_of(shapes[shape], now):
            learned[shape] = order
    return learned


def _order_of(dates: list[Written], now: datetime) -> DateOrder | None:
    sure = sum((one.month_first is None) - (one.day_first is None) for one in dates)
    if sure:
        return DateOrder.DAY_FIRST if sure > 0 else DateOrder.MONTH_FIRST
    day_first = _strangeness([one.moment(DateOrder.DAY_FIRST) for one in dates], now)
    month_first = _strangeness([one.moment(DateOrder.MONTH_FIRST) for one in dates], now)
    if day_first == month_first:
        return None
    return DateOrder.DAY_FIRST if day_first < month_first else DateOrder.MONTH_FIRST


def _strangeness(moments: list[datetime | None], now: datetime) -> tuple[int, int, timedelta]:
    """How odd a feed with these moments would be: future dates, steps out of line, distance of the newest."""
    found = [one for one in moments if one is not None]
    if not found:
        return 0, 0, timedelta.max
    ahead = sum(one > now + AHEAD for one in found)
    steps = list(pairwise(found))
    out_of_line = min(sum(a < b for a, b in steps), sum(a > b for a, b in steps))
    return ahead, out_of_line, abs(now - max(found))
