"""The table of moves: every move from every stage, and who may decide."""

from __future__ import annotations

import pytest

from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.errors import Forbidden, Invalid, Refused
from content.items import workflow
from content.items.models import Stage
from content.items.workflow import Move

ALLOWED = {
    (Move.SAVE, Stage.IDEA): Stage.DRAFTING,
    (Move.SAVE, Stage.DRAFTING): Stage.DRAFTING,
    (Move.SAVE, Stage.APPROVED): Stage.DRAFTING,
    (Move.SUBMIT, Stage.DRAFTING): Stage.IN_REVIEW,
    (Move.TAKE_BACK, Stage.IN_REVIEW): Stage.DRAFTING,
    (Move.APPROVE, Stage.IN_REVIEW): Stage.APPROVED,
    (Move.RETURN, Stage.IN_REVIEW): Stage.DRAFTING,
    (Move.WITHDRAW, Stage.APPROVED): Stage.WITHDRAWN,
    (Move.ARCHIVE, Stage.IDEA): Stage.ARCHIVED,
    (Move.ARCHIVE, Stage.DRAFTING): Stage.ARCHIVED,
    (Move.ARCHIVE, Stage.APPROVED): Stage.ARCHIVED,
    (Move.ARCHIVE, Stage.WITHDRAWN): Stage.ARCHIVED,
    (Move.RESTORE, Stage.WITHDRAWN): Stage.DRAFTING,
    (Move.RESTORE, Stage.ARCHIVED): Stage.DRAFTING,
}
OWN = 7
OTHER = 8


def _approver(person_id: int = 1, organisation_id: int = OWN) -> Access:
    return Access(person_id=person_id, within={Permission.DECIDE_ITEMS: frozenset({organisation_id})})


def _writer() -> Access:
    return Access(person_id=2, within={Permission.WRITE_ITEMS: frozenset({OWN})})


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("move", list(Move))
def test_a_move_begins_only_where_the_table_says(move: Move, stage: Stage) -> None:
    if (move, stage) in ALLOWED:
        assert workflow.next_stage(move, stage) is ALLOWED[move, stage]
    else:
        with pytest.raises(Refused):
            workflow.next_stage(move, stage)


def test_a_writer_may_not_decide_and_an_approver_may_not_write() -> None:
    with pytest.raises(Forbidden):
        workflow.check_right(Move.APPROVE, _writer(), OWN)
    with pytest.raises(Forbidden):
        workflow.check_right(Move.SUBMIT, _approver(), OWN)
    workflow.check_right(Move.WITHDRAW, _writer(), OWN)
    workflow.check_right(Move.WITHDRAW, _approver(), OWN)
    with pytest.raises(Forbidden):
        workflow.check_right(Move.WITHDRAW, _writer(), OTHER)


@pytest.mark.parametrize("move", [Move.RETURN, Move.WITHDRAW])
@pytest.mark.parametrize("reason", ["", "   ", "..."])
def test_returning_and_withdrawing_need_a_reason(move: Move, reason: str) -> None:
    with pytest.raises(Invalid):
        workflow.check_reason(move, reason)
    workflow.check_reason(move, "Sai số liệu")
    workflow.check_reason(Move.APPROVE, "")


@pytest.mark.parametrize(
    ("access", "organisation_id", "reviewer_id", "expected"),
    [
        (_approver(), OWN, None, True),
        (_approver(), OWN, 99, True),
        (_approver(), OTHER, None, False),
        (_approver(), OTHER, 1, True),
        (_writer(), OWN, 2, False),
        (Access(), OWN, None, False),
    ],
)
def test_who_may_decide(
    access: Access, organisation_id: int, reviewer_id: int | None, expected: bool
) -> None:
    assert workflow.may_decide(access, organisation_id=organisation_id, reviewer_id=reviewer_id) is expected


def test_nobody_approves_their_own_text() -> None:
    with pytest.raises(Forbidden, match="không thể tự duyệt"):
        workflow.check_approver(_approver(1), organisation_id=OWN, reviewer_id=1, text_author_id=1)
    workflow.check_approver(_approver(1), organisation_id=OWN, reviewer_id=1, text_author_id=2)


def test_open_moves_follow_stage_and_right() -> None:
    def moves(stage: Stage, access: Access) -> frozenset[Move]:
        return workflow.open_moves(stage, access, organisation_id=OWN, reviewer_id=None)

    assert moves(Stage.IN_REVIEW, _writer()) == {Move.TAKE_BACK}
    assert moves(Stage.IN_REVIEW, _approver()) == {Move.APPROVE, Move.RETURN}
    assert moves(Stage.DRAFTING, _writer()) == {Move.SAVE, Move.SUBMIT, Move.ARCHIVE}
    assert moves(Stage.APPROVED, _approver()) == {Move.WITHDRAW}
    assert moves(Stage.DRAFTING, Access()) == frozenset()
