"""The end of a document: recipients and signer; and the addressees of a letter."""

import re
from collections.abc import Sequence

from campaigns.planfile.draft import Signer, Text, Traced
from campaigns.planfile.text.block import cut
from campaigns.planfile.text.lines import Kind, Line
from campaigns.planfile.text.paragraphs import Paragraph, is_capitals
from campaigns.planfile.text.regions import AUTHORITY, is_signing

_RECIPIENTS = re.compile(r"^\s*Nơi\s+nhận\s*:?\s*", re.IGNORECASE)
_DASH = re.compile(r"^\s*[-–—•+]\s*")
_BY_ORDER = re.compile(r"\s*(?:TL|T/L|TUQ)\b")
_NAME = re.compile(r"^(?:(?:PGS|GS|TS|ThS|BS|Đại tá|Thượng tá|Thiếu tướng|Trung tá)\.?\s*)*")
_RIGHT_HALF = 24
"""Blanks before text that stands in the right column."""
_ADDRESSED = re.compile(r"^Kính\s+gửi\s*:?\s*", re.IGNORECASE)


def _columns(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a closing, one printed side by side in two columns as two lines."""
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        parts = re.split(r"\s{3,}|\t", line.text) if line.kind is Kind.TEXT else [line.text]
        if line.indent >= _RIGHT_HALF:
            parts = ["", *parts]
        left.append(Line(line.no, parts[0], line.kind, line.indent, line.heading))
        right += [Line(line.no, part, line.kind, 0, heading=False) for part in parts[1:] if part.strip()]
    return left + right


def _span(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first and last source line; a right column may continue above a left one."""
    return min(line.no for line in lines), max(line.no for line in lines)


def read_recipients(closing: Sequence[Line]) -> tuple[Text, ...]:
    """Return the entries of "Nơi nhận", wrapped ones joined, without dash and closing stop."""
    entries: list[list[Line]] = []
    inside = False
    for line in _columns(closing):
        if head := _RECIPIENTS.match(line.text):
            inside = True
            rest = line.text[head.end() :].strip()
            entries += [[Line(line.no, rest, line.kind, 0, heading=False)]] if rest else []
        elif inside and (line.kind is Kind.BAR or is_signing(line.text)):
            inside = False
        elif inside and line.kind is Kind.TEXT:
            inside = _take_entry(entries, line)
    return tuple(_entry(lines) for lines in entries if "".join(line.text for line in lines).strip(" -;."))


def _take_entry(entries: list[list[Line]], line: Line) -> bool:
    """Add a line to the entries; tell whether the list goes on."""
    if _DASH.match(line.text) or not entries:
        entries.append([line])
        return True
    if entries[-1][-1].text.endswith(";"):
        entries.append([line])
        return True
    done = entries[-1][-1].text.rstrip().endswith((".", "./"))
    if done and (line.no > entries[-1][-1].no + 1 or is_capitals(line.text) or _looks_like_name(line.text)):
        # "08 KH" right below "Lưu: VT, CT." counts copies; a name or a gap ends the list.
        return False
    if is_capitals(line.text) and len(line.text) > 12:
        return False
    entries[-1].append(line)
    return True


def _entry(lines: Sequence[Line]) -> Text:
    words = " ".join(" ".join(line.text for line in lines).split())
    value = _DASH.sub("", words).rstrip(" ;.,/")
    if value.count("(") > value.count(")") and words.rstrip(" ;.").endswith(")"):
        value += ")"
    return Traced(value, *_span(lines), words)


def _looks_like_name(text: str) -> bool:
    words = _NAME.sub("", text.strip()).split()
    return (
        2 <= len(words) <= 5 and all(w[:1].isupper() and w.isalpha() for w in words) and not is_capitals(text)
    )


def read_signer(closing: Sequence[Line]) -> Signer:
    """Return the signer: "TM. …" as authority, the posts below it, the name under them."""
    posts: list[Line] = []
    authority: list[Line] = []
    name: Line | None = None
    lines = [line for line in _columns(closing) if line.kind in (Kind.TEXT, Kind.BAR)]
    for i, line in enumerate(lines):
        if is_signing(line.text):
            (authority if AUTHORITY.match(line.text) else posts).append(line)
        elif posts and line.kind is Kind.TEXT and _looks_like_name(line.text):
            name = line
            break
        elif authority and not posts and line.kind is Kind.TEXT and line.text.isupper() and i:
            authority.append(line)
    if not authority and len(posts) > 2 and _BY_ORDER.match(posts[0].text):
        authority, posts = posts[:1], posts[1:]
    return Signer(_authority(authority), _position(posts), _name(name))


def _authority(lines: Sequence[Line]) -> Text | None:
    if not lines:
        return None
    words = " ".join(" ".join(line.text for line in lines).split())
    return Traced(words, *_span(lines), words)


def _position(lines: Sequence[Line]) -> Text | None:
    """Return the posts: one alone in sentence case, several ("KT. …") as printed, joined by a dash."""
    if not lines:
        return None
    words = " – ".join(" ".join(line.text.split()) for line in lines)
    alone = len(lines) == 1 and "." not in words and "/" not in words
    return Traced(words.capitalize() if alone else words, *_span(lines), words)


def _name(line: Line | None) -> Text | None:
    if line is None:
        return None
    return Traced(_NAME.sub("", " ".join(line.text.split())), line.no, line.no, line.text, 0.9)


def read_addressees(body: Sequence[Paragraph]) -> tuple[tuple[Text, ...], int]:
    """Return the addressees behind "Kính gửi", and how many paragraphs they take."""
    if not body or not (head := _ADDRESSED.match(body[0].text)):
        return (), 0
    found = [cut(body[0], start, end) for start, end in _parts(body[0].text, head.end())]
    used = 1
    for paragraph in body[1:40]:
        if not _DASH.match(paragraph.text) or re.match(r"[-–]\s*(?:Căn cứ|Thực hiện)\s", paragraph.text):
            break
        found.append(cut(paragraph, 0, len(paragraph.text)))
        used += 1
    tidy = (text.map(lambda value: _DASH.sub("", value).rstrip(" ;.,")) for text in found)
    return tuple(text for text in tidy if text.value), used


def _parts(text: str, start: int) -> list[tuple[int, int]]:
    pieces = re.finditer(r"[^;]+", text[start:])
    return [(start + piece.start(), start + piece.end()) for piece in pieces if piece.group().strip(" .-")]
