"""What can be asked about outlets."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.errors import N_, Missing
from app.search import found
from app.web.paging import SIZE, Page, paginate
from content.outlets.models import Outlet, OutletKind

Reach = Collection[int] | None  # organisations that a right reaches; None means all of them


def get_outlet(session: Session, outlet_id: int) -> Outlet:
    """The outlet of that key.

    Raises:
        Missing: there is none.
    """
    outlet = session.get(Outlet, outlet_id)
    if outlet is None:
        raise Missing(N_("Không có cơ quan báo chí này."))
    return outlet


def outlets_by_id(session: Session, ids: Iterable[int]) -> dict[int, Outlet]:
    """The outlets of these keys."""
    rows = session.scalars(select(Outlet).where(Outlet.id.in_(set(ids))))
    return {outlet.id: outlet for outlet in rows}


def _within(asked: Select[Outlet], reach: Reach) -> Select[Outlet]:
    return asked if reach is None else asked.where(Outlet.organisation_id.in_(reach))


def list_outlets(session: Session, *, reach: Reach = None, held: Iterable[int] = ()) -> list[Outlet]:
    """Outlets that still publish, in Vietnamese order, within *reach*; for lists to choose from.

    Those in *held* stand among them whatever became of them.
    """
    live = select(Outlet).where(or_(Outlet.retired_at.is_(None), Outlet.id.in_(list(held))))
    return list(session.scalars(_within(live, reach).order_by(Outlet.sort_key, Outlet.id)))


def page_of_outlets(
    session: Session,
    *,
    reach: Reach,
    kind: OutletKind | None,
    words: str,
    retired: bool,
    cursor: str | None,
    size: int = SIZE,
) -> Page[Outlet]:
    """One page of outlets in Vietnamese order; *words* are found with and without tone marks."""
    has_stopped = Outlet.retired_at.is_not(None) if retired else Outlet.retired_at.is_(None)
    asked = _within(select(Outlet).where(has_stopped), reach)
    if kind is not None:
        asked = asked.where(Outlet.kind == kind)
    if words:
        asked = asked.where(found(session, "outlet", Outlet.id, words))
    return paginate(session, asked, [Outlet.sort_key, Outlet.id], cursor=cursor, descending=False, size=size)
