"""What can be asked about items."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.items.models import Approval, Decision, Item, Revision, Stage


def approved_revision(session: Session, item: Item) -> Revision | None:
    """The newest text of *item*, when the last word on exactly that text is an approval; else None.

    An approval counts for the hash it names: a later text, a text sent back after it, and an item that was
    withdrawn have none.
    """
    if item.stage is not Stage.APPROVED:
        return None
    newest = session.scalar(
        select(Revision).where(Revision.item_id == item.id, Revision.number == item.revision_no)
    )
    if newest is None:
        return None
    last = session.scalar(
        select(Approval).where(Approval.revision_id == newest.id).order_by(Approval.id.desc()).limit(1)
    )
    holds = last is not None and last.decision is Decision.APPROVED and last.sha256 == newest.sha256
    return newest if holds else None
