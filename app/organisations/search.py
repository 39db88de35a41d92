"""How organisations are found: by name and by any other name they are known under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, null, select, true
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_
from app.organisations.models import Organisation, OrganisationAlias
from app.search import Hit, Searchable
from app.search.searchable import in_order

_aliases = (
    select(func.aggregate_strings(OrganisationAlias.name, " "))
    .where(OrganisationAlias.organisation_id == Organisation.id)
    .scalar_subquery()
)


def _visible(access: Access) -> ColumnElement[bool] | None:
    return true() if access.may(Permission.READ_ORGANISATIONS) else None


def _hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    rows = session.scalars(select(Organisation).where(Organisation.id.in_(ids)))
    return [
        Hit(one.id, one.name, "organisations.show", {"organisation_id": one.id}, facts=(one.kind,))
        for one in in_order(rows, ids)
    ]


ORGANISATIONS = Searchable(
    number=10,
    order=10,
    model=Organisation,
    rows=select(Organisation.id, null(), Organisation.name, _aliases),
    visible=_visible,
    hits=_hits,
    label=N_("Cơ quan, đơn vị"),
    icon="building",
    watched=frozenset({"name"}),
    also={OrganisationAlias: "organisation_id"},
)
