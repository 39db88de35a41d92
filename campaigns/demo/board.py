"""Campaigns on the plan's tasks with their columns and targets, each opened some days before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from app import clock
from campaigns.board.models import Cadence, Campaign, Series
from campaigns.board.series.services import SeriesInput, add_series
from campaigns.board.services import CampaignInput, archive_campaign, open_campaign
from campaigns.board.targets.services import TargetInput, set_target
from campaigns.demo import words
from campaigns.demo.ground import OUTLETS
from campaigns.demo.pieces import KINDS, Dated
from campaigns.demo.province import UNITS, Province
from campaigns.demo.timeline import Life

FESTIVE = "ngay-hoi"  # the story of pieces about a yearly day
CADENCES = {"tuần": Cadence.WEEKLY, "tháng": Cadence.MONTHLY}


def campaign_lives(province: Province) -> Iterator[Life]:
    """The life of every campaign."""
    for row in words.rows("campaigns.txt", 8):
        yield _campaign(province, row)


def _month(today: date, number: int) -> clock.Period:
    """The calendar month so many months from *today*."""
    place = today.year * 12 + today.month - 1 + number
    return clock.Period.month(date(place // 12, place % 12 + 1, 1))


def _campaign(province: Province, row: tuple[str, ...]) -> Life:
    """Opened with its columns and targets; put away three weeks after it ended."""
    key, name, first, last, themes, tasks, unit, purpose = row
    days = clock.Period(_month(province.today, int(first)).first, _month(province.today, int(last)).last)
    opened = max(
        province.plan.confirmed_at + timedelta(hours=2), province.at(days.first, 9) - timedelta(days=9)
    )
    yield opened
    actor = province.people["coordinator"]
    wanted = CampaignInput(
        name,
        days.first,
        days.last,
        province.organisations[UNITS[unit][0]].id,
        tuple(province.themes[code].id for code in themes.split()),
        tuple(province.tasks[int(number) - 1].id for number in tasks.split()),
        purpose,
    )
    campaign = open_campaign(province.session, wanted, actor=actor, now=opened)
    province.campaigns[key] = campaign
    _series(province, campaign, key, now=opened + timedelta(minutes=20))
    _targets(province, campaign, key, now=opened + timedelta(minutes=45))
    ended = province.at(days.last, 10) + timedelta(days=20)
    yield ended
    archive_campaign(province.session, campaign, seen=campaign.version, actor=actor, now=ended)


def _series(province: Province, campaign: Campaign, key: str, *, now: datetime) -> None:
    """The columns that the campaign has from its first day."""
    for of, name, theme, cadence, quota, task, _, outlets in words.rows("series.txt", 8):
        if of == key:
            wanted = SeriesInput(
                name,
                province.themes[theme].id,
                CADENCES[cadence],
                int(quota),
                campaign.starts_on,
                campaign.ends_on,
                tuple(province.outlets[outlet].id for outlet in words.several(outlets)),
                province.people["officer"].id,
                province.tasks[int(task) - 1].id,
            )
            made = add_series(
                province.session, campaign, wanted, actor=province.people["coordinator"], now=now
            )
            province.series[name] = made


def _targets(province: Province, campaign: Campaign, key: str, *, now: datetime) -> None:
    """What the campaign promises: on an outlet, on a kind of outlet, or anywhere."""
    for of, theme, count, due, outlet, kind, item_type in words.rows("targets.txt", 7):
        if of == key:
            day = _due(province.today, due)
            wanted = TargetInput(
                province.themes[theme].id,
                int(count),
                min(day, campaign.ends_on),
                province.outlets[outlet].id if outlet else None,
                OUTLETS[kind] if kind else None,
                KINDS[item_type] if item_type else None,
            )
            set_target(province.session, campaign, wanted, actor=province.people["coordinator"], now=now)


def _due(today: date, written: str) -> date:
    """The last day of a month, or so many days from today."""
    if written.startswith("+"):
        return today + timedelta(days=int(written))
    return _month(today, int(written)).last


def place_for(province: Province, piece: Dated) -> tuple[Campaign, Series | None] | None:
    """The campaign that is open for the piece's theme on its day, and its column for that type."""
    if piece.day is None:
        return None
    theme = province.themes[piece.written.theme].id
    for yearly, theme_ids in province.occasions:
        is_within = yearly.starts_on <= piece.day <= yearly.ends_on
        if piece.written.story == FESTIVE and theme in theme_ids and is_within:
            return yearly, None
    for key, themes in _themes().items():
        campaign = province.campaigns.get(key)
        if campaign is None or campaign.archived_at or piece.written.theme not in themes:
            continue
        if campaign.starts_on <= piece.day <= campaign.ends_on:
            return campaign, _column(province, key, piece)
    return None


def _column(province: Province, key: str, piece: Dated) -> Series | None:
    """The campaign's column for the piece's theme and type."""
    for of, name, theme, _, _, _, kinds, _ in words.rows("series.txt", 8):
        types = {KINDS[kind.strip()] for kind in kinds.split(",")}
        if of == key and theme == piece.written.theme and piece.written.kind in types:
            return province.series[name]
    return None


def _themes() -> dict[str, tuple[str, ...]]:
    """The themes of each campaign by its key."""
    return {row[0]: tuple(row[4].split()) for row in words.rows("campaigns.txt", 8)}
