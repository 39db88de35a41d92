"""Well-formed feeds of every kind: texts made plain, addresses made safe and whole, what the feed asks for."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from content.publications.found.entry import FoundEntry
from scheduler.watch.feedfile.feed import Hints, ReadFeed
from scheduler.watch.feedfile.links import safe_link
from scheduler.watch.feedfile.plain import plain, shortened
from scheduler.watch.feedfile.reader import read_feed

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
WHEN = datetime(2026, 10, 5, 4, 7, tzinfo=UTC)


def read(text: str, *, address: str = "") -> ReadFeed:
    """*text* as it came from *address*."""
    return read_feed(text.encode(), address=address, now=NOW)


def entry(item: str, *, around: str = "", address: str = "") -> FoundEntry:
    """The one entry of an RSS feed."""
    (found,) = read(f"<rss><channel>{around}<item>{item}</item></channel></rss>", address=address).entries
    return found


LINK = "https://bao.vn/tin-1.html"
RSS = f"<title>Tin một</title><link>{LINK}</link><guid>g1</guid>"
DATED = "<pubDate>Mon, 05 Oct 2026 11:07:00 +0700</pubDate>"
KINDS = [
    ("rss", f'<rss version="0.91"><channel><title>Báo</title><item>{RSS}{DATED}</item></channel></rss>'),
    ("rss", f'<rss version="2.0"><channel><item>{RSS}{DATED}</item><title>Báo</title></channel></rss>'),
    (
        "rdf",
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Báo</title></channel>'
            f'<item rdf:about="g1"><title>Tin một</title><link>{LINK}</link><dc:date>2026-10-05T11:07:00+07:00</dc:date>'
            "</item></rdf:RDF>"
        ),
    ),
    (
        "atom",
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo</title><entry><title type="html">Tin &lt;b&gt;một&lt;/b&gt;'
            f'</title><id>g1</id><link rel="self" href="https://bao.vn/x"/><link rel="alternate" href="{LINK}"/>'
            "<updated>2026-11-01T00:00:00Z</updated><published>2026-10-05T04:07:00Z</published></entry></feed>"
        ),
    ),
    (
        "atom",
        (
            '<a:feed xmlns:a="http://purl.org/atom/ns#" version="0.3"><a:title>Báo</a:title><a:entry><a:title>Tin một</a:title>'
            f'<a:id>g1</a:id><a:link href="{LINK}"/><a:issued>2026-10-05T11:07:00+07:00</a:issued></a:entry></a:feed>'
        ),
    ),
    (
        "cdf",
        (
            f'<CHANNEL><TITLE>Báo</TITLE><ITEM HREF="{LINK}" LASTMOD="2026-10-05T11:07:00+07:00"><TITLE>Tin một</TITLE>'
            "<GUID>g1</GUID></ITEM></CHANNEL>"
        ),
    ),
    (
        "sitemap",
        (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
            f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{LINK}</loc><guid>g1</guid><news:news>'
            "<news:publication><news:name>Báo</news:name></news:publication><news:publication_date>2026-10-05T11:07+07:00"
            "</news:publication_date><news:title>Tin một</news:title></news:news></url></urlset>"
        ),
    ),
    (
        "json",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Báo",
                "items": [
                    {
                        "id": "g1",
                        "title": "Tin một",
                        "url": LINK,
                        "date_published": "2026-10-05T11:07:00+07:00",
                    }
                ],
            }
        ),
    ),
]


@pytest.mark.parametrize(("kind", "text"), KINDS)
def test_every_kind_gives_the_same_entry(kind: str, text: str) -> None:
    feed = read(text)
    assert (feed.kind, feed.title) == (kind, "" if kind == "sitemap" else "Báo")
    (found,) = feed.entries
    assert (found.title, found.link, found.guid) == ("Tin một", LINK, "g1")
    assert found.published_at == WHEN
    assert not feed.used_fallback


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Ng&ocirc;i sao tỏa s&aacute;ng", "Ngôi sao tỏa sáng"),
        ("<b>Chuyển đổi</b> <i>số</i>", "Chuyển đổi số"),
        ("Dòng một<br>dòng hai</p><p>dòng ba", "Dòng một dòng hai dòng ba"),
        ('<a href="x"><img src=a.jpg width=1></a></br>Sáng nay, tỉnh', "Sáng nay, tỉnh"),
        ("<script>alert(1)</script>Tin<style>p{}</style>", "Tin"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Tin", "Tin"),
        ("Tin<script>alert(1)", "Tin"),
        ("<img src=x onerror=alert(1)>Tin", "Tin"),
        ("<svg/onload=alert(1)>Tin", "Tin"),
        ('<x-y onclick="a()">Tin</x-y>', "Tin"),
        ("<o:p></o:p>Tin<st1:place>Trà Bồng</st1:place>", "Tin Trà Bồng"),
        ("Tin<!-- ghi chú -->tức", "Tintức"),
        ("Giá < 5 triệu & > 3 triệu", "Giá < 5 triệu & > 3 triệu"),
        ("Tập đoàn <BIGCO> công bố", "Tập đoàn <BIGCO> công bố"),
        ("AT&T; H&amp;M", "AT&T; H&M"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("Trà\u200b Bồng\u202e\u00a0 \r\n hôm nay\x07", "Trà Bồng hôm nay"),
        ("&#146;Tin&#x85;", "’Tin…"),
        ("cắt ngang <img src=", "cắt ngang"),
        ("", ""),
    ],
)
def test_markup_becomes_plain_text(markup: str, text: str) -> None:
    assert plain(markup) == text
    assert entry(f"<title><![CDATA[{markup}]]></title><description/>").title == text


def test_titles_are_unescaped_twice_and_summaries_too() -> None:
    found = entry(
        "<title><![CDATA[Ng&ocirc;i sao]]></title><description>&lt;p&gt;L&amp;ocirc; tô&lt;/p&gt;</description>"
    )
    assert (found.title, found.summary) == ("Ngôi sao", "Lô tô")


def test_texts_are_cut_at_a_word() -> None:
    found = entry(f"<title>{'tin tức ' * 200}</title><description>{'chuyển đổi số ' * 200}</description>")
    assert (len(found.title) <= 500, found.title.endswith(("tin…", "tức…"))) == (True, True)
    assert (len(found.summary) <= 1000, found.summary.endswith(("đổi…", "số…", "chuyển…"))) == (True, True)
    assert (shortened("một hai ba", 7), shortened("một hai", 7), shortened("motmot", 4)) == (
        "một…",
        "một hai",
        "mot…",
    )


def test_the_best_text_that_says_something_is_taken() -> None:
    found = entry(
        '<title><![CDATA[<img src="a.jpg">]]></title><media:title>Phim tài liệu</media:title>'
        '<description><![CDATA[<img src="a.jpg">]]></description><content:encoded>Lời bình</content:encoded>'
        "<pubDate>hôm qua</pubDate><dc:date>2026-10-05T11:07:00+07:00</dc:date>"
    )
    assert (found.title, found.summary) == ("Phim tài liệu", "Lời bình")
    assert (found.published_at, found.raw_date) == (WHEN, "2026-10-05T11:07:00+07:00")
    assert entry("<pubDate>hôm qua</pubDate>").raw_date == "hôm qua"


def test_a_missing_title_is_the_beginning_of_the_summary() -> None:
    found = entry(f"<description>{'Sáng nay tỉnh họp. ' * 20}</description>")
    assert found.title.startswith("Sáng nay tỉnh họp.")
    assert len(found.title) <= 100
    assert entry(f"<link>{LINK}</link>").title == LINK


@pytest.mark.parametrize(
    ("written", "link"),
    [
        (f"\n  {LINK}\n", LINK),
        ("https://bao.vn/tin\n-1.html", LINK),
        ("https://bao.vn/?a=1&amp;amp;b=2", "https://bao.vn/?a=1&b=2"),
        ("/tin-1.html", LINK),
        ("tin-1.html", LINK),
        ("//bao.vn/tin-1.html", LINK),
        ("HTTPS://bao.vn/tin-1.html", "HTTPS://bao.vn/tin-1.html"),
        ("https://bao.vn/tin 1.html", "https://bao.vn/tin%201.html"),
        ("javascript:alert(1)", ""),
        (" JaVaScRiPt:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:toasoan@bao.vn", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("https:///tin", ""),
        ("https://[", ""),
        ("https://bao.vn/" + "a" * 2048, ""),
        ("", ""),
    ],
)
def test_only_whole_addresses_of_the_web_are_kept(written: str, link: str) -> None:
    around = "<link>https://bao.vn/</link>"
    assert entry(f"<title>t</title><link>{written}</link>", around=around).link == link
    assert entry(f"<title>t</title><link>{written}</link>", address="https://bao.vn/").link == link


def test_addresses_are_relative_to_the_nearest_base() -> None:
    atom = '<feed xml:base="https://bao.vn/muc/"><entry{}><link href="tin.html"{}/></entry></feed>'
    for on_entry, on_link, link in (
        ("", "", "https://bao.vn/muc/tin.html"),
        (' xml:base="con/"', "", "https://bao.vn/muc/con/tin.html"),
        (' xml:base="/goc/"', ' xml:base="https://khac.vn/"', "https://khac.vn/tin.html"),
        (' xml:base="javascript:"', "", ""),
    ):
        (found,) = read(atom.format(on_entry, on_link)).entries
        assert found.link == link
    assert safe_link("tin.html") == ""
    assert safe_link("tin.html", "https://[") == ""


def test_a_link_is_found_where_there_is_none() -> None:
    assert entry(f"<guid>{LINK}</guid>").link == LINK
    assert entry(f'<guid isPermaLink="false">{LINK}</guid>').link == ""
    assert entry('<enclosure url="https://bao.vn/a.mp3"/>').link == "https://bao.vn/a.mp3"
    assert entry("<link>javascript:x</link><guid>https://bao.vn/1</guid>").link == "https://bao.vn/1"
    hidden = (
        '<link>https://feedproxy.vn/1</link><f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">'
        f"{LINK}</f:origLink>"
    )
    assert entry(hidden).link == LINK


def test_only_what_stands_in_the_entry_itself_counts() -> None:
    found = entry(
        "<image><title>Ảnh</title><link>https://bao.vn/anh</link></image><title>Tin</title>"
        "<source><title>Nguồn</title></source><media:content><media:title>Phim</media:title></media:content>"
    )
    assert (found.title, found.link) == ("Tin", "")


@pytest.mark.parametrize(
    ("said", "hints"),
    [
        ("<ttl>30</ttl>", Hints(ttl=1800)),
        ("<ttl> 30 </ttl>", Hints(ttl=1800)),
        ("<ttl>0</ttl>", Hints()),
        ("<ttl>-5</ttl>", Hints()),
        ("<ttl>30 phút</ttl>", Hints()),
        ("<ttl>99999999999</ttl>", Hints()),
        ("<ttl>99999999</ttl>", Hints(ttl=365 * 86400)),
        ("<sy:updatePeriod>always</sy:updatePeriod>", Hints(period=3600)),
        (
            "<sy:updatePeriod>Daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            Hints(period=21600),
        ),
        ("<sy:updatePeriod>sometimes</sy:updatePeriod>", Hints()),
        ("", Hints()),
    ],
)
def test_what_the_feed_asks_for(said: str, hints: Hints) -> None:
    assert read(f"<rss><channel>{said}</channel></rss>").hints == hints


def test_the_politest_of_two_hints_is_taken() -> None:
    assert Hints().seconds is None
    assert Hints(ttl=1800, period=3600).seconds == 3600
