"""JSON Feed 1 and 1.1 (jsonfeed.org) into the same drafts as XML."""

from __future__ import annotations

import json
from typing import Any

from scheduler.watch.feedfile.builder import MOST_ENTRIES
from scheduler.watch.feedfile.draft import Draft

SUMMARIES = ("summary", "content_text", "content_html")
DATES = ("date_published", "date_modified")


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
    feed.link("", "", _text(document.get("home_page_url")) or _text(document.get("feed_url")), "")
    items = [one for one in listed if isinstance(one, dict)]
    return feed, [_entry(one) for one in items[:MOST_ENTRIES]], len(items) > MOST_ENTRIES


def _entry(item: dict[str, Any]) -> Draft:
    draft = Draft()
    draft.is_permalink = False
    for key in ("url", "external_url"):
        if link := _text(item.get(key)):
            draft.link("", "", link, "")
    name = item.get("id")  # the format wants a text, but numbers are about
    is_number = isinstance(name, int | float) and not isinstance(name, bool)
    draft.values["guid"] = str(name) if is_number else _text(name)
    draft.values["title"] = _text(item.get("title"))
    draft.values["published"] = next(filter(None, (_text(item.get(key)) for key in DATES)), "")
    draft.values["summary"] = next(filter(None, (_text(item.get(key)) for key in SUMMARIES)), "")
    return draft


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
