"""Reading feeds in the process: ``python -m bench.feed_reading``. feedparser reads the same bytes in the same run."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import feedparser

from bench.figures import Figure, show
from scheduler.watch.feedfile.page import read_page
from scheduler.watch.feedfile.reader import read_feed
from scheduler.watch.feedfile.unreadable import Unreadable

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ENTRY_GOAL = 1.5  # ms for a feed of 30 entries and 32 kB
RATIO_GOAL = 8.0  # times faster than feedparser
MANY_GOAL = 1.0  # s for the first 2,000 of 50,000 items
BOMB_GOAL = 50.0  # ms until a bomb is refused
PAGE_GOAL = 1.0  # ms for an article page of 45 kB
DOUBLED_GOAL = 2.3  # times as long for twice as much

TITLES = (
    "Quảng Ngãi đẩy mạnh chuyển đổi số trong giải quyết thủ tục hành chính cho người dân vùng cao",
    "Bình dân học vụ số: lớp học buổi tối ở xã Ba Xa, huyện Ba Tơ",
    "Hội nghị triển khai Nghị quyết 57-NQ/TW về đột phá phát triển khoa học, công nghệ",
    "Ra mắt tổng đài hỗ trợ dịch vụ công trực tuyến toàn trình",
)
TEXT = (
    "Sáng nay, Ủy ban nhân dân tỉnh tổ chức hội nghị trực tuyến đến cấp xã nhằm đánh giá kết quả sáu tháng đầu năm và bàn"
    " nhiệm vụ, giải pháp những tháng còn lại; nhiều ý kiến cho rằng cần quan tâm hơn đến hạ tầng số ở miền núi, hải đảo."
)


def item(number: int) -> str:
    """One item as VnExpress and its like write it: an image in CDATA, then the lead."""
    link = f"https://baoquangngai.vn/thoi-su/{number}/bai-viet-so-{number}-post{770000 + number}.html"
    when = NOW - timedelta(minutes=17 * number)
    return (
        f"<item><title>{TITLES[number % 4]} ({number})</title>"
        f'<description><![CDATA[<a href="{link}"><img src="https://anh.baoquangngai.vn/{number}.jpg" ></a></br>{TEXT}'
        f"&nbsp;{TEXT[:150]}]]></description><pubDate>{when:%a, %d %b %Y %H:%M:%S} +0700</pubDate>"
        f"<link>\n{link}\n</link><guid>{link}</guid><slash:comments>0</slash:comments></item>\n"
    )


def feed(items: int) -> bytes:
    """A whole feed of that many items."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">'
        "<channel><title>Báo Quảng Ngãi - Trang chủ</title><link>https://baoquangngai.vn</link><ttl>30</ttl>\n"
    )
    return (head + "".join(map(item, range(items))) + "</channel></rss>").encode()


def bombs() -> list[bytes]:
    """Billion laughs, and the quadratic kind."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    rss = "<rss><channel><title>%s</title></channel></rss>"
    return [
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>{rss % "&l9;"}'.encode(),
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>{rss % ("&a;" * 50_000)}'.encode(),
    ]


def page() -> bytes:
    """An article page of 45 kB: head, JSON-LD, body."""
    body = f"<p>{TEXT}</p>\n" * 110
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLES[0]} - Báo Quảng Ngãi</title>"
        f'<meta property="og:title" content="{TITLES[0]}"><meta property="og:description" content="{TEXT}">'
        '<link rel="canonical" href="https://baoquangngai.vn/a-post777910.html">'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"' + TITLES[0] + '",'
        '"datePublished":"2026-09-17T07:31:00+07:00","publisher":{"@type":"Organization","name":"Báo Quảng Ngãi"}}</script>'
        f"</head><body><span class=date>Thứ năm, 17/9/2026, 07:31 (GMT+7)</span>{body}</body></html>"
    ).encode()


def broken(body: bytes) -> list[bytes]:
    """The same feed, broken in the ways of the six hostile answers that readers lose."""
    return [
        b"  \n" + body,
        body.replace(b"(3)", b"(3\x0b)"),
        body.replace(b"(3)", b"(A & B)"),
        body.replace(b"(3)", b"&ocirc;&nbsp;"),
        body[: len(body) * 2 // 3],
        b"<b>Warning</b>: foo in bar.php<br />\n" + body,
    ]


def seconds(what: Callable[[], object], times: int) -> float:
    """The best of *times*."""
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        what()
        best = min(best, time.perf_counter() - begun)
    return best


def reading(body: bytes, times: int) -> float:
    """Seconds that *body* takes, the best of *times*."""
    return seconds(lambda: read_feed(body, now=NOW), times)


def growth(once: bytes, twice: bytes) -> float:
    """How many times as long *twice* takes, the two by turns so that a busy machine slows both."""
    pairs = [(reading(once, 1), reading(twice, 1)) for _ in range(7)]
    return min(two for _, two in pairs) / min(one for one, _ in pairs)


def refused(body: bytes) -> None:
    """Read what must not be read."""
    try:
        read_feed(body, now=NOW)
    except Unreadable:
        return
    raise AssertionError("a bomb was read")


def main() -> None:
    """Measure and show."""
    warnings.simplefilter("ignore")
    small, large = feed(30), feed(50_000)
    ours = reading(small, 50)
    theirs = seconds(lambda: feedparser.parse(small), 5)
    assert len(read_feed(small, now=NOW).entries) == 30
    assert len(read_feed(large, now=NOW).entries) == 2000
    worst = max(reading(body, 20) for body in broken(small))
    half, whole = feed(900), feed(1800)
    pairs = [(half, whole), *zip(broken(half), broken(whole), strict=True)]
    doubled = max(growth(once, twice) for once, twice in pairs)
    article = page()
    print(
        f"feed of 30 entries: {len(small)} bytes; feedparser {theirs * 1000:.1f} ms; page: {len(article)} bytes"
    )
    show(
        [
            Figure("feed of 30 entries", ours * 1000, "ms", ENTRY_GOAL),
            Figure("feedparser beside it", theirs / ours, "×", RATIO_GOAL, at_most=False),
            Figure("feed of 30 entries, not well-formed", worst * 1000, "ms", 2 * ENTRY_GOAL),
            Figure("feed of 50,000 items", reading(large, 3), "s", MANY_GOAL),
            Figure("twice the feed", doubled, "×", DOUBLED_GOAL),
            Figure(
                "a bomb refused",
                max(seconds(partial(refused, bomb), 5) for bomb in bombs()) * 1000,
                "ms",
                BOMB_GOAL,
            ),
            Figure("article page", seconds(lambda: read_page(article), 30) * 1000, "ms", PAGE_GOAL),
        ]
    )


if __name__ == "__main__":
    main()
