"""What becomes of a promise whose moment has passed. A bulletin's air time is gone; an article is harmless later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from content.items.models import ItemType

# How long after its moment a piece may still go out; a type that is not named goes out whenever it can.
GRACE: Mapping[ItemType, timedelta] = {
    ItemType.LOUDSPEAKER_BULLETIN: timedelta(minutes=15),
    ItemType.SOCIAL_POST: timedelta(minutes=60),
}


def is_too_late(kind: ItemType, due_at: datetime, now: datetime) -> bool:
    """Whether a piece of this type, promised for *due_at*, may no longer go out *now* (both aware)."""
    grace = GRACE.get(kind)
    return grace is not None and now - due_at > grace
