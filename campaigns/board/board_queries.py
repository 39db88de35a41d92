"""One campaign's board: series with their pace, targets, items by stage and by day. A fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.accounts.models import Person
from app.clock import Period
from app.organisations.models import Organisation
from campaigns.board.models import Campaign, Placement, Series, SeriesOutlet, Target
from campaigns.board.queries import approved_of, themes_of
from campaigns.board.rules import Pace, pace_of, present_period
from content.items.models import Item, ItemType, Stage
from content.outlets.models import Outlet
from content.themes.models import Theme

MOST_SHOWN = 300  # pieces of one month on one page
UNDATED = "undated"


@dataclass(frozen=True)
class SeriesRow:
    """A series with the outlets that carry it and how its present week or month stands."""

    series: Series
    outlets: Sequence[Outlet]
    pace: Pace


@dataclass(frozen=True)
class MonthCount:
    """How many pieces are planned in a month; *first* is its first day."""

    first: date
    items: int


@dataclass(frozen=True)
class Board:
    """What the campaign's page begins with."""

    themes: Sequence[Theme]
    series: Sequence[SeriesRow]
    archived_series: Sequence[Series]
    targets: Sequence[Target]
    stages: Mapping[Stage, int]
    months: Sequence[MonthCount]
    undated: int

    @property
    def items(self) -> int:
        """Pieces that count: withdrawn ones do not."""
        return sum(number for stage, number in self.stages.items() if stage is not Stage.WITHDRAWN)

    @property
    def approved(self) -> int:
        """Pieces that have passed approval."""
        return approved_of(dict(self.stages))


@dataclass(frozen=True)
class PlacedItem:
    """A piece of the campaign as its list shows it."""

    id: int
    title: str
    type: ItemType
    stage: Stage
    planned_on: date | None
    organisation_id: int
    organisation: str
    theme_colour: int | None
    series: str | None
    writer: str | None
    deadline_on: date | None


@dataclass(frozen=True)
class ItemsShown:
    """The pieces that this person may see, and how many more there are of other units or beyond the limit."""

    rows: Sequence[PlacedItem]
    others: int
    beyond: int

    def by_day(self) -> list[tuple[date | None, list[PlacedItem]]]:
        """The rows grouped by their day, in order; those without a day last."""
        days: dict[date | None, list[PlacedItem]] = {}
        for row in self.rows:
            days.setdefault(row.planned_on, []).append(row)
        return list(days.items())


def board_of(session: Session, campaign: Campaign, *, today: date) -> Board:
    """The board of *campaign* on the local day *today*."""
    all_series = list(
        session.scalars(
            select(Series)
            .where(Series.campaign_id == campaign.id)
            .options(joinedload(Series.task))
            .order_by(Series.name, Series.id)
        )
    )
    targets = (
        select(Target)
        .where(Target.campaign_id == campaign.id)
        .options(joinedload(Target.task))
        .order_by(Target.due_on, Target.id)
    )
    days = _days(session, campaign)
    return Board(
        themes=themes_of(session, [campaign.id])[campaign.id],
        series=series_rows(session, [one for one in all_series if one.archived_at is None], today=today),
        archived_series=[one for one in all_series if one.archived_at is not None],
        targets=list(session.scalars(targets)),
        stages=_stages(session, campaign),
        months=_months(days),
        undated=days.get(None, 0),
    )


def series_rows(session: Session, series: Sequence[Series], *, today: date) -> list[SeriesRow]:
    """Each series with its outlets and pace; two queries for all of them."""
    ids = [one.id for one in series]
    outlets: dict[int, list[Outlet]] = {one: [] for one in ids}
    carried = (
        select(SeriesOutlet.series_id, Outlet)
        .join(Outlet, SeriesOutlet.outlet_id == Outlet.id)
        .where(SeriesOutlet.series_id.in_(ids))
        .order_by(Outlet.sort_key, Outlet.id)
    )
    for series_id, outlet in session.execute(carried):
        outlets[series_id].append(outlet)
    paces = paces_of(session, series, today=today)
    return [SeriesRow(one, outlets[one.id], paces[one.id]) for one in series]


def paces_of(session: Session, series: Sequence[Series], *, today: date) -> dict[int, Pace]:
    """How the present week or month of each series stands, by its key; one query."""
    planned = _planned(session, series, today)
    return {
        one.id: pace_of(
            one.cadence, one.quota, Period(one.starts_on, one.ends_on), planned[one.id], today=today
        )
        for one in series
    }


def _planned(session: Session, series: Sequence[Series], today: date) -> Counter[int]:
    """How many pieces of each series are planned in its present week or month; withdrawn ones do not count."""
    periods = {one.id: present_period(one.cadence, today) for one in series}
    planned: Counter[int] = Counter()
    if not periods:
        return planned
    asked = (
        select(Placement.series_id, Item.planned_on, func.count())
        .join(Item, Placement.item_id == Item.id)
        .where(
            Placement.series_id.in_(periods),
            Item.planned_on.between(
                min(one.first for one in periods.values()), max(one.last for one in periods.values())
            ),
            Item.stage != Stage.WITHDRAWN,
        )
        .group_by(Placement.series_id, Item.planned_on)
    )
    for series_id, day, number in session.execute(asked):
        if series_id is not None and day is not None and day in periods[series_id]:
            planned[series_id] += number
    return planned


def _stages(session: Session, campaign: Campaign) -> dict[Stage, int]:
    """How many pieces stand at each stage, in the order of the stages."""
    asked = (
        select(Item.stage, func.count())
        .join(Placement, Placement.item_id == Item.id)
        .where(Placement.campaign_id == campaign.id)
        .group_by(Item.stage)
    )
    found = {stage: number for stage, number in session.execute(asked)}  # noqa: C416 - rows, not tuples
    return {stage: found[stage] for stage in Stage if stage in found}


def _days(session: Session, campaign: Campaign) -> dict[date | None, int]:
    """How many pieces are planned on each day, None for those without one."""
    asked = (
        select(Item.planned_on, func.count())
        .join(Placement, Placement.item_id == Item.id)
        .where(Placement.campaign_id == campaign.id)
        .group_by(Item.planned_on)
    )
    return {day: number for day, number in session.execute(asked)}  # noqa: C416 - rows, not tuples


def _months(days: Mapping[date | None, int]) -> list[MonthCount]:
    """The months that hold pieces, in order."""
    months: Counter[date] = Counter()
    for day, number in days.items():
        if day is not None:
            months[day.replace(day=1)] += number
    return [MonthCount(first, months[first]) for first in sorted(months)]


def items_of(
    session: Session, campaign: Campaign, *, month: date | None, reach: Collection[int] | None
) -> ItemsShown:
    """The pieces planned in the month that begins with *month* (None: those without a day), by day.

    *reach* holds the organisations whose pieces the person may read, None for all.
    """
    writer = aliased(Person)
    asked = (
        select(
            Item.id,
            Item.title,
            Item.type,
            Item.stage,
            Item.planned_on,
            Item.organisation_id,
            Organisation.name,
            Theme.colour,
            Series.name,
            writer.name,
            Placement.deadline_on,
        )
        .select_from(Placement)
        .join(Item, Placement.item_id == Item.id)
        .join(Organisation, Item.organisation_id == Organisation.id)
        .outerjoin(Series, Placement.series_id == Series.id)
        .outerjoin(Theme, Series.theme_id == Theme.id)
        .outerjoin(writer, Placement.writer_id == writer.id)
        .where(Placement.campaign_id == campaign.id)
        .order_by(Item.planned_on, Item.id)
    )
    if month is None:
        asked = asked.where(Item.planned_on.is_(None))
    else:
        period = Period.month(month)
        asked = asked.where(Item.planned_on.between(period.first, period.last))
    total = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
    mine = total
    if reach is not None:
        asked = asked.where(Item.organisation_id.in_(reach))
        mine = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
    rows = [PlacedItem(*row) for row in session.execute(asked.limit(MOST_SHOWN))]
    return ItemsShown(rows, others=total - mine, beyond=mine - len(rows))


def items_to_place(
    session: Session, campaign: Campaign, *, reach: Collection[int] | None, words: str, limit: int = 30
) -> list[Item]:
    """Open pieces that are not in *campaign* yet and whose title holds *words*, newest first."""
    placed = select(Placement.item_id).where(Placement.campaign_id == campaign.id)
    asked = select(Item).where(Item.id.not_in(placed), Item.stage.not_in((Stage.WITHDRAWN, Stage.ARCHIVED)))
    if reach is not None:
        asked = asked.where(Item.organisation_id.in_(reach))
    if words:
        asked = asked.where(Item.title_folded.contains(words, autoescape=True))
    return list(session.scalars(asked.order_by(Item.id.desc()).limit(limit)))
