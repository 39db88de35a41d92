"""What an officer chose of a plan's proposals is made: campaigns, series, targets and yearly days, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.models import Person
from app.errors import N_, Fault, Invalid, Refused, Stale
from campaigns.board.from_plan.proposals import themes_for_tasks
from campaigns.board.from_plan.queries import list_made_work, work_of
from campaigns.board.from_plan.shapes import Work
from campaigns.board.lead_up.offered.from_plan import add_plan_days, plan_days
from campaigns.board.models import Cadence, Campaign
from campaigns.board.queries import get_campaign
from campaigns.board.series.services import SeriesInput, add_series
from campaigns.board.services import CampaignInput, open_campaign
from campaigns.board.targets.services import TargetInput, set_target
from campaigns.plans.models import Plan
from content.items.models import ItemType
from content.outlets.models import OutletKind


@dataclass(frozen=True)
class CampaignChoice:
    """A proposed campaign as the officer wants it."""

    name: str
    starts_on: date
    ends_on: date
    organisation_id: int
    theme_ids: tuple[int, ...]


@dataclass(frozen=True)
class SeriesChoice:
    """A proposed series as the officer wants it; it runs as long as its campaign."""

    name: str
    theme_id: int
    cadence: Cadence
    quota: int
    outlet_ids: tuple[int, ...]


@dataclass(frozen=True)
class TargetChoice:
    """A proposed target as the officer wants it."""

    theme_id: int
    count: int
    due_on: date
    outlet_kind: OutletKind | None = None
    item_type: ItemType | None = None


@dataclass(frozen=True)
class WorkChoices:
    """What is ticked, by the key of its proposal; *days* by their position in the plan, with their names."""

    campaigns: Mapping[str, CampaignChoice] = field(default_factory=dict)
    series: Mapping[str, SeriesChoice] = field(default_factory=dict)
    targets: Mapping[str, TargetChoice] = field(default_factory=dict)
    days: Mapping[int, str] = field(default_factory=dict)
    days_lead_id: int = 0


@dataclass(frozen=True)
class WorkMade:
    """How many of each were made."""

    campaigns: int
    series: int
    targets: int
    days: int


class Unfit(Invalid):
    """One of the choices cannot be taken as it is; *key* is that of its proposal."""

    def __init__(self, key: str, fault: Fault) -> None:
        super().__init__(fault.sentence, **fault.values)
        self.key = key


def day_key(position: int) -> str:
    """The key of a day that the plan names."""
    return f"day-{position}"


@contextmanager
def _at(key: str) -> Iterator[None]:
    """Say of a refusal which choice it is about."""
    try:
        yield
    except Stale:
        raise
    except Fault as fault:
        raise Unfit(key, fault) from fault


def make_work(
    session: Session,
    plan: Plan,
    chosen: WorkChoices,
    *,
    seen: int,
    home_id: int | None,
    actor: Person,
    now: datetime,
) -> WorkMade:
    """Make everything that is *chosen* of the proposals of *plan*.

    The plan is held until the commit, so that of two officers the second finds what the first made.

    Raises:
        Stale: the plan was changed since, or something chosen was made by somebody else. Refused: it is archived.
        Unfit: a choice cannot be taken.
    """
    _hold(session, plan, seen=seen)
    work = work_of(session, plan, today=clock.local_day(now), home_id=home_id)
    _check_still_offered(session, plan, work, chosen)
    making = _Making(session, work, actor, now)
    making.open_campaigns(chosen)
    making.add_series(chosen)
    making.set_targets(chosen)
    making.keep_days(plan, chosen)
    made = WorkMade(len(chosen.campaigns), len(chosen.series), len(chosen.targets), len(chosen.days))
    audit.record(session, actor, "plan.work", plan, at=now, details=vars(made))
    return made


def _hold(session: Session, plan: Plan, *, seen: int) -> None:
    """Keep *plan* as it is until the commit."""
    session.refresh(plan, with_for_update={"of": Plan})
    plan.check_version(seen)
    if plan.archived_at is not None:
        raise Refused(N_("Kế hoạch này đã được lưu trữ."))


def _check_still_offered(session: Session, plan: Plan, work: Work, chosen: WorkChoices) -> None:
    """Refuse when something of the choice stands already.

    Raises:
        Stale: with what to do now.
    """
    days = {day_key(day.position) for day in plan_days(session, plan) if day.kept is None}
    wanted = {*chosen.campaigns, *chosen.series, *chosen.targets, *map(day_key, chosen.days)}
    check_offered(wanted, work.keys | days)


def check_offered(wanted: AbstractSet[str], offered: AbstractSet[str]) -> None:
    """Refuse when something that is wanted is not offered any more.

    Raises:
        Stale: with what to do now.
    """
    if wanted - offered:
        raise Stale(
            N_("Vừa có người lập một phần những việc này. Hãy xem những gì đã có, rồi chọn phần còn lại.")
        )


@dataclass
class _Making:
    """What the steps hand on to one another: the campaign of each task, first those that are made now."""

    session: Session
    work: Work
    actor: Person
    now: datetime
    campaigns: dict[int, Campaign] = field(default_factory=dict)

    def open_campaigns(self, chosen: WorkChoices) -> None:
        for one in self.work.campaigns:
            choice = chosen.campaigns.get(one.key)
            if choice is None:
                continue
            wanted = CampaignInput(
                **vars(choice), task_ids=tuple(task.id for task in one.tasks), purpose=one.purpose
            )
            with _at(one.key):
                campaign = open_campaign(self.session, wanted, actor=self.actor, now=self.now)
            for task in one.tasks:
                self.campaigns.setdefault(task.id, campaign)

    def add_series(self, chosen: WorkChoices) -> None:
        for one in self.work.series:
            choice = chosen.series.get(one.key)
            if choice is None:
                continue
            with _at(one.key):
                campaign = self._campaign_of(one.task.id)
                first = min(max(campaign.starts_on, clock.local_day(self.now)), campaign.ends_on)
                wanted = SeriesInput(
                    **vars(choice), starts_on=first, ends_on=campaign.ends_on, task_id=one.task.id
                )
                add_series(self.session, campaign, wanted, actor=self.actor, now=self.now)

    def set_targets(self, chosen: WorkChoices) -> None:
        for one in self.work.targets:
            choice = chosen.targets.get(one.key)
            if choice is None:
                continue
            with _at(one.key):
                campaign = self._campaign_of(one.task.id)
                wanted = TargetInput(**vars(choice), task_id=one.task.id)
                set_target(self.session, campaign, wanted, printed=one.words, actor=self.actor, now=self.now)

    def keep_days(self, plan: Plan, chosen: WorkChoices) -> None:
        for day in plan_days(self.session, plan) if chosen.days else ():
            if day.position in chosen.days:
                with _at(day_key(day.position)):
                    add_plan_days(
                        self.session,
                        plan,
                        [day.position],
                        organisation_id=chosen.days_lead_id,
                        theme_ids=themes_for_tasks(self.work, day.task_ids),
                        names=chosen.days,
                        actor=self.actor,
                        now=self.now,
                    )

    def _campaign_of(self, task_id: int) -> Campaign:
        """The campaign that carries the task out: one that is made now, else the first that stands on it.

        Raises:
            Invalid: there is none.
        """
        if task_id in self.campaigns:
            return self.campaigns[task_id]
        made = list_made_work(self.session, [task_id]).campaigns_on(task_id)
        if not made:
            raise Invalid(N_("Chưa có chiến dịch nào cho nhiệm vụ này: hãy chọn cả chiến dịch của nhóm."))
        return get_campaign(self.session, made[0].id)
