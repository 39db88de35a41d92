"""Days of a plan as people write them, from the reader's own schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any


def show_partial(printed: str) -> str:
    """ "2025-08" as "tháng 8/2025", "2025" as "năm 2025"."""
    year, _, month = printed.partition("-")
    return f"tháng {int(month)}/{year}" if month.isdecimal() else f"năm {year}"


def show_key_date(value: Mapping[str, Any]) -> str:
    """A key date: "18/5", "tháng 6/2026", "31/12/2026"."""
    written = "/".join(str(value[part]) for part in ("day", "month", "year") if value.get(part))
    return written if value.get("day") else f"tháng {written}"


def show_due(value: Mapping[str, Any]) -> str:
    """A day by which a report is due: "trước ngày 20/6", "ngày 15 hằng tháng"."""
    before = f"{value['op']} " if value.get("op") else ""
    written = "/".join(str(value[part]) for part in ("day", "month", "year") if value.get(part))
    return f"{before}ngày {written}" + (f" hằng {value['every']}" if value.get("every") else "")


def year_of(title: str, issued_on: date | None, printed: str) -> int | None:
    """The year that a plan is made for: as its title says, else that of its issue; "đến năm 2030" is a far aim."""
    named = re.findall(r"(?<!đến )năm (20[0-9]{2})", title)
    if named:
        return int(named[-1])
    if issued_on is not None:
        return issued_on.year
    return int(printed[:4]) if printed[:4].isdecimal() else None
