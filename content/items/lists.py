"""Items in lists: by filters, and what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.db import lean
from app.organisations.models import Organisation
from app.search import found
from app.web.paging import SIZE, Page, paginate
from content.items.models import Approval, Decision, Item, ItemTheme, ItemType, Revision, Stage
from content.items.queries import themes_of, visible_to
from content.themes.models import Theme

UNDECIDED = (Stage.IDEA, Stage.DRAFTING, Stage.IN_REVIEW)
MOST_WAITING = 20
MOST_DUE = 8


@dataclass(frozen=True)
class ItemFilters:
    """What a list is narrowed to; None and "" narrow nothing. *words* are found with and without tone marks."""

    words: str = ""
    stage: Stage | None = None
    type: ItemType | None = None
    theme_id: int | None = None
    organisation_id: int | None = None
    by_day: bool = False  # in order of the planned day; what has none is left out


@dataclass(frozen=True)
class ItemRow:
    """An item with its themes; *days_left* is set when its planned day is near (or past) and nothing is approved."""

    item: Item
    themes: Sequence[Theme]
    days_left: int | None = None


def filtered(session: Session, access: Access, filters: ItemFilters) -> Select[Item]:
    """The items that this person may know of and that pass *filters*, without order."""
    asked = select(Item).where(visible_to(access))
    if filters.stage is not None:
        asked = asked.where(Item.stage == filters.stage)
    if filters.type is not None:
        asked = asked.where(Item.type == filters.type)
    if filters.organisation_id is not None:
        asked = asked.where(Item.organisation_id == filters.organisation_id)
    if filters.theme_id is not None:
        asked = asked.where(_serves(filters.theme_id))
    return asked.where(found(session, "item", Item.id, filters.words)) if filters.words else asked


def _serves(theme_id: int) -> ColumnElement[bool]:
    return exists().where(ItemTheme.item_id == Item.id, ItemTheme.theme_id == theme_id)


def list_items(
    session: Session,
    access: Access,
    filters: ItemFilters,
    *,
    cursor: str | None,
    today: date,
    size: int = SIZE,
) -> Page[ItemRow]:
    """One page of items: the newest first, or those that have a day by that day, the latest first."""
    asked = filtered(session, access, filters)
    if filters.by_day:
        asked, keys = asked.where(Item.planned_on.is_not(None)), [Item.planned_on, Item.id]
    else:
        keys = [Item.id]
    page = paginate(session, asked, keys, cursor=cursor, size=size)
    return Page(_rows(session, page.rows, today=today), page.following)


def _rows(session: Session, items: Sequence[Item], *, today: date) -> list[ItemRow]:
    themes = themes_of(session, items)
    return [ItemRow(item, themes[item.id], _days_left(item, today)) for item in items]


def _days_left(item: Item, today: date) -> int | None:
    """Days until the planned day of a piece that is not approved, when seven or fewer are left."""
    if item.planned_on is None or item.stage not in UNDECIDED:
        return None
    left = (item.planned_on - today).days
    return left if left <= 7 else None


def list_item_organisations(session: Session, access: Access) -> list[Organisation]:
    """The organisations of whose pieces this person may know, in Vietnamese order."""
    of_it = exists().where(Item.organisation_id == Organisation.id, visible_to(access))
    asked = select(Organisation).where(of_it).order_by(Organisation.sort_key, Organisation.id)
    return list(session.scalars(asked))


def list_writable_organisations(session: Session, access: Access) -> list[Organisation]:
    """The organisations for which this person may write, the person's own first."""
    reach = access.reach(Permission.WRITE_ITEMS)
    asked = select(Organisation).order_by(Organisation.sort_key, Organisation.id)
    if reach is not None:
        asked = asked.where(Organisation.id.in_(sorted(reach)))
    writable = list(session.scalars(asked))
    return sorted(writable, key=lambda one: one.id not in access.organisation_ids)


def list_waiting_for(session: Session, person_id: int) -> list[Item]:
    """What was sent to that person and is not decided yet, oldest first; with author and organisation."""
    shown = lean(joinedload(Item.author), joinedload(Item.organisation))
    asked = select(Item).options(*shown).where(Item.reviewer_id == person_id, Item.stage == Stage.IN_REVIEW)
    return list(session.scalars(asked.order_by(Item.submitted_at, Item.id).limit(MOST_WAITING)))


def list_returned_to(session: Session, person_id: int) -> list[tuple[Item, Approval]]:
    """That person's drafts whose newest text was returned, with the newest decision and who took it, last returned
    first.
    """
    said = aliased(Approval)
    later = (
        select(func.max(said.id)).where(said.revision_id == Revision.id).correlate(Revision).scalar_subquery()
    )
    asked = (
        select(Item, Approval)
        .join(Revision, (Revision.item_id == Item.id) & (Revision.number == Item.revision_no))
        .join(Approval, (Approval.revision_id == Revision.id) & (Approval.id == later))
        .where(
            Item.author_id == person_id, Item.stage == Stage.DRAFTING, Approval.decision == Decision.RETURNED
        )
        .options(*lean(joinedload(Approval.decided_by)))
        .order_by(Approval.id.desc())
        .limit(MOST_WAITING)
    )
    return [(item, approval) for item, approval in session.execute(asked)]


def list_due_soon(session: Session, access: Access, *, today: date) -> list[tuple[Item, int | None]]:
    """Pieces of the person's own units planned within seven days before or after today and not approved.

    Each comes with its author, and the days that are left (ItemRow).
    """
    reach = access.reach(Permission.WRITE_ITEMS)
    own = access.organisation_ids if reach is None else sorted(reach)
    asked = select(Item).where(
        Item.organisation_id.in_(own),
        Item.stage.in_(UNDECIDED),
        Item.planned_on.between(today - timedelta(days=7), today + timedelta(days=7)),
    )
    asked = asked.options(*lean(joinedload(Item.author)))
    items = session.scalars(asked.order_by(Item.planned_on, Item.id).limit(MOST_DUE))
    return [(item, _days_left(item, today)) for item in items]
