"""The moves of an item between its stages; where each begins and who may is said in workflow.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.access import Access, access_of
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.errors import N_, Invalid, Refused, Stale
from content.items import workflow
from content.items.markup import plain
from content.items.models import Approval, Decision, Item, Revision
from content.items.queries import newest_revision
from content.items.workflow import Move


def submit_item(
    session: Session, item: Item, *, reviewer: Person, seen: int, actor: Person, now: datetime
) -> None:
    """Send the newest text to *reviewer* for a decision.

    Raises:
        Forbidden: the actor may not write for its organisation. Stale: somebody changed it since.
        Refused: it is not being drafted, has no text, or a picture without alternative text.
        Invalid: *reviewer* may not decide, or wrote this text.
    """
    _begin(session, item, Move.SUBMIT, seen=seen, actor=actor, now=now)
    revision = _complete_text(session, item)
    _check_reviewer(session, reviewer, revision, today=clock.local_day(now))
    item.reviewer_id, item.submitted_at = reviewer.id, now
    _finish(
        session,
        item,
        Move.SUBMIT,
        details={"number": revision.number, "reviewer": reviewer.name},
        actor=actor,
        now=now,
    )


def _begin(session: Session, item: Item, move: Move, *, seen: int, actor: Person, now: datetime) -> None:
    """What every move of a writer asks: the right, the stage, the version."""
    workflow.check_right(move, _access(session, actor, now), item.organisation_id)
    workflow.next_stage(move, item.stage)
    item.check_version(seen)


def _access(session: Session, actor: Person, now: datetime) -> Access:
    return access_of(session, actor.id, today=clock.local_day(now))


def _finish(
    session: Session, item: Item, move: Move, *, details: Mapping[str, object], actor: Person, now: datetime
) -> None:
    """Put the item where the move leads, and write it down."""
    item.stage = workflow.next_stage(move, item.stage)
    session.flush()
    audit.record(session, actor, f"item.{move.value}", item, at=now, details=details)


def _complete_text(session: Session, item: Item) -> Revision:
    """The newest text, when it can be decided on."""
    revision = newest_revision(session, item)
    if revision is None or not plain(revision.html):
        raise Refused(N_("Tin bài chưa có nội dung. Hãy viết nội dung rồi gửi duyệt."))
    if revision.asset is not None and not revision.asset.alt_text.strip():
        raise Refused(N_("Ảnh chưa có lời thay ảnh. Hãy bổ sung rồi gửi duyệt."))
    return revision


def _check_reviewer(session: Session, reviewer: Person, revision: Revision, *, today: date) -> None:
    """Refuse whoever could not decide anyway."""
    access = access_of(session, reviewer.id, today=today)
    if reviewer.ended_at is not None or not access.may(Permission.DECIDE_ITEMS):
        raise Invalid(N_("{name} hiện không có quyền duyệt. Hãy chọn người khác."), name=reviewer.name)
    if reviewer.id == revision.author_id:
        raise Invalid(N_("{name} là người viết văn bản này. Hãy chọn người khác duyệt."), name=reviewer.name)


def take_back_item(session: Session, item: Item, *, seen: int, actor: Person, now: datetime) -> None:
    """Take the piece back from its approver, to go on writing.

    Raises:
        Forbidden: the actor may not write for its organisation. Refused: it is not in review. Stale.
    """
    _begin(session, item, Move.TAKE_BACK, seen=seen, actor=actor, now=now)
    _finish(session, item, Move.TAKE_BACK, details={}, actor=actor, now=now)


def approve_item(session: Session, item: Item, *, sha256: str, actor: Person, now: datetime) -> Approval:
    """Approve exactly the text whose hash is *sha256*, the one that the approver saw.

    The hash stands for the version here: a new planned day does not take the approver's reading away.

    Raises:
        Forbidden: it was not sent to the actor and their right does not reach it, or they wrote the text.
        Refused: it is not in review. Stale: the newest text is another one.
    """
    return _decide(session, item, Move.APPROVE, sha256=sha256, reason="", actor=actor, now=now)


def return_item(
    session: Session, item: Item, *, sha256: str, reason: str, actor: Person, now: datetime
) -> Approval:
    """Give the piece back to its writer with a reason.

    Raises:
        Invalid: there is no reason. Otherwise as ``approve_item``.
    """
    return _decide(session, item, Move.RETURN, sha256=sha256, reason=reason, actor=actor, now=now)


def _decide(
    session: Session, item: Item, move: Move, *, sha256: str, reason: str, actor: Person, now: datetime
) -> Approval:
    """Write the decision down, bound to the revision and its hash, and move the item."""
    workflow.next_stage(move, item.stage)
    revision = newest_revision(session, item)
    if revision is None or revision.sha256 != sha256:
        raise Stale(N_("Nội dung đã thay đổi sau khi bạn mở trang. Hãy đọc bản hiện tại rồi quyết định."))
    workflow.check_approver(
        _access(session, actor, now),
        organisation_id=item.organisation_id,
        reviewer_id=item.reviewer_id,
        text_author_id=revision.author_id,
    )
    workflow.check_reason(move, reason)
    details = {"number": revision.number, "sha256": sha256} | ({"reason": reason} if reason else {})
    # Flushes: of two who decide at once, the second stops here.
    _finish(session, item, move, details=details, actor=actor, now=now)
    made = Approval(
        revision_id=revision.id,
        sha256=sha256,
        decision=Decision.APPROVED if move is Move.APPROVE else Decision.RETURNED,
        reason=reason,
        decided_by_id=actor.id,
        decided_at=now,
    )
    session.add(made)
    session.flush()
    return made


def withdraw_item(
    session: Session, item: Item, *, reason: str, seen: int, actor: Person, now: datetime
) -> None:
    """Withdraw an approved piece: from now on nothing of it may go out.

    Raises:
        Forbidden: the actor may neither write nor decide there. Refused: it is not approved. Stale.
        Invalid: there is no reason.
    """
    _begin(session, item, Move.WITHDRAW, seen=seen, actor=actor, now=now)
    workflow.check_reason(Move.WITHDRAW, reason)
    _finish(session, item, Move.WITHDRAW, details={"reason": reason}, actor=actor, now=now)


def archive_item(session: Session, item: Item, *, seen: int, actor: Person, now: datetime) -> None:
    """Put the piece away; it leaves the lists of work and can be restored.

    Raises:
        Forbidden: the actor may not write for its organisation. Refused: it is in review. Stale.
    """
    _begin(session, item, Move.ARCHIVE, seen=seen, actor=actor, now=now)
    _finish(session, item, Move.ARCHIVE, details={"from": item.stage.value}, actor=actor, now=now)


def restore_item(session: Session, item: Item, *, seen: int, actor: Person, now: datetime) -> None:
    """Bring a withdrawn or archived piece back to drafting; it needs a new approval.

    Raises:
        Forbidden: the actor may not write for its organisation. Refused: it is neither. Stale.
    """
    _begin(session, item, Move.RESTORE, seen=seen, actor=actor, now=now)
    _finish(session, item, Move.RESTORE, details={"from": item.stage.value}, actor=actor, now=now)
