"""What changed between two texts, word by word, for people to read. Pure."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 4_000  # of one changed passage; beyond it the passage is shown as replaced whole
_WORD = re.compile(r"\n|[^\S\n]+|[^\s]+")


class Kind(enum.StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """Words in a row to which the same happened."""

    kind: Kind
    text: str


def difference(old: str, new: str) -> list[list[Run]]:
    """The lines of both texts together, each a list of runs; blank lines are left out."""
    lines: list[list[Run]] = [[]]
    for run in _runs(old.split("\n"), new.split("\n")):
        first, *others = run.text.split("\n")
        if first:
            lines[-1].append(Run(run.kind, first))
        lines.extend([Run(run.kind, text)] if text else [] for text in others)
    return [line for line in lines if any(run.text.strip() for run in line)]


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    """Runs by lines; within lines that were replaced, by words. Each line brings its end along."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        before, after = "".join(f"{line}\n" for line in old[a:b]), "".join(f"{line}\n" for line in new[c:d])
        if tag == "equal":
            yield Run(Kind.SAME, after)
        else:
            yield from _word_runs(before, after)


def _word_runs(before: str, after: str) -> Iterator[Run]:
    """Runs of two passages, by words."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        same: list[tuple[int, int, int]] = [(len(old), len(new), 0)]
    else:
        same = [
            (block.a, block.b, block.size)
            for block in SequenceMatcher(None, old, new).get_matching_blocks()
            if not block.size or not _is_space(old[block.a : block.a + block.size])
        ]
    a = c = 0
    for b, d, size in same:
        if a < b:
            yield Run(Kind.REMOVED, "".join(old[a:b]))
        if c < d:
            yield Run(Kind.ADDED, "".join(new[c:d]))
        if size:
            yield Run(Kind.SAME, "".join(new[d : d + size]))
        a, c = b + size, d + size


def _is_space(words: list[str]) -> bool:
    """Whether only blanks of one line stand there: several words replaced by others read as one change."""
    return all(word.isspace() and word != "\n" for word in words)
