"""What the calendar is asked: a view, a day and filters, as its address carries them. Pure."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app.clock import YEARS, Period
from app.text import clean
from campaigns.board.rules import week_of
from content.items.models import ItemType, Stage
from content.slots.models import IN_HAND, SlotState

LONGEST_WORDS = 100
LONGEST = 62  # days of cards in one answer; a month's page asks for six weeks


class View(enum.StrEnum):
    """How the pieces are laid out; ``days`` is the list that the server makes, for whoever has no script."""

    MONTH = "month"
    WEEK = "week"
    LIST = "list"
    DAYS = "days"


# What a card can say of itself, in the order in which a piece goes through it; what is being sent is one.
STATES: tuple[Stage | SlotState, ...] = (
    Stage.IDEA,
    Stage.DRAFTING,
    Stage.IN_REVIEW,
    Stage.APPROVED,
    SlotState.SCHEDULED,
    SlotState.LEASED,
    SlotState.PUBLISHED,
    SlotState.RETRY_WAIT,
    SlotState.ON_HOLD,
    SlotState.UNCONFIRMED,
    SlotState.MISSED,
    SlotState.FAILED,
    Stage.WITHDRAWN,
    Stage.ARCHIVED,
)


@dataclass(frozen=True)
class Filters:
    """What is shown; None and "" narrow nothing. *words* are found with and without tone marks."""

    words: str = ""
    theme_id: int | None = None
    campaign_id: int | None = None
    series_id: int | None = None
    type: ItemType | None = None
    state: Stage | SlotState | None = None
    outlet_id: int | None = None
    organisation_id: int | None = None

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Filters:
        """The filters of an address; a value that is none of ours is left out."""
        kind = args.get("type", "")
        return cls(
            words=" ".join(clean(args.get("q", "")).split())[:LONGEST_WORDS],
            theme_id=_key(args.get("theme", "")),
            campaign_id=_key(args.get("campaign", "")),
            series_id=_key(args.get("series", "")),
            type=ItemType(kind) if kind in set(ItemType) else None,
            state=next((one for one in STATES if one.value == args.get("state", "")), None),
            outlet_id=_key(args.get("outlet", "")),
            organisation_id=_key(args.get("unit", "")),
        )

    def values(self) -> dict[str, str]:
        """The filters as an address carries them."""
        made = {
            "q": self.words,
            "theme": str(self.theme_id or ""),
            "campaign": str(self.campaign_id or ""),
            "series": str(self.series_id or ""),
            "type": self.type.value if self.type else "",
            "state": self.state.value if self.state else "",
            "outlet": str(self.outlet_id or ""),
            "unit": str(self.organisation_id or ""),
        }
        return {name: value for name, value in made.items() if value}

    def holds(self, state: Stage | SlotState) -> bool:
        """Whether a card in *state* is asked for."""
        if self.state is SlotState.LEASED:
            return state in IN_HAND
        return self.state is None or state is self.state


@dataclass(frozen=True)
class Asked:
    """A view of the month or week that holds *day*, narrowed by *filters*."""

    view: View
    day: date
    filters: Filters = field(default_factory=Filters)

    @classmethod
    def read(cls, args: Mapping[str, str], *, today: date) -> Asked:
        """What an address asks; what cannot be read is left out, and today stands for a missing day."""
        wanted = args.get("view", "")
        day = _day(args.get("day", "")) or _month(args.get("month", ""), today=today) or today
        view = View(wanted) if wanted in set(View) else View.MONTH
        return cls(view, day, Filters.read(args))

    @property
    def by_week(self) -> bool:
        """Whether a week is shown, not a month."""
        return self.view is View.WEEK

    @property
    def period(self) -> Period:
        """The local days that are shown."""
        return week_of(self.day) if self.by_week else Period.month(self.day)

    def values(self) -> dict[str, str]:
        """The same as an address carries it; the month is the usual view and is not named."""
        made = {} if self.view is View.MONTH else {"view": self.view.value}
        made |= {"day": self.day.isoformat()} if self.by_week else {"month": f"{self.day:%Y-%m}"}
        return {**made, **self.filters.values()}

    def on(self, day: date) -> Asked:
        """The same question about the month or week that holds *day*."""
        return replace(self, day=day)

    def beside(self, step: int) -> Asked:
        """The month or week before (-1) or after (1); the present one at the ends of time."""
        period = self.period
        day = period.first - timedelta(days=1) if step < 0 else period.last + timedelta(days=1)
        return self.on(day) if day.year in YEARS else self


def read_period(args: Mapping[str, str], *, today: date) -> Period:
    """The days from ``start`` up to but without ``end``; this month unless they are days in order, two months at most."""
    first, beyond = _day(args.get("start", "")), _day(args.get("end", ""))
    if first is None or beyond is None or not 0 < (beyond - first).days <= LONGEST:
        return Period.month(today)
    return Period(first, beyond - timedelta(days=1))


def _key(raw: str) -> int | None:
    return int(raw) if raw.isdecimal() and len(raw) < 16 else None


def _day(raw: str) -> date | None:
    """A day written 2026-05-18, in a year that people mean."""
    try:
        found = date.fromisoformat(raw) if len(raw) == 10 else None
    except ValueError:
        return None
    return found if found is not None and found.year in YEARS else None


def _month(raw: str, *, today: date) -> date | None:
    """Today when it lies in the month written 2026-05, else the first day of it."""
    first = _day(f"{raw}-01")
    if first is None:
        return None
    return today if today in Period.month(first) else first
