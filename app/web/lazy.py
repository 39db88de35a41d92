"""Sentences of class bodies: translated when they are shown, in the language of that request."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext


def lazy(sentence: str) -> Any:
    """*sentence* (marked with N_) as a text that is translated at each use."""
    return lazy_gettext(sentence)
