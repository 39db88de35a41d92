"""Everything the page of one piece shows, gathered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import audit
from app.accounts.access import Access
from content.items import workflow
from content.items.models import Approval, Decision, Item, Revision, Stage
from content.items.queries import list_decisions, list_revisions, newest_revision, sees_making, themes_of
from content.items.workflow import Move
from content.themes.models import Theme


@dataclass(frozen=True)
class Piece:
    """One piece for one person. What other units may not see (the making of it) is left empty for them."""

    item: Item
    newest: Revision | None
    themes: Sequence[Theme]
    approval: Approval | None  # the one that holds for the newest text
    lapsed: Approval | None  # the last one, when the text was changed after it
    returned: Approval | None  # the newest decision, when it sent the newest text back
    revisions: Sequence[Revision]
    decisions: Sequence[Approval]
    history: Sequence[audit.AuditEntry]
    moves: frozenset[Move]
    sees_making: bool


def gather_piece(session: Session, item: Item, access: Access) -> Piece:
    """What *access* may see of *item* and do with it."""
    newest = newest_revision(session, item)
    decisions = list_decisions(session, item)
    approvals = [one for one in decisions if one.decision is Decision.APPROVED]
    last = approvals[0] if approvals else None
    on_newest = [one for one in decisions if newest is not None and one.revision_id == newest.id]
    said = on_newest[0] if on_newest else None
    inside = sees_making(item, access)
    moves = workflow.open_moves(
        item.stage, access, organisation_id=item.organisation_id, reviewer_id=item.reviewer_id
    )
    if newest is not None and newest.author_id == access.person_id:
        moves -= {Move.APPROVE, Move.RETURN}  # nobody decides on their own text
    is_drafting = item.stage is Stage.DRAFTING
    return Piece(
        item=item,
        newest=newest,
        themes=themes_of(session, [item])[item.id],
        approval=said
        if said and item.stage is Stage.APPROVED and said.decision is Decision.APPROVED
        else None,
        lapsed=last if last and newest and is_drafting and last.sha256 != newest.sha256 else None,
        returned=said if said and is_drafting and said.decision is Decision.RETURNED else None,
        revisions=list_revisions(session, item) if inside else (),
        decisions=decisions if inside else (),
        history=audit.history_of(session, item) if inside else (),
        moves=moves,
        sees_making=inside,
    )


def last_approved(session: Session, item: Item, newest: Revision) -> Revision | None:
    """The text that was approved last, when it is another one than *newest*; None when there is none."""
    for decision in list_decisions(session, item):
        if decision.decision is Decision.APPROVED and decision.sha256 != newest.sha256:
            return decision.revision
    return None


def as_text(revision: Revision) -> str:
    """A revision as one text, for comparing: title, summary, body, and the words of its picture."""
    parts = [revision.title, revision.summary, revision.body]
    if revision.asset is not None:
        parts += [revision.asset.alt_text, revision.asset.credit]
    return "\n\n".join(part for part in parts if part)
