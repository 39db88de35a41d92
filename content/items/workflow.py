"""The moves between an item's stages: from where, to where, by which right, and what each asks for. Pure."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import N_, Forbidden, Invalid, Refused
from content.items.models import Stage


class Move(enum.StrEnum):
    """What can be done to an item's stage; the values end the names of the audit actions."""

    SAVE = "save"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"
    RESTORE = "restore"


@dataclass(frozen=True)
class Rule:
    """One move. Any one of *rights*, reaching the item's organisation, is enough; *refusal* is said elsewhere."""

    sources: frozenset[Stage]
    target: Stage
    rights: tuple[Permission, ...]
    refusal: str
    asks_reason: str = ""


_WRITE = (Permission.WRITE_ITEMS,)
_DECIDE = (Permission.DECIDE_ITEMS,)

RULES: Mapping[Move, Rule] = {
    # A new text: what was approved is no longer what stands there, so the piece is being written again.
    Move.SAVE: Rule(
        frozenset({Stage.IDEA, Stage.DRAFTING, Stage.APPROVED}),
        Stage.DRAFTING,
        _WRITE,
        N_(
            "Tin bài đang chờ duyệt, đã thu hồi hoặc đã lưu trữ thì không sửa được. Hãy lấy lại hoặc khôi phục trước."
        ),
    ),
    Move.SUBMIT: Rule(
        frozenset({Stage.DRAFTING}),
        Stage.IN_REVIEW,
        _WRITE,
        N_("Chỉ gửi duyệt được tin bài đang soạn thảo."),
    ),
    Move.TAKE_BACK: Rule(
        frozenset({Stage.IN_REVIEW}),
        Stage.DRAFTING,
        _WRITE,
        N_("Chỉ lấy lại được tin bài đang chờ duyệt."),
    ),
    Move.APPROVE: Rule(
        frozenset({Stage.IN_REVIEW}),
        Stage.APPROVED,
        _DECIDE,
        N_("Tin bài này không còn chờ duyệt."),
    ),
    Move.RETURN: Rule(
        frozenset({Stage.IN_REVIEW}),
        Stage.DRAFTING,
        _DECIDE,
        N_("Tin bài này không còn chờ duyệt."),
        N_("Nhập lý do trả lại, để người viết biết phải sửa gì."),
    ),
    Move.WITHDRAW: Rule(
        frozenset({Stage.APPROVED}),
        Stage.WITHDRAWN,
        (Permission.WRITE_ITEMS, Permission.DECIDE_ITEMS),
        N_("Chỉ thu hồi được tin bài đã duyệt."),
        N_("Nhập lý do thu hồi."),
    ),
    Move.ARCHIVE: Rule(
        frozenset({Stage.IDEA, Stage.DRAFTING, Stage.APPROVED, Stage.WITHDRAWN}),
        Stage.ARCHIVED,
        _WRITE,
        N_("Tin bài đang chờ duyệt thì chưa lưu trữ được. Hãy lấy lại trước."),
    ),
    Move.RESTORE: Rule(
        frozenset({Stage.WITHDRAWN, Stage.ARCHIVED}),
        Stage.DRAFTING,
        _WRITE,
        N_("Chỉ khôi phục được tin bài đã thu hồi hoặc đã lưu trữ."),
    ),
}


def next_stage(move: Move, stage: Stage) -> Stage:
    """Where *move* leads from *stage*.

    Raises:
        Refused: it does not begin there.
    """
    rule = RULES[move]
    if stage not in rule.sources:
        raise Refused(rule.refusal)
    return rule.target


def check_right(move: Move, access: Access, organisation_id: int) -> None:
    """Ask for the right to *move* what belongs to that organisation.

    Raises:
        Forbidden: there is none.
    """
    if not any(access.may(right, organisation_id) for right in RULES[move].rights):
        raise Forbidden


def check_reason(move: Move, reason: str) -> None:
    """Ask for a reason where the move needs one.

    Raises:
        Invalid: it is empty.
    """
    asks = RULES[move].asks_reason
    if asks and not any(letter.isalnum() for letter in reason):
        raise Invalid(asks)


def may_decide(access: Access, *, organisation_id: int, reviewer_id: int | None) -> bool:
    """Whether this person may decide on a piece: it was sent to them, or their right reaches its organisation."""
    was_sent = access.person_id is not None and access.person_id == reviewer_id
    return access.may(Permission.DECIDE_ITEMS, None if was_sent else organisation_id)


def check_approver(
    access: Access, *, organisation_id: int, reviewer_id: int | None, text_author_id: int
) -> None:
    """Four eyes: who decides has the right and did not write this very text.

    Raises:
        Forbidden: the right does not reach it, or it is the person's own text.
    """
    if not may_decide(access, organisation_id=organisation_id, reviewer_id=reviewer_id):
        raise Forbidden(N_("Tin bài này không gửi cho bạn duyệt."))
    if access.person_id == text_author_id:
        raise Forbidden(
            N_("Bạn là người viết văn bản này nên không thể tự duyệt. Hãy gửi cho người khác duyệt.")
        )


def open_moves(
    stage: Stage, access: Access, *, organisation_id: int, reviewer_id: int | None
) -> frozenset[Move]:
    """What this person may do with a piece at *stage* (what each asks for is checked when it is done)."""
    found: set[Move] = set()
    for move, rule in RULES.items():
        if stage not in rule.sources:
            continue
        if rule.rights == _DECIDE:
            allowed = may_decide(access, organisation_id=organisation_id, reviewer_id=reviewer_id)
        else:
            allowed = any(access.may(right, organisation_id) for right in rule.rights)
        if allowed:
            found.add(move)
    return frozenset(found)
