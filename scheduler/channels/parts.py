"""What goes between the dispatcher and a channel."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine


@dataclass(frozen=True)
class Wire:
    """What channels of this installation speak through."""

    engine: Engine
    public_url: str


@dataclass(frozen=True)
class Package:
    """What is sent: the approved text's row, under the key that makes it happen once."""

    idem_key: str
    revision_id: int


@dataclass(frozen=True)
class Receipt:
    """What the channel says it has: where, and since when (aware UTC)."""

    address: str
    published_at: datetime


class Verdict(enum.StrEnum):
    """What a look at the channel told."""

    THERE = "there"
    NOT_THERE = "not_there"  # and sending it again under the same key is safe
    UNCLEAR = "unclear"  # a person has to look


@dataclass(frozen=True)
class Probe:
    """What a look at the channel told, with the receipt when it is there."""

    verdict: Verdict
    receipt: Receipt | None = None
