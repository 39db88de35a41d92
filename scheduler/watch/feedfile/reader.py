"""``read_feed``: bytes of an answer in, a ReadFeed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from content.outlets.feeds.order import DateOrder
from content.publications.found.entry import FoundEntry
from scheduler.watch.feedfile.builder import Builder, PageError, joined
from scheduler.watch.feedfile.dateorder import learn_orders
from scheduler.watch.feedfile.dates import LONGEST as LONGEST_DATE
from scheduler.watch.feedfile.dates import Written, take_apart
from scheduler.watch.feedfile.decode import decoded
from scheduler.watch.feedfile.doctype import without_doctype
from scheduler.watch.feedfile.draft import Draft
from scheduler.watch.feedfile.feed import ReadFeed
from scheduler.watch.feedfile.hints import hints_of
from scheduler.watch.feedfile.jsonfeed import read_json
from scheduler.watch.feedfile.links import is_whole, safe_link
from scheduler.watch.feedfile.loose import has_root, read_loose
from scheduler.watch.feedfile.names import ENTRY_FIELDS, FEED_FIELDS
from scheduler.watch.feedfile.plain import plain, shortened, tidy
from scheduler.watch.feedfile.strict import DoctypeError, read_strict
from scheduler.watch.feedfile.unreadable import BINARY, EMPTY, OTHER, PAGE, Unreadable

LONGEST_TITLE = 500
LONGEST_SUMMARY = 1000
LONGEST_NAME = 300
UNTITLED = 100  # characters of the summary that stand for a missing title


@dataclass(frozen=True)
class _Found:
    """What one of the readers found."""

    kind: str
    feed: Draft
    entries: list[Draft]
    is_cut: bool = False
    used_fallback: bool = False


def read_feed(
    body: bytes, *, content_type: str = "", address: str = "", order: DateOrder | None = None, now: datetime
) -> ReadFeed:
    """Read *body* as RSS, RDF, Atom, CDF, JSON Feed or news sitemap.

    *content_type* is the answer's header; *address* where it came from, the base of relative links; *order* the
    order of day and month if the poller has locked it; *now* (aware) the moment of the answer, which no date passes.

    Raises:
        Unreadable: it is no feed at all.
    """
    found = _read(body, content_type)
    base = _base(found, address)
    dates = [_date(draft) for draft in found.entries]
    learned = learn_orders((written for _, written in dates), now=now)
    return ReadFeed(
        title=_text(found.feed, FEED_FIELDS["title"], LONGEST_NAME),
        entries=tuple(
            _entry(draft, base, raw, one.moment(order or learned.get(one.shape)) if one else None, now)
            for draft, (raw, one) in zip(found.entries, dates, strict=True)
        ),
        order=next(iter(learned.values()), None),
        hints=hints_of(found.feed),
        kind=found.kind,
        is_cut=found.is_cut,
        used_fallback=found.used_fallback,
        link=_link(found.feed, address),
    )


def _read(body: bytes, content_type: str) -> _Found:
    """The document by the first reader that understands it."""
    text = decoded(body, content_type).lstrip("\ufeff \t\r\n\x00")
    if not text:
        raise Unreadable(EMPTY)
    if text[0] == "{":
        if read := read_json(text):
            return _Found("json", *read)
        raise Unreadable(_what_else(text))
    try:
        found = _as_xml(text)
    except PageError:
        root = has_root(text)  # a page before the feed: a warning of the server that wrote both
        found = _loosely(text[root.start() :]) if root else None
        if found is None:
            raise Unreadable(PAGE) from None
    if found is None:
        raise Unreadable(_what_else(text))
    return found


def _as_xml(text: str) -> _Found | None:
    """*text* through the quick reader, else through the forgiving one."""
    try:
        strict = read_strict(text.encode("utf-8", "replace"))
    except DoctypeError:
        text = without_doctype(text)
        strict = read_strict(text.encode("utf-8", "replace"))
    if strict is None:
        return _loosely(text)
    builder, is_cut = strict
    return _Found(builder.kind or "rss", builder.feed, builder.entries, is_cut) if _is_feed(builder) else None


def _loosely(text: str) -> _Found | None:
    root = has_root(text)
    if root and "<!DOCTYPE" in text[: root.start()].upper():
        text = without_doctype(text)
    builder, is_cut = read_loose(text)
    if not _is_feed(builder):
        return None
    return _Found(builder.kind or "rss", builder.feed, builder.entries, is_cut, used_fallback=True)


def _is_feed(builder: Builder) -> bool:
    """Whether there was a feed's root, or at least entries that say something."""
    return bool(builder.kind) or any(one.values.get("title") and one.links for one in builder.entries)


def _what_else(text: str) -> str:
    """The sentence that says what *text* is instead."""
    head = text[:2000]
    if "<html" in head.lower() or "<body" in head.lower():
        return PAGE
    strange = sum(1 for letter in head if letter == "\ufffd" or (letter < " " and letter not in "\t\n\r\f"))
    return BINARY if strange * 20 > len(head) else OTHER


def _base(found: _Found, address: str) -> str:
    """The address that relative links are relative to: Atom's own, else the site that the feed is of."""
    site = _link(found.feed, address)
    return address if found.kind == "atom" and is_whole(address) else site or address


def _entry(draft: Draft, base: str, raw: str, moment: datetime | None, now: datetime) -> FoundEntry:
    link = _link(draft, base) or _link_of_name(draft, base)
    summary = _text(draft, ENTRY_FIELDS["summary"], LONGEST_SUMMARY)
    title = _text(draft, ENTRY_FIELDS["title"], LONGEST_TITLE)
    return FoundEntry(
        title=title or shortened(summary, UNTITLED) or link[:LONGEST_TITLE],
        link=link,
        guid=tidy(draft.first(ENTRY_FIELDS["guid"])[:4000])[:2000],
        published_at=min(moment, now) if moment else None,
        raw_date=tidy(raw[: 4 * LONGEST_DATE])[:100],
        summary=summary,
    )


def _date(draft: Draft) -> tuple[str, Written | None]:
    """The best date that can be read, as it is written and taken apart; else what stands in its place."""
    values, first = draft.values, ""
    for name in ENTRY_FIELDS["published"]:
        if name in values:
            raw = values[name].strip()
            if written := take_apart(raw):
                return raw, written
            first = first or raw
    return first, None


def _text(draft: Draft, names: tuple[str, ...], longest: int) -> str:
    """The best of some texts that says something once it is plain: a description may hold but a picture."""
    values = draft.values
    for name in names:
        if name in values and (text := plain(values[name])):
            return shortened(text, longest)
    return ""


def _link(draft: Draft, base: str) -> str:
    """The address of the thing itself: what FeedBurner hides, the alternate link, the one without a relation."""
    if link := safe_link(draft.values.get("feedburner:origlink", ""), base):
        return link
    links = draft.links
    if len(links) > 1:
        links = sorted(links, key=_rank)
    for relation, _, address, own in links:
        if relation in {"", "alternate"} and (link := safe_link(address, joined(base, own) if own else base)):
            return link
    return ""


def _rank(link: tuple[str, str, str, str]) -> int:
    """Pages before other kinds of the same thing."""
    relation, kind, _, _ = link
    if relation not in {"", "alternate"}:
        return 9
    return 0 if "html" in kind or not kind else 1


def _link_of_name(draft: Draft, base: str) -> str:
    """A link made of what names the entry, where it has no other."""
    values = draft.values
    for name in ("loc", "guid", "id", "rdf:about"):
        written = values.get(name, "").strip()
        if written and (name != "guid" or draft.is_permalink):
            link = safe_link(written, base if name == "loc" else "")
            if link:
                return link
    return safe_link(values.get("enclosure", ""), base)
