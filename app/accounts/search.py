"""How people are found: by name and address of mail, by those who manage them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, null, select, true
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.errors import N_
from app.search import Hit, Searchable
from app.search.searchable import in_order


def _visible(access: Access) -> ColumnElement[bool] | None:
    return true() if access.may(Permission.MANAGE_PEOPLE) else None


def _hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    rows = session.scalars(select(Person).where(Person.id.in_(ids)))
    return [
        Hit(one.id, one.name, "people.show", {"person_id": one.id}, facts=(one.email,))
        for one in in_order(rows, ids)
    ]


PEOPLE = Searchable(
    number=11,
    order=11,
    model=Person,
    rows=select(Person.id, null(), Person.name, Person.email),
    visible=_visible,
    hits=_hits,
    label=N_("Người dùng"),
    icon="users",
    watched=frozenset({"name", "email"}),
)
