"""What proposals are made from: a plan as plain values, and what stands on its tasks already. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.clock import Period
from campaigns.board.wording import as_words
from content.outlets.models import OutletKind


@dataclass(frozen=True)
class Remark:
    """A sentence of the catalogues with its values: why something is proposed, or what is doubtful about it."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class TaskFacts:
    """A task with its words and lines; *lead_id* is the first known body that leads it by itself."""

    id: int
    ordinal: str
    text: str
    first_line: int
    last_line: int
    timing: str = ""
    lead_id: int | None = None


@dataclass(frozen=True)
class GroupFacts:
    """A group of tasks; *lead_id* is the first known body that leads it."""

    id: int
    ordinal: str
    title: str
    tasks: tuple[TaskFacts, ...]
    timing: str = ""
    lead_id: int | None = None


@dataclass(frozen=True)
class ThemeFacts:
    """A theme of the plan and the phrases by which it is found."""

    id: int
    name: str
    phrases: tuple[str, ...]

    def place_in(self, words: str) -> int | None:
        """Where the first of its phrases stands in *words* (``as_words``); None where none does."""
        places = [place for phrase in self.phrases if (place := words.find(as_words(phrase))) >= 0]
        return min(places, default=None)


@dataclass(frozen=True)
class OutletFacts:
    """An outlet at work; a near one is our own, or serves the area of one of ours."""

    id: int
    kind: OutletKind
    is_near: bool


@dataclass(frozen=True)
class PlanFacts:
    """A plan: its title, the year it was made for, groups, themes in use, and the outlets that there are."""

    title: str
    year: int | None
    groups: tuple[GroupFacts, ...]
    themes: tuple[ThemeFacts, ...] = ()
    outlets: tuple[OutletFacts, ...] = ()


@dataclass(frozen=True)
class CampaignMade:
    """A live campaign that stands on tasks of the plan; one of a yearly day is a lead-up."""

    id: int
    name: str
    days: Period
    theme_ids: frozenset[int] = frozenset()
    is_lead_up: bool = False


@dataclass(frozen=True)
class PartMade:
    """A live series or a target that stands on a task; *printed* are the words of the plan behind a target."""

    id: int
    campaign_id: int
    name: str
    printed: str = ""


@dataclass(frozen=True)
class MadeWork:
    """What was made of the tasks of a plan already, by the key of the task."""

    campaigns: Mapping[int, Sequence[CampaignMade]] = field(default_factory=dict)
    series: Mapping[int, Sequence[PartMade]] = field(default_factory=dict)
    targets: Mapping[int, Sequence[PartMade]] = field(default_factory=dict)

    def campaigns_on(self, task_id: int) -> list[CampaignMade]:
        """The campaigns that carry the task out, lead-ups of yearly days left aside."""
        return [one for one in self.campaigns.get(task_id, ()) if not one.is_lead_up]

    def is_carried(self, task_id: int) -> bool:
        """Whether any campaign stands on the task, one of a yearly day too."""
        return bool(self.campaigns.get(task_id))
