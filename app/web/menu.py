"""The places and deeds that a person may go to: the layout's menu, and what the search box offers beside hits."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request, url_for

from app.feature import MenuEntry, features
from app.web.forms import say
from app.web.identity import may, person_or_none

DEED = "deed"  # the place of what can be begun: offered by the search box, not by the menu


def allowed(*, deeds: bool = False) -> list[MenuEntry]:
    """The entries of this person's menu in order, or the deeds that are theirs instead."""
    if person_or_none() is None:
        return []
    entries = sorted(
        (entry for feature in features() for entry in feature.menu if (entry.place == DEED) is deeds),
        key=lambda entry: entry.order,
    )
    return [entry for entry in entries if not entry.permissions or any(map(may, entry.permissions))]


def menu() -> list[dict[str, object]]:
    """The places of this person's menu as the layout shows them; the one that holds the present page is marked."""
    entries = allowed()
    urls = [url_for(entry.endpoint) for entry in entries]
    present = max(_holding(urls), key=len, default="")
    return [_shown(entry, url, active=url == present) for entry, url in zip(entries, urls, strict=True)]


def _holding(urls: Iterable[str]) -> list[str]:
    return [url for url in urls if request.path == url or (url != "/" and request.path.startswith(url + "/"))]


def _shown(entry: MenuEntry, url: str, *, active: bool) -> dict[str, object]:
    """One entry as the layout shows it."""
    return {
        "label": say(entry.label),
        "url": url,
        "icon": entry.icon,
        "place": entry.place,
        "key": entry.key,
        "is_active": active,
    }
