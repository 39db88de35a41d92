"""Markdown that comes out safe, whatever went in."""

from __future__ import annotations

import re
import unicodedata

import pytest

from app.errors import Invalid
from content.items.markup import count_words, plain, to_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    "[x](//evil.example)",
    "[x](\\\\evil.example)",
    "[x](/\\evil.example)",
    "# x {: onclick=alert(1) }",
    "<div markdown=1 style='position:fixed'>x</div>",
    "<form action=//evil.example><input name=csrf_token></form>",
    "<iframe src=//evil.example></iframe>",
    "![x](https://evil.example/track.png)",
    "<style>body{display:none}</style>",
    '[x](https://a.vn "onmouseover=alert(1)")',
    "```html\n<script>alert(1)</script>\n```",
    "<!-- --><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
TAG = re.compile(r"<[^>]*>")
FINE = re.compile(
    r"</?(p|h2|h3|h4|ul|ol|li|strong|em|blockquote|table|thead|tbody|tr|th|td|code|pre|a)>|<(br|hr)>"
    r'|<ol start="\d+">|<t[hd] align="(left|center|right)">|<a (href="(https?://|mailto:|tel:|/(?![/\\])|#)[^"<>]*" )?rel="noopener nofollow">'
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_comes_out_as_words_only(text: str) -> None:
    for tag in TAG.findall(to_html(text)):
        assert FINE.fullmatch(tag), tag


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert to_html("<b>đậm</b> & <thẻ>") == "<p>&lt;b&gt;đậm&lt;/b&gt; &amp; &lt;thẻ&gt;</p>"


def test_headings_begin_at_two_and_end_at_four() -> None:
    assert to_html("# Một\n\n## Hai\n\n###### Sáu") == "<h2>Một</h2>\n<h2>Hai</h2>\n<h4>Sáu</h4>"


def test_what_writers_use_is_kept() -> None:
    made = to_html(
        "Dòng một\ndòng hai **đậm** *nghiêng* [Sở](https://so.example.vn)\n\n3. ba\n4. bốn\n\n|a|b|\n|:-|-:|\n|1|2|\n\n> trích\n\n---"
    )
    for piece in (
        "Dòng một<br>\ndòng hai",
        "<strong>đậm</strong> <em>nghiêng</em>",
        '<a href="https://so.example.vn" rel="noopener nofollow">Sở</a>',
        '<ol start="3">',
        '<th align="right">b</th>',
        "<blockquote>",
        "<hr>",
    ):
        assert piece in made


def test_text_is_brought_to_nfc_and_bidi_marks_go() -> None:
    word = "Tiếng Việt ở Quảng Ngãi"
    assert to_html(unicodedata.normalize("NFD", word) + "\u202e") == f"<p>{word}</p>"


@pytest.mark.parametrize(
    "text", ["[" * 50, "a [b c", "[a][b]", "x[0] = y[1]", "[ghi chú]", "a\\[b", "`[`", "[a]: b", "[[a]]"]
)
def test_brackets_that_open_no_link_stay_as_typed(text: str) -> None:
    assert plain(to_html(text)).replace("\\", "") == text.replace("\\", "").replace("`", "")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 30_000,
        "[a](" * 299,
        "[a](" * 299 + ")" + "x" * 20_000,
        "[a\\]" * 8_000,
        "[`]`" * 8_000,
        "[a]:\n" * 8_000,
        "[a][" * 8_000,
        ">" * 20_000,
        "".join(" " * (4 * depth) + "- a\n" for depth in range(150)),
    ],
)
def test_texts_made_to_keep_a_machine_busy_end(text: str) -> None:
    assert isinstance(to_html(text), str)


def test_too_many_links_and_too_long_a_text_are_refused() -> None:
    with pytest.raises(Invalid, match="đường dẫn"):
        to_html("[a](b)" * 301)
    with pytest.raises(Invalid, match="100 KB"):
        to_html("ế" * 40_000)
    assert to_html("[a](b)" * 300)


def test_nesting_beyond_reason_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="lồng nhau"):
        to_html("* * " * 5_000 + "a")


def test_plain_gives_the_words_by_line() -> None:
    html = to_html("# Tiêu đề\n\nmột **hai** [ba](https://a.vn/?x=>y)\n\n- bốn & năm\n- 1 < 2")
    assert plain(html) == "Tiêu đề\nmột hai ba\nbốn & năm\n1 < 2"
    assert count_words("Mỗi người dân – một kỹ năng số.") == 7
