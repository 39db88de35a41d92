"""Days, states and the pace of a series: tables of cases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.clock import Period
from app.errors import Invalid
from campaigns.board.models import Cadence, Campaign
from campaigns.board.rules import CampaignState, PaceState, check_days, check_name, pace_of, state_of, week_of

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("cadence", "today", "planned", "expected"),
    [
        (Cadence.WEEKLY, date(2026, 5, 4), 1, (PaceState.SHORT, date(2026, 5, 4), date(2026, 5, 10), 7)),
        (Cadence.WEEKLY, date(2026, 5, 10), 2, (PaceState.ENOUGH, date(2026, 5, 4), date(2026, 5, 10), 1)),
        (Cadence.MONTHLY, date(2026, 2, 28), 0, (PaceState.SHORT, date(2026, 2, 1), date(2026, 2, 28), 1)),
        (
            Cadence.MONTHLY,
            date(2025, 12, 31),
            9,
            (PaceState.NOT_BEGUN, date(2025, 12, 1), date(2025, 12, 31), 0),
        ),
        (Cadence.WEEKLY, date(2027, 1, 1), 0, (PaceState.OVER, date(2026, 12, 28), date(2027, 1, 3), 0)),
        (Cadence.WEEKLY, date(2026, 12, 29), 0, (PaceState.SHORT, date(2026, 12, 28), date(2027, 1, 3), 3)),
    ],
)
def test_the_pace_is_counted_in_the_week_or_month_that_holds_today(
    cadence: Cadence, today: date, planned: int, expected: tuple[PaceState, date, date, int]
) -> None:
    pace = pace_of(cadence, 2, YEAR, planned, today=today)
    assert (pace.state, pace.period.first, pace.period.last, pace.days_left) == expected


def test_a_week_begins_on_monday() -> None:
    assert week_of(date(2026, 5, 10)) == Period(date(2026, 5, 4), date(2026, 5, 10))


@pytest.mark.parametrize(
    ("today", "archived", "state"),
    [
        (date(2025, 12, 31), False, CampaignState.COMING),
        (date(2026, 1, 1), False, CampaignState.RUNNING),
        (date(2026, 12, 31), False, CampaignState.RUNNING),
        (date(2027, 1, 1), False, CampaignState.ENDED),
        (date(2026, 5, 1), True, CampaignState.ARCHIVED),
    ],
)
def test_a_campaign_runs_on_its_first_and_its_last_day(
    today: date, archived: bool, state: CampaignState
) -> None:
    campaign = Campaign(name="Tuần lễ", starts_on=YEAR.first, ends_on=YEAR.last)
    campaign.archived_at = datetime(2026, 4, 1, tzinfo=UTC) if archived else None
    assert state_of(campaign, today) is state


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 5, 2), date(2026, 5, 1)),
        (date(1999, 12, 31), date(2000, 5, 1)),
        (date(2099, 12, 1), date(2100, 1, 1)),
        (date(1, 1, 1), date(9999, 12, 31)),
        (date(2026, 1, 1), date(2040, 1, 1)),
    ],
)
def test_days_that_nobody_plans_are_refused(first: date, last: date) -> None:
    with pytest.raises(Invalid):
        check_days(Period(first, last))


@pytest.mark.parametrize("name", ["", "…", " - "])
def test_a_name_has_a_letter(name: str) -> None:
    with pytest.raises(Invalid):
        check_name(name)


def test_the_folded_name_follows_the_name() -> None:
    campaign = Campaign(name="Bình dân học vụ số")
    assert campaign.name_folded == "binh dan hoc vu so"
    campaign.name = "Đổi mới"
    assert campaign.name_folded == "doi moi"
