"""What a wing adds to the house. The ground finds the wings by name, so no import runs up.

Everything is named as ``module:attribute`` and loaded when it is asked for: a command that only reads a file
starts without pages or database.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from app.words import Word

WINGS = ("app.ground", "content.feature", "campaigns.feature", "scheduler.feature")


@dataclass(frozen=True)
class MenuEntry:
    """A place in the menu: endpoint of its page, who sees it, and the letter that leads there after ``g``."""

    label: str
    endpoint: str
    icon: str
    permissions: tuple[str, ...]
    place: str = "rail"
    key: str = ""
    order: int = 50


@dataclass(frozen=True)
class Feature:
    """Names of what a wing brings, each ``module:attribute`` unless it says otherwise."""

    blueprints: tuple[str, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    panels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()  # what needs a person now: (session, access) -> rows (app/web/needs.py)
    marks: Mapping[str, str] = field(default_factory=dict)
    first_day: tuple[str, ...] = ()
    before_serving: tuple[str, ...] = ()
    demonstration: str = ""
    commands: Mapping[str, str] = field(default_factory=dict)
    search: Mapping[str, str] = field(default_factory=dict)  # kind -> an app.search.Searchable
    models: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


def load(name: str) -> Any:
    """The object that ``module:attribute`` names."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)


def begin_first_day(session: object, organisation: object, **given: object) -> None:
    """Let every wing put in what the lead agency needs to begin: ``(session, organisation, *, actor, now)``."""
    for feature in features():
        for name in feature.first_day:
            load(name)(session, organisation, **given)


def check_before_serving(engine: object, settings: object) -> None:
    """Let every wing keep the pages from being served: ``(engine, settings)``, raises a Fault that says why."""
    for feature in features():
        for name in feature.before_serving:
            load(name)(engine, settings)


def fill_with_demonstration(engine: object, settings: object) -> Iterable[str]:
    """Let the wing that has one fill an empty database with a demonstration; what was made, as lines to print."""
    return [
        line
        for feature in features()
        if feature.demonstration
        for line in load(feature.demonstration)(engine, settings)
    ]


@cache
def features() -> tuple[Feature, ...]:
    """The features of all wings, ground first."""
    return tuple(import_module(wing).FEATURE for wing in WINGS)


@cache
def load_models() -> None:
    """Import every module with tables (and what keeps one right): relationships resolve, migrations see them all."""
    for feature in features():
        for module in feature.models:
            import_module(module)


@cache
def words_of(kind: type[enum.StrEnum]) -> Mapping[enum.StrEnum, Word]:
    """The Word of each value of one enumeration.

    They are kept apart by enumeration: members of two StrEnums with the same text are equal as keys, so one flat
    table would show the word of the one for the other.
    """
    tables = (load(name) for feature in features() for name in feature.words)
    return next((table[kind] for table in tables if kind in table), {})


@cache
def all_actions() -> dict[str, str]:
    """Every audit action with the sentence that people read for it."""
    return {
        action: sentence
        for feature in features()
        for name in feature.actions
        for action, sentence in load(name).items()
    }
