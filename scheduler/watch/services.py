"""What a person can ask of the watching: read a feed again now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Refused
from content.outlets.feeds.models import Feed


def read_again(session: Session, feed: Feed, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Let *feed* be read in the scheduler's next round, one that was given up as gone too.

    Raises:
        Stale: somebody changed it since. Refused: it is not watched.
    """
    feed.check_version(seen)
    if not feed.is_watched:
        raise Refused(N_("Nguồn tin này đang tắt theo dõi. Hãy bật theo dõi trước."))
    feed.next_poll_at, feed.gone_at = now, None
    session.flush()
    audit.record(session, actor, "feed.read_again", feed, at=now, details={"address": feed.address})
