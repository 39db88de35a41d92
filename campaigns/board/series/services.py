"""What can be done to series: add to a campaign, change, archive, take back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app import audit
from app.accounts.models import Person
from app.clock import Period
from app.errors import N_, Invalid, Refused
from campaigns.board.models import Cadence, Campaign, CampaignTask, CampaignTheme, Series, SeriesOutlet
from campaigns.board.rules import check_days, check_name, check_within
from campaigns.board.services import hold_campaign
from content.outlets.models import Outlet

MOST = 1_000  # pieces a week or month


@dataclass(frozen=True)
class SeriesInput:
    """What a series is to be: *quota* pieces a week or a month for each outlet, on local days both included."""

    name: str
    theme_id: int
    cadence: Cadence
    quota: int
    starts_on: date
    ends_on: date
    outlet_ids: tuple[int, ...]
    editor_id: int | None = None
    task_id: int | None = None


def add_series(
    session: Session, campaign: Campaign, wanted: SeriesInput, *, actor: Person, now: datetime
) -> Series:
    """Add a series to *campaign*.

    Raises:
        Refused: the campaign is archived. Invalid: name, quota, days, theme, task, outlets or editor do not fit.
    """
    hold_campaign(session, campaign)
    _check(session, campaign, wanted, held=())
    series = Series(campaign_id=campaign.id, **_columns(wanted))
    session.add(series)
    session.flush()
    _link(session, series, wanted)
    audit.record(session, actor, "series.add", campaign, at=now, details=_told(series))
    return series


def change_series(
    session: Session, series: Series, wanted: SeriesInput, *, seen: int, actor: Person, now: datetime
) -> None:
    """Change a series; pieces already placed in it stay.

    Raises:
        Stale: somebody changed it since. Refused: it or its campaign is archived. Invalid: see ``add_series``.
    """
    hold_campaign(session, series.campaign)
    series.check_version(seen)
    _check_live(series)
    held = session.scalars(select(SeriesOutlet.outlet_id).where(SeriesOutlet.series_id == series.id)).all()
    _check(session, series.campaign, wanted, held=held)
    for name, value in _columns(wanted).items():
        setattr(series, name, value)
    flag_modified(series, "name")  # a change of outlets alone is a change of the series too
    _link(session, series, wanted)
    audit.record(session, actor, "series.change", series.campaign, at=now, details=_told(series))


def archive_series(session: Session, series: Series, *, seen: int, actor: Person, now: datetime) -> None:
    """Stop a series: no more pieces are placed in it.

    Raises:
        Stale: somebody changed it since. Refused: it or its campaign is archived.
    """
    hold_campaign(session, series.campaign)
    series.check_version(seen)
    _check_live(series)
    series.archived_at = now
    session.flush()
    audit.record(session, actor, "series.archive", series.campaign, at=now, details=_told(series))


def restore_series(session: Session, series: Series, *, seen: int, actor: Person, now: datetime) -> None:
    """Take an archived series back, where its campaign still has its theme and its days.

    Raises:
        Stale: somebody changed it since. Refused: it is not archived, or its campaign is.
        Invalid: the campaign no longer has its days, theme or task.
    """
    hold_campaign(session, series.campaign)
    series.check_version(seen)
    if series.archived_at is None:
        raise Refused(N_("Chuyên mục này chưa lưu trữ."))
    check_within(series.campaign, series.starts_on, series.ends_on)
    _check_place(session, series.campaign, series.theme_id, series.task_id)
    series.archived_at = None
    session.flush()
    audit.record(session, actor, "series.restore", series.campaign, at=now, details=_told(series))


def _check_live(series: Series) -> None:
    if series.archived_at is not None:
        raise Refused(N_("Chuyên mục “{name}” đã lưu trữ."), name=series.name)


def _columns(wanted: SeriesInput) -> dict[str, object]:
    """The input as columns of the row."""
    return {name: value for name, value in vars(wanted).items() if name != "outlet_ids"}


def _told(series: Series) -> dict[str, object]:
    """What the audit keeps of the series."""
    return {"series": series.id, "name": series.name, "cadence": series.cadence.value, "quota": series.quota}


def _check(session: Session, campaign: Campaign, wanted: SeriesInput, *, held: Collection[int]) -> None:
    """Refuse what does not fit the campaign; outlets that carry the series already may stay."""
    check_name(wanted.name)
    if not 1 <= wanted.quota <= MOST:
        raise Invalid(N_("Số tin bài mỗi kỳ phải từ 1 đến {most}."), most=MOST)
    check_days(Period(wanted.starts_on, wanted.ends_on))
    check_within(campaign, wanted.starts_on, wanted.ends_on)
    _check_place(session, campaign, wanted.theme_id, wanted.task_id)
    if not wanted.outlet_ids:
        raise Invalid(N_("Chọn ít nhất một cơ quan báo chí, trang hoặc đài đăng chuyên mục."))
    open_outlets = session.scalars(
        select(Outlet.id).where(Outlet.id.in_(wanted.outlet_ids), Outlet.retired_at.is_(None))
    )
    if set(wanted.outlet_ids) - set(open_outlets) - set(held):
        raise Invalid(N_("Có nơi đăng không còn hoạt động. Hãy chọn lại nơi đăng."))
    check_person(session, wanted.editor_id)


def _check_place(session: Session, campaign: Campaign, theme_id: int, task_id: int | None) -> None:
    """Refuse a theme or task that is not the campaign's."""
    if session.get(CampaignTheme, (campaign.id, theme_id)) is None:
        raise Invalid(N_("Chủ đề này không thuộc chiến dịch."))
    if task_id is not None and session.get(CampaignTask, (campaign.id, task_id)) is None:
        raise Invalid(N_("Nhiệm vụ này không thuộc chiến dịch."))


def check_person(session: Session, person_id: int | None) -> None:
    """Refuse an editor or writer who is not there any more.

    Raises:
        Invalid: there is no such person, or the person has been ended.
    """
    person = None if person_id is None else session.get(Person, person_id)
    if person_id is not None and (person is None or person.ended_at is not None):
        raise Invalid(N_("Người này không còn làm việc trong hệ thống. Hãy chọn người khác."))


def _link(session: Session, series: Series, wanted: SeriesInput) -> None:
    """Make the series' outlets those of the input."""
    outlets = dict.fromkeys(wanted.outlet_ids)
    session.execute(
        delete(SeriesOutlet).where(
            SeriesOutlet.series_id == series.id, SeriesOutlet.outlet_id.not_in(outlets)
        )
    )
    held = set(session.scalars(select(SeriesOutlet.outlet_id).where(SeriesOutlet.series_id == series.id)))
    session.add_all(SeriesOutlet(series_id=series.id, outlet_id=one) for one in outlets if one not in held)
    session.flush()
