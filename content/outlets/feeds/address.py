"""When two addresses are one feed. Pure.

The scheme does not count (http and https give the same feed), nor do capitals of the host or a usual port; path
and query do, for a section is often named there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

_USUAL = {"http": 80, "https": 443}


@dataclass(frozen=True)
class FeedAddress:
    """A feed's address, its *key* (SHA-256 in hex of what is compared) and its host."""

    shown: str
    key: str
    host: str


def read_feed_address(address: str) -> FeedAddress:
    """The parts of *address*, which is a web address already (app.outbound.reach.read_target checks it)."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    port = "" if parts.port in {None, _USUAL.get(parts.scheme)} else f":{parts.port}"
    compared = f"{host}{port}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
    return FeedAddress(address, hashlib.sha256(compared.encode()).hexdigest(), host[:255])
