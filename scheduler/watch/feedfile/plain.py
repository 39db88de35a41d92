"""Markup to plain text: tags and scripts gone, entities read, Unicode in NFC, one line."""

from __future__ import annotations

import html
import re

from app.text import clean, nfc


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

# What stands in these is no text for people either. One that never ends hides the rest, as in a browser.
_HIDDEN = re.compile(
    r"<(script|style|template|applet)\b[^<>]*(?<!/)>(?:(?!</?\1\b).)*+(?:</\1\s*>|(?=<\1\b)|\Z)", re.S | re.I
)
# A ">" inside quotes does not end a tag; no branch passes a "<", so the time stays linear in what is looked at.
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][\w:.-]*)((?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>)|[^<>]*(?:>|(?=<)|\Z))""", re.A
)
_DECLARED = re.compile(r"<(?:![a-zA-Z\[]|\?)[^<>]*>|\]\]>")
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
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
    if not text.isprintable() or "  " in text:
        if not text.isascii() and _C1.search(text):
            text = _repaired(text)
        text = " ".join(text.split())
        if not text.isprintable():
            text = " ".join(clean(text).split())
    return nfc(text.strip())


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
    if "<!--" in text:
        text = _uncommented(text)
    text = _HIDDEN.sub(" ", text)
    pairs: set[str] | None = None

    def without(tag: re.Match[str]) -> str:
        """What stays of one tag: a space of a block, nothing of an inline one, itself if it is none."""
        nonlocal pairs
        name = tag[2].lower()
        if name in INLINE:
            return ""
        if name in BLOCK or not name.isalnum():
            return " "
        if tag[3] not in {">", "/>"}:
            return " " if tag[3].endswith(">") else tag[0]
        if pairs is None:
            pairs = _pairs(text)
        return " " if name in pairs else tag[0]

    text = _TAG.sub(without, text)
    return _DECLARED.sub(" ", text) if "<" in text or "]]>" in text else text


def _pairs(text: str) -> set[str]:
    """The names that are both opened and closed in *text*."""
    sides: tuple[set[str], set[str]] = (set(), set())
    for found in _NAME.finditer(text):
        sides[bool(found[1])].add(found[2].lower())
    return sides[0] & sides[1]


def _uncommented(text: str) -> str:
    """*text* without comments; one that never ends is taken to end with its first ">"."""
    kept: list[str] = []
    at = 0
    while (begins := text.find("<!--", at)) >= 0:
        kept.append(text[at:begins])
        ends = text.find("-->", begins + 4)
        if ends < 0:
            ends = text.find(">", begins)
            kept += ["", text[ends + 1 :].replace("<!--", "")] if ends >= 0 else []
            return "".join(kept)
        at = ends + 3
    kept.append(text[at:])
    return "".join(kept)


def _repaired(text: str) -> str:
    """C1 controls as what was meant: UTF-8 read as Latin-1 (``&#226;&#128;&#166;``), else letters of Windows-1252."""
    text = _MANGLED.sub(_again, text)
    return _C1.sub(lambda found: _WINDOWS.get(ord(found[0]), ""), text)


def _again(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
