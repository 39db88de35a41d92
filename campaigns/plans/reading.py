"""The one way in which plans are read from a kept file, so that lines mean the same on every page."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from app.text import clean
from campaigns.planfile.containers.opening import open_source
from campaigns.planfile.containers.source import Source
from campaigns.planfile.draft import PlanDraft
from campaigns.planfile.reader import read_plan

_MOST_KEPT = 8
_opened: OrderedDict[str, Source] = OrderedDict()
_lock = Lock()


def open_kept(content: bytes) -> Source:
    """The text of a file, free of marks that make it read otherwise than it is stored.

    Bidi overrides and zero-width marks are taken out before the reading, so no value can carry one. The last few
    are remembered by their bytes: an officer looks at one file on page after page, and opening a PDF takes a second.

    Raises:
        Unreadable: the container's own refusals.
    """
    key = hashlib.sha256(content).hexdigest()
    with _lock:
        if key in _opened:
            _opened.move_to_end(key)
            return _opened[key]
    opened = open_source(content)
    opened = replace(opened, text=clean(opened.text))
    with _lock:
        _opened[key] = opened
        while len(_opened) > _MOST_KEPT:
            _opened.popitem(last=False)
    return opened


def read_source(content: bytes, *, name: str) -> PlanDraft:
    """The draft of a kept file.

    Raises:
        Unreadable: the container's own refusals.
    """
    return read_plan(open_kept(content), name=name)
