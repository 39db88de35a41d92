"""How far a lead-up is: the state of each step, computed from the pieces. Pure."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from campaigns.occasions.models import StepKind
from content.items.models import Stage

TICKED = (StepKind.COLLECT, StepKind.REPORT)  # what a person says is done
SOON = 7  # days


class StepState(enum.StrEnum):
    """Where a step stands on a day; computed, nobody types it."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    OPEN = "open"


@dataclass(frozen=True)
class PieceFacts:
    """What is known of one piece of the campaign."""

    stage: Stage
    planned_on: date | None
    has_brief: bool
    has_text: bool
    went_out: bool  # anywhere, our own channels too
    is_collected: bool  # what another outlet published is matched to it


@dataclass(frozen=True)
class MilestoneFacts:
    """A step of the campaign as its row says."""

    id: int
    kind: StepKind
    due_on: date
    done_at: datetime | None = None


@dataclass(frozen=True)
class Step:
    """A step with its state: *done* of *total* pieces (0 of 0 where no piece counts for it)."""

    id: int
    kind: StepKind
    due_on: date
    state: StepState
    done: int
    total: int

    @property
    def is_ticked(self) -> bool:
        """Whether a person says when it is done."""
        return self.kind in TICKED


@dataclass(frozen=True)
class Readiness:
    """The steps of one lead-up in their order; without steps the campaign has none."""

    steps: tuple[Step, ...] = ()

    @property
    def total(self) -> int:
        """How many steps there are: six."""
        return len(self.steps)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.state is StepState.DONE for step in self.steps)

    @property
    def late(self) -> tuple[Step, ...]:
        """The steps whose day is over and that are not done."""
        return tuple(step for step in self.steps if step.state is StepState.LATE)

    @property
    def following(self) -> Step | None:
        """The first step that is not done."""
        return next((step for step in self.steps if step.state is not StepState.DONE), None)


def readiness(
    milestones: Sequence[MilestoneFacts], pieces: Sequence[PieceFacts], *, today: date
) -> Readiness:
    """How far a lead-up with these steps and pieces is on the local day *today*.

    Withdrawn pieces do not count, and put away ones only when they went out. What is planned after the day of
    publishing (a report on the results) has a brief, but is not waited for when text, approval and going out count.
    """
    live = [one for one in pieces if counts(one)]
    publish = next((one.due_on for one in milestones if one.kind is StepKind.PUBLISH), None)
    before = [one for one in live if publish is None or one.planned_on is None or one.planned_on <= publish]
    order = list(StepKind)
    steps = sorted(milestones, key=lambda one: order.index(one.kind))
    return Readiness(tuple(_step(one, live, before, today) for one in steps))


def counts(piece: PieceFacts) -> bool:
    """Whether a piece is still one of the lead-up."""
    return piece.stage is not Stage.WITHDRAWN and (piece.stage is not Stage.ARCHIVED or piece.went_out)


def _step(
    milestone: MilestoneFacts, live: Sequence[PieceFacts], before: Sequence[PieceFacts], today: date
) -> Step:
    """One step, counted over the pieces that matter for it."""
    among = before
    match milestone.kind:
        case StepKind.BRIEF:
            among, done = live, sum(one.has_brief or one.has_text for one in live)
        case StepKind.DRAFT:
            done = sum(one.has_text for one in before)
        case StepKind.APPROVE:
            done = sum(one.stage in (Stage.APPROVED, Stage.ARCHIVED) for one in before)
        case StepKind.PUBLISH:
            done = sum(one.went_out for one in before)
        case StepKind.COLLECT:
            among, done = live, sum(one.is_collected for one in live)
        case StepKind.REPORT:
            among, done = (), 0
    is_done = milestone.done_at is not None or (bool(among) and done == len(among))
    state = StepState.DONE if is_done else _waiting(milestone.due_on, today)
    return Step(milestone.id, milestone.kind, milestone.due_on, state, done, len(among))


def _waiting(due_on: date, today: date) -> StepState:
    """The state of a step that is not done."""
    if due_on < today:
        return StepState.LATE
    return StepState.SOON if (due_on - today).days <= SOON else StepState.OPEN
