"""Text files: the encodings that Vietnamese text comes in, told apart by what they contain."""

import re

from app.text import nfc
from campaigns.planfile.containers.legacy import plausibility, repair
from campaigns.planfile.containers.limits import MOST_TEXT
from campaigns.planfile.containers.source import Source
from campaigns.planfile.unreadable import BINARY, EMPTY, ENCODING, TOO_LARGE, Unreadable

_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UNMARKED = ("utf-16-be", "utf-16-le")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_ZEROS = 0.2  # the least share of zero bytes on one side of UTF-16 text in a Latin script


def source_of_text(text: str) -> Source:
    """Return the source of a text that somebody typed or pasted, empty or not.

    Raises:
        Unreadable: it is over the limit.
    """
    if len(text) > MOST_TEXT:
        raise Unreadable(TOO_LARGE)
    return Source(nfc(text.replace("\r\n", "\n").replace("\r", "\n")).removeprefix("\ufeff"))


def open_text(data: bytes) -> Source:
    """Return the text of a file in UTF-8, UTF-16, Windows-1258, TCVN3 or VNI.

    Raises:
        Unreadable: over the limit, binary, of another encoding, or without any letter.
    """
    if len(data) > MOST_TEXT:
        raise Unreadable(TOO_LARGE)
    source = source_of_text(_decode(data))
    if not any(c.isalpha() for c in source.text):
        raise Unreadable(EMPTY)
    return source


def _decode(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(_MARKS) else _wide(data) if b"\x00" in data else "utf-8-sig"
    if encoding is None:
        raise Unreadable(BINARY)
    try:
        text = data.decode(encoding)
        if encoding in _UNMARKED and _CONTROL.search(text):
            raise Unreadable(BINARY)
        return repair(text)
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig":
            raise Unreadable(ENCODING) from error
    return _decode_one_byte(data)


def _wide(data: bytes) -> str | None:
    """Return the kind of UTF-16 without a mark, by the side on which the zero bytes of Latin letters lie."""
    for first, second, encoding in ((0, 1, _UNMARKED[0]), (1, 0, _UNMARKED[1])):
        zeros, others = data[first::2].count(0), data[second::2].count(0)
        if len(data) % 2 == 0 and zeros > _ZEROS * len(data) / 2 and not others:
            return encoding
    return None


def _decode_one_byte(data: bytes) -> str:
    """Return the reading of one-byte text that gives the most Vietnamese words.

    Raises:
        Unreadable: no reading gives Vietnamese.
    """
    western = data.decode("cp1252", "replace")
    readings = (nfc(data.decode("cp1258", "replace")), repair(western))
    scored = [(plausibility(text) or 0.0, text) for text in readings]
    score, text = max(scored, key=lambda pair: pair[0])
    if score < 0.5:
        raise Unreadable(ENCODING)
    return text
