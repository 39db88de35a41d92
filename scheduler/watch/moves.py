"""A feed that moved for good: its new address is adopted when the answer stays the same for a week. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

ADOPT_AFTER = timedelta(days=7)
GONE = frozenset({404, 410})


@dataclass(frozen=True)
class Move:
    """What to remember of a move: where to, since when; *adopt* when the address is to be changed now."""

    to: str | None = None
    since: datetime | None = None
    adopt: bool = False


def read_move(
    address: str, target: str | None, *, known: str | None, since: datetime | None, now: datetime
) -> Move:
    """What an answer says about the move of *address*: *target* is where it has moved for good, None for nowhere.

    Only the scheme changed: at once. Otherwise after a week of the same answer (lion-reader's rule), because a
    login page or a provider's notice is "permanent" for an afternoon.
    """
    if target is None or target == address:
        return Move()
    if _is_made_secure(address, target):
        return Move(target, now, adopt=True)
    if target != known or since is None:
        return Move(target, now)
    return Move(target, since, adopt=now - since >= ADOPT_AFTER)


def _is_made_secure(address: str, target: str) -> bool:
    old, new = urlsplit(address), urlsplit(target)
    same = (old.hostname, old.path or "/", old.query) == (new.hostname, new.path or "/", new.query)
    return same and (old.scheme, new.scheme) == ("http", "https")


def is_left_behind(status: int, known: str | None) -> bool:
    """Whether an address that had named its successor now answers that it is no more: adopt at once."""
    return known is not None and status in GONE
