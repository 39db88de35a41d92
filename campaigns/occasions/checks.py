"""What an occasion must be before it is written down."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import access_of
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.errors import N_, Invalid
from app.organisations.queries import get_organisation
from campaigns.occasions.models import Occasion, OccasionTask, OccasionTheme, OffDayRule
from campaigns.occasions.rules import MOST_WINDOW, Rule, check_rule
from campaigns.plans.models import Plan, Task, TaskGroup
from content.themes.services import check_themes

FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST_NAME = 250  # so that its campaign's name has room for the year


@dataclass(frozen=True)
class OccasionInput:
    """What an occasion is to be; *owner_id* is the person in whose name its campaigns are opened."""

    name: str
    rule: Rule
    organisation_id: int
    owner_id: int
    first_year: int
    off_days: OffDayRule = OffDayRule.KEEP
    window_before: int = 0
    window_after: int = 0
    theme_ids: tuple[int, ...] = ()
    task_ids: tuple[int, ...] = ()
    has_campaign: bool = True
    note: str = ""


def check_occasion(
    session: Session, wanted: OccasionInput, *, now: datetime, held: Occasion | None = None
) -> None:
    """Refuse what cannot be taken; themes and tasks that *held* has already may stay.

    Raises:
        Invalid: with what is wrong. Missing: no such organisation.
    """
    if not any(letter.isalnum() for letter in wanted.name):
        raise Invalid(N_("Tên phải có chữ."))
    if len(wanted.name) > LONGEST_NAME:
        raise Invalid(N_("Tên dài nhất {longest} ký tự."), longest=LONGEST_NAME)
    check_rule(wanted.rule)
    if not FIRST_YEAR <= wanted.first_year <= LAST_YEAR:
        raise Invalid(N_("Năm phải từ {first} đến {last}."), first=FIRST_YEAR, last=LAST_YEAR)
    if not (0 <= wanted.window_before <= MOST_WINDOW and 0 <= wanted.window_after <= MOST_WINDOW):
        raise Invalid(N_("Thời gian truyền thông nhiều nhất {most} ngày trước và sau."), most=MOST_WINDOW)
    get_organisation(session, wanted.organisation_id)
    check_owner(session, session.get(Person, wanted.owner_id), now=now)
    if wanted.has_campaign and not wanted.theme_ids:
        raise Invalid(N_("Chọn ít nhất một chủ đề: chiến dịch của ngày này được đếm theo chủ đề."))
    _check_themes(session, wanted.theme_ids, held)
    _check_tasks(session, wanted.task_ids, held)


def check_owner(session: Session, owner: Person | None, *, now: datetime) -> None:
    """Refuse a person in whose name no campaign can be opened today.

    Raises:
        Invalid: the person is not there any more or has not the right.
    """
    if owner is not None and owner.ended_at is None:
        access = access_of(session, owner.id, today=clock.local_day(now))
        if access.may(Permission.MANAGE_CAMPAIGNS):
            return
    raise Invalid(
        N_("{name} không có quyền lập chiến dịch. Hãy chọn người phụ trách khác."),
        name=owner.name if owner else "—",
    )


def _check_themes(session: Session, theme_ids: Collection[int], held: Occasion | None) -> None:
    """Refuse themes that are not in use and not held."""
    kept = select(OccasionTheme.theme_id).where(OccasionTheme.occasion_id == (held.id if held else 0))
    check_themes(session, theme_ids, held=session.scalars(kept).all())


def _check_tasks(session: Session, task_ids: Collection[int], held: Occasion | None) -> None:
    """Refuse tasks of plans that are not at work and not held."""
    live = session.scalars(
        select(Task.id)
        .join(TaskGroup, Task.group_id == TaskGroup.id)
        .join(Plan, TaskGroup.plan_id == Plan.id)
        .where(Task.id.in_(task_ids), Task.retired_at.is_(None), Plan.archived_at.is_(None))
    )
    kept = select(OccasionTask.task_id).where(OccasionTask.occasion_id == (held.id if held else 0))
    if set(task_ids) - set(live) - set(session.scalars(kept)):
        raise Invalid(N_("Có nhiệm vụ không thuộc kế hoạch nào đang thực hiện. Hãy chọn lại nhiệm vụ."))
