"""What a new text changes in a plan, three ways: what the old text said, what stands in the plan, what the new says.

Pure. A value that the new text leaves as the old had it stays as it stands in the plan, with all corrections made
by hand; one that both have changed, differently, is a conflict for the officer.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from campaigns.plans.amending.pairing import SURE, Side, longest_run, pair_up
from campaigns.plans.amending.structure import Altered, Level, NewEntry, OldEntry, key_name, key_text

Pairs = Mapping[str, int | None]
"""By path of a new entry: the key of the old one that an officer says it is, None for one that is new."""


class Change(enum.StrEnum):
    """What happened to an entry."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True)
class FieldChange:
    """One value of an entry: as it stands (*ours*), as the new text has it (*theirs*)."""

    name: str
    ours: str
    theirs: str
    is_conflict: bool = False
    is_kept: bool = False  # corrected by hand, and the new text says what the old said: it stays


@dataclass(frozen=True)
class Difference:
    """One entry on both sides; *score* is how much of the words they share, 1.0 where a person has paired them."""

    level: Level
    old: OldEntry | None
    new: NewEntry | None
    fields: tuple[FieldChange, ...] = ()
    is_moved: bool = False
    score: float = 1.0

    @cached_property
    def changed(self) -> tuple[FieldChange, ...]:
        """The values that accepting changes or asks about."""
        return tuple(one for one in self.fields if not one.is_kept)

    @property
    def change(self) -> Change:
        """The one word for it; what was both changed and moved is changed."""
        if self.old is None:
            return Change.ADDED
        if self.new is None:
            return Change.REMOVED
        if self.changed:
            return Change.CHANGED
        return Change.MOVED if self.is_moved else Change.SAME

    @property
    def is_doubtful(self) -> bool:
        """Whether the pair was found by few words."""
        return self.score < SURE

    @property
    def conflicts(self) -> tuple[FieldChange, ...]:
        """The values about which the officer has to say which one holds."""
        return tuple(one for one in self.fields if one.is_conflict)

    @property
    def main(self) -> Altered | None:
        """The words by which it is known, where the new text has others and nobody has to choose."""
        return next((one for one in self._altered() if one.name == key_name(self.level)), None)

    @property
    def others(self) -> list[Altered]:
        """Its other values that change without a question; all of them for a new entry."""
        if self.old is None and self.new is not None:
            values = self.new.values.items()
            return [
                Altered(name, value, value)
                for name, value in values
                if value and name != key_name(self.level)
            ]
        return [one for one in self._altered() if one.name != key_name(self.level)]

    def _altered(self) -> list[Altered]:
        return [Altered(one.name, one.ours, one.theirs) for one in self.changed if not one.is_conflict]

    @property
    def words(self) -> str:
        """The words by which it is known now."""
        shown = self.old or self.new
        return shown.values.get(key_name(self.level), "") if shown else ""

    def choice_key(self, field: FieldChange) -> str:
        """The name under which the officer's word about a conflict is kept."""
        return f"{self.level.value}:{self.old.key if self.old else 0}:{field.name}"


def compare(
    olds: Sequence[OldEntry], news: Sequence[NewEntry], said: Pairs | None = None
) -> list[Difference]:
    """Every old and every new entry once: those of the new text in its order, then what it no longer has."""
    pairs = _pairs(olds, news, said or {})
    by_key = {(one.level, one.key): one for one in olds}
    found, met = [], set()
    for new in news:
        key, score = pairs.get(new.path, (None, 1.0))
        old = by_key[(new.level, key)] if key is not None else None
        if old is not None:
            met.add((old.level, old.key))
        found.append(Difference(new.level, old, new, _fields(old, new) if old else (), score=score))
    found = _with_moves(found)
    return found + [Difference(one.level, one, None) for one in olds if (one.level, one.key) not in met]


def counts_of(differences: Iterable[Difference]) -> dict[Change, int]:
    """How many there are of each."""
    counted = dict.fromkeys(Change, 0)
    for one in differences:
        counted[one.change] += 1
    return counted


def tidy(text: str) -> str:
    """*text* as values are compared: each line with single blanks."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def _fields(old: OldEntry, new: NewEntry) -> tuple[FieldChange, ...]:
    """The values that differ, or that were corrected by hand."""
    found = []
    for name, theirs in new.values.items():
        ours, base = old.values.get(name, ""), old.said.get(name)
        if tidy(theirs) == tidy(ours):
            continue
        is_mended = base is None or tidy(base) != tidy(ours)
        is_kept = base is not None and tidy(base) == tidy(theirs)
        found.append(FieldChange(name, ours, theirs, is_mended and not is_kept, is_kept))
    return tuple(found)


def _pairs(
    olds: Sequence[OldEntry], news: Sequence[NewEntry], said: Pairs
) -> dict[str, tuple[int | None, float]]:
    """By path of a new entry the key of the old one, and how much they share; groups before their tasks."""
    pairs: dict[str, tuple[int | None, float]] = {}
    homes: dict[str, str] = {}
    for level in Level:
        mine = [one for one in olds if one.level is level]
        theirs = [one for one in news if one.level is level]
        found = _said(mine, theirs, said)
        taken = {key for key, _ in found.values()}
        mine = [one for one in mine if one.key not in taken]
        theirs = [one for one in theirs if one.path not in found]
        is_group = level is Level.GROUP
        old_sides = _sides(mine, {}, _below(olds) if is_group else {})
        new_sides = _sides(theirs, homes, _below(news) if is_group else {})
        for pair in pair_up(old_sides, new_sides):
            found[theirs[pair.new].path] = (mine[pair.old].key, pair.score)
        if is_group:
            homes = {path: str(key) for path, (key, _) in found.items() if key is not None}
        pairs |= found
    return pairs


def _said(
    olds: Sequence[OldEntry], news: Sequence[NewEntry], said: Pairs
) -> dict[str, tuple[int | None, float]]:
    """The pairs that an officer has named, of this level; an old entry is taken once."""
    free = {one.key for one in olds}
    found: dict[str, tuple[int | None, float]] = {}
    for new in news:
        key = said.get(new.path)
        if new.path in said and (key is None or key in free):
            found[new.path] = (key, 1.0)
            free.discard(key or 0)
    return found


def _sides(
    entries: Sequence[OldEntry] | Sequence[NewEntry], homes: Mapping[str, str], below: Mapping[str, str]
) -> list[Side]:
    return [
        Side(homes.get(one.home, one.home), key_text(one.values), below.get(own_home(one), ""))
        for one in entries
    ]


def own_home(entry: OldEntry | NewEntry) -> str:
    """The home of what stands under *entry*."""
    return str(entry.key) if isinstance(entry, OldEntry) else entry.path


def _below(entries: Iterable[OldEntry | NewEntry]) -> dict[str, str]:
    """By group the words of its tasks: two groups are one by what they ask, also where their titles are not."""
    words: dict[str, list[str]] = defaultdict(list)
    for one in entries:
        if one.level is Level.TASK:
            words[one.home].append(key_text(one.values))
    return {home: " ".join(texts) for home, texts in words.items()}


def _with_moves(differences: Sequence[Difference]) -> list[Difference]:
    """The same with those marked that stand under another heading, or before what they stood behind."""
    groups = {
        one.new.path: str(one.old.key)
        for one in differences
        if one.level is Level.GROUP and one.old and one.new
    }
    stayed: dict[tuple[Level, str], list[int]] = defaultdict(list)
    moved: set[int] = set()
    for index, one in enumerate(differences):
        if one.old is None or one.new is None or one.level in {Level.PLAN, Level.FACT}:
            continue
        if one.level is Level.TASK and groups.get(one.new.home) != one.old.home:
            moved.add(index)
        else:
            stayed[(one.level, one.new.home)].append(index)
    for run in stayed.values():
        kept = longest_run([_place(differences[index]) for index in run])
        moved |= {index for order, index in enumerate(run) if order not in kept}
    return [replace(one, is_moved=index in moved) for index, one in enumerate(differences)]


def _place(one: Difference) -> int:
    return one.old.place if one.old else 0
