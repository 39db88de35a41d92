"""What article pages say about themselves, from the head down to the words that people see."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.watch.feedfile.page import PageFacts, read_page

WHEN = datetime(2026, 9, 17, 0, 31, tzinfo=UTC)
ADDRESS = "https://bao.vn/thoi-su/tin.html?utm_source=x"
HEAD = "<html><head><title>Lễ hội Điện Trường Bà - Báo tỉnh</title>{}</head><body>{}</body></html>"


def read(head: str = "", body: str = "") -> PageFacts:
    """A page with that head and body."""
    return read_page(HEAD.format(head, body).encode(), address=ADDRESS)


def test_metas_of_the_head_are_read() -> None:
    facts = read(
        '<meta property="og:title" content="Lễ hội &quot;Điện Trường Bà&quot;">'
        "<meta content='Ngày hội <b>của</b> người Cor' name=description>"
        '<meta property="og:site_name" content="Báo tỉnh"><link rel="canonical" href="/thoi-su/tin-post1.html">'
        '<meta name="pubdate" content="2026-09-17T07:31:00+07:00">'
    )
    assert facts == PageFacts(
        title='Lễ hội "Điện Trường Bà"',
        summary="Ngày hội của người Cor",
        published_at=WHEN,
        canonical="https://bao.vn/thoi-su/tin-post1.html",
        site_name="Báo tỉnh",
    )


def test_json_ld_is_read_wherever_it_stands() -> None:
    ld = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"},
    {"@type": ["NewsArticle"], "headline": "Tin chính", "description": "Tóm tắt", "url": "https://bao.vn/a.html",
    "datePublished": "2026-09-17T07:31:00+07:00", "publisher": {"name": "Báo tỉnh"}}]}</script>"""
    for facts in (
        read(ld),
        read(body=f"<script>x</script>{ld}"),
        read(body=ld.replace("{", "{hỏng", 1) + ld),
    ):
        assert facts == PageFacts("Tin chính", "Tóm tắt", WHEN, "https://bao.vn/a.html", "Báo tỉnh")


@pytest.mark.parametrize(
    "shown",
    [
        "<span class=date>Thứ năm, 17/9/2026, 07:31 (GMT+7)</span>",
        "<span>Thứ Năm, ngày 17/09/2026 - 07:31</span>",
        "<p>07:31 | 17/09/2026</p>",
        "<p>17/09/2026 07:31 GMT+7</p>",
        '<time datetime="2026-09-17T07:31:00+07:00">hôm nay</time>',
        '<meta itemprop="datePublished" content="2026-09-17 07:31">',
        '<span itemprop="datePublished" content="2026-09-17T00:31:00Z">x</span> 01/01/2020 00:00',
    ],
)
def test_the_date_that_people_see_is_the_last_resort(shown: str) -> None:
    assert read(body=f"<div class='sidebar-1'>{shown}</div><p>Nội dung</p>").published_at == WHEN
    declared = '<meta property="article:published_time" content="2026-10-05T11:07:00+07:00">'
    assert read(declared, shown).published_at == datetime(2026, 10, 5, 4, 7, tzinfo=UTC)


def test_the_name_of_the_site_is_no_part_of_the_title() -> None:
    assert read().title == "Lễ hội Điện Trường Bà - Báo tỉnh"
    assert read('<meta property="og:site_name" content="Báo tỉnh">').title == "Lễ hội Điện Trường Bà"
    assert read_page("<h1 class=x>Tin <b>một</b></h1>".encode()).title == "Tin một"


def test_dangerous_things_are_dropped_and_dates_clamped() -> None:
    facts = read_page(
        b'<head><link rel=canonical href="javascript:alert(1)"><meta property="og:title" content="&lt;script&gt;x'
        b'&lt;/script&gt;Tin"><meta name=pubdate content="2099-01-01"></head>',
        address=ADDRESS,
        now=WHEN,
    )
    assert facts == PageFacts(title="Tin", published_at=WHEN)


def test_an_empty_answer_says_nothing() -> None:
    for body in (b"", b"\x00\xff" * 100, "chỉ là chữ".encode(), b"<" * 1000):
        assert read_page(body) == PageFacts()


@pytest.mark.parametrize(
    "body",
    [
        '<meta "' * 30_000,
        '<html><head><meta"<meta" "' * 10_000,
        '<script type="application/ld+json">' * 6000,
        "<h1>" * 50_000,
        "1/1/2020 " * 20_000,
        "<time " * 30_000,
        "<a itemprop" * 20_000,
    ],
)
def test_a_page_that_is_built_to_be_slow_is_not(body: str) -> None:
    begun = time.perf_counter()
    read_page(body.encode())
    assert time.perf_counter() - begun < 3


@given(st.binary(max_size=400) | st.text("<>\"'=/metalinkcrpthd1/: @{}[],", max_size=400).map(str.encode))
def test_any_bytes_are_read(body: bytes) -> None:
    assert isinstance(read_page(b"<head>" + body, address=ADDRESS), PageFacts)
