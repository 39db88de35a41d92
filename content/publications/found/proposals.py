"""What found publications may match: themes by their phrases and one of our own items, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import N_
from content.items.models import ItemTheme
from content.publications.found.own_texts import recogniser
from content.publications.found.recognise import ItemProposal
from content.publications.found.rows import add_new
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.publications.tally.services import count_new
from content.themes.finder import theme_finder
from content.themes.matching import ThemeProposal, propose
from content.themes.models import Theme

OF_ITEM = N_("là chủ đề của tin bài")


def propose_matches(
    session: Session, publication_ids: Collection[int], *, confirm_above: float, now: datetime
) -> None:
    """Write what these publications may match, as proposals; those of *confirm_above* and more hold at once.

    What was decided about a match before stays as it is.
    """
    if not publication_ids:
        return
    asked = select(Publication.id, Publication.title, Publication.summary, Publication.published_on).where(
        Publication.id.in_(publication_ids), Publication.status == PublicationStatus.FOUND
    )
    rows = proposals_for(session, session.execute(asked).all(), now=now)
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


def proposals_for(session: Session, publications: Iterable[Any], *, now: datetime) -> list[dict[str, Any]]:
    """Rows of Match without a decision for what has ``id``, ``title``, ``summary`` and ``published_on``."""
    themes, own, rows = theme_finder(session), recogniser(session, now=now), []
    items: dict[int, ItemProposal] = {}
    for one in publications:
        rows += [_of_theme(one.id, made) for made in propose(themes.find(one.title, one.summary))]
        if made := own.find(one.title, one.summary, one.published_on):
            items[one.id] = made
    served = _themes_of(session, {one.item_id for one in items.values()})
    found = {(row["publication_id"], row["theme_id"]) for row in rows}
    for number, made in items.items():
        rows.append(_row(number, item_id=made.item_id, score=made.score, reason=made.reason))
        rows += [
            _row(number, theme_id=theme_id, score=made.score, reason=OF_ITEM)
            for theme_id in served.get(made.item_id, ())
            if (number, theme_id) not in found
        ]
    return rows


def _of_theme(publication_id: int, made: ThemeProposal) -> dict[str, Any]:
    return _row(publication_id, theme_id=made.theme_id, score=made.score, reason=made.reason)


def _row(
    publication_id: int,
    *,
    item_id: int | None = None,
    theme_id: int | None = None,
    score: float,
    reason: str,
) -> dict[str, Any]:
    return {
        "publication_id": publication_id,
        "item_id": item_id,
        "theme_id": theme_id,
        "score": score,
        "reason": reason,
    }


def _themes_of(session: Session, item_ids: Collection[int]) -> dict[int, list[int]]:
    """The themes that each item serves, those in use."""
    found: dict[int, list[int]] = {}
    asked = (
        select(ItemTheme.item_id, ItemTheme.theme_id)
        .join(Theme, Theme.id == ItemTheme.theme_id)
        .where(ItemTheme.item_id.in_(item_ids), Theme.retired_at.is_(None))
        .order_by(ItemTheme.item_id, ItemTheme.theme_id)
    )
    for item_id, theme_id in session.execute(asked) if item_ids else ():
        found.setdefault(item_id, []).append(theme_id)
    return found
