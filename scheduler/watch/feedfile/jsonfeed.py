"""JSON Feed 1 and 1.1 (jsonfeed.org) into the same drafts as XML."""

from __future__ import annotations

import json
from typing import Any

from scheduler.watch.feedfile.builder import MOST_ENTRIES, Draft

_TEXTS = {
    "title": ("title",),
    "summary": ("summary", "content_html", "content_text"),
    "published": ("date_published", "date_modified"),
}


def read_json(text: str) -> tuple[Draft, list[Draft], bool] | None:
    """Feed, entries, and whether there were more; None if *text* is no JSON Feed."""
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    listed = document.get("items")
    if not isinstance(listed, list):
        if "jsonfeed.org" not in _text(document.get("version")):
            return None
        listed = []
    feed = Draft()
    feed.values["title"] = _text(document.get("title"))
    feed.links.append(("", "", _text(document.get("home_page_url")) or _text(document.get("feed_url")), ""))
    items = [one for one in listed if isinstance(one, dict)]
    return feed, [_entry(one) for one in items[:MOST_ENTRIES]], len(items) > MOST_ENTRIES


def _entry(item: dict[str, Any]) -> Draft:
    draft = Draft()
    draft.is_permalink = False
    for key in ("url", "external_url"):
        if link := _text(item.get(key)):
            draft.links.append(("", "", link, ""))
    draft.values["guid"] = _text(item.get("id"))
    draft.values["title"] = _text(item.get("title"))
    draft.values["published"] = next(filter(None, (_text(item.get(k)) for k in _TEXTS["published"])), "")
    draft.values["summary"] = next(filter(None, (_text(item.get(k)) for k in _TEXTS["summary"])), "")
    return draft


def _text(value: object) -> str:
    """A text or a number as text; anything else is nothing."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
