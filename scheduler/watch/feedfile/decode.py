"""Bytes to text. UTF-8 is believed first: one broken byte costs one letter, not the whole feed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from app.text import nfc

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
_HEADER = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.I)
_PROLOG = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9_.:-]{1,40})""", re.I)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.I)
_LOST = re.compile("\ufffd+")
# What declares the smaller set mostly sends the larger one (WHATWG Encoding, "labels").
_LARGER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_REFUSED = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem"}
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ĂăĐđƠơƯư]")


def decoded(body: bytes, content_type: str = "") -> str:
    """*body* as text, without a byte order mark. A stretch of bytes that mean nothing becomes one U+FFFD."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _forgiving(body[len(mark) :], name)
    head = body[:64].lstrip()
    for mark, name in _WIDE:
        if head.startswith(mark):
            return _forgiving(body, name)
    named = list(_named(body, content_type))
    stateful = next((name for name in named if name.startswith(("iso2022", "hz"))), "")
    if stateful:
        return _forgiving(body, stateful)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in named:
        if name != "utf-8":
            text = _forgiving(body, name)
            if text.count("\ufffd") <= 1 + len(text) // 200:
                return text
    text = _forgiving(body, "utf-8")
    return text if _is_utf8(text, declared="utf-8" in named) else _guessed(body)


def _named(body: bytes, content_type: str) -> Iterator[str]:
    """The charsets that header and prolog declare, as Python calls them, if it knows them."""
    found = (_HEADER.search(content_type[:500].encode("ascii", "replace")), _PROLOG.search(body, 0, 4096))
    for one in (*found, _META.search(body, 0, 4096)):
        if one is None:
            continue
        try:
            name = codecs.lookup(one[1].decode("ascii")).name
            b"".decode(name)  # refused for codecs that are not of text, such as "zip"
        except (LookupError, ValueError, OSError):
            continue
        if name not in _REFUSED and not name.startswith(("utf-16", "utf-32")):
            yield _LARGER.get(name, name)


def _forgiving(body: bytes, name: str) -> str:
    return _LOST.sub("\ufffd", body.decode(name, "replace"))


def _is_utf8(text: str, *, declared: bool) -> bool:
    """Whether *text*, read as UTF-8 with losses, was UTF-8: then most of its letters beyond ASCII came through."""
    lost = text.count("\ufffd")
    whole = sum(1 for letter in text[:200_000] if letter > "\x7f") - lost
    return whole >= lost or (declared and lost <= 2)


def _guessed(body: bytes) -> str:
    """Text of an undeclared old charset: Vietnamese Windows if it then reads as Vietnamese, else western."""
    vietnamese = nfc(_forgiving(body, "cp1258"))
    letters = sum(1 for letter in vietnamese if letter > "\x7f")
    if len(_VIETNAMESE.findall(vietnamese)) * 3 >= letters:
        return vietnamese
    return _forgiving(body, "cp1252")
