"""What can be asked about items, and who may see which."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session, joinedload

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_, Missing
from content.items.models import Approval, Decision, Item, ItemTheme, Revision, Stage
from content.media.models import Asset
from content.media.queries import get_asset
from content.themes.models import Theme

# What other units may know of: the piece was decided on once.
OPEN_STAGES = (Stage.APPROVED, Stage.WITHDRAWN, Stage.ARCHIVED)


def made_by_own(access: Access) -> ColumnElement[bool]:
    """The condition on Item: the making of it (drafts, reasons, history) may be seen by this person."""
    reach = access.reach(Permission.READ_ITEMS)
    if reach is None:
        return true()
    sent = Item.reviewer_id == access.person_id
    return or_(Item.organisation_id.in_(sorted(reach)), sent) if reach else sent


def visible_to(access: Access) -> ColumnElement[bool]:
    """The condition on Item: this person may know that it is there."""
    return or_(made_by_own(access), Item.stage.in_(OPEN_STAGES))


def sees_making(item: Item, access: Access) -> bool:
    """``made_by_own`` for a loaded item."""
    return access.may(Permission.READ_ITEMS, item.organisation_id) or (
        access.person_id is not None and access.person_id == item.reviewer_id
    )


def get_item(session: Session, item_id: int, access: Access) -> Item:
    """The item of that key, when this person may know of it.

    Raises:
        Missing: there is none, or it is another unit's and not yet decided on.
    """
    item = session.get(Item, item_id)
    if item is None or not (sees_making(item, access) or item.stage in OPEN_STAGES):
        raise Missing
    return item


def get_own_item(session: Session, item_id: int, access: Access) -> Item:
    """The item of that key, when this person may see how it is made.

    Raises:
        Missing: there is none, or it is another unit's.
    """
    item = get_item(session, item_id, access)
    if not sees_making(item, access):
        raise Missing
    return item


def newest_revision(session: Session, item: Item) -> Revision | None:
    """The newest text of *item*, None while there is none."""
    asked = select(Revision).where(Revision.item_id == item.id, Revision.number == item.revision_no)
    return session.scalar(asked)


def get_revision(session: Session, item: Item, number: int) -> Revision:
    """That revision of *item*.

    Raises:
        Missing: there is none.
    """
    asked = select(Revision).where(Revision.item_id == item.id, Revision.number == number)
    found = (
        session.scalar(asked) if number <= item.revision_no else None
    )  # the database takes no number at all
    if found is None:
        raise Missing(N_("Tin bài không có phiên bản này."))
    return found


def list_revisions(session: Session, item: Item, *, limit: int = 100) -> list[Revision]:
    """The texts of *item*, newest first."""
    asked = select(Revision).where(Revision.item_id == item.id).order_by(Revision.number.desc())
    return list(session.scalars(asked.limit(limit)))


def list_decisions(session: Session, item: Item, *, limit: int = 100) -> list[Approval]:
    """What approvers said about *item*, newest first, each with its revision."""
    asked = (
        select(Approval)
        .join(Approval.revision)
        .where(Revision.item_id == item.id)
        .options(joinedload(Approval.revision))
        .order_by(Approval.id.desc())
    )
    return list(session.scalars(asked.limit(limit)))


def approval_of(session: Session, item: Item) -> Approval | None:
    """The approval that holds for exactly the newest text of *item*, None when nothing holds now."""
    if item.stage is not Stage.APPROVED:
        return None
    asked = (
        select(Approval)
        .join(Approval.revision)
        .where(Revision.item_id == item.id, Revision.number == item.revision_no)
        .options(joinedload(Approval.revision))
        .order_by(Approval.id.desc())
        .limit(1)
    )
    newest = session.scalar(asked)
    if newest is None or newest.decision is not Decision.APPROVED or newest.sha256 != newest.revision.sha256:
        return None
    return newest


def approved_revision(session: Session, item: Item) -> Revision | None:
    """The text of *item* that may go out: its newest one, when the approval holds for exactly that."""
    approval = approval_of(session, item)
    return approval.revision if approval else None


def theme_ids_of(session: Session, item_id: int) -> list[int]:
    """Keys of the themes that an item serves."""
    asked = select(ItemTheme.theme_id).where(ItemTheme.item_id == item_id).order_by(ItemTheme.theme_id)
    return list(session.scalars(asked))


def themes_of(session: Session, items: Iterable[Item]) -> dict[int, list[Theme]]:
    """The themes of each of *items* by its key, in Vietnamese order; one query."""
    ids = [item.id for item in items]
    found: dict[int, list[Theme]] = {one: [] for one in ids}
    asked = (
        select(ItemTheme.item_id, Theme)
        .join(Theme, Theme.id == ItemTheme.theme_id)
        .where(ItemTheme.item_id.in_(ids))
        .order_by(Theme.sort_key, Theme.id)
    )
    for item_id, theme in session.execute(asked) if ids else ():
        found[item_id].append(theme)
    return found


def get_seen_asset(session: Session, asset_id: int, access: Access) -> Asset:
    """A picture that this person may see: their own upload, or one that stands in a text they may read.

    Raises:
        Missing: there is none, or it stands in nothing that this person may read.
    """
    asset = get_asset(session, asset_id)
    if asset.added_by_id == access.person_id:
        return asset
    in_open_text = Item.stage.in_(OPEN_STAGES) & (Revision.number == Item.revision_no)
    asked = exists().where(
        Revision.asset_id == asset.id, Item.id == Revision.item_id, or_(made_by_own(access), in_open_text)
    )
    if not session.scalar(select(asked)):
        raise Missing
    return asset
