"""Markdown to HTML that is safe to show, made once when a text is saved. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import nh3

from app.errors import N_, Invalid
from app.text import clean

LARGEST = 100 * 1024  # bytes of UTF-8
MOST_LINKS = 300
LONGEST_ADDRESS = 2_000
TAGS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a", "blockquote", "table", "thead",
    "tbody", "tr", "th", "td", "code", "pre", "hr", "br",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_LEVELS = {"h1": "h2", "h5": "h4", "h6": "h4"}  # the page has the only h1; deeper than four nobody reads
_HEADING = re.compile(r"<(/?)(h1|h5|h6)>")
_BLOCKS = {"p", "h2", "h3", "h4", "li", "blockquote", "tr", "pre", "br", "hr", "table", "ul", "ol"}
# Stands for a '[' that opens no link while Markdown works; private use, taken out of what people type.
_BRACKET = "\ue05b"
# Escapes and code hide a bracket from Markdown, so a link's text holds neither.
_LINK_TEXT = re.compile(r"\[[^\[\]`\\]{1,300}\]\(")


def to_html(text: str) -> str:
    """*text* (Markdown) as HTML of a short list of tags; raw HTML in it is shown as it was typed.

    Raises:
        Invalid: more than 100 KB, more than 300 links, or lists nested beyond reason.
    """
    text = clean(text).replace(_BRACKET, "")
    if len(text.encode()) > LARGEST:
        raise Invalid(N_("Bài dài quá 100 KB. Hãy chia thành nhiều bài."))
    if text.count("](") > MOST_LINKS:
        raise Invalid(N_("Bài có hơn {most} đường dẫn. Hãy bớt đường dẫn."), most=MOST_LINKS)
    try:
        made = _reader().convert(_calm_brackets(text))
    except RecursionError as fault:
        raise Invalid(N_("Danh sách hoặc trích dẫn lồng nhau quá sâu. Hãy viết phẳng hơn.")) from fault
    safe = nh3.clean(
        made,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_own_attribute,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
    )
    return _HEADING.sub(lambda found: f"<{found[1]}{_LEVELS[found[2]]}>", safe).replace(_BRACKET, "[")


def _reader() -> markdown.Markdown:
    """Markdown with tables, fences and line ends kept; raw HTML is text, pictures by address are not read."""
    made = markdown.Markdown(
        extensions=["fenced_code", "tables", "sane_lists", "nl2br"],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    made.preprocessors.deregister("html_block")
    made.parser.blockprocessors.deregister("reference")  # 18,000 lines of "[a]:" take half a minute
    for pattern in (
        "html",
        "image_link",
        "image_reference",
        "short_image_ref",
        "reference",
        "short_reference",
    ):
        made.inlinePatterns.deregister(pattern)
    return made


def _calm_brackets(text: str) -> str:
    """*text* with each '[' hidden that does not begin a link ``[words](address)`` ending on its line.

    Python-Markdown looks for the partner of every '[' to the end of the text: 20,000 of them take a minute.
    """
    kept = {found.start() for found in _LINK_TEXT.finditer(text) if _has_address(text, found.end())}
    return "".join(
        _BRACKET if letter == "[" and place not in kept else letter for place, letter in enumerate(text)
    )


def _has_address(text: str, place: int) -> bool:
    """Whether the parenthesis before *place* closes soon and on the same line."""
    depth = 1
    for letter in text[place : place + LONGEST_ADDRESS]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return True
        if letter == "\n":
            break
    return False


def _own_attribute(tag: str, name: str, value: str) -> str | None:
    """Links to a page, a mailbox, a telephone or a path of this site; never to ``//host``."""
    if (tag, name) != ("a", "href"):  # nh3 lets title and lang through everywhere, and sets rel itself
        return value if name == "rel" or name in ATTRIBUTES.get(tag, ()) else None
    address = value.strip()
    if address.startswith(("/", "\\")):
        return None if address[1:2] in {"/", "\\"} or address[0] == "\\" else address
    scheme = address.partition(":")[0].lower() if ":" in address else ""
    return address if scheme in SCHEMES or address.startswith("#") else None


class _Plain(HTMLParser):
    """Collects the text of HTML that was made safe before, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(html: str) -> str:
    """The words of our own HTML without its tags, one line for each block."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def count_words(text: str) -> int:
    """How many words (written syllables, in Vietnamese) *text* has."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())
