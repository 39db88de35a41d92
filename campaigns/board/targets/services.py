"""What can be done to targets: set, change, take away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.errors import N_, Invalid
from campaigns.board.models import Campaign, CampaignTask, CampaignTheme, Target
from campaigns.board.rules import check_within
from campaigns.board.services import hold_campaign
from content.items.models import ItemType
from content.outlets.models import Outlet, OutletKind

MOST = 100_000  # publications


@dataclass(frozen=True)
class TargetInput:
    """So many publications of a theme by a local day: on one outlet, on a kind of outlet, or anywhere."""

    theme_id: int
    count: int
    due_on: date
    outlet_id: int | None = None
    outlet_kind: OutletKind | None = None
    item_type: ItemType | None = None
    task_id: int | None = None


def set_target(
    session: Session,
    campaign: Campaign,
    wanted: TargetInput,
    *,
    printed: str = "",
    actor: Person,
    now: datetime,
) -> Target:
    """Promise publications for *campaign*; *printed* are the words of its task that promise them.

    Raises:
        Refused: the campaign is archived. Invalid: theme, task, count, day or outlet do not fit.
    """
    hold_campaign(session, campaign)
    _check(session, campaign, wanted, held=None)
    target = Target(campaign_id=campaign.id, printed=printed, **vars(wanted))
    session.add(target)
    session.flush()
    audit.record(session, actor, "target.set", campaign, at=now, details=_told(target))
    return target


def change_target(
    session: Session, target: Target, wanted: TargetInput, *, seen: int, actor: Person, now: datetime
) -> None:
    """Change what was promised; the audit keeps what it was.

    Raises:
        Stale: somebody changed it since. Refused: the campaign is archived. Invalid: see ``set_target``.
    """
    hold_campaign(session, target.campaign)
    target.check_version(seen)
    _check(session, target.campaign, wanted, held=target.outlet_id)
    before = _told(target)
    if wanted.task_id != target.task_id:
        target.printed = ""  # another task promises it in other words
    for name, value in vars(wanted).items():
        setattr(target, name, value)
    session.flush()
    audit.record(
        session, actor, "target.change", target.campaign, at=now, details={"before": before, **_told(target)}
    )


def remove_target(session: Session, target: Target, *, seen: int, actor: Person, now: datetime) -> None:
    """Take a promise back; the audit keeps what it was.

    Raises:
        Stale: somebody changed it since. Refused: the campaign is archived.
    """
    campaign = target.campaign
    hold_campaign(session, campaign)
    target.check_version(seen)
    told = _told(target)
    session.delete(target)
    session.flush()
    audit.record(session, actor, "target.remove", campaign, at=now, details=told)


def _told(target: Target) -> dict[str, object]:
    """What the audit keeps of the target."""
    return {
        "target": target.id,
        "theme": target.theme_id,
        "task": target.task_id,
        "count": target.count,
        "due_on": target.due_on,
        "outlet": target.outlet_id,
        "outlet_kind": target.outlet_kind,
        "item_type": target.item_type,
    }


def _check(session: Session, campaign: Campaign, wanted: TargetInput, *, held: int | None) -> None:
    """Refuse what does not fit the campaign; the outlet that is named already may stay."""
    if not 1 <= wanted.count <= MOST:
        raise Invalid(N_("Số tin phải từ 1 đến {most}."), most=MOST)
    check_within(campaign, wanted.due_on, wanted.due_on)
    if session.get(CampaignTheme, (campaign.id, wanted.theme_id)) is None:
        raise Invalid(N_("Chủ đề này không thuộc chiến dịch."))
    if wanted.task_id is not None and session.get(CampaignTask, (campaign.id, wanted.task_id)) is None:
        raise Invalid(N_("Nhiệm vụ này không thuộc chiến dịch."))
    if wanted.outlet_id is None:
        return
    if wanted.outlet_kind is not None:
        raise Invalid(N_("Chỉ tiêu tính trên một nơi đăng hoặc trên một loại, không tính trên cả hai."))
    outlet = session.get(Outlet, wanted.outlet_id)
    if outlet is None or (outlet.retired_at is not None and outlet.id != held):
        raise Invalid(N_("Nơi đăng này không còn hoạt động. Hãy chọn nơi khác."))
