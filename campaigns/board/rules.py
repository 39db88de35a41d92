"""What holds for campaigns, series and targets whatever the database: days, states, the pace of a series. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta

from app.clock import Period
from app.errors import N_, Invalid
from campaigns.board.models import Cadence, Campaign

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
LONGEST = 10  # years; a plan for a term of office runs five


class CampaignState(enum.StrEnum):
    """Where a campaign stands on a day; computed, nobody types it."""

    RUNNING = "running"
    COMING = "coming"
    ENDED = "ended"
    ARCHIVED = "archived"


class PaceState(enum.StrEnum):
    """How a series stands in its present week or month."""

    NOT_BEGUN = "not_begun"
    ENOUGH = "enough"
    SHORT = "short"
    OVER = "over"


@dataclass(frozen=True)
class Pace:
    """Pieces planned in *period* against the quota; ``days_left`` counts today."""

    period: Period
    planned: int
    quota: int
    days_left: int
    state: PaceState


def state_of(campaign: Campaign, today: date) -> CampaignState:
    """The state of *campaign* on the local day *today*."""
    if campaign.archived_at is not None:
        return CampaignState.ARCHIVED
    if today < campaign.starts_on:
        return CampaignState.COMING
    return CampaignState.ENDED if today > campaign.ends_on else CampaignState.RUNNING


def week_of(day: date) -> Period:
    """Monday to Sunday around *day*."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def present_period(cadence: Cadence, day: date) -> Period:
    """The week or month in which *day* lies: what a quota is counted in."""
    return week_of(day) if cadence is Cadence.WEEKLY else Period.month(day)


def pace_of(cadence: Cadence, quota: int, days: Period, planned: int, *, today: date) -> Pace:
    """How a series that runs through *days* stands today with *planned* pieces in its present period."""
    period = present_period(cadence, today)
    last = min(period.last, days.last)
    if today < days.first:
        state = PaceState.NOT_BEGUN
    elif today > days.last:
        state = PaceState.OVER
    else:
        state = PaceState.ENOUGH if planned >= quota else PaceState.SHORT
    running = state in {PaceState.ENOUGH, PaceState.SHORT}
    return Pace(period, planned, quota, (last - today).days + 1 if running else 0, state)


def written(day: date) -> str:
    """A day inside a sentence: 18/5/2026."""
    return f"{day.day}/{day.month}/{day.year}"


def check_name(name: str) -> None:
    """Refuse a name that nobody could read aloud.

    Raises:
        Invalid: it has no letter.
    """
    if not any(letter.isalnum() for letter in name):
        raise Invalid(N_("Tên phải có chữ."))


def check_days(days: Period) -> None:
    """Refuse days that run backwards, or lie where nobody plans.

    Raises:
        Invalid: with what is wrong.
    """
    if days.last < days.first:
        raise Invalid(N_("Ngày kết thúc phải sau ngày bắt đầu."))
    if days.first < EARLIEST or days.last > LATEST:
        raise Invalid(N_("Ngày phải từ {first} đến {last}."), first=written(EARLIEST), last=written(LATEST))
    if (days.last - days.first).days > LONGEST * 366:
        raise Invalid(N_("Một chiến dịch dài nhất {years} năm."), years=LONGEST)


def check_within(campaign: Campaign, first: date, last: date) -> None:
    """Refuse days outside the campaign's.

    Raises:
        Invalid: the sentence names the campaign's days.
    """
    if not (campaign.starts_on <= first and last <= campaign.ends_on):
        raise Invalid(
            N_("Ngày phải nằm trong thời gian chiến dịch, từ {first} đến {last}."),
            first=written(campaign.starts_on),
            last=written(campaign.ends_on),
        )
