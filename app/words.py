"""What people read for a value that code names: a label, a tone and an icon, so colour is never alone."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Tone = Literal["grey", "blue", "green", "amber", "red"]


@dataclass(frozen=True)
class Word:
    """How one value of an enumeration is shown; the label is Vietnamese and a key of the catalogues."""

    label: str
    tone: Tone = "grey"
    icon: str = "circle"


Words = Mapping[type[enum.StrEnum], Mapping[enum.StrEnum, Word]]
