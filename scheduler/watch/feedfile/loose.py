"""The forgiving reader: for documents that are not well-formed. One pass from left to right, whatever comes.

It takes bare ``&`` and ``<`` as text, reads HTML's entities, closes what was left open, ignores an end without a
beginning, and keeps all entries up to where a document was cut off.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html.entities import html5

from scheduler.watch.feedfile.builder import MOST_ELEMENTS, Builder, EnoughError, PageError
from scheduler.watch.feedfile.names import CONTAINERS, ENTRY_NAMES, FEED_NAMES, GROUPS, ITEMS, ROOTS

MOST_STEPS = 2 * MOST_ELEMENTS
MOST = 5_000_000  # characters that are looked at; as many entries as are read of a poll take half of that

_ROOT = re.compile(
    r"<(?:[A-Za-z][\w.-]*:)?(?:rss|rdf|feed|channel|urlset|newlocation)(?=[\s>/])", re.I | re.A
)
_ITEM = re.compile(r"<(?:item|entry)(?=[\s>])", re.I)
_TAG = re.compile(
    r"""<(/?)([A-Za-z_][\w:.-]*)((?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>)|[^<>]*(?:>|(?=<)|\Z))""", re.A
)
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([A-Za-z_][\w:.-]{0,60})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_OLD = {"lang": "\u2329", "rang": "\u232a"}  # as HTML 4 has them, and all feeds that use them
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EMPTY = frozenset({"br", "hr", "img", "meta", "input"})
# Fields that hold no elements: another field that begins inside means that the end was forgotten.
_SIMPLE = ENTRY_NAMES - {
    "description",
    "summary",
    "content",
    "content:encoded",
    "fullitem",
    "xhtml:body",
    "body",
}


def has_root(text: str) -> re.Match[str] | None:
    """Where the root of a feed begins, or its first item where it has none."""
    return _ROOT.search(text) or _ITEM.search(text)


def read_loose(text: str) -> tuple[Builder, bool]:
    """What can be had of *text*, and whether it was cut."""
    root = has_root(text)
    begins = root.start() if root else len(text)
    reading = _Reading(_CONTROL.sub("", text[begins : begins + MOST]))
    try:
        reading.run()
    except EnoughError:
        return reading.builder, True
    except PageError:  # a page around stray items
        pass
    return reading.builder, len(text) > begins + MOST


def unescaped(text: str) -> str:
    """*text* with its entities read once, those of HTML too; what is none stays."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    if name in _OLD:
        return _OLD[name]
    if name[0] != "#":
        return html5.get(f"{name};", entity[0])
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return "" if number == 0 or number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)


class _Reading:
    """One pass over one document."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.builder = Builder(begin=self._begin, finish=self._finish)
        self._take: Callable[[str], None] | None = None
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        self._missing: set[str] = set()  # marks that the rest of the text does not hold

    def _begin(self, take: Callable[[str], None]) -> None:
        self._take = take

    def _finish(self) -> None:
        self._take = None

    def run(self) -> None:
        """Read to the end."""
        text, at, size = self.text, 0, len(self.text)
        steps = 0
        while at < size:
            steps += 1
            if steps > MOST_STEPS:
                raise EnoughError
            mark = text.find("<", at)
            if mark < 0:
                mark = size
            if mark > at and self._take:
                self._take(unescaped(text[at:mark]))
            at = self._after(mark) if mark < size else size
        self._end_of_text()

    def _end_of_text(self) -> None:
        """Close what is open. An entry cut off in its beginning is left for the next poll, which brings it whole."""
        builder = self.builder
        if builder.entry is not None:
            if builder.field in _SIMPLE:
                builder.abandon()
            values, links = builder.entry.values, builder.entry.links
            if len(builder.entries) > 1 and not (
                "title" in values and (links or "guid" in values or "id" in values)
            ):
                builder.entries.pop()
        while self._open:
            self._end(self._open[-1])

    def _after(self, at: int) -> int:
        """Read what begins with the "<" at *at*; the place after it."""
        text = self.text
        following = text[at + 1 : at + 2]
        if following == "!":
            if text.startswith("<![CDATA[", at):
                return self._literal(at + 9)
            return self._behind("-->" if text.startswith("<!--", at) else ">", at)
        if following == "?":
            return self._behind(">", at)
        tag = _TAG.match(text, at)
        if tag is None:
            if self._take:
                self._take("<")
            return at + 1
        self._tag(tag)
        return tag.end()

    def _find(self, mark: str, at: int) -> int:
        """Where the next *mark* is, or -1; what was not found once is not looked for again."""
        if mark in self._missing:
            return -1
        found = self.text.find(mark, at)
        if found < 0:
            self._missing.add(mark)
        return found

    def _behind(self, mark: str, at: int) -> int:
        """The place after the next *mark*; one character further where there is none."""
        found = self._find(mark, at)
        return found + len(mark) if found >= 0 else at + 1

    def _literal(self, at: int) -> int:
        """Read CDATA; without an end, it ends where the element does."""
        ends = self._find("]]>", at)
        after = ends + 3
        following = self.text.find("<![CDATA[", at, ends) if ends >= 0 else len(self.text)
        if following >= 0:  # the end is missing, or is that of the next one
            closing = self._find(f"</{self._open[-1]}" if self._open else "</", at)
            if ends < 0 or 0 <= closing < following:
                ends = after = closing if closing >= 0 else len(self.text)
        if self._take:
            self._take(self.text[at:ends])
        return after

    def _tag(self, tag: re.Match[str]) -> None:
        name, rest = tag[2], tag[3]
        usual = self.builder.name_of(name)
        if tag[1]:
            self._end_tag(name, usual)
            return
        if self.builder.field:
            if not self._ends_field(usual):
                self.builder.mark(name)
                if rest.endswith("/>"):
                    self.builder.mark(name, "</")
                return
            self._end(self._open[-1])
        self._make_room(usual)
        self._open.append(name)
        self._count[name] += 1
        self.builder.start(name, _attributes(rest))
        if rest.endswith("/>") or usual in _EMPTY:
            self._end(name)

    def _ends_field(self, usual: str) -> bool:
        """Whether the beginning of an element means that the field before was left open."""
        if usual in ITEMS:
            return True
        known = FEED_NAMES if self.builder.entry is None else ENTRY_NAMES
        field = self.builder.field
        return usual in known and (field in _SIMPLE or usual == field)

    def _make_room(self, usual: str) -> None:
        """Close what was left open where *usual* cannot stand inside it."""
        builder = self.builder
        if usual in ITEMS:
            while builder.entry is not None and self._open:
                self._end(self._open[-1])
        elif usual in (FEED_NAMES if builder.entry is None else ENTRY_NAMES):
            while self._open:
                top = builder.name_of(self._open[-1])
                if top in ITEMS or top in CONTAINERS or top in ROOTS or top in GROUPS or top == "url":
                    break
                self._end(self._open[-1])

    def _end_tag(self, name: str, usual: str) -> None:
        builder = self.builder
        if builder.field:
            if usual != builder.field and usual not in ITEMS and usual not in ROOTS:
                builder.mark(name, "</")
                return
            self._end(self._open[-1])
            if usual not in ITEMS and usual not in ROOTS:
                return
        if self._count[name]:
            while self._open[-1] != name:
                self._end(self._open[-1])
            self._end(name)

    def _end(self, name: str) -> None:
        self._open.pop()
        self._count[name] -= 1
        self.builder.end(name)


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(rest.removesuffix(">").removesuffix("/")):
        value = one[2][1:-1] if one[2][0] in "\"'" else one[2]
        found.setdefault(one[1], unescaped(value))
    return found
