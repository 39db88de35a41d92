"""What the pages of search show: hits of every kind that somebody may know of, and the best few of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.errors import N_, Invalid
from app.search.ask import MOST_COUNTED, Place, count, find
from app.search.searchable import Hit, Searchable, searchables
from app.search.words import Question

FEW, SIZE = 5, 20  # hits of a kind beside others, and on a page of its own
BEST, OF_A_KIND = 8, 4  # hits under the search box


@dataclass(frozen=True)
class Group:
    """The hits of one kind; *count* goes up to ``MOST_COUNTED`` and *is_more* says that there are more."""

    kind: str
    what: Searchable
    hits: Sequence[Hit]
    count: int
    is_more: bool
    following: str | None


def allowed_kinds(access: Access) -> list[str]:
    """The kinds of which this person may know anything, in the order in which they are shown."""
    kinds = sorted(searchables().items(), key=lambda pair: pair[1].order)
    return [kind for kind, one in kinds if one.visible(access) is not None]


def gather(session: Session, access: Access, question: Question) -> list[Group]:
    """The newest hits of every kind, kinds without any left out."""
    found = [_group(session, access, question, kind, size=FEW) for kind in allowed_kinds(access)]
    return [group for group in found if group.count]


def page_of(session: Session, access: Access, question: Question, kind: str, *, after: str | None) -> Group:
    """One page of hits of a kind.

    Raises:
        Invalid: *after* is not what a page of ours ended with.
    """
    return _group(session, access, question, kind, size=SIZE, cursor=_read(after) if after else None)


def _group(
    session: Session, access: Access, question: Question, kind: str, *, size: int, cursor: Place | None = None
) -> Group:
    one = searchables()[kind]
    found = find(session, access, kind, question, size=size, cursor=cursor)
    number = len(found.ref_ids)
    if cursor or found.following:
        number = count(session, access, kind, question)
    hits = tuple(one.hits(session, access, found.ref_ids)) if found.ref_ids else ()
    end = found.following
    return Group(
        kind,
        one,
        hits,
        min(number, MOST_COUNTED),
        is_more=number > MOST_COUNTED,
        following=f"{end.part}.{end.entry}" if end else None,
    )


def _read(after: str) -> Place:
    """The place that an address names."""
    part, _, entry = after.partition(".")
    if part in {"0", "1"} and entry.isdecimal() and len(entry) < 20 and int(entry) < 2**63:
        return Place(int(part), int(entry))
    raise Invalid(N_("Địa chỉ trang không đúng. Hãy mở lại danh sách từ đầu."))


@dataclass(frozen=True)
class Best:
    """One of the best hits over all kinds."""

    what: Searchable
    hit: Hit


def best(session: Session, access: Access, question: Question) -> list[Best]:
    """The best few over all kinds: those that hold the whole question first, then by the order of kinds.

    Of each kind ``OF_A_KIND`` come first; more of it only where others leave room.
    """
    ranked: list[tuple[bool, bool, Best]] = []  # further ones, without the whole question, the hit
    for kind in allowed_kinds(access):
        one = searchables()[kind]
        found = find(session, access, kind, question, size=BEST)
        hits = one.hits(session, access, found.ref_ids) if found.ref_ids else ()
        ranked += [
            (place >= OF_A_KIND, place >= found.whole, Best(one, hit)) for place, hit in enumerate(hits)
        ]
    ranked.sort(key=lambda row: row[:2])
    return [hit for _, _, hit in ranked[:BEST]]
