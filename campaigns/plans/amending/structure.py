"""One shape for both sides of a comparison: what stands in the plan, and what a new text says. Pure."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Values = Mapping[str, str]
"""What an entry says by the name of a field; a list of units has one line for each."""

UNITS = ("lead", "cooperating")
PLAN_PATH = "plan"


class Level(enum.StrEnum):
    """What an entry is."""

    PLAN = "plan"
    GROUP = "group"
    TASK = "task"
    DUTY = "duty"
    FACT = "fact"


@dataclass(frozen=True)
class OldEntry:
    """What stands in the plan now: *values* with all that was corrected by hand, *said* what its text says.

    A field that *said* does not have was corrected before readings were kept: what its text says is not known.
    *home* is what it stands under: the key of its group, its heading, its kind. *lines* stand in the text of the
    version *source*; *extra* is kept but not compared.
    """

    level: Level
    key: int
    home: str
    place: int
    ordinal: str
    values: Values
    said: Values
    lines: tuple[int, int] = (1, 1)
    source: int = 1
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewEntry:
    """What the new text has: *values* as corrected in the preview, *said* as read; the lines of its source.

    *source* is the number of the version in which those lines stand, None for the new text itself. *extra* is a fact in
    the reader's own schema, or the number before a duty's heading. *at* is the line of a value that has one of its own.
    """

    level: Level
    path: str
    home: str
    place: int
    ordinal: str
    values: Values
    said: Values
    lines: tuple[int, int] = (1, 1)
    source: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    at: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, name: str) -> int:
        """Where a value stands in the source."""
        return self.at.get(name, self.lines[0])


def key_text(values: Values) -> str:
    """The words by which an entry is known: its text, else its title."""
    return values.get("text") or values.get("title") or ""


@dataclass(frozen=True)
class Altered:
    """One value before and after."""

    name: str
    before: str
    after: str


def key_name(level: Level) -> str:
    """The name of the value by which an entry of that level is known."""
    return "title" if level in {Level.PLAN, Level.GROUP} else "text"
