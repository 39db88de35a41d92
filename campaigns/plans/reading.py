"""The one way in which plans are read from a kept file, so that lines mean the same on every page.

The last few are remembered by their bytes: an officer looks at one file on page after page, and opening a PDF or
reading a long plan takes a second. What is remembered is frozen, and takes some ten bytes for each letter.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from threading import Lock
from typing import Generic, TypeVar

from app.text import clean
from campaigns.planfile.containers.opening import open_source
from campaigns.planfile.containers.source import Source
from campaigns.planfile.draft import PlanDraft
from campaigns.planfile.reader import read_plan

T = TypeVar("T")


MOST_KEPT = 8
MOST_LETTERS = 4_000_000  # of all that is kept; one that is longer is kept alone


class _Lately(Generic[T]):
    """The results of the last few makings, by key; *letters* tells how long one is."""

    def __init__(self, letters: Callable[[T], int]) -> None:
        self._letters, self._lock = letters, Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def take(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept for *key*, else what *make* makes; two who ask at once may both make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > 1 and self._is_full():
                self._kept.popitem(last=False)
        return made

    def _is_full(self) -> bool:
        return len(self._kept) > MOST_KEPT or sum(map(self._letters, self._kept.values())) > MOST_LETTERS


_opened = _Lately[Source](lambda source: len(source.text))
_read = _Lately[PlanDraft](lambda draft: sum(map(len, draft.lines)))


def open_kept(content: bytes) -> Source:
    """The text of a file, free of marks that make it read otherwise than it is stored.

    Bidi overrides and zero-width marks are taken out before the reading, so no value can carry one.

    Raises:
        Unreadable: the container's own refusals.
    """

    def make() -> Source:
        opened = open_source(content)
        return replace(opened, text=clean(opened.text))

    return _opened.take(hashlib.sha256(content).digest(), make)


def read_source(content: bytes, *, name: str) -> PlanDraft:
    """The draft of a kept file.

    Raises:
        Unreadable: the container's own refusals.
    """
    key = (hashlib.sha256(content).digest(), name)
    return _read.take(key, lambda: read_plan(open_kept(content), name=name))
