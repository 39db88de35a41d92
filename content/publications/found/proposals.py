"""What found publications may match: themes by their phrases and one of our own items, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from content.publications.found.rows import add_new
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.tally.services import count_new
from content.themes.finder import theme_finder
from content.themes.matching import propose


def propose_matches(
    session: Session, publication_ids: Collection[int], *, confirm_above: float, now: datetime
) -> None:
    """Write what these publications may match, as proposals; those of *confirm_above* and more hold at once.

    What was decided about a match before stays as it is.
    """
    if not publication_ids:
        return
    asked = select(
        Publication.id, Publication.title, Publication.summary, Publication.status, Publication.published_on
    ).where(Publication.id.in_(publication_ids))
    waiting = [row for row in session.execute(asked) if row.status is PublicationStatus.FOUND]
    rows = [row for one in waiting for row in _themes(session, one)]
    for row in rows:
        is_sure = row["score"] >= confirm_above
        row["decision"] = MatchDecision.CONFIRMED if is_sure else MatchDecision.PROPOSED
        row["decided_at"] = now
    rows.sort(key=lambda row: (row["publication_id"], row["item_id"] or 0, row["theme_id"] or 0))
    add_new(session, Match, rows)
    sure = {row["publication_id"] for row in rows if row["decision"] is MatchDecision.CONFIRMED}
    if sure:
        session.execute(
            update(Publication)
            .where(Publication.id.in_(sure))
            .values(status=PublicationStatus.CONFIRMED, version=Publication.version + 1)
            .execution_options(synchronize_session=False)
        )
        count_new(session, sure)


def _themes(session: Session, one: Any) -> Iterator[dict[str, Any]]:
    for proposal in propose(theme_finder(session).find(one.title, one.summary)):
        yield {
            "publication_id": one.id,
            "item_id": None,
            "theme_id": proposal.theme_id,
            "score": proposal.score,
            "reason": proposal.reason,
        }
