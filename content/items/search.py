"""How items are found: by their working title and the title of their newest text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_
from app.search import Hit, Searchable
from app.search.searchable import in_order
from content.items.models import Item, Revision
from content.items.queries import visible_to

# The brief is left out: other units may know of an approved piece, and not of what was asked of its writer.
_newest = (
    select(Revision.title)
    .where(Revision.item_id == Item.id, Revision.number == Item.revision_no, Revision.title != Item.title)
    .scalar_subquery()
)


def _visible(access: Access) -> ColumnElement[bool] | None:
    return visible_to(access) if access.may(Permission.READ_ITEMS) else None


def _hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    rows = session.scalars(select(Item).where(Item.id.in_(ids)))
    return [
        Hit(
            item.id,
            item.title,
            "items.show",
            {"item_id": item.id},
            facts=(item.type, item.organisation.name, *((item.planned_on,) if item.planned_on else ())),
            state=item.stage,
        )
        for item in in_order(rows, ids)
    ]


ITEMS = Searchable(
    number=2,
    order=1,
    model=Item,
    rows=select(Item.id, Item.created_at, Item.title, _newest),
    visible=_visible,
    hits=_hits,
    label=N_("Tin bài"),
    icon="article",
    watched=frozenset({"title", "revision_no"}),
    also={Revision: "item_id"},
)
