"""The order of day and month in an outlet's dates, apart from its table so that a file can be read without one."""

from __future__ import annotations

import enum


class DateOrder(enum.StrEnum):
    """The order of day and month in dates such as 5/10/2026, learned for each feed."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
