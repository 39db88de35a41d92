"""How far a lead-up is, computed from its pieces: tables without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from campaigns.board.lead_up.states import (
    MilestoneFacts,
    PieceFacts,
    Readiness,
    Step,
    StepState,
    readiness,
)
from campaigns.occasions.models import StepKind
from content.items.models import Stage
from tests.conftest import NOW

DAY = date(2026, 5, 18)
MILESTONES = [
    MilestoneFacts(number, kind, due_on)
    for number, (kind, due_on) in enumerate(
        zip(
            StepKind,
            (
                date(2026, 4, 18),
                date(2026, 4, 27),
                date(2026, 5, 4),
                DAY,
                date(2026, 5, 25),
                date(2026, 6, 2),
            ),
            strict=True,
        ),
        1,
    )
]
IDEA = PieceFacts(Stage.IDEA, DAY, has_brief=False, has_text=False, went_out=False, is_collected=False)
BRIEFED = replace(IDEA, has_brief=True)
DRAFTED = replace(IDEA, stage=Stage.DRAFTING, has_text=True)
APPROVED = replace(DRAFTED, stage=Stage.APPROVED)
OUT = replace(APPROVED, went_out=True)
COLLECTED = replace(OUT, is_collected=True)
AFTER = replace(BRIEFED, planned_on=date(2026, 5, 21))
WITHDRAWN = replace(DRAFTED, stage=Stage.WITHDRAWN)
PUT_AWAY = replace(IDEA, stage=Stage.ARCHIVED)

DONE, LATE, SOON, OPEN = StepState.DONE, StepState.LATE, StepState.SOON, StepState.OPEN


def states(ready: Readiness) -> list[StepState]:
    return [step.state for step in ready.steps]


@pytest.mark.parametrize(
    ("pieces", "today", "expected"),
    [
        ([], date(2026, 4, 1), [OPEN, OPEN, OPEN, OPEN, OPEN, OPEN]),
        ([], date(2026, 4, 19), [LATE, OPEN, OPEN, OPEN, OPEN, OPEN]),
        ([IDEA], date(2026, 4, 11), [SOON, OPEN, OPEN, OPEN, OPEN, OPEN]),
        ([BRIEFED], date(2026, 4, 18), [DONE, OPEN, OPEN, OPEN, OPEN, OPEN]),
        ([BRIEFED, IDEA], date(2026, 4, 18), [SOON, OPEN, OPEN, OPEN, OPEN, OPEN]),
        ([DRAFTED, APPROVED], date(2026, 5, 4), [DONE, DONE, SOON, OPEN, OPEN, OPEN]),
        ([APPROVED, OUT], DAY, [DONE, DONE, DONE, SOON, SOON, OPEN]),
        ([OUT, AFTER], date(2026, 5, 19), [DONE, DONE, DONE, DONE, SOON, OPEN]),
        ([OUT, WITHDRAWN, PUT_AWAY], date(2026, 5, 19), [DONE, DONE, DONE, DONE, SOON, OPEN]),
        ([COLLECTED], date(2026, 6, 3), [DONE, DONE, DONE, DONE, DONE, LATE]),
        ([OUT], date(2026, 6, 3), [DONE, DONE, DONE, DONE, LATE, LATE]),
    ],
)
def test_the_states_of_the_steps(pieces: list[PieceFacts], today: date, expected: list[StepState]) -> None:
    assert states(readiness(MILESTONES, pieces, today=today)) == expected


def test_what_a_person_ticked_off_is_done() -> None:
    ticked = [*MILESTONES[:5], replace(MILESTONES[5], done_at=NOW)]
    assert states(readiness(ticked, [], today=date(2026, 7, 1))) == [LATE] * 5 + [DONE]


def test_pieces_are_counted_where_they_matter() -> None:
    undated = replace(IDEA, planned_on=None)
    ready = readiness(MILESTONES, [DRAFTED, undated, AFTER], today=date(2026, 4, 1))
    assert [(step.done, step.total) for step in ready.steps] == [
        (2, 3),
        (1, 2),
        (0, 2),
        (0, 2),
        (0, 3),
        (0, 0),
    ]


def test_readiness_says_how_many_what_is_late_and_what_comes_next() -> None:
    ready = readiness(MILESTONES[::-1], [DRAFTED], today=date(2026, 5, 6))
    assert (ready.done, ready.total) == (2, 6)
    assert [step.kind for step in ready.late] == [StepKind.APPROVE]
    assert ready.following == Step(3, StepKind.APPROVE, date(2026, 5, 4), LATE, 0, 1)
    assert [step.kind for step in ready.steps if step.is_ticked] == [StepKind.COLLECT, StepKind.REPORT]
    assert Readiness().following is None
