"""What a plan says beside tasks and duties, as one text each: how it is shown and compared. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from campaigns.plans.dates import show_due, show_key_date
from campaigns.plans.models import FactKind

NAMES = {
    FactKind.REPORTING: "reporting",
    FactKind.KEY_DATE: "key_dates",
    FactKind.RECIPIENT: "recipients",
    FactKind.ADDRESSEE: "addressees",
}
"""What each kind is called in the reader's own schema."""


def as_value(read: Any) -> dict[str, Any]:
    """One of the reader's values as it is stored: a plain text becomes the text of a value."""
    return read if isinstance(read, dict) else {"text": str(read)}


def show_fact(kind: FactKind, value: Mapping[str, Any]) -> str:
    """The fact in words: a day with its name; who reports to whom by when, then the sentence itself."""
    if kind is FactKind.KEY_DATE:
        return f"{show_key_date(value)} · {value.get('name') or ''}"
    if kind is not FactKind.REPORTING:
        return str(value.get("text") or "")
    when = [*(value.get("cadence") or ()), *(show_due(due) for due in value.get("due") or ())]
    told = (
        "; ".join(value.get("who") or ()),
        "→ " + "; ".join(value["to"]) if value.get("to") else "",
        ", ".join(when),
    )
    return "\n".join(filter(None, (" · ".join(filter(None, told)), str(value.get("text") or ""))))
