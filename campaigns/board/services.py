"""What can be done to campaigns: open on the plan's tasks, change, archive, take back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app import audit
from app.accounts.models import Person
from app.clock import Period
from app.errors import N_, Invalid, Refused
from app.organisations.queries import get_organisation
from campaigns.board.models import Campaign, CampaignTask, CampaignTheme, Series, Target
from campaigns.board.rules import check_days, check_name, written
from campaigns.occasions.models import Occurrence
from campaigns.plans.models import Plan, Task, TaskGroup
from content.themes.services import check_themes


@dataclass(frozen=True)
class CampaignInput:
    """What a campaign is to be; days are local and both included."""

    name: str
    starts_on: date
    ends_on: date
    organisation_id: int
    theme_ids: tuple[int, ...]
    task_ids: tuple[int, ...]
    purpose: str = ""


def open_campaign(
    session: Session,
    wanted: CampaignInput,
    *,
    occurrence: Occurrence | None = None,
    actor: Person,
    now: datetime,
) -> Campaign:
    """Open a campaign that stands on tasks of confirmed plans, or on an occurrence of a yearly day.

    Raises:
        Invalid: name, days, themes or tasks cannot be taken. Missing: no such organisation.
    """
    _check(session, wanted, held_themes=(), held_tasks=(), needs_tasks=occurrence is None)
    campaign = Campaign(
        name=wanted.name,
        purpose=wanted.purpose,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        organisation_id=wanted.organisation_id,
        opened_by_id=actor.id,
        opened_at=now,
        occurrence=occurrence,
        held_on=occurrence.held_on if occurrence else None,
    )
    session.add(campaign)
    session.flush()
    _link(session, campaign, wanted)
    audit.record(session, actor, "campaign.open", campaign, at=now, details=_told(wanted))
    return campaign


def change_campaign(
    session: Session, campaign: Campaign, wanted: CampaignInput, *, seen: int, actor: Person, now: datetime
) -> None:
    """Change name, days, lead, themes and tasks; what its series and targets need must stay.

    Raises:
        Stale: somebody changed it since. Refused: it is archived, or a series or target would fall outside.
        Invalid: name, days, themes or tasks cannot be taken.
    """
    hold_campaign(session, campaign)
    campaign.check_version(seen)
    themes = _ids(session, CampaignTheme.theme_id, campaign)
    tasks = _ids(session, CampaignTask.task_id, campaign)
    _check(
        session,
        wanted,
        held_themes=themes,
        held_tasks=tasks,
        needs_tasks=campaign.occurrence_id is None,
    )
    _keep_what_is_used(session, campaign, wanted)
    before = {"name": campaign.name, "starts_on": campaign.starts_on, "ends_on": campaign.ends_on}
    campaign.name, campaign.purpose = wanted.name, wanted.purpose
    campaign.starts_on, campaign.ends_on = wanted.starts_on, wanted.ends_on
    campaign.organisation_id = wanted.organisation_id
    flag_modified(campaign, "name")  # a change of themes or tasks alone is a change of the campaign too
    _link(session, campaign, wanted)
    audit.record(
        session, actor, "campaign.change", campaign, at=now, details={"before": before, **_told(wanted)}
    )


def archive_campaign(
    session: Session, campaign: Campaign, *, seen: int, actor: Person, now: datetime
) -> None:
    """Put a campaign away: it is read but no longer changed; its items go on by themselves.

    Raises:
        Stale: somebody changed it since. Refused: it is archived already.
    """
    hold_campaign(session, campaign)
    campaign.check_version(seen)
    campaign.archived_at = now
    session.flush()
    audit.record(session, actor, "campaign.archive", campaign, at=now)


def restore_campaign(
    session: Session, campaign: Campaign, *, seen: int, actor: Person, now: datetime
) -> None:
    """Take an archived campaign back to work.

    Raises:
        Stale: somebody changed it since. Refused: it is not archived.
    """
    campaign.check_version(seen)
    if campaign.archived_at is None:
        raise Refused(N_("Chiến dịch này chưa lưu trữ."))
    campaign.archived_at = None
    session.flush()
    audit.record(session, actor, "campaign.restore", campaign, at=now)


def hold_campaign(session: Session, campaign: Campaign) -> None:
    """Read *campaign* anew and keep it as it is until the commit, so that its days hold for what is put into it.

    Raises:
        Refused: it is archived.
    """
    session.flush()
    session.execute(select(Campaign.id).where(Campaign.id == campaign.id).with_for_update())
    session.refresh(campaign, ["version", "starts_on", "ends_on", "archived_at"])
    if campaign.archived_at is not None:
        raise Refused(N_("Chiến dịch “{name}” đã lưu trữ; hãy mở lại trước khi sửa."), name=campaign.name)


def _told(wanted: CampaignInput) -> dict[str, object]:
    """What the audit keeps of the input."""
    return {
        "name": wanted.name,
        "starts_on": wanted.starts_on,
        "ends_on": wanted.ends_on,
        "themes": list(wanted.theme_ids),
        "tasks": list(wanted.task_ids),
    }


def _check(
    session: Session,
    wanted: CampaignInput,
    *,
    held_themes: Collection[int],
    held_tasks: Iterable[int],
    needs_tasks: bool,
) -> None:
    """Refuse what cannot be taken; themes and tasks that the campaign holds already may stay."""
    check_name(wanted.name)
    check_days(Period(wanted.starts_on, wanted.ends_on))
    get_organisation(session, wanted.organisation_id)
    if not wanted.theme_ids:
        raise Invalid(N_("Chọn ít nhất một chủ đề: tin đã đăng được đếm theo chủ đề."))
    if needs_tasks and not wanted.task_ids:
        raise Invalid(N_("Chọn ít nhất một nhiệm vụ của kế hoạch mà chiến dịch thực hiện."))
    check_themes(session, wanted.theme_ids, held=held_themes)
    tasks = session.scalars(
        select(Task.id)
        .join(TaskGroup, Task.group_id == TaskGroup.id)
        .join(Plan, TaskGroup.plan_id == Plan.id)
        .where(Task.id.in_(wanted.task_ids), Task.retired_at.is_(None), Plan.archived_at.is_(None))
    )
    if set(wanted.task_ids) - set(tasks) - set(held_tasks):
        raise Invalid(N_("Có nhiệm vụ không thuộc kế hoạch nào đang thực hiện. Hãy chọn lại nhiệm vụ."))


def _keep_what_is_used(session: Session, campaign: Campaign, wanted: CampaignInput) -> None:
    """Refuse a change that would leave a live series or a target outside its campaign."""
    live = select(Series).where(Series.campaign_id == campaign.id, Series.archived_at.is_(None))
    for series in session.scalars(live.order_by(Series.id)):
        if series.starts_on < wanted.starts_on or series.ends_on > wanted.ends_on:
            raise Refused(
                N_(
                    "Chuyên mục “{name}” chạy từ {first} đến {last}, ra ngoài thời gian mới. Hãy sửa chuyên mục trước."
                ),
                name=series.name,
                first=written(series.starts_on),
                last=written(series.ends_on),
            )
        if series.theme_id not in wanted.theme_ids:
            raise Refused(
                N_("Chuyên mục “{name}” theo chủ đề “{theme}” nên chưa thể bỏ chủ đề này."),
                name=series.name,
                theme=series.theme.name,
            )
        if series.task_id is not None and series.task_id not in wanted.task_ids:
            raise Refused(
                N_("Chuyên mục “{name}” thực hiện một nhiệm vụ vừa bị bỏ. Hãy sửa chuyên mục trước."),
                name=series.name,
            )
    targets = select(Target).where(Target.campaign_id == campaign.id).order_by(Target.id)
    for target in session.scalars(targets):
        if not wanted.starts_on <= target.due_on <= wanted.ends_on:
            raise Refused(
                N_("Chỉ tiêu đến ngày {day} ra ngoài thời gian mới. Hãy sửa chỉ tiêu trước."),
                day=written(target.due_on),
            )
        if target.theme_id not in wanted.theme_ids:
            raise Refused(
                N_("Có chỉ tiêu theo chủ đề “{theme}” nên chưa thể bỏ chủ đề này."), theme=target.theme.name
            )
        if target.task_id is not None and target.task_id not in wanted.task_ids:
            raise Refused(N_("Có chỉ tiêu thực hiện một nhiệm vụ vừa bị bỏ. Hãy sửa chỉ tiêu trước."))


def _ids(session: Session, column: object, campaign: Campaign) -> list[int]:
    """The themes or tasks of the campaign, by the link table's column."""
    owner = CampaignTheme.campaign_id if column is CampaignTheme.theme_id else CampaignTask.campaign_id
    return list(session.scalars(select(column).where(owner == campaign.id)))  # type: ignore[call-overload]


def _link(session: Session, campaign: Campaign, wanted: CampaignInput) -> None:
    """Make the campaign's themes and tasks those of the input."""
    themes, tasks = dict.fromkeys(wanted.theme_ids), dict.fromkeys(wanted.task_ids)
    session.execute(
        delete(CampaignTheme).where(
            CampaignTheme.campaign_id == campaign.id, CampaignTheme.theme_id.not_in(themes)
        )
    )
    session.execute(
        delete(CampaignTask).where(
            CampaignTask.campaign_id == campaign.id, CampaignTask.task_id.not_in(tasks)
        )
    )
    held = set(_ids(session, CampaignTheme.theme_id, campaign))
    session.add_all(CampaignTheme(campaign_id=campaign.id, theme_id=one) for one in themes if one not in held)
    held = set(_ids(session, CampaignTask.task_id, campaign))
    session.add_all(CampaignTask(campaign_id=campaign.id, task_id=one) for one in tasks if one not in held)
    session.flush()
