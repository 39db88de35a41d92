"""Elements as they come, sorted into the feed and its entries. Both readers of XML, strict and forgiving, feed it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from urllib.parse import urljoin

from scheduler.watch.feedfile.draft import Draft
from scheduler.watch.feedfile.names import (
    DATES,
    ENTRY_NAMES,
    FEED_NAMES,
    GROUPS,
    ITEMS,
    ROOTS,
    canonical,
)

MOST_ENTRIES = 2000
# Bounds on what no honest document has, so that time and memory grow with its length and no faster.
MOST_ELEMENTS = 300_000  # 2,000 entries with articles in full take 200,000
MOST_MARKS = 20_000
MOST_NAMES = 5_000
MOST_SPACES = 60
MOST_BASES = 500
LONGEST_BASE = 1000


class EnoughError(Exception):
    """As many entries, or elements, as are read of one poll."""


class PageError(Exception):
    """The document is a web page."""


class Builder:
    """Takes ``start``, ``end`` and, while ``parts`` is open, text. ``begin`` and ``finish`` tell the driver which."""

    def __init__(self, *, begin: Callable[[Callable[[str], None]], None], finish: Callable[[], None]) -> None:
        self.feed = Draft()
        self.entries: list[Draft] = []
        self.kind = ""
        self.depth = 0
        self.elements = 0
        self.entry: Draft | None = None
        self.field = ""
        self._begin = begin
        self._finish = finish
        self._parts: list[str] = []
        self._field_depth = 0
        self._entry_depth = 0
        self._feed_depth = 0
        self._is_in_group = False
        self._relation = ("", "")
        self._is_base64 = False
        self._base = ""
        self._bases = 0
        self._own: str | None = None
        self._spaces: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._saved: list[tuple[int, dict[str, str], str]] = []

    def start(self, raw: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise EnoughError
        if self.field:
            self.mark(raw)
            return
        if attributes:
            self._enter_scope(attributes)
        name = self._names.get(raw) or self._learn(raw)
        if self.entry is None:
            self._start_in_feed(name, raw, attributes)
        elif self.depth == self._entry_depth + 1:
            if name in ENTRY_NAMES:
                self._open(name, attributes)
            elif name in GROUPS:
                self._entry_depth, self._is_in_group = self.depth, True

    def end(self, raw: str) -> None:
        """An element ends."""
        if self.field:
            if self.depth > self._field_depth:
                self.mark(raw, "</")
                self.depth -= 1
                return
            self._close()
        elif self.entry is not None and self.depth == self._entry_depth:
            if self._is_in_group:
                self._entry_depth, self._is_in_group = self.depth - 1, False
            else:
                self.entry = None
        if self._saved and self._saved[-1][0] == self.depth:
            _, self._spaces, self._base = self._saved.pop()
            self._names = {}
        self.depth -= 1

    def mark(self, raw: str, begins: str = "<") -> None:
        """An element inside a field: its name is kept as markup, its attributes are of no use."""
        if len(self._parts) < MOST_MARKS:
            self._parts.append(f"{begins}{raw.rpartition(':')[2]}>")

    def name_of(self, raw: str) -> str:
        """The usual name of an element."""
        return self._names.get(raw) or self._learn(raw)

    def _start_in_feed(self, name: str, raw: str, attributes: Mapping[str, str]) -> None:
        if name in ITEMS or (name == "url" and self.kind == "sitemap"):
            self._open_entry(attributes)
        elif name in FEED_NAMES and self.depth == self._feed_depth + 1:
            self._open(name, attributes)
        elif name in ROOTS:
            self._open_feed(name, raw, attributes)
        elif name == "html" and not self.kind and self.depth == 1:
            raise PageError

    def _open_feed(self, name: str, raw: str, attributes: Mapping[str, str]) -> None:
        self.kind = self.kind or ("cdf" if raw == "CHANNEL" else ROOTS[name])
        self._feed_depth = self.depth
        for key, value in attributes.items():
            if key.lower() == "href":
                self.feed.link("", "", value, self._base)

    def _open_entry(self, attributes: Mapping[str, str]) -> None:
        if len(self.entries) >= MOST_ENTRIES:
            raise EnoughError
        self.entry = entry = Draft()
        self.entries.append(entry)
        self._entry_depth = self.depth
        for key, value in attributes.items():
            low = key.lower()
            if low == "href":
                entry.link("", "", value, self._base)
            elif low == "lastmod":
                entry.values["lastmod"] = value
            elif low == "rdf:about" or low.endswith(":about"):
                entry.values["rdf:about"] = value

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin to collect a field."""
        self.field = name
        self._field_depth = self.depth
        self._parts = []
        self._is_base64 = False
        self._relation = ("", "")
        take: Callable[[str], None] = self._parts.append
        if attributes:
            take = self._look_at(name, {key.lower(): value for key, value in attributes.items()}) or take
        self._begin(take)

    def _look_at(self, name: str, attributes: dict[str, str]) -> Callable[[str], None] | None:
        """Take what attributes say of a field; another way to take its text, where they ask for one."""
        where = self.entry or self.feed
        if name == "link":
            self._relation = (attributes.get("rel", "").strip().lower(), attributes.get("type", "").lower())
            if "href" in attributes:
                where.link(*self._relation, attributes["href"], self._base)
        elif name == "guid":
            where.is_permalink = attributes.get("ispermalink", "true").strip().lower() != "false"
        elif name == "enclosure":
            if attributes.get("url", "").strip():
                where.values.setdefault("enclosure", attributes["url"])
        else:
            kind = attributes.get("type", "").lower()
            self._is_base64 = attributes.get("mode") == "base64" or kind == "application/octet-stream"
            if kind in {"xhtml", "application/xhtml+xml"} or attributes.get("mode") == "xml":
                return self._take_escaped
        return None

    def _take_escaped(self, text: str) -> None:
        """Text beside real elements: its "<" is a character, not markup."""
        self._parts.append(text.replace("&", "&amp;").replace("<", "&lt;"))

    def abandon(self) -> None:
        """Forget the field that is being collected: its end is missing."""
        self.field = ""
        self._finish()

    def _close(self) -> None:
        """End the field that is being collected."""
        name, self.field = self.field, ""
        self._finish()
        text = "".join(self._parts)
        if self._is_base64:
            text = _from_base64(text)
        if not text or text.isspace():
            return
        where = self.feed if self.entry is None else self.entry
        if name == "link":
            where.link(*self._relation, text, self._base)
        elif name in DATES:
            where.values[name] = text  # of two, the later word counts
        else:
            where.values.setdefault(name, text)

    def _learn(self, raw: str) -> str:
        """Find and keep the usual name of an element: namespaces read, small letters."""
        prefix, _, local = raw.rpartition(":")
        usual = canonical(prefix.lower(), self._spaces.get(prefix))
        if usual[:1] == "?" and (prefix == self._own or (self.depth == 1 and local.lower() in ROOTS)):
            self._own, usual = prefix, ""  # RSS in a namespace of the publisher's own
        name = (f"{usual}:{local}" if usual else local).lower()
        if len(self._names) < MOST_NAMES:
            self._names[raw] = name
        return name

    def _enter_scope(self, attributes: Mapping[str, str]) -> None:
        """Note the namespaces and the base that an element declares, until it ends."""
        spaces = {
            key[6:]: value
            for key, value in attributes.items()
            if key[:5] == "xmlns" and key[5:6] in {"", ":"}
        }
        base = attributes.get("xml:base")
        if not spaces and base is None:
            return
        self._saved.append((self.depth, self._spaces, self._base))
        if spaces and len(self._spaces) < MOST_SPACES:
            self._spaces = self._spaces | spaces
            self._names = {}
        if base is not None and self._bases < MOST_BASES:
            self._base = joined(self._base, base)
            self._bases += 1


def joined(base: str, address: str) -> str:
    """*address* in the light of *base*; *base* where it cannot be understood."""
    try:
        whole = urljoin(base, address.strip())
    except ValueError:
        return base
    return whole if len(whole) <= LONGEST_BASE else base


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
