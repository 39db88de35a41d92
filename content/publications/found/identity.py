"""Which entries of feeds are one publication: the keys by which an entry is known again. Pure.

In this order: the entry's own name in its feed, the address without what does not matter, the article's number in
the address, and the bare guid where nothing contradicts it. A guid that several entries of one answer share names
none of them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.errors import Invalid
from app.text import clean, fold
from content.publications.address import read_address
from content.publications.article_no import article_no
from content.publications.found.entry import FoundEntry

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_DATE = 500, 1_000, 100


@dataclass(frozen=True)
class ReadEntry:
    """An entry with its keys; *names* are what a sighting may be kept under, the preferred one first."""

    entry: FoundEntry
    title: str
    summary: str
    address: str
    key: str
    article_no: str | None
    names: tuple[str, ...]

    @property
    def raw_date(self) -> str:
        """The date as written, as a sighting keeps it."""
        return clean(self.entry.raw_date)[:LONGEST_DATE]


@dataclass(frozen=True)
class Seen:
    """A publication as far as telling entries apart needs it."""

    id: int
    key: str | None
    article_no: str | None
    title: str
    raw_date: str = ""  # of the sighting that led to it


def read_entries(entries: Iterable[FoundEntry]) -> tuple[list[ReadEntry], int]:
    """Entries with a usable address, and how many had none."""
    given = list(entries)
    guids = Counter(one.guid for one in given if one.guid)
    read: list[ReadEntry] = []
    for one in given:
        try:
            address = read_address(one.link)
        except Invalid:
            continue
        by_link = _name(one.guid, address.key)
        read.append(
            ReadEntry(
                entry=one,
                title=(" ".join(clean(one.title).split()) or address.shown)[:LONGEST_TITLE].rstrip(),
                summary=" ".join(clean(one.summary).split())[:LONGEST_SUMMARY].rstrip(),
                address=address.shown,
                key=address.key,
                article_no=article_no(address.shown),
                names=(_name(one.guid), by_link) if guids[one.guid] == 1 else (by_link,),
            )
        )
    return read, len(given) - len(read)


def _name(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Known:
    """What the database holds that an answer's entries may be."""

    by_name: dict[str, Seen]
    by_key: dict[str, Seen]
    by_no: dict[str, Seen]

    def find(self, read: ReadEntry) -> Seen | None:
        """The publication that the entry is."""
        sure = (
            self.by_name.get(read.names[-1])
            or self.by_key.get(read.key)
            or (self.by_no.get(read.article_no) if read.article_no else None)
        )
        named = self.by_name.get(read.names[0])
        return sure or (named if named is not None and _is_same(named, read) else None)

    def name_for(self, read: ReadEntry, publication_id: int) -> str:
        """The name to keep the sighting under: the guid alone, unless it led to another publication."""
        named = self.by_name.get(read.names[0])
        return read.names[-1] if named is not None and named.id != publication_id else read.names[0]


def _is_same(seen: Seen, read: ReadEntry) -> bool:
    """Whether the same guid under another address is the same thing: dated alike, or of the same title."""
    if seen.raw_date and seen.raw_date == read.raw_date:
        return True
    return fold(seen.title) == fold(read.title)


def group(unknown: Sequence[ReadEntry]) -> list[list[ReadEntry]]:
    """New entries of one outlet, those that are one publication together."""
    groups: list[list[ReadEntry]] = []
    of_key: dict[str, list[ReadEntry]] = {}
    for one in unknown:
        keys = [one.key, *([f"no:{one.article_no}"] if one.article_no else [])]
        held = next((of_key[key] for key in keys if key in of_key), None)
        if held is None:
            held = []
            groups.append(held)
        held.append(one)
        for key in keys:
            of_key[key] = held
    return groups
