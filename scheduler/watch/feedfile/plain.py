"""Markup to plain text: tags and scripts gone, entities read, Unicode in NFC, one line."""

from __future__ import annotations

import html
import re

from app.text import clean


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INLINE = _words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small"
    " span strike strong sub sup time tt u var wbr"
)
BLOCK = _words(
    "address applet area article aside audio base blockquote body br button canvas caption center col colgroup"
    " datalist dd details dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset"
    " h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img image input keygen legend li link main map marquee math"
    " menu meta meter nav noembed noframes noscript object ol optgroup option output p param picture plaintext pre"
    " progress script section select source style summary svg table tbody td template textarea tfoot th thead title"
    " tr track ul video xmp"
)
MOST = 20_000  # characters of markup that are looked at: a summary of 1,000 characters lies within them

# What stands in these is no text for people either. A script that never ends hides the rest, as in a browser.
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style)\b[^<>]*>(?:(?!</?\1\b).)*+(?:</\1\s*>|(?=<\1\b)|\Z)"
    r"|<(template|noembed|noframes|iframe|object|applet)\b[^<>]*(?<!/)>(?:(?!</?\2\b).)*+</\2\s*>",
    re.S | re.I,
)
# A ">" inside quotes does not end a tag; no branch passes a "<", so the time stays linear in what is looked at.
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][\w:.-]*)((?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>)|[^<>]*(?:>|(?=<)|\Z))""", re.A
)
_DECLARED = re.compile(r"<[!?][^<>]*(?:>|\Z)")
_HARMFUL = re.compile(
    r"</?(?:script|style|iframe|object|embed|form|input|svg|math|img|a|p|br|div|span|b|i|strong|em|u|font|ul|ol|li|h[1-6]"
    r"|table|tr|td|video|audio|link|meta|base|body|html|template|textarea|button)(?=[\s/>])[^<>]*>",
    re.I,
)
_C1 = re.compile("[\x80-\x9f]")
_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_MANGLED = re.compile("[\u00c2-\u00f4][\x80-\xbf]+")


def plain(markup: str) -> str:
    """*markup* (HTML, or text) as one line of plain text in NFC.

    Block elements become spaces, inline ones vanish. What looks like a tag but is of no known name stays as the
    text it is ("<BIGCO>"), unless it carries attributes or a prefix.
    """
    text = markup if len(markup) <= MOST else markup[:MOST]
    if "<" in text:
        text = _bare(text)
    if "&" in text:
        text = html.unescape(text)
        if "<" in text and _HARMFUL.search(text):  # escaped twice: markup all the same
            text = html.unescape(_bare(text))
            text = _HARMFUL.sub(" ", text)
    return tidy(text)


def tidy(text: str) -> str:
    """*text* on one line, in NFC, without characters that cannot be seen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if _C1.search(text):
        text = _repaired(text)
    return " ".join(clean(text).split())


def shortened(text: str, longest: int) -> str:
    """*text* within *longest* characters, cut at a word and marked with an ellipsis when cut."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    if text[longest - 1] != " ":
        kept = kept.rpartition(" ")[0] or kept
    return kept.rstrip(" ,;:.") + "…"


def _bare(text: str) -> str:
    """*text* without tags, comments and what stands in scripts."""
    text = _HIDDEN.sub(" ", text)
    text = _TAG.sub(_without, text)
    return _DECLARED.sub(" ", text) if "<" in text else text


def _without(tag: re.Match[str]) -> str:
    """What stays of one tag: a space of a block, nothing of an inline one, itself if it is none."""
    name = tag[2].lower()
    if name in INLINE:
        return ""
    if name in BLOCK or not name.isalnum():
        return " "
    return tag[0] if tag[3] in {">", "/>"} else " " if tag[3].endswith(">") else tag[0]


def _repaired(text: str) -> str:
    """C1 controls as what was meant: UTF-8 read as Latin-1 (``&#226;&#128;&#166;``), else letters of Windows-1252."""
    text = _MANGLED.sub(_again, text)
    return _C1.sub(lambda found: _WINDOWS.get(ord(found[0]), ""), text)


def _again(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
