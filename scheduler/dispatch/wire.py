"""What goes between the dispatcher and a channel, and what a channel must be able to do.

The dispatcher is handed its channels (``Hand.channels``); it knows none by name.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.outbound.reach import Reach
from content.channels.models import ChannelKind
from content.slots.models import Slot


@dataclass(frozen=True)
class Wire:
    """What this installation speaks through: its database, its own address, and what it may reach."""

    engine: Engine
    public_url: str
    reach: Reach = Reach()  # noqa: RUF009 - frozen
    confirm_above: float = 1.01  # from which score what was found holds without a person


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


class ChannelError(Exception):
    """A channel did not take it; the sentence is for a press officer.

    *permanent*: trying again is useless. *unknown*: it may have been taken, so it must not be sent again before
    somebody looked. Neither: it was surely not taken and may be sent again.
    """

    def __init__(self, sentence: str, *, permanent: bool = False, unknown: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.permanent = permanent
        self.unknown = unknown


class Channel(Protocol):
    """The four functions of a kind of channel."""

    def package(self, session: Session, slot: Slot) -> Package:
        """What is sent for *slot*, complete, so that sending reads nothing more. Raises ChannelError."""

    def send(self, wire: Wire, package: Package, now: datetime) -> Receipt:
        """Make exactly one call. Any error that ``explain`` does not know leaves the outcome unknown."""

    def probe(self, wire: Wire, idem_key: str) -> Probe:
        """Look whether what was sent under that key is there."""

    def explain(self, fault: Exception) -> ChannelError:
        """The class of an error that ``package`` or ``send`` raised, with a sentence."""


Channels = Mapping[ChannelKind, Channel]
