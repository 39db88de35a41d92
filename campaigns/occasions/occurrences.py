"""What can be done to one occurrence: move it, cancel it, keep it after all, write down the year's slogan."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.models import Person
from app.errors import N_, Invalid, Refused
from campaigns.occasions.materialise import put_on, ruled_day
from campaigns.occasions.models import Occurrence

FURTHEST = 183  # days from the day that the rule gives; farther is a slip or another year's


def move_occurrence(
    session: Session, occurrence: Occurrence, *, held_on: date, seen: int, actor: Person, now: datetime
) -> None:
    """Keep the occurrence on another day; on the rule's own day it follows the rule again.

    Raises:
        Stale: somebody changed it since. Refused: it is over, cancelled, or its occasion is retired.
        Invalid: the day is over, the present one, or too far from the rule's.
    """
    _begin(session, occurrence, seen=seen, now=now)
    _check_kept(occurrence)
    if held_on < clock.local_day(now):
        raise Invalid(N_("Ngày mới phải từ hôm nay trở đi."))
    if held_on == occurrence.held_on:
        raise Invalid(N_("Ngày, dịp này đang ở đúng ngày đó."))
    if abs((held_on - occurrence.ruled_on).days) > FURTHEST:
        raise Invalid(N_("Ngày mới cách ngày theo quy tắc nhiều nhất {days} ngày."), days=FURTHEST)
    before = occurrence.held_on
    occurrence.is_moved = held_on != ruled_day(session, occurrence)
    put_on(occurrence, held_on)
    session.flush()
    told = {"before": before, "held_on": held_on}
    audit.record(session, actor, "occurrence.move", occurrence, at=now, details=told)


def cancel_occurrence(
    session: Session, occurrence: Occurrence, *, reason: str, seen: int, actor: Person, now: datetime
) -> None:
    """Do not keep this occurrence; the reason stays with it.

    Raises:
        Stale: somebody changed it since. Refused: it is over or cancelled. Invalid: there is no reason.
    """
    _begin(session, occurrence, seen=seen, now=now)
    _check_kept(occurrence)
    if not any(letter.isalnum() for letter in reason):
        raise Invalid(N_("Nhập lý do, để người khác biết vì sao năm đó không tổ chức."))
    occurrence.cancelled_at, occurrence.cancel_reason = now, reason
    session.flush()
    audit.record(session, actor, "occurrence.cancel", occurrence, at=now, details={"reason": reason})


def keep_occurrence(
    session: Session, occurrence: Occurrence, *, seen: int, actor: Person, now: datetime
) -> None:
    """Keep a cancelled occurrence after all, on its own day.

    Raises:
        Stale: somebody changed it since. Refused: it is over or not cancelled, or its occasion is retired.
    """
    _begin(session, occurrence, seen=seen, now=now)
    if occurrence.cancelled_at is None:
        raise Refused(N_("Lần này chưa hủy."))
    if not occurrence.is_moved:
        put_on(occurrence, max(ruled_day(session, occurrence), clock.local_day(now)))
    occurrence.cancelled_at, occurrence.cancel_reason = None, ""
    session.flush()
    audit.record(session, actor, "occurrence.keep", occurrence, at=now)


def set_slogan(
    session: Session, occurrence: Occurrence, *, slogan: str, seen: int, actor: Person, now: datetime
) -> None:
    """Write down the year's own theme, when it is announced; also of a past year.

    Raises:
        Stale: somebody changed it since.
    """
    occurrence.check_version(seen)
    before, occurrence.slogan = occurrence.slogan, slogan
    session.flush()
    told = {"before": before, "slogan": slogan}
    audit.record(session, actor, "occurrence.set_slogan", occurrence, at=now, details=told)


def _begin(session: Session, occurrence: Occurrence, *, seen: int, now: datetime) -> None:
    """What every change of a day asks: the version, a coming day, an occasion in use."""
    session.flush()
    session.execute(select(Occurrence.id).where(Occurrence.id == occurrence.id).with_for_update())
    session.refresh(occurrence)
    occurrence.check_version(seen)
    if occurrence.occasion.retired_at is not None:
        raise Refused(N_("Ngày, dịp “{name}” đã thôi dùng."), name=occurrence.occasion.name)
    if occurrence.held_on < clock.local_day(now):
        raise Refused(N_("Ngày này đã qua nên không đổi được nữa."))


def _check_kept(occurrence: Occurrence) -> None:
    """Refuse a cancelled occurrence."""
    if occurrence.cancelled_at is not None:
        raise Refused(N_("Lần này đã hủy."))
