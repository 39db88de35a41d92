"""Hostile and broken answers: each is read as far as it can be, or refused quickly and in words."""

from __future__ import annotations

import time
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.watch.feedfile.feed import ReadFeed
from scheduler.watch.feedfile.reader import read_feed
from scheduler.watch.feedfile.unreadable import BINARY, EMPTY, ENTITIES, OTHER, PAGE, Unreadable

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PROLOG = '<?xml version="1.0" encoding="utf-8"?>'
ITEMS = (
    "<item><title>Lễ hội Điện Trường Bà</title><link>https://bao.vn/a-1.html</link>"
    "<description>Ngày hội của người Cor</description></item>"
    "<item><title>Tuần lễ chuyển đổi số</title><link>https://bao.vn/b-2.html</link></item>"
)
FEED = f'{PROLOG}<rss version="2.0"><channel><title>Báo tỉnh</title>{ITEMS}</channel></rss>'
BOTH = [
    ("Lễ hội Điện Trường Bà", "https://bao.vn/a-1.html"),
    ("Tuần lễ chuyển đổi số", "https://bao.vn/b-2.html"),
]


def read(text: str | bytes) -> ReadFeed:
    """*text* as it came."""
    return read_feed(text.encode() if isinstance(text, str) else text, now=NOW)


def told(feed: ReadFeed) -> list[tuple[str, str]]:
    """Titles and links."""
    return [(entry.title, entry.link) for entry in feed.entries]


@pytest.mark.parametrize(
    "body",
    [
        FEED,
        "   \n\t" + FEED,
        "\ufeff" + FEED,
        "\ufeff\n" + FEED,
        "<br />\n<b>Warning</b>: Undefined index in /var/www/rss.php<br />\n" + FEED,
        "<!DOCTYPE html>\n" + FEED,
        "Lỗi kết nối & thử lại " + FEED,
        FEED.replace("người Cor", "người \x0bCor\x00 "),
        FEED.replace("người Cor", "người Cor & Hrê"),
        FEED.replace("người Cor", "người Cor &nbsp;&ocirc;&unknown; &amp"),
        FEED.replace("người Cor", "người Cor <b>và <i>Hrê</b>"),
        FEED.replace("người Cor", "5 < 6 và 7 > 3"),
        FEED.replace("</description>", ""),
        FEED.replace("</item>", ""),
        FEED.replace("</channel></rss>", ""),
        FEED.replace("</rss>", "<item><title>Tin bị c"),
        FEED.replace("</rss>", "<item><title>Tin bị cắt</title><link>https://ba"),
        FEED + "<!-- rác --><script>alert(1)</script>",
        FEED.replace("<item>", "<ITEM>").replace("</item>", "</Item>"),
        FEED.replace("<channel>", '<channel xmlns:media="x"><media:thumbnail url=a.jpg>'),
        FEED.replace("<channel>", "<channel><atom:link href='https://bao.vn/rss' rel='self'/>"),
        FEED.replace(PROLOG, "<?xml version='1.0' encoding='utf8mb4'?>"),
        FEED.replace(
            PROLOG, PROLOG + '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x/rss.dtd">'
        ),
        FEED.replace(PROLOG, PROLOG + '<!DOCTYPE rss SYSTEM "file:///etc/passwd">'),
        FEED.replace("<title>Lễ", "<title><![CDATA[Lễ")
        .replace("Tuần lễ", "<![CDATA[Tuần lễ]]>")
        .replace("</rss>", "&"),
        FEED.replace("<title>Lễ", "<Title>Lễ").replace("</item>", "</item><br>"),
        FEED.encode("utf-16"),
        FEED.replace("utf-8", "utf-16").encode("utf-16-le"),
    ],
)
def test_a_broken_feed_gives_what_it_holds(body: str | bytes) -> None:
    feed = read(body)
    assert (feed.title, told(feed)) == ("Báo tỉnh", BOTH)


def test_one_broken_byte_costs_one_letter() -> None:
    body = FEED.encode().replace("Điện".encode(), "Điện".encode()[:1] + b"\xff" + b"i\xc3n")
    (first, second) = read(body).entries
    assert first.title == "Lễ hội \ufffdi\ufffdn Trường Bà"
    assert second.title == BOTH[1][0]
    middle = FEED.encode().replace("ễ".encode(), b"\xe1\xff\x85")
    assert read(middle).entries[0].title == "L\ufffd hội Điện Trường Bà"


@pytest.mark.parametrize("charset", ["windows-1258", "utf-16", "utf-8"])
def test_old_and_wide_charsets_are_read_and_made_whole(charset: str) -> None:
    """Windows-1258 writes tones as marks of their own: they come out in NFC."""
    text = FEED.replace("utf-8", charset)
    if charset == "windows-1258":
        body = b"".join(_in_1258(letter) for letter in text)
    else:
        body = text.encode(charset)
    assert told(read(body)) == BOTH
    declared_elsewhere = body.replace(b'encoding="windows-1258"', b"")
    feed = read_feed(declared_elsewhere, content_type=f'text/xml; charset="{charset}"', now=NOW)
    assert told(feed) == BOTH
    if charset == "windows-1258":
        assert told(read(declared_elsewhere)) == BOTH  # nobody said so, but it reads as Vietnamese


def _in_1258(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
        return base.encode("cp1258") + tones.encode("cp1258")


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        ("ISO-8859-1", "utf-8"),
        ("windows-1252", "utf-8"),
        ("utf-8", "cp1252"),
        ("bogus", "utf-8"),
        ("zip", "utf-8"),
    ],
)
def test_a_wrong_declaration_is_seen_through(declared: str, sent: str) -> None:
    body = f'<?xml version="1.0" encoding="{declared}"?><rss><channel><title>Café à Hội, déjà là</title></channel></rss>'
    body = body if sent == "utf-8" else body.replace("ộ", "o")
    wanted = "Café à Hội, déjà là" if sent == "utf-8" else "Café à Hoi, déjà là"
    assert read(body.encode(sent)).title == wanted


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        (f'<!ENTITY l0 "ha">{LAUGHS}', "&l9;"),
        (f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 50_000),
        (f'<!ENTITY a "{"a" * 150}">', "&a;" * 50_000),
    ],
)
def test_a_bomb_is_refused_at_its_declaration(declared: str, used: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(Unreadable) as refusal:
        read(f"{PROLOG}<!DOCTYPE rss [{declared}]><rss><channel><title>{used}</title></channel></rss>")
    assert time.perf_counter() - begun < 0.5  # 50 ms are measured in bench/feed_reading.py
    assert str(refusal.value) == ENTITIES


def test_an_entity_from_elsewhere_stands_for_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu")
    for declared in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        f'<!ENTITY % x SYSTEM "{secret.as_uri()}"> %x;',
    ):
        feed = read(
            f"{PROLOG}<!DOCTYPE rss [{declared}]><rss><channel><title>[&x;]</title>{ITEMS}</channel></rss>"
        )
        assert "mật" not in feed.title
        assert told(feed) == BOTH


def test_a_plain_entity_is_put_in_place() -> None:
    feed = read(
        '<!DOCTYPE rss [<!ENTITY bao "Báo Quảng Ngãi">]><rss><channel><title>&bao;</title></channel></rss>'
    )
    assert feed.title == "Báo Quảng Ngãi"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", EMPTY),
        (b"\xef\xbb\xbf \n", EMPTY),
        (b"\0" * 100, EMPTY),
        ("<!DOCTYPE html><html><head><title>Báo</title></head><body>Tin</body></html>".encode(), PAGE),
        (b"<html><body>" + b"<p>x" * 1000, PAGE),
        (b"%PDF-1.7 \x00\x01\x02\x03\xff\xfe" * 50, BINARY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, BINARY),
        (b"PK\x03\x04" + bytes(range(256)) * 10, BINARY),
        ("Không tìm thấy trang".encode(), OTHER),
        (b"<note><to>An</to></note>", OTHER),
        (b'{"error": "not found"}', OTHER),
        (b"{" * 100_000, OTHER),
        (b'{"items": ' + b"[" * 100_000, OTHER),
        (b"[1, 2]", OTHER),
        (b"<html><body><item></item></body></html><html>", PAGE),
        (b"<item></item><html><body></body></html>", PAGE),
    ],
)
def test_what_is_no_feed_is_refused_in_words(body: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(body)
    assert (str(refusal.value), refusal.value.status) == (sentence, 422)


def test_entries_of_the_same_guid_are_all_kept() -> None:
    same = "<item><title>{n}</title><guid isPermaLink='false'>x</guid></item>"
    feed = read(f"<rss><channel>{''.join(same.format(n=n) for n in range(3))}</channel></rss>")
    assert [(entry.title, entry.guid) for entry in feed.entries] == [("0", "x"), ("1", "x"), ("2", "x")]


def test_no_more_than_two_thousand_entries_are_read() -> None:
    for item in ("<item><title>Tin</title></item>", "<item><title>A & B</title></item>"):
        feed = read(f"<rss><channel><title>T</title>{item * 2100}</channel></rss>")
        assert (len(feed.entries), feed.is_cut) == (2000, True)
    assert not read(f"<rss><channel>{item * 2000}</channel></rss>").is_cut
    many = ",".join('{"title": "Tin"}' for _ in range(2100))
    feed = read(f'{{"version": "https://jsonfeed.org/version/1", "items": [{many}]}}')
    assert (len(feed.entries), feed.is_cut) == (2000, True)


def test_the_fallback_is_told() -> None:
    assert not read(FEED).used_fallback
    assert read(FEED.replace("Báo tỉnh", "Báo & tỉnh")).used_fallback


HOSTILE = [
    "<rss><channel>" + "<a>" * 100_000,
    "<rss><channel>" + "<" * 200_000,
    "<rss><channel><title>" + "<a" * 100_000,
    "<rss><channel>" + "<item><![CDATA[</item>" * 10_000,
    "<rss><channel>" + "<!-- " * 50_000,
    "<rss><channel>" + '<a "' * 50_000,
    "<rss><channel><item " + "a" * 200_000,
    "<rss><channel>" + '<a xml:base="a/">' * 15_000,
    "<rss><channel>" + "".join(f'<a xmlns:n{n}="u{n}">' for n in range(10_000)),
    '<!DOCTYPE "' * 20_000 + "<rss>",
    "<!DOCTYPE rss [" + "<!ENTITY a " * 20_000 + "]><rss>",
    f"<rss><channel><item><description>{'&lt;!--' * 30_000}</description></item></channel></rss>",
    f"<rss><channel><item><title>{'&lt;b ' * 30_000}</title></item></channel></rss>",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_what_is_built_to_be_slow_is_not(body: str) -> None:
    """200 kB each; what grows with the square of the length takes minutes of work at this size."""
    begun = time.process_time()
    with suppress(Unreadable):
        read(body)
    assert time.process_time() - begun < 15
