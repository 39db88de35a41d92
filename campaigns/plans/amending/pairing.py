"""Which entry of a new text is which of the old one: same words first, then similar ones. Pure and deterministic.

Numbers printed before an entry say nothing here: a plan is renumbered whenever something is put in or taken out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from app.text import spelt

AT_HOME = 0.4  # so much of the words must be shared with an entry under the same heading
ANYWHERE = 0.55  # and so much with one under another heading
SURE = 0.7  # a pair below it is shown to the officer as doubtful
COMMON = 60  # what stands in more entries than this tells none of them from another


@dataclass(frozen=True)
class Side:
    """One entry as it is paired: what it stands under, the words it is known by, all words it is compared by."""

    home: str
    words: str
    more: str = ""

    @cached_property
    def known_by(self) -> str:
        """The plain words that another entry must have to be the same."""
        return plain(self.words)

    @cached_property
    def marks(self) -> frozenset[str]:
        """The words of an entry and its words two by two: what it shares with a reworded one."""
        words = [*self.known_by.split(), *plain(self.more).split()]
        return frozenset(words) | {f"{one} {two}" for one, two in pairwise(words)}


@dataclass(frozen=True)
class Pair:
    """A new entry, the old one that it is, and how much of their words they share (1.0: all)."""

    new: int
    old: int
    score: float

    @property
    def is_doubtful(self) -> bool:
        """Whether the officer should look at it."""
        return self.score < SURE


def pair_up(olds: Sequence[Side], news: Sequence[Side]) -> list[Pair]:
    """Pairs by index, each index at most once, in the order of *news*.

    Same words under the same heading, then same words anywhere; then the most similar under the same heading,
    then anywhere. What is as good as another goes to the one that stands earlier.
    """
    free_old, free_new = set(range(len(olds))), set(range(len(news)))
    pairs: list[Pair] = []

    def take(new: int, old: int, score: float) -> None:
        free_new.remove(new)
        free_old.remove(old)
        pairs.append(Pair(new, old, score))

    for with_home in (True, False):
        waiting = _by_words(olds, free_old, with_home=with_home)
        for new in sorted(free_new):
            same = waiting.get(_key(news[new], with_home=with_home))
            if same:
                take(new, same.pop(0), 1.0)
    found = sorted(
        _similar(olds, free_old, news, free_new), key=lambda pair: (-pair.score, pair.new, pair.old)
    )
    for at_home in (True, False):
        for pair in found:
            is_free = pair.new in free_new and pair.old in free_old
            is_near = olds[pair.old].home == news[pair.new].home if at_home else pair.score >= ANYWHERE
            if is_free and is_near:
                take(pair.new, pair.old, pair.score)
    return sorted(pairs, key=lambda pair: pair.new)


def _by_words(olds: Sequence[Side], free: set[int], *, with_home: bool) -> dict[tuple[str, str], list[int]]:
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for old in sorted(free):
        if olds[old].known_by:
            waiting[_key(olds[old], with_home=with_home)].append(old)
    return waiting


def _key(side: Side, *, with_home: bool) -> tuple[str, str]:
    return (side.home if with_home else "", side.known_by)


def _similar(
    olds: Sequence[Side], free_old: set[int], news: Sequence[Side], free_new: set[int]
) -> Iterator[Pair]:
    """Every pair that shares a mark which is not common to very many entries."""
    having: dict[str, list[int]] = defaultdict(list)
    for old in sorted(free_old):
        for mark in olds[old].marks:
            having[mark].append(old)
    for new in sorted(free_new):
        own = news[new].marks
        near = {old for mark in own if len(having.get(mark, ())) <= COMMON for old in having.get(mark, ())}
        for old in sorted(near):
            score = 2 * len(own & olds[old].marks) / (len(own) + len(olds[old].marks))
            if score >= AT_HOME:
                yield Pair(new, old, score)


def plain(text: str) -> str:
    """Words only, in small letters with each tone behind its word: "hóa" and "hoá" are one."""
    return spelt(re.sub(r"[^\w\s]", " ", text))


def longest_run(places: Sequence[int]) -> frozenset[int]:
    """The indexes of a longest rising run of *places*: what keeps its order while others are moved."""
    tails: list[int] = []
    before: dict[int, int] = {}
    for index, place in enumerate(places):
        low = _first_not_below(tails, places, place)
        if low:
            before[index] = tails[low - 1]
        tails[low : low + 1] = [index]
    kept: list[int] = tails[-1:]
    while kept and kept[-1] in before:
        kept.append(before[kept[-1]])
    return frozenset(kept)


def _first_not_below(tails: Sequence[int], places: Sequence[int], place: int) -> int:
    low, high = 0, len(tails)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if places[tails[middle]] < place else (low, middle)
    return low
