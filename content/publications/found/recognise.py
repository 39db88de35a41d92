"""Our own items recognised in what others published, by title and by text. Pure.

Titles are compared by pairs of syllables without tone marks, texts by triples: the share of an entry's triples that
stand in our title, summary and the beginning of our text. The shingles of all texts lie sorted in arrays of 64-bit
numbers (hash, then place), eight bytes each: bench/matching.py says what 20,000 texts and one entry cost.

Thresholds: coverage.md 4.4 of the shared research (containment 0.4 of title and lead; 0.85 of titles where nobody looks,
here 0.75, since a person decides).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil
from zlib import crc32

from app.errors import N_
from app.text import nfc
from content.themes.syllables import MOST_REMEMBERED, read_syllables

LEAD = 120  # syllables of our text, after title and summary, in which an entry's summary is looked for
SAME_TITLE, SAME_TEXT = 0.75, 0.4
LIKE_TITLE, LIKE_TEXT = 0.6, 0.25  # together as good as one of the two above
_FEWEST = 4  # pairs (five syllables) that a title must have: "Chuyển đổi số" alone is in half of all titles
_FEWEST_OF_TEXT = 12  # triples of a summary: the name of a movement alone fills four of ten in a short one
_COMMONEST = 200  # texts: a shingle that more of them share does not lead to any of them
_RUN = 1_000_000  # shingles in one array: sorting it takes a tenth of a second and 40 MB for that time
_LOOKED_AT = 40  # texts that an entry is compared with at most, those sharing most first

TITLE_SAME = N_("trùng nguyên tiêu đề")
TITLE_LIKE = N_("trùng tiêu đề {share} %")
TEXT_LIKE = N_("trùng {share} % đoạn tóm tắt")


@dataclass(frozen=True)
class OwnText:
    """A text of ours that went out or may have: when a paper may carry it, and its words."""

    item_id: int
    first: date
    last: date
    title: str
    text: str


@dataclass(frozen=True)
class ItemProposal:
    """One of our items in an entry: *score* 0.0 to 1.0, *reason* a Vietnamese sentence."""

    item_id: int
    score: float
    reason: str


def fold_syllables(text: str, most: int | None = None) -> list[str]:
    """The syllables of *text* without tone marks, at most *most*."""
    return [one.folded for one in read_syllables(nfc(text if most is None else text[: most * 12]))[:most]]


class _Hashes(dict[str, int]):
    def __missing__(self, syllable: str) -> int:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        made = self[syllable] = crc32(syllable.encode())
        return made


_hashes = _Hashes()


def shingles(syllables: Sequence[str], size: int) -> set[int]:
    """Hashes (32 bits, the same in every process) of the runs of two or three syllables."""
    one = [_hashes[syllable] for syllable in syllables]
    if size == 2:
        return {(a * 31 + b) & 0xFFFFFFFF for a, b in pairwise(one)}
    return {((a * 31 + b) * 31 + c) & 0xFFFFFFFF for a, b, c in zip(one, one[1:], one[2:], strict=False)}


class Shingles:
    """Which texts hold which shingles: sorted arrays of hash << 32 | place, few and long."""

    def __init__(self) -> None:
        self._runs: list[array[int]] = []
        self._added = array("Q")

    def add(self, place: int, hashes: Iterable[int]) -> None:
        """Put in the shingles of a text; they are found after ``settle``."""
        self._added.extend(one << 32 | place for one in hashes)
        if len(self._added) > _RUN:
            self.settle()

    def settle(self) -> None:
        """Put what was added in order; short runs are joined, so that there are few to look into."""
        runs = [*self._runs, array("Q", sorted(self._added))] if self._added else self._runs
        while len(runs) > 1 and len(runs[-1]) + len(runs[-2]) <= _RUN:
            runs = [*runs[:-2], array("Q", sorted(runs[-2] + runs[-1]))]
        self._runs, self._added = runs, array("Q")

    def shared(self, wanted: set[int], at_least: float) -> Iterator[int]:
        """Texts that may hold *at_least* that share of *wanted*: each that holds one of the rarest of them.

        Of ten shingles a text that holds six holds one of any five. The commonest lead to nothing, so that what
        half of all texts say ("Ủy ban nhân dân tỉnh") costs no time.
        """
        ranges = [self._ranges(one) for one in wanted]
        ranges.sort(key=lambda found: found[0])
        for length, spans in ranges[: len(ranges) - ceil(at_least * len(ranges)) + 1]:
            if length > _COMMONEST:
                return
            for run, start, end in spans:
                for one in run[start:end]:
                    yield one & 0xFFFFFFFF

    def _ranges(self, shingle: int) -> tuple[int, list[tuple[array[int], int, int]]]:
        """How many texts hold *shingle*, and where they stand."""
        spans, length = [], 0
        for run in self._runs:
            start = bisect_left(run, shingle << 32)
            end = bisect_left(run, (shingle + 1) << 32, start, min(start + _COMMONEST + 1, len(run)))
            if end > start:
                spans.append((run, start, end))
                length += end - start
        return length, spans

    def share(self, wanted: set[int], place: int) -> float:
        """How much of *wanted* the text at *place* holds, 0.0 to 1.0."""
        held = sum(self._holds(one << 32 | place) for one in wanted)
        return held / len(wanted) if wanted else 0.0

    def _holds(self, value: int) -> bool:
        return any((at := bisect_left(run, value)) < len(run) and run[at] == value for run in self._runs)


class OwnTexts:
    """Our texts made ready to be recognised. Texts are added and never changed; ``keep`` says which still count."""

    def __init__(self) -> None:
        self._texts: list[tuple[int, date, date]] = []  # item, first and last day; the words are not kept
        self._titles: list[tuple[list[str], set[int]]] = []
        self._pairs, self._triples = Shingles(), Shingles()

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, texts: Iterable[OwnText]) -> list[int]:
        """Put in texts and return their places."""
        first = len(self._texts)
        for one in texts:
            title = fold_syllables(one.title)
            pairs, place = shingles(title, 2), len(self._texts)
            self._texts.append((one.item_id, one.first, one.last))
            self._titles.append((title, pairs))
            self._pairs.add(place, pairs)
            self._triples.add(place, shingles([*title, *fold_syllables(one.text, LEAD)], 3))
        self._pairs.settle()
        self._triples.settle()
        return list(range(first, len(self._texts)))

    def recognise(
        self, title: str, summary: str, day: date, *, without: frozenset[int] = frozenset()
    ) -> ItemProposal | None:
        """The item that was most likely published under *title* on *day*; places *without* do not count."""
        words = fold_syllables(title)
        pairs, triples = shingles(words, 2), shingles(fold_syllables(summary), 3)
        best: ItemProposal | None = None
        for place in self._candidates(pairs, triples):
            _, first, last = self._texts[place]
            if place in without or not first <= day <= last:
                continue
            made = self._compare(place, words, pairs, triples)
            if made is not None and (best is None or (made.score, made.item_id) > (best.score, best.item_id)):
                best = made
        return best

    def _candidates(self, pairs: set[int], triples: set[int]) -> list[int]:
        """The texts that may be alike enough to an entry, those sharing most first."""
        shared = Counter(self._pairs.shared(pairs, LIKE_TITLE / 2))
        shared.update(self._triples.shared(triples, LIKE_TEXT))
        return [place for place, _ in shared.most_common(_LOOKED_AT)]

    def _compare(
        self, place: int, words: list[str], pairs: set[int], triples: set[int]
    ) -> ItemProposal | None:
        own_words, own_pairs = self._titles[place]
        is_same = bool(words) and words == own_words
        by_title = 1.0 if is_same else _title_share(words, pairs, own_words, own_pairs)
        by_text = self._triples.share(triples, place) if len(triples) >= _FEWEST_OF_TEXT else 0.0
        together = by_title >= LIKE_TITLE and by_text >= LIKE_TEXT
        if not (by_title >= SAME_TITLE or by_text >= SAME_TEXT or together):
            return None
        score = 1 - (1 - 0.9 * by_title * (by_title >= LIKE_TITLE)) * (
            1 - 0.9 * by_text * (by_text >= LIKE_TEXT)
        )
        reasons = []
        if by_title >= LIKE_TITLE:
            reasons.append(TITLE_SAME if is_same else TITLE_LIKE.format(share=int(by_title * 100)))
        if by_text >= LIKE_TEXT:
            reasons.append(TEXT_LIKE.format(share=int(by_text * 100)))
        return ItemProposal(self._texts[place][0], round(min(score, 0.99), 2), ", ".join(reasons))


def _title_share(words: list[str], pairs: set[int], own_words: list[str], own_pairs: set[int]) -> float:
    """How much of the shorter title stands in the other; other numbers halve it ("… ngày 3/5" is not "… ngày 4/5")."""
    fewest = min(len(pairs), len(own_pairs))
    if fewest < _FEWEST:
        return 0.0
    share = len(pairs & own_pairs) / fewest
    numbers, own_numbers = _numbers(words), _numbers(own_words)
    return share if numbers <= own_numbers or own_numbers <= numbers else share / 2


def _numbers(words: Iterable[str]) -> set[str]:
    return {one for one in words if one.isdecimal()}
