"""What cards name, by key: themes, units, campaigns and columns. One question for each kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.keys import among
from app.organisations.models import Organisation
from campaigns.board.models import Campaign, Placement, Series
from campaigns.calendar.cards import Card
from campaigns.calendar.land import Window
from content.items.models import ItemTheme
from content.themes.models import Theme


@dataclass(frozen=True)
class Shown:
    """Cards, and what they name, by key: themes (name and colour), units, campaigns and columns with their days.

    *themes_of* and *placed* go by item: its themes, the first in Vietnamese order first, and the campaign and
    column of each of its places.
    """

    cards: Sequence[Card]
    themes: Mapping[int, tuple[str, int]]
    units: Mapping[int, str]
    campaigns: Mapping[int, Window]
    series: Mapping[int, Window]
    themes_of: Mapping[int, Sequence[int]]
    placed: Mapping[int, Sequence[tuple[int, int | None]]]

    def colour(self, card: Card) -> int | None:
        """The colour of the card's first theme, 1 to 12."""
        keys = self.themes_of.get(card.item.id)
        return self.themes[keys[0]][1] if keys else None


NOTHING = Shown((), {}, {}, {}, {}, {}, {})


def name_all(session: Session, cards: Sequence[Card], items: Collection[int]) -> Shown:
    """The cards with the names of all that they use; *items* are the keys of their items."""
    themes = _themes(session)
    placed = _placements(session, items)
    return Shown(
        cards,
        themes,
        _units(session, {one.item.organisation_id for one in cards}),
        _campaigns(session, {key for rows in placed.values() for key, _ in rows}),
        _series(session, {key for rows in placed.values() for _, key in rows if key is not None}),
        _themes_of(session, items, order={key: place for place, key in enumerate(themes)}),
        placed,
    )


def _themes(session: Session) -> dict[int, tuple[str, int]]:
    """Every theme with its colour, in Vietnamese order; there are few."""
    asked = select(Theme.id, Theme.name, Theme.colour).order_by(Theme.sort_key, Theme.id)
    return {key: (name, colour) for key, name, colour in session.execute(asked)}


def _themes_of(session: Session, items: Collection[int], *, order: Mapping[int, int]) -> dict[int, list[int]]:
    """The themes of each piece, the first in Vietnamese order first."""
    found: dict[int, list[int]] = {}
    asked = select(ItemTheme.item_id, ItemTheme.theme_id).where(among(ItemTheme.item_id, items))
    for item_id, theme_id in session.execute(asked):
        found.setdefault(item_id, []).append(theme_id)
    for ids in found.values():
        if len(ids) > 1:
            ids.sort(key=lambda one: order.get(one, len(order)))
    return found


def _placements(session: Session, items: Collection[int]) -> dict[int, list[tuple[int, int | None]]]:
    """The campaign and column of each place of each piece, first placed first."""
    found: dict[int, list[tuple[int, int | None]]] = {}
    asked = select(Placement.item_id, Placement.campaign_id, Placement.series_id)
    asked = asked.where(among(Placement.item_id, items)).order_by(Placement.id)
    for item_id, campaign_id, series_id in session.execute(asked):
        found.setdefault(item_id, []).append((campaign_id, series_id))
    return found


def _units(session: Session, ids: Collection[int]) -> dict[int, str]:
    asked = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return {key: name for key, name in session.execute(asked)} if ids else {}  # noqa: C416


def _campaigns(session: Session, ids: Collection[int]) -> dict[int, Window]:
    asked = select(Campaign.id, Campaign.name, Campaign.starts_on, Campaign.ends_on)
    found = session.execute(asked.where(Campaign.id.in_(ids))) if ids else ()
    return {key: Window.of_campaign(name, first, last) for key, name, first, last in found}


def _series(session: Session, ids: Collection[int]) -> dict[int, Window]:
    asked = select(Series.id, Series.name, Series.starts_on, Series.ends_on)
    found = session.execute(asked.where(Series.id.in_(ids))) if ids else ()
    return {key: Window.of_series(name, first, last) for key, name, first, last in found}
