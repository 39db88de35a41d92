"""The kinds of channel and how each is spoken to. A new kind is a folder here and a line in ``CHANNELS``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from content.channels.models import ChannelKind
from content.slots.models import Slot
from scheduler.channels import site
from scheduler.channels.errors import ChannelError
from scheduler.channels.parts import Package, Probe, Receipt, Wire


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


CHANNELS: Mapping[ChannelKind, Channel] = {ChannelKind.SITE: site}
