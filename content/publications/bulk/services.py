"""What is done to publications from their list: confirm what was proposed, add one theme."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Refused
from content.publications.matching import match_publication
from content.publications.models import HOLDS, Match, MatchDecision, Publication


def confirm_proposed(
    session: Session, publication: Publication, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Confirm every proposed theme, and of the proposed items the likeliest when none is held; what holds stays.

    Raises:
        Refused: nothing is proposed. Others as for match_publication.
    """
    rows = _rows(session, publication)
    proposed = [row for row in rows if row.decision is MatchDecision.PROPOSED]
    if not proposed:
        publication.check_version(seen)
        raise Refused(N_("Tin này không có chỗ khớp nào được đề xuất."))
    held = _item_of(rows)
    if held is None:
        items = [row for row in proposed if row.item_id is not None]
        held = max(items, key=lambda row: (row.score, -row.id)).item_id if items else None
    themes = {row.theme_id for row in [*proposed, *_held(rows)] if row.theme_id is not None}
    match_publication(session, publication, item_id=held, theme_ids=themes, seen=seen, actor=actor, now=now)


def add_theme(
    session: Session,
    publication: Publication,
    theme_id: int,
    *,
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Let the publication serve one theme more; what holds stays.

    Raises:
        Refused: it serves the theme already. Others as for match_publication.
    """
    rows = _rows(session, publication)
    themes = {row.theme_id for row in _held(rows) if row.theme_id is not None}
    if theme_id in themes:
        publication.check_version(seen)
        raise Refused(N_("Tin này đã có chủ đề đó."))
    match_publication(
        session,
        publication,
        item_id=_item_of(rows),
        theme_ids=themes | {theme_id},
        seen=seen,
        actor=actor,
        now=now,
    )


def _rows(session: Session, publication: Publication) -> list[Match]:
    return list(
        session.scalars(select(Match).where(Match.publication_id == publication.id).order_by(Match.id))
    )


def _held(rows: list[Match]) -> list[Match]:
    return [row for row in rows if row.decision in HOLDS]


def _item_of(rows: list[Match]) -> int | None:
    """The item that is held."""
    return next((row.item_id for row in _held(rows) if row.item_id is not None), None)
