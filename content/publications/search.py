"""How publications are found: by their title. What was left out of the counts is not found either."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_
from app.search import Hit, Searchable
from app.search.searchable import in_order
from content.outlets.models import Outlet
from content.publications.models import Publication, PublicationStatus


def _visible(access: Access) -> ColumnElement[bool] | None:
    if not access.may(Permission.READ_PUBLICATIONS):
        return None
    counted = Publication.status != PublicationStatus.DISMISSED
    reach = access.reach(Permission.READ_PUBLICATIONS)
    if reach is None:
        return counted
    return counted & Publication.outlet_id.in_(
        select(Outlet.id).where(Outlet.organisation_id.in_(sorted(reach)))
    )


def _hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    rows = session.scalars(select(Publication).where(Publication.id.in_(ids)))
    return [
        Hit(
            one.id,
            one.title,
            "publications.show",
            {"publication_id": one.id},
            facts=(one.outlet.name, one.published_on),
            state=one.status,
        )
        for one in in_order(rows, ids)
    ]


PUBLICATIONS = Searchable(
    number=1,
    order=2,
    model=Publication,
    rows=select(Publication.id, Publication.published_on, Publication.title),
    visible=_visible,
    hits=_hits,
    label=N_("Tin đăng"),
    icon="broadcast",
    is_narrow=lambda access: access.reach(Permission.READ_PUBLICATIONS) is not None,
    watched=frozenset({"title", "published_on"}),
)
