"""Cards as the page's script reads them: short names, and nothing that is empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.web.forms import say
from campaigns.calendar.cards import Card, Reason
from campaigns.calendar.days import Days
from campaigns.calendar.land import Window
from campaigns.calendar.names import Shown

Said = dict[tuple[object, ...], str]


def shown_json(shown: Shown) -> dict[str, Any]:
    """Cards with the names that they use. Names of a card, see ``card_json``."""
    said: Said = {}
    used = {key for one in shown.cards for key in shown.themes_of.get(one.item.id, ())}
    return {
        "cards": [card_json(one, shown, said) for one in shown.cards],
        "themes": {key: theme for key, theme in shown.themes.items() if key in used},
        "units": dict(shown.units),
        "campaigns": _windows(shown.campaigns),
        "series": _windows(shown.series),
    }


def card_json(card: Card, shown: Shown, said: Said | None = None) -> dict[str, Any]:
    """One card: ``k`` its key, ``i`` item, ``d`` day, ``h`` hour, ``t`` title, ``y`` type, ``s`` state, ``v`` version,
    ``l`` slots that move with it (key and version), ``o`` the slot that it is, ``x`` what bars it from moving,
    ``w`` why it needs somebody, ``z`` whether that is late, ``e`` themes, ``u`` unit, ``c`` campaigns, ``r`` columns.

    Enumerations are text already. *said* keeps the sentences of one answer: many cards say the same.
    """
    item = card.item
    made: dict[str, Any] = {
        "k": card.key,
        "i": item.id,
        "t": item.title,
        "y": item.type,
        "s": card.state,
        "v": item.version,
        "u": item.organisation_id,
    }
    if card.day is not None:
        made["d"] = card.day.isoformat()
    if card.due_at is not None:
        made["h"] = card.hour
    if card.slots:
        made["l"] = card.slots
    if card.slot_id is not None:
        made["o"] = card.slot_id
    if card.bar is not None:
        made["x"] = card.bar
    if card.reason is not None:
        made["w"], made["z"] = _said(card.reason, {} if said is None else said), int(card.reason.is_late)
    if themes := shown.themes_of.get(item.id):
        made["e"] = themes
    if placed := shown.placed.get(item.id):
        made["c"] = [campaign for campaign, _ in placed]
        made["r"] = [series for _, series in placed if series is not None]
    return made


def _said(reason: Reason, said: Said) -> str:
    """The reason as a sentence of the page's language."""
    key = reason.sentence, *reason.values.values()
    if key not in said:
        said[key] = say(reason.sentence, **reason.values)
    return said[key]


def days_json(days: Days) -> dict[str, Any]:
    """The days of a period: ``sky`` [lunar, marked] by day, ``off`` [name, off] by day, and ``bands``."""
    return {
        "sky": {day.isoformat(): [one.lunar, one.is_marked] for day, one in days.skies.items()},
        "off": {day.isoformat(): [one.name, one.is_off] for day, one in days.off.items()},
        "bands": [
            {
                "id": one.id,
                "occasion": one.occasion_id,
                "name": one.name,
                "slogan": one.slogan,
                "held": one.held_on.isoformat(),
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "colour": one.colour,
            }
            for one in days.bands
        ],
    }


def _windows(windows: Mapping[int, Window]) -> dict[int, list[str]]:
    return {key: [one.name, one.first.isoformat(), one.last.isoformat()] for key, one in windows.items()}
