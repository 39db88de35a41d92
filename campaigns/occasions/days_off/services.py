"""What an office says about one day over the calendar of holidays: set it, change it, take it back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.clock import Period
from app.db import is_duplicate
from app.errors import N_, Invalid, Refused
from campaigns.occasions.days import days_off, is_working
from campaigns.occasions.models import DayOff

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)


def set_day_off(
    session: Session, *, day: date, name: str, is_off: bool, actor: Person, now: datetime
) -> DayOff:
    """Say by hand that *day* is off, or worked.

    Raises:
        Refused: somebody set it already. Invalid: no name, a day nobody plans, or it is so already.
    """
    _check(name)
    if not FIRST <= day <= LAST:
        raise Invalid(N_("Ngày phải từ {first} đến {last}."), first="1/1/2000", last="31/12/2099")
    taken = Refused(N_("Ngày này đã được đặt riêng; hãy sửa dòng của ngày đó."))
    if session.scalar(select(DayOff.id).where(DayOff.day == day)) is not None:
        raise taken
    off = days_off(session, Period(day, day))
    if is_working(day, off) is not is_off and (not is_off or day in off):
        raise Invalid(_ALREADY[is_off])
    made = DayOff(day=day, name=name, is_off=is_off)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as fault:  # somebody set it between our look and our write
        if not is_duplicate(fault):
            raise
        raise taken from fault
    audit.record(session, actor, "day_off.set", made, at=now, details=_told(made))
    return made


_ALREADY = {
    True: N_("Ngày này đã là ngày nghỉ lễ rồi."),
    False: N_("Ngày này vốn là ngày làm việc rồi."),
}


def change_day_off(
    session: Session, row: DayOff, *, name: str, is_off: bool, seen: int, actor: Person, now: datetime
) -> None:
    """Change what was said about a day.

    Raises:
        Stale: somebody changed it since. Invalid: no name.
    """
    row.check_version(seen)
    _check(name)
    row.name, row.is_off = name, is_off
    session.flush()
    audit.record(session, actor, "day_off.change", row, at=now, details=_told(row))


def clear_day_off(session: Session, row: DayOff, *, seen: int, actor: Person, now: datetime) -> None:
    """Take back what was said by hand: the calendar of holidays holds again.

    Raises:
        Stale: somebody changed it since.
    """
    row.check_version(seen)
    audit.record(session, actor, "day_off.clear", row, at=now, details=_told(row))
    session.delete(row)
    session.flush()


def _check(name: str) -> None:
    """Refuse a day without a name."""
    if not any(letter.isalnum() for letter in name):
        raise Invalid(N_("Nhập tên ngày nghỉ hoặc lý do làm việc."))


def _told(row: DayOff) -> dict[str, object]:
    """What the audit keeps."""
    return {"day": row.day, "name": row.name, "is_off": row.is_off}
