"""How plans are found (by title and number), and a unit's duties: everybody's by who reads plans, the unit's own by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_
from app.search import Hit, Searchable
from app.search.searchable import in_order
from app.text import excerpt
from campaigns.plans.models import Duty, Plan
from campaigns.plans.own import duties_of_units
from content.references.models import Document

_number = select(Document.number).where(Document.id == Plan.document_id).scalar_subquery()
_confirmed = select(Plan.confirmed_at).where(Plan.id == Duty.plan_id).scalar_subquery()


def _plan_visible(access: Access) -> ColumnElement[bool] | None:
    return true() if access.may(Permission.READ_PLANS) else None


def _duty_visible(access: Access) -> ColumnElement[bool] | None:
    """A unit reads its duties on its own page, where those of archived plans are not shown."""
    if access.may(Permission.READ_PLANS):
        return true()
    if not access.may(Permission.READ_OWN_DUTIES):
        return None
    reach = sorted(access.reach(Permission.READ_OWN_DUTIES) or ())
    in_force = select(Plan.id).where(Plan.archived_at.is_(None))
    return Duty.id.in_(duties_of_units(reach)) & Duty.plan_id.in_(in_force)


def _plan_hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    rows = session.scalars(select(Plan).where(Plan.id.in_(ids)))
    return [
        Hit(
            one.id,
            one.title,
            "plans.show",
            {"plan_id": one.id},
            facts=(one.document.number or one.document.doc_type, one.document.issuer),
            state=one.status,
        )
        for one in in_order(rows, ids)
    ]


def _duty_hits(session: Session, access: Access, ids: Sequence[int]) -> Iterable[Hit]:
    reads = access.may(Permission.READ_PLANS)
    rows = session.execute(
        select(Duty, Plan.title).join(Plan, Plan.id == Duty.plan_id).where(Duty.id.in_(ids))
    )
    titles = dict(rows.all())
    return [
        Hit(
            one.id,
            excerpt(one.text),
            "plans.show" if reads else "plans.own",
            {"plan_id": one.plan_id} if reads else {},
            facts=(one.block_title, excerpt(titles[one], longest=90)),
        )
        for one in in_order(titles, ids)
    ]


PLANS = Searchable(
    number=3,
    order=3,
    model=Plan,
    rows=select(Plan.id, Plan.confirmed_at, Plan.title, _number),
    visible=_plan_visible,
    hits=_plan_hits,
    label=N_("Kế hoạch"),
    icon="clipboard-list",
    watched=frozenset({"title", "document_id"}),
)
DUTIES = Searchable(
    number=6,
    order=6,
    model=Duty,
    rows=select(Duty.id, _confirmed, Duty.text),
    visible=_duty_visible,
    hits=_duty_hits,
    label=N_("Nhiệm vụ"),
    icon="list-check",
    watched=frozenset({"text"}),
)
