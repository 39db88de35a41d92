"""What people do to the steps of a lead-up: say that one is done, give it another day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.errors import N_, Invalid, Refused
from campaigns.board.lead_up.states import TICKED
from campaigns.board.models import Milestone
from campaigns.board.rules import EARLIEST, LATEST, written
from campaigns.board.services import hold_campaign


def finish_step(session: Session, milestone: Milestone, *, seen: int, actor: Person, now: datetime) -> None:
    """Say that publications were collected, or that the report was sent.

    Raises:
        Stale: somebody changed it since. Refused: it is done, counted from the pieces, or the campaign is archived.
    """
    _begin(session, milestone, seen=seen)
    if milestone.done_at is not None:
        raise Refused(N_("Bước này đã xong."))
    milestone.done_at, milestone.done_by_id = now, actor.id
    session.flush()
    _record(session, milestone, "campaign.finish_step", actor=actor, now=now)


def reopen_step(session: Session, milestone: Milestone, *, seen: int, actor: Person, now: datetime) -> None:
    """Say that a step is not done after all.

    Raises:
        Stale: somebody changed it since. Refused: it is open, counted from the pieces, or the campaign is archived.
    """
    _begin(session, milestone, seen=seen)
    if milestone.done_at is None:
        raise Refused(N_("Bước này chưa xong."))
    milestone.done_at, milestone.done_by_id = None, None
    session.flush()
    _record(session, milestone, "campaign.reopen_step", actor=actor, now=now)


def _begin(session: Session, milestone: Milestone, *, seen: int) -> None:
    """What both ask: a campaign at work, the version, a step that a person ticks off."""
    hold_campaign(session, milestone.campaign)
    milestone.check_version(seen)
    if milestone.kind not in TICKED:
        raise Refused(N_("Bước này tự tính từ tin bài nên không đánh dấu bằng tay."))


def change_step(
    session: Session,
    milestone: Milestone,
    *,
    due_on: date,
    note: str,
    seen: int,
    actor: Person,
    now: datetime,
) -> None:
    """Give a step another day or note; a step moved by hand stays where it is when the occurrence moves.

    Raises:
        Stale: somebody changed it since. Refused: the campaign is archived. Invalid: a day on which nobody plans.
    """
    hold_campaign(session, milestone.campaign)
    milestone.check_version(seen)
    if not EARLIEST <= due_on <= LATEST:
        raise Invalid(N_("Ngày phải từ {first} đến {last}."), first=written(EARLIEST), last=written(LATEST))
    before = milestone.due_on
    milestone.is_moved = milestone.is_moved or due_on != before
    milestone.due_on, milestone.note = due_on, note
    session.flush()
    told = {"kind": milestone.kind.value, "before": before, "due_on": due_on}
    audit.record(session, actor, "campaign.change_step", milestone.campaign, at=now, details=told)


def _record(session: Session, milestone: Milestone, action: str, *, actor: Person, now: datetime) -> None:
    """Write down what was said about a step."""
    audit.record(session, actor, action, milestone.campaign, at=now, details={"kind": milestone.kind.value})
