"""How outlets are found: by name and area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, null, select, true
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_
from app.search import Hit, Searchable
from app.search.searchable import in_order
from content.outlets.models import Outlet


def _visible(access: Access) -> ColumnElement[bool] | None:
    if not access.may(Permission.READ_OUTLETS):
        return None
    reach = access.reach(Permission.READ_OUTLETS)
    return true() if reach is None else Outlet.organisation_id.in_(sorted(reach))


def _hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    rows = session.scalars(select(Outlet).where(Outlet.id.in_(ids)))
    return [
        Hit(one.id, one.name, "outlets.show", {"outlet_id": one.id}, facts=(one.kind, one.organisation.name))
        for one in in_order(rows, ids)
    ]


OUTLETS = Searchable(
    number=9,
    order=9,
    model=Outlet,
    rows=select(Outlet.id, null(), Outlet.name, Outlet.area),
    visible=_visible,
    hits=_hits,
    label=N_("Cơ quan báo chí"),
    icon="building-broadcast-tower",
    watched=frozenset({"name", "area"}),
)
