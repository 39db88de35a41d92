"""Whatever comes is read or refused: no other exception, whatever a feed went through on its way."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.text import clean
from scheduler.watch.feedfile.builder import MOST_ENTRIES
from scheduler.watch.feedfile.feed import ReadFeed
from scheduler.watch.feedfile.reader import read_feed
from scheduler.watch.feedfile.unreadable import Unreadable

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
WHOLE = """<?xml version="1.0" encoding="utf-8"?><!-- ghi chú --><rss xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Báo tỉnh</title><link>https://bao.vn</link><ttl>30</ttl><item><title><![CDATA[Ng&ocirc;i sao]]></title>
<link>https://bao.vn/1</link><guid isPermaLink="false">g1</guid><pubDate>Thứ năm, 17/9/2026, 07:31 (GMT+7)</pubDate>
<description>&lt;p&gt;Tóm &lt;b&gt;tắt&lt;/b&gt;</description></item><item><dc:title>Tin hai &amp; ba</dc:title>
<dc:date>10/5/2026 11:00:00 AM</dc:date></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://bao.vn/"><title type="xhtml"><div>Báo <b>tỉnh</b></div>
</title><entry><title>Một</title><link rel="alternate" href="1.html"/><id>tag:1</id><updated>2026-10-05T11:07:00Z</updated>
<content type="html">&lt;img src=x&gt;Tóm tắt</content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Báo", "items": [{"id": 1, "title": "Một", "url": "/1",
"date_published": "2026-10-05T11:07:00+07:00", "content_html": "<p>Tóm tắt"}]}"""
PIECES = [
    "<",
    ">",
    "&",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "</item>",
    "<item>",
    "<entry/>",
    '"',
    "'",
    "&#0;",
    "&amp",
    "\x00",
]
PIECES += [
    "<!DOCTYPE rss [",
    "]>",
    "<?xml",
    "</rss>",
    "<title>",
    "</title>",
    "xmlns:a='b'",
    "\ud7ff\ufffe",
    "đ\u0303",
    "{",
    "]",
]


def is_safe(feed: ReadFeed) -> bool:
    """What the registry of publications relies on."""
    return len(feed.entries) <= MOST_ENTRIES and all(
        len(one.title) <= 500
        and len(one.summary) <= 1000
        and len(one.link) <= 2000
        and len(one.guid) <= 2000
        and len(one.raw_date) <= 100
        and (not one.link or one.link.lower().startswith(("http://", "https://")))
        and (one.published_at is None or one.published_at <= NOW)
        and unicodedata.is_normalized("NFC", one.title + " " + one.summary)
        and all(
            clean(text) == text and "\n" not in text for text in (one.title, one.summary, one.link, one.guid)
        )
        for one in feed.entries
    )


def read_or_refused(body: bytes, content_type: str = "") -> bool:
    """Whether *body* is read safely or refused."""
    try:
        return is_safe(read_feed(body, content_type=content_type, address="https://bao.vn/rss", now=NOW))
    except Unreadable:
        return True


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<rss>", b"<feed><entry><title>", b"{", b"\xff\xfe", b"\xef\xbb\xbf<"]),
)
def test_any_bytes(body: bytes, before: bytes) -> None:
    assert read_or_refused(before + body)


@given(
    st.sampled_from([WHOLE, ATOM, JSON]),
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 40), st.sampled_from(["", *PIECES])), max_size=6),
    st.integers(0, 1000),
    st.sampled_from(["utf-8", "utf-16", "utf-32-be", "cp1258", "cp1252", "utf-7"]),
    st.sampled_from(
        ["", "text/xml; charset=windows-1258", "application/json", "charset=\ud800", "charset=utf-16"]
    ),
)
def test_any_feed_that_was_mangled(
    text: str, cuts: list[tuple[int, int, str]], end: int, coding: str, content_type: str
) -> None:
    """Pieces cut out and put in, the end cut off, decomposed, in another charset than it says."""
    for at, length, piece in cuts:
        text = text[:at] + piece + text[at + length :]
    text = unicodedata.normalize("NFD", text)[:end] if end < 900 else text
    assert read_or_refused(text.encode(coding, "replace"), content_type)


@given(
    st.sampled_from([WHOLE, ATOM, JSON]),
    st.lists(st.tuples(st.integers(0, 800), st.integers(0, 255)), max_size=8),
)
def test_any_feed_with_broken_bytes(text: str, flips: list[tuple[int, int]]) -> None:
    body = bytearray(text.encode())
    for at, byte in flips:
        body[at % len(body)] = byte
    assert read_or_refused(bytes(body))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_any_title_comes_back_clean(title: str) -> None:
    escaped = title.replace("&", "&amp;").replace("<", "&lt;")
    assert read_or_refused(f"<rss><channel><item><title>{escaped}</title></item></channel></rss>".encode())
