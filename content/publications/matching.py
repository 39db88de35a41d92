"""Matching by hand: a person says which item a publication carries and which themes it serves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from content.items.models import Item
from content.publications.models import HOLDS, Match, MatchDecision, Publication, PublicationStatus
from content.publications.services import touch
from content.themes.models import Theme

REASON = N_("Người dùng xác nhận")


def match_publication(
    session: Session,
    publication: Publication,
    *,
    item_id: int | None,
    theme_ids: Iterable[int],
    seen: int,
    actor: audit.Actor,
    now: datetime,
) -> None:
    """Make *item_id* (at most one) and *theme_ids* exactly what the publication matches.

    What held and is no longer named is kept as dismissed. What takes the place of another match, or of a
    dismissal, is corrected; all else is confirmed. A publication that was only found becomes confirmed.

    Raises:
        Stale: somebody changed it since. Refused: it is dismissed. Invalid: no such item or theme.
    """
    publication.check_version(seen)
    if publication.status is PublicationStatus.DISMISSED:
        raise Refused(N_("Tin này đã được bỏ qua. Hãy đưa trở lại trước khi khớp."))
    themes = set(theme_ids)
    _check_known(session, item_id, themes)
    rows = list(session.scalars(select(Match).where(Match.publication_id == publication.id)))
    items = {row.item_id: row for row in rows if row.item_id is not None}
    themed = {row.theme_id: row for row in rows if row.theme_id is not None}
    settle = _Settler(session, publication, actor, now)
    stood = any(row.decision is not MatchDecision.DISMISSED for row in items.values())
    for key, row in items.items():
        if key != item_id:
            settle.dismiss(row)
    if item_id is not None:
        settle.hold(items.get(item_id), item_id=item_id, corrects=stood)
    for key, row in themed.items():
        if key not in themes:
            settle.dismiss(row)
    for theme_id in sorted(themes):
        settle.hold(themed.get(theme_id), theme_id=theme_id)
    if publication.status is PublicationStatus.FOUND and (item_id is not None or themes):
        publication.status = PublicationStatus.CONFIRMED
    touch(session, publication)
    details = {"item": item_id, "themes": sorted(themes)}
    audit.record(session, actor, "publication.match", publication, at=now, details=details)


def _check_known(session: Session, item_id: int | None, theme_ids: set[int]) -> None:
    if item_id is not None and session.get(Item, item_id) is None:
        raise Invalid(N_("Không có tin bài này."))
    known = set(session.scalars(select(Theme.id).where(Theme.id.in_(theme_ids)))) if theme_ids else set()
    if known != theme_ids:
        raise Invalid(N_("Có chủ đề không còn trong danh sách."))


class _Settler:
    """Writes decisions of one person at one moment about one publication."""

    def __init__(self, session: Session, publication: Publication, actor: audit.Actor, now: datetime) -> None:
        self.session, self.publication, self.actor, self.now = session, publication, actor, now

    def hold(
        self,
        row: Match | None,
        *,
        item_id: int | None = None,
        theme_id: int | None = None,
        corrects: bool = False,
    ) -> None:
        """Let a match hold; one that holds already keeps who decided it and when."""
        if row is not None and row.decision in HOLDS:
            return
        was_dismissed = row is not None and row.decision is MatchDecision.DISMISSED
        is_other = corrects and (row is None or was_dismissed)
        if row is None:
            row = Match(publication_id=self.publication.id, item_id=item_id, theme_id=theme_id)
            self.session.add(row)
        self._decide(row, MatchDecision.CORRECTED if was_dismissed or is_other else MatchDecision.CONFIRMED)

    def dismiss(self, row: Match) -> None:
        """Keep a match as one that does not hold."""
        if row.decision is not MatchDecision.DISMISSED:
            self._decide(row, MatchDecision.DISMISSED)

    def _decide(self, row: Match, decision: MatchDecision) -> None:
        if row.decision is not MatchDecision.PROPOSED:  # why it was proposed stays beside who confirmed it
            row.score, row.reason = 1.0, REASON
        row.decision = decision
        row.decided_by_id, row.decided_at = self.actor.id, self.now
