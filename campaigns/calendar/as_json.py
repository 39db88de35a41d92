"""Cards as the page's script reads them: short names, and nothing that is empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.web.forms import say
from campaigns.calendar.cards import Card
from campaigns.calendar.days import Days
from campaigns.calendar.land import Window
from campaigns.calendar.names import Shown


def shown_json(shown: Shown) -> dict[str, Any]:
    """Cards with the names that they use. Names of a card, see ``card_json``."""
    used = {key for one in shown.cards for key in one.theme_ids}
    return {
        "cards": [card_json(one) for one in shown.cards],
        "themes": {key: list(theme) for key, theme in shown.themes.items() if key in used},
        "units": dict(shown.units),
        "campaigns": _windows(shown.campaigns),
        "series": _windows(shown.series),
    }


def card_json(card: Card) -> dict[str, Any]:
    """One card: ``k`` its key, ``i`` item, ``d`` day, ``h`` hour, ``t`` title, ``y`` type, ``s`` state, ``v`` version,
    ``l`` slots that move with it (key and version), ``o`` the slot that it is, ``x`` what bars it from moving,
    ``w`` why it needs somebody, ``z`` whether that is late, ``e`` themes, ``u`` unit, ``c`` campaigns, ``r`` columns.
    """
    made: dict[str, Any] = {
        "k": card.key,
        "i": card.item.id,
        "t": card.item.title,
        "y": card.item.type.value,
        "s": card.state.value,
        "v": card.item.version,
        "u": card.item.organisation_id,
    }
    more: dict[str, Any] = {
        "d": card.day and card.day.isoformat(),
        "h": card.hour,
        "l": card.slots,
        "o": card.slot_id,
        "x": card.bar and card.bar.value,
        "w": card.reason and say(card.reason.sentence, **card.reason.values),
        "z": card.reason is not None and card.reason.is_late,
        "e": card.theme_ids,
        "c": card.campaign_ids,
        "r": card.series_ids,
    }
    made.update((name, value) for name, value in more.items() if value)
    return made


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
