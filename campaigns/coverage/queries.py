"""What coverage reads: promises from targets and series, the counts of publications, and the names for both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, text
from sqlalchemy.orm import Session, lazyload

from app import clock
from app.clock import Period
from app.errors import N_, Missing
from campaigns.board.models import Campaign, CampaignTheme, Series, SeriesOutlet, Target
from campaigns.coverage.asked import Asked, Span
from campaigns.coverage.count import (
    Coverage,
    Fact,
    Promise,
    Source,
    count_coverage,
    dues_of_series,
    last_day,
)
from campaigns.coverage.listening import load_silences
from campaigns.coverage.silence import Silences
from content.items.models import ItemType
from content.outlets.models import Outlet
from content.publications.tally.models import Tally
from content.themes.models import Theme

TREND = 12  # months


@dataclass(frozen=True)
class Covered:
    """What one question found: the promises it weighs, the counts, and the outlets that occur in either.

    A map (``map_of``) has besides them the outlets where nothing occurs (*idle*), what silence is worth, and the
    months before.
    """

    asked: Asked
    themes: Sequence[Theme]
    promises: Sequence[Promise]
    coverage: Coverage
    outlets: dict[int, Outlet]
    idle: Sequence[Outlet] = ()
    silences: Silences = field(default_factory=Silences)
    trend: Mapping[int, Sequence[int]] = field(default_factory=dict)


def get_campaign(session: Session, campaign_id: int) -> Campaign:
    """The campaign of that key.

    Raises:
        Missing: there is none.
    """
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise Missing(N_("Không có chiến dịch này."))
    return campaign


def list_campaigns(session: Session, *, also: int | None) -> list[Campaign]:
    """Campaigns to choose from, newest first: those not archived, and the one named."""
    asked = select(Campaign).where(or_(Campaign.archived_at.is_(None), Campaign.id == also))
    return list(session.scalars(asked.order_by(Campaign.starts_on.desc(), Campaign.id.desc()).limit(300)))


def coverage_of(session: Session, asked: Asked, *, today: date, with_idle: bool = False) -> Covered:
    """Promises and publications of the span, counted; *asked*'s theme and campaign choose what is weighed.

    Its kind and outlet do not: what an outlet owes depends on all that was published under the theme. *with_idle* adds
    the outlets that are in use and have neither.
    """
    promises = load_promises(session, asked)
    theme_ids = themes_asked(session, asked, promises)
    facts = load_facts(session, asked.span.period, theme_ids=theme_ids, promises=promises)
    outlet_ids = {one.outlet_id for one in promises if one.outlet_id is not None}
    outlet_ids |= {one.outlet_id for one in facts}
    wanted = or_(Outlet.id.in_(outlet_ids), Outlet.retired_at.is_(None) if with_idle else false())
    places = list(session.scalars(select(Outlet).where(wanted).options(lazyload(Outlet.organisation))))
    outlets = {one.id: one for one in places if one.id in outlet_ids}
    coverage = count_coverage(
        promises,
        facts,
        kinds={key: outlet.kind for key, outlet in outlets.items()},
        months=asked.span.period.months(),
        today=today,
    )
    themes = _themes(session, theme_ids, {theme for theme, _, _ in coverage.counts})
    idle = [one for one in places if one.id not in outlet_ids]
    return Covered(asked, themes, promises, coverage, outlets, idle=idle)


def map_of(session: Session, asked: Asked, *, now: datetime) -> Covered:
    """The same with every outlet that still publishes, and what its silence is worth.

    A campaign's map holds only the outlets that the campaign concerns.
    """
    is_whole = asked.campaign_id is None
    found = coverage_of(session, asked, today=clock.local_day(now), with_idle=is_whole)
    shown = [*found.outlets.values(), *found.idle]
    ids = [one.id for one in shown if asked.kind in (None, one.kind)]
    theme_ids = [theme.id for theme in found.themes]
    narrow = theme_ids if asked.theme_id or asked.campaign_id else None
    return replace(
        found,
        silences=load_silences(session, ids, asked.span.period, theme_ids=narrow, now=now),
    )


def with_trend(session: Session, found: Covered) -> Covered:
    """The same with each theme's last twelve months."""
    return replace(found, trend=_trend(session, found.asked, [theme.id for theme in found.themes]))


def trend_months(asked: Asked) -> list[Span]:
    """The twelve months that end with the span."""
    months = [Span.month(asked.span.period.last)]
    while len(months) < TREND:
        months.insert(0, months[0].previous)
    return months


def _trend(session: Session, asked: Asked, theme_ids: Collection[int]) -> dict[int, list[int]]:
    """How many publications each theme has in each of the twelve months that end with the span."""
    months = [month.period.first for month in trend_months(asked)]
    wanted = (
        select(Tally.theme_id, Tally.month, func.sum(Tally.count))
        .where(Tally.month.between(months[0], months[-1]), Tally.theme_id.in_(theme_ids))
        .group_by(Tally.theme_id, Tally.month)
    )
    if asked.kind is not None:
        wanted = wanted.join(Outlet, Outlet.id == Tally.outlet_id).where(Outlet.kind == asked.kind)
    found = {theme: [0] * TREND for theme in theme_ids}
    for theme, month, count in session.execute(wanted) if theme_ids else ():
        found[theme][months.index(month)] = int(count)
    return found


def themes_asked(session: Session, asked: Asked, promises: Iterable[Promise]) -> set[int] | None:
    """The themes that the question is about; None means all."""
    if asked.theme_id is not None:
        return {asked.theme_id}
    if asked.campaign_id is None:
        return None
    named = select(CampaignTheme.theme_id).where(CampaignTheme.campaign_id == asked.campaign_id)
    return set(session.scalars(named)) | {one.theme_id for one in promises}


def _themes(session: Session, theme_ids: Collection[int] | None, counted: Collection[int]) -> list[Theme]:
    """The rows: themes in use and retired ones that count, in Vietnamese order."""
    asked = select(Theme).where(or_(Theme.retired_at.is_(None), Theme.id.in_(counted)))
    if theme_ids is not None:
        asked = asked.where(Theme.id.in_(theme_ids))
    return list(session.scalars(asked.order_by(Theme.sort_key, Theme.id)))


def load_promises(session: Session, asked: Asked) -> list[Promise]:
    """What targets and series promise in the span."""
    return _of_targets(session, asked) + _of_series(session, asked)


def _of_targets(session: Session, asked: Asked) -> list[Promise]:
    period = asked.span.period
    wanted = (
        select(
            Target.id,
            Target.theme_id,
            Target.outlet_id,
            func.coalesce(Outlet.kind, Target.outlet_kind, type_=Target.outlet_kind.type),
            Target.item_type,
            Target.due_on,
            Target.count,
            Campaign.id,
            Campaign.name,
            Campaign.archived_at,
        )
        .join(Campaign, Campaign.id == Target.campaign_id)
        .join(Outlet, Outlet.id == Target.outlet_id, isouter=True)
        .where(Target.due_on.between(period.first, period.last))
    )
    if asked.theme_id is not None:
        wanted = wanted.where(Target.theme_id == asked.theme_id)
    if asked.campaign_id is not None:
        wanted = wanted.where(Target.campaign_id == asked.campaign_id)
    made = []
    for key, theme, outlet, kind, type_, due_on, count, campaign_id, campaign, archived_at in session.execute(
        wanted.order_by(Target.id)
    ):
        if due_on <= last_day(due_on, _day(archived_at)):
            source = Source("target", key, campaign, campaign_id, campaign)
            made.append(Promise(theme, outlet, kind, type_, due_on, count, source))
    return made


def _of_series(session: Session, asked: Asked) -> list[Promise]:
    period = asked.span.period
    wanted = (
        select(Series, Outlet.id, Outlet.kind, Campaign.name, Campaign.archived_at)
        .join(SeriesOutlet, SeriesOutlet.series_id == Series.id)
        .join(Outlet, Outlet.id == SeriesOutlet.outlet_id)
        .join(Campaign, Campaign.id == Series.campaign_id)
        .options(lazyload(Series.theme), lazyload(Series.editor))
        .where(Series.starts_on <= period.last, Series.ends_on >= period.first)
    )
    if asked.theme_id is not None:
        wanted = wanted.where(Series.theme_id == asked.theme_id)
    if asked.campaign_id is not None:
        wanted = wanted.where(Series.campaign_id == asked.campaign_id)
    months, made = list(period.months()), []
    for series, outlet_id, kind, campaign, archived_at in session.execute(
        wanted.order_by(Series.id, Outlet.id)
    ):
        ends_on = last_day(series.ends_on, _day(series.archived_at), _day(archived_at))
        source = Source("series", series.id, series.name, series.campaign_id, campaign)
        made += [
            Promise(series.theme_id, outlet_id, kind, None, due_on, series.quota, source)
            for due_on in dues_of_series(series.cadence, series.starts_on, ends_on, months)
        ]
    return made


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else clock.local_day(moment)


def load_facts(
    session: Session, period: Period, *, theme_ids: Collection[int] | None, promises: Iterable[Promise]
) -> list[Fact]:
    """How many publications each theme has on each outlet in each month; by type of item where a promise asks it.

    Read from the counts that content/publications/tally keeps: *period* is whole months.
    """
    pairs = sorted({(one.theme_id, one.item_type) for one in promises if one.item_type is not None})
    kind: ColumnElement[str] = literal("")
    if pairs:
        asks_it = or_(*(and_(Tally.theme_id == theme, Tally.item_type == one.value) for theme, one in pairs))
        kind = case((asks_it, Tally.item_type), else_="")
    asked = (
        select(Tally.theme_id, Tally.outlet_id, Tally.month, kind.label("kind"), func.sum(Tally.count))
        .where(Tally.month.between(period.first, period.last), Tally.count > 0)
        .group_by(Tally.theme_id, Tally.outlet_id, Tally.month, *([text("kind")] if pairs else []))
    )
    if theme_ids is not None:
        asked = asked.where(Tally.theme_id.in_(theme_ids))
    types = {"": None, **{one.value: one for one in ItemType}}
    return [
        Fact(theme, outlet, month, int(count), types[item_type])
        for theme, outlet, month, item_type, count in session.connection().execute(asked)
    ]
