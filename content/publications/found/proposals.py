"""What found publications may match: themes by their phrases and one of our own items, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_
from content.items.models import ItemTheme
from content.publications.found.own_texts import recogniser
from content.publications.found.recognise import ItemProposal
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.themes.finder import theme_finder
from content.themes.matching import ThemeProposal, propose
from content.themes.models import Theme

OF_ITEM = N_("là chủ đề của tin bài")


class Told(Protocol):
    """What is looked at: a publication, or what a looked-up page says."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...


def propose_matches(
    session: Session, publications: Iterable[Publication], *, confirm_above: float, now: datetime
) -> None:
    """Write what these publications may match, as proposals; those of *confirm_above* and more hold at once.

    Only what waits is looked at, and what was said about a match before stays as it is.
    """
    waiting = {one.id: one for one in publications if one.status is PublicationStatus.FOUND}
    if not waiting:
        return
    asked = select(Match.publication_id, Match.item_id, Match.theme_id)
    held = {tuple(row) for row in session.execute(asked.where(Match.publication_id.in_(waiting)))}
    days = {number: one.published_on for number, one in waiting.items()}
    for made in proposals_for(session, waiting.values(), days, now=now):
        if (made.publication_id, made.item_id, made.theme_id) in held:
            continue
        made.decided_at = now
        if made.score >= confirm_above:
            made.decision = MatchDecision.CONFIRMED
            waiting[made.publication_id].status = PublicationStatus.CONFIRMED
        session.add(made)
    session.flush()


def proposals_for(
    session: Session, wanted: Iterable[Told], days: Mapping[int, date], *, now: datetime
) -> list[Match]:
    """Proposed matches, not yet of the session, for what was published under those titles on those *days*."""
    themes, own, made = theme_finder(session), recogniser(session, now=now), []
    items: dict[int, ItemProposal] = {}
    for one in wanted:
        made += [_of_theme(one.id, found) for found in propose(themes.find(one.title, one.summary))]
        if carried := own.find(one.title, one.summary, days[one.id]):
            items[one.id] = carried
    served = _themes_of(session, {one.item_id for one in items.values()})
    found = {(one.publication_id, one.theme_id) for one in made}
    for number, carried in items.items():
        said = {"score": carried.score, "publication_id": number, "decision": MatchDecision.PROPOSED}
        made.append(Match(item_id=carried.item_id, reason=carried.reason, **said))
        made += [
            Match(theme_id=theme_id, reason=OF_ITEM, **said)
            for theme_id in served.get(carried.item_id, ())
            if (number, theme_id) not in found
        ]
    return made


def _of_theme(publication_id: int, found: ThemeProposal) -> Match:
    return Match(
        publication_id=publication_id,
        theme_id=found.theme_id,
        decision=MatchDecision.PROPOSED,
        score=found.score,
        reason=found.reason,
    )


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
