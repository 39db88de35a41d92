"""Campaigns of the large demonstration, with their columns, targets and the pieces placed in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.text import fold
from campaigns.board.models import (
    Cadence,
    Campaign,
    CampaignTask,
    CampaignTheme,
    Placement,
    Series,
    SeriesOutlet,
    Target,
)
from campaigns.demo.large_pieces import unit_of
from campaigns.demo.large_years import AFTER, BEFORE, Years
from campaigns.plans.models import Task

Row = dict[str, Any]
MONTHS = 36


def add_campaigns(years: Years) -> None:
    """One campaign a month and theme, each with a column and two targets, and the pieces placed in it."""
    bulk, themes = years.bulk, list(years.themes.values())
    tasks = list(years.session.scalars(select(Task.id).order_by(Task.id)))
    keys, columns = bulk.keys(Campaign, MONTHS * len(themes)), bulk.keys(Series, MONTHS * len(themes))
    of = {(place // len(themes), themes[place % len(themes)]): place for place in range(len(keys))}
    rows = [(place, month, theme) for (month, theme), place in of.items()]
    bulk.put(Campaign, (_campaign(years, keys[place], month, place) for place, month, _ in rows))
    bulk.put(CampaignTheme, ({"campaign_id": keys[place], "theme_id": theme} for place, _, theme in rows))
    bulk.put(
        CampaignTask,
        ({"campaign_id": keys[place], "task_id": tasks[place % len(tasks)]} for place, _, _ in rows),
    )
    bulk.put(
        Series,
        (_series(years, columns[place], keys[place], month, theme) for place, month, theme in rows),
    )
    outlets = years.outlets
    bulk.put(
        SeriesOutlet,
        (
            {"series_id": columns[place], "outlet_id": outlets[(place + more * 11) % len(outlets)]}
            for place, _, _ in rows
            for more in range(3)
        ),
    )
    bulk.put(
        Target, (row for place, month, theme in rows for row in _targets(years, keys[place], month, theme))
    )
    bulk.put(Placement, _placements(years, keys, columns, of))
    years.campaigns = keys


def _month(years: Years, month: int) -> clock.Period:
    return clock.Period.month(years.today + timedelta(days=month * 30 - BEFORE))


def _month_of(years: Years, number: int) -> int:
    """The place of the month in which a piece lies."""
    return number * (BEFORE + AFTER) // years.counts.items // 30


def _campaign(years: Years, key: int, month: int, place: int) -> Row:
    days = _month(years, month)
    name = f"Đợt truyền thông tháng {days.first:%m/%Y}, nhóm {place % 6 + 1}"
    moment = min(clock.start_of(days.first), years.now)
    return {
        "id": key,
        "name": name,
        "name_folded": fold(name),
        "purpose": "Đưa tin đều ở mọi địa bàn.",
        "starts_on": days.first,
        "ends_on": days.last,
        "organisation_id": years.units["K"][0],
        "opened_by_id": years.coordinator_id,
        "opened_at": moment,
        "archived_at": moment if month < MONTHS // 3 else None,
        "version": 1,
    }


def _series(years: Years, key: int, campaign_id: int, month: int, theme_id: int) -> Row:
    days = _month(years, month)
    return {
        "id": key,
        "campaign_id": campaign_id,
        "theme_id": theme_id,
        "name": f"Chuyên mục tháng {days.first:%m/%Y}",
        "cadence": Cadence.WEEKLY,
        "quota": 5,
        "starts_on": days.first,
        "ends_on": days.last,
        "editor_id": years.units["K"][1],
        "version": 1,
    }


def _targets(years: Years, campaign_id: int, month: int, theme_id: int) -> Iterator[Row]:
    for place in range(2):
        yield {
            "campaign_id": campaign_id,
            "theme_id": theme_id,
            "outlet_id": years.outlets[(campaign_id + place * 5) % len(years.outlets)] if place else None,
            "count": 40 if place else 400,
            "due_on": _month(years, month).last,
            "version": 1,
        }


def _placements(years: Years, keys: range, columns: range, of: dict[tuple[int, int], int]) -> Iterator[Row]:
    """Three pieces of four stand in the campaign of their month and theme."""
    for number, item_id in enumerate(years.items):
        place = of.get((_month_of(years, number), years.theme_of(number)))
        if number % 4 and place is not None:
            yield {
                "campaign_id": keys[place],
                "series_id": columns[place],
                "item_id": item_id,
                "writer_id": unit_of(years, number)[1],
                "deadline_on": years.day_of(number) - timedelta(days=2),
            }
