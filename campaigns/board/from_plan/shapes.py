"""The shapes of what is proposed: campaigns, series, targets, by group. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.clock import Period
from campaigns.board.from_plan.facts import CampaignMade, GroupFacts, PartMade, PlanFacts, Remark, TaskFacts
from campaigns.board.models import Cadence
from content.items.models import ItemType
from content.outlets.models import OutletKind


@dataclass(frozen=True)
class CampaignProposal:
    """A campaign for the tasks of a group, or for those that name a theme."""

    key: str
    name: str
    purpose: str
    days: Period
    lead_id: int | None
    theme_ids: tuple[int, ...]
    tasks: tuple[TaskFacts, ...]
    is_ticked: bool
    reasons: tuple[Remark, ...] = ()
    doubts: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class SeriesProposal:
    """A series that a task asks for; without a quota or outlets somebody says them first."""

    key: str
    task: TaskFacts
    name: str
    theme_id: int | None
    cadence: Cadence
    quota: int | None
    outlet_ids: tuple[int, ...]
    words: str = ""
    doubts: tuple[Remark, ...] = ()

    @property
    def is_ticked(self) -> bool:
        """Whether nothing is left to say."""
        return None not in (self.theme_id, self.quota) and bool(self.outlet_ids)


@dataclass(frozen=True)
class TargetProposal:
    """Publications that a task promises, in the plan's *words*."""

    key: str
    task: TaskFacts
    words: str
    theme_id: int | None
    count: int
    due_on: date
    item_type: ItemType | None
    outlet_kind: OutletKind | None
    is_ticked: bool
    reason: Remark
    doubts: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class GroupWork:
    """What a group proposes, and what stands on its tasks already."""

    group: GroupFacts
    campaign: CampaignProposal | None
    series: tuple[SeriesProposal, ...]
    targets: tuple[TargetProposal, ...]
    campaigns_made: tuple[CampaignMade, ...] = ()
    series_made: tuple[PartMade, ...] = ()
    targets_made: tuple[PartMade, ...] = ()


@dataclass(frozen=True)
class Work:
    """Everything that a plan proposes; *themes* are campaigns of their own beside those of the groups."""

    plan: PlanFacts
    groups: tuple[GroupWork, ...]
    themes: tuple[CampaignProposal, ...]

    @property
    def campaigns(self) -> list[CampaignProposal]:
        """The proposed campaigns, those of groups first."""
        return [*(one.campaign for one in self.groups if one.campaign), *self.themes]

    @property
    def keys(self) -> set[str]:
        """The keys of all that is proposed."""
        campaigns, series = {one.key for one in self.campaigns}, {one.key for one in self.series}
        return campaigns | series | {one.key for one in self.targets}

    @property
    def series(self) -> list[SeriesProposal]:
        return [one for group in self.groups for one in group.series]

    @property
    def targets(self) -> list[TargetProposal]:
        return [one for group in self.groups for one in group.targets]
