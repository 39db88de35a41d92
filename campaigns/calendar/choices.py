"""What the calendar's filters and its form for a new piece offer, within what this person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.organisations.models import Organisation
from campaigns.board.models import Campaign, Series
from campaigns.calendar.asked import Filters
from content.items.lists import list_item_organisations
from content.outlets.models import Outlet
from content.outlets.queries import list_outlets
from content.themes.models import Theme
from content.themes.queries import list_themes

MOST = 300  # of campaigns and of columns; the newest


@dataclass(frozen=True)
class Choices:
    """Themes, campaigns, columns, outlets and units to choose from."""

    themes: Sequence[Theme]
    campaigns: Sequence[Campaign]
    series: Sequence[Series]
    outlets: Sequence[Outlet]
    units: Sequence[Organisation]

    def known(self, filters: Filters) -> Filters:
        """*filters* without what is not offered: an address may name what is not there."""
        return replace(
            filters,
            theme_id=_among(self.themes, filters.theme_id),
            campaign_id=_among(self.campaigns, filters.campaign_id),
            series_id=_among(self.series, filters.series_id),
            outlet_id=_among(self.outlets, filters.outlet_id),
            organisation_id=_among(self.units, filters.organisation_id),
        )


def list_choices(session: Session, access: Access, filters: Filters) -> Choices:
    """What is in use, and what *filters* name although it is no longer."""
    return Choices(
        themes=list_themes(session, held=_held(filters.theme_id)),
        campaigns=list_campaigns(session, held=filters.campaign_id),
        series=_series(session, filters),
        outlets=list_outlets(session, held=_held(filters.outlet_id)),
        units=list_item_organisations(session, access),
    )


def list_campaigns(session: Session, *, held: int | None = None) -> list[Campaign]:
    """Campaigns that are not archived, and the one of key *held*, the latest beginning first."""
    asked = select(Campaign).where(Campaign.archived_at.is_(None) | (Campaign.id == held))
    return list(session.scalars(asked.order_by(Campaign.starts_on.desc(), Campaign.id.desc()).limit(MOST)))


def _series(session: Session, filters: Filters) -> list[Series]:
    """Columns that are not archived, of the campaign asked for when one is; and the one asked for."""
    asked = select(Series).where(Series.archived_at.is_(None) | (Series.id == filters.series_id))
    if filters.campaign_id is not None:
        asked = asked.where((Series.campaign_id == filters.campaign_id) | (Series.id == filters.series_id))
    return list(session.scalars(asked.order_by(Series.name, Series.id).limit(MOST)))


def _held(key: int | None) -> list[int]:
    return [] if key is None else [key]


def _among(
    offered: Sequence[Theme | Campaign | Series | Outlet | Organisation], key: int | None
) -> int | None:
    return key if any(one.id == key for one in offered) else None
