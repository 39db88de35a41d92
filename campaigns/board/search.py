"""How campaigns and series are found: by name, campaigns by their purpose too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_
from app.search import Hit, Searchable
from app.search.searchable import in_order
from campaigns.board.models import Campaign, Series


def _visible(access: Access) -> ColumnElement[bool] | None:
    return true() if access.may(Permission.READ_CAMPAIGNS) else None


def _campaign_hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    rows = session.scalars(select(Campaign).where(Campaign.id.in_(ids)))
    return [
        Hit(
            one.id,
            one.name,
            "campaigns.show",
            {"campaign_id": one.id},
            facts=(one.organisation.name, one.starts_on, one.ends_on),
        )
        for one in in_order(rows, ids)
    ]


def _series_hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    rows = session.execute(
        select(Series, Campaign.name)
        .join(Campaign, Campaign.id == Series.campaign_id)
        .where(Series.id.in_(ids))
    )
    names = dict(rows.all())
    return [
        Hit(one.id, one.name, "campaigns.show", {"campaign_id": one.campaign_id}, facts=(names[one],))
        for one in in_order(names, ids)
    ]


CAMPAIGNS = Searchable(
    number=4,
    order=4,
    model=Campaign,
    rows=select(Campaign.id, Campaign.starts_on, Campaign.name, Campaign.purpose),
    visible=_visible,
    hits=_campaign_hits,
    label=N_("Chiến dịch"),
    icon="speakerphone",
    watched=frozenset({"name", "purpose", "starts_on"}),
)
SERIES = Searchable(
    number=5,
    order=5,
    model=Series,
    rows=select(Series.id, Series.starts_on, Series.name),
    visible=_visible,
    hits=_series_hits,
    label=N_("Chuyên mục"),
    icon="list-details",
    watched=frozenset({"name", "starts_on"}),
)
