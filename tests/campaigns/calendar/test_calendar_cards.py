"""Which cards a person gets of a period: by role, by local day, by filter; on both databases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access, access_of
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.clock import Period
from app.organisations.models import Organisation
from campaigns.calendar.asked import Asked, Filters
from campaigns.calendar.by_day import MOST_ON_PAGE, list_days
from campaigns.calendar.queries import cards_of_item, count_cards, list_cards, list_pool
from content.items.models import Item, ItemType, Stage
from content.slots.models import SlotState
from tests.conftest import NOW
from tests.factories import (
    at_hour,
    make_campaign,
    make_channel,
    make_item,
    make_organisation,
    make_outlet,
    make_person,
    make_placement,
    make_series,
    make_slot,
    make_theme,
)

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
TODAY = clock.local_day(NOW)


@dataclass(frozen=True)
class House:
    """A unit and its people."""

    unit: Organisation
    officer: Person
    stranger: Person
    coordinator: Person


@pytest.fixture
def house(session: Session) -> House:
    """People of one unit, and an officer elsewhere."""
    unit = make_organisation(session)
    return House(
        unit,
        make_person(session, Role.OFFICER, organisation=unit),
        make_person(session, Role.OFFICER),
        make_person(session, Role.COORDINATOR),
    )


def _access(session: Session, person: Person) -> Access:
    return access_of(session, person.id, today=TODAY)


def _keys(session: Session, person: Person, period: Period = MAY, **filters: object) -> list[str]:
    wanted = Filters(**filters)  # type: ignore[arg-type]
    return [one.key for one in list_cards(session, period, _access(session, person), wanted, now=NOW).cards]


def test_each_person_sees_what_the_lists_show_them(session: Session, house: House) -> None:
    mine = {
        stage: make_item(
            session, stage=stage, organisation=house.unit, author=house.officer, planned_on=date(2026, 5, 20)
        )
        for stage in Stage
    }
    failed = make_slot(
        session,
        item=mine[Stage.APPROVED],
        due_at=at_hour(date(2026, 5, 20), 7),
        state=SlotState.FAILED,
    )
    failed.error_sentence = "Kênh không nhận."
    session.flush()
    shown = {f"i{item.id}" for stage, item in mine.items() if stage is not Stage.ARCHIVED}
    assert set(_keys(session, house.officer)) == shown
    assert set(_keys(session, house.coordinator)) == shown
    assert set(_keys(session, house.stranger)) == {
        f"i{mine[Stage.APPROVED].id}",
        f"i{mine[Stage.WITHDRAWN].id}",
    }
    assert _keys(session, house.officer, state=Stage.ARCHIVED) == [f"i{mine[Stage.ARCHIVED].id}"]

    def own(person: Person) -> list[object]:
        access = _access(session, person)
        (card,) = cards_of_item(session, mine[Stage.APPROVED].id, access, now=NOW).cards
        return [card.reason and card.reason.sentence, card.bar and card.bar.value]

    assert own(house.officer) == ["Kênh không nhận.", "trouble"]
    assert own(house.stranger) == [None, "right"]
    stranger = _access(session, house.stranger)
    assert not cards_of_item(session, mine[Stage.IDEA].id, stranger, now=NOW).cards


def test_a_day_is_a_day_in_vietnam(session: Session, house: House) -> None:
    """05:15 on 18/5 and 00:10 on 15/5 lie on the day before in UTC."""
    item = make_item(
        session, stage=Stage.APPROVED, organisation=house.unit, author=house.officer, planned_on=None
    )
    channel = make_channel(session)
    early = make_slot(session, item=item, channel=channel, due_at=at_hour(date(2026, 5, 18), 5, 15))
    night = make_slot(session, item=item, channel=channel, due_at=at_hour(date(2026, 5, 15), 0, 10))

    def on(day: date) -> list[str]:
        return _keys(session, house.officer, Period(day, day))

    assert on(date(2026, 5, 18)) == [f"s{early.id}"]
    assert on(date(2026, 5, 15)) == [f"s{night.id}"]
    assert on(date(2026, 5, 17)) == on(date(2026, 5, 14)) == []


def test_filters_narrow_cards_and_pool(session: Session, house: House) -> None:
    theme, other = make_theme(session, colour=3), make_theme(session, "Âm nhạc", colour=4)
    outlet, own = make_outlet(session), make_outlet(session, is_own=True)
    campaign = make_campaign(session)
    series = make_series(session, theme, campaign=campaign, outlets=(outlet,))

    def item(**more: object) -> Item:
        given = {"organisation": house.unit, "author": house.officer, **more}
        return make_item(session, **given)  # type: ignore[arg-type]

    placed = item(title="Số hóa ở thôn", themes=(theme, other), type=ItemType.LEAFLET)
    make_placement(session, campaign, placed, series=series)
    booked = item(title="Đăng rồi", stage=Stage.APPROVED)
    channel = make_channel(session, outlet=own)
    due = at_hour(date(2026, 5, 2), 7)
    slot = make_slot(session, item=booked, channel=channel, due_at=due, state=SlotState.PUBLISHED)
    idea = item(title="Ý tưởng số", stage=Stage.IDEA, planned_on=None, themes=(other,))
    officer = house.officer
    assert _keys(session, officer, theme_id=theme.id) == [f"i{placed.id}"]
    assert _keys(session, officer, campaign_id=campaign.id) == [f"i{placed.id}"]
    assert _keys(session, officer, series_id=series.id) == [f"i{placed.id}"]
    assert _keys(session, officer, outlet_id=outlet.id) == [f"i{placed.id}"]
    assert _keys(session, officer, outlet_id=own.id) == [f"s{slot.id}", f"i{booked.id}"]
    assert _keys(session, officer, type=ItemType.LEAFLET) == [f"i{placed.id}"]
    assert _keys(session, officer, words="so hoa") == [f"i{placed.id}"]
    assert _keys(session, officer, state=SlotState.PUBLISHED) == [f"s{slot.id}"]
    assert _keys(session, officer, organisation_id=-1) == []
    access = _access(session, officer)
    assert list_pool(session, access, Filters(theme_id=other.id), now=NOW).count == 1
    assert list_pool(session, access, Filters(theme_id=theme.id), now=NOW).count == 0
    assert list_pool(session, access, Filters(state=SlotState.FAILED), now=NOW).count == 0
    (card,) = list_pool(session, access, Filters(state=Stage.IDEA), now=NOW).shown.cards
    assert card.item.id == idea.id
    shown = list_cards(session, MAY, access, Filters(theme_id=theme.id), now=NOW)
    assert [shown.themes[key][0] for key in shown.themes_of[placed.id]] == ["Âm nhạc", theme.name]
    assert shown.series[series.id].name == series.name
    assert shown.placed[placed.id] == [(campaign.id, series.id)]


def _fill(session: Session, house: House, days: list[date]) -> None:
    """A piece for each of these days."""
    for number, day in enumerate(days):
        item = Item(
            type=ItemType.ARTICLE,
            stage=Stage.IDEA,
            title=f"Tin {number}",
            title_folded=f"tin {number}",
            organisation_id=house.unit.id,
            author_id=house.officer.id,
            planned_on=day,
            created_at=NOW,
        )
        session.add(item)
    session.flush()


def test_a_full_month_comes_week_by_week(session: Session, house: House) -> None:
    _fill(session, house, [date(2026, 5, 1 + number % 31) for number in range(MOST_ON_PAGE + 1)])
    access = _access(session, house.officer)
    assert count_cards(session, MAY, access, Filters()).total() == MOST_ON_PAGE + 1
    asked = Asked.read({"month": "2026-05"}, today=TODAY)

    def page(first: str) -> list[str]:
        listed = list_days(session, asked, access, now=NOW, page=first, language="vi")
        assert len(listed.pages) == 5
        return [f"{one.day:%d}" for one in listed.rows]

    assert page("") == ["04", "05", "06", "07", "08", "09", "10"]  # the week of today
    assert page("2026-05-01") == ["01", "02", "03"]
    assert page("9999-99-99") == page("")


def test_a_full_week_comes_some_days_at_a_time(session: Session, house: House) -> None:
    half = MOST_ON_PAGE // 2
    _fill(session, house, [date(2026, 5, day) for day in (4, 5, 6) for _ in range(half)])
    asked = Asked.read({"month": "2026-05"}, today=TODAY)
    listed = list_days(
        session, asked, _access(session, house.officer), now=NOW, page="2026-05-06", language="vi"
    )
    assert [(one.first.day, one.last.day) for one in listed.pages] == [
        (1, 3), (4, 5), (6, 10), (11, 17), (18, 24), (25, 31),
    ]  # fmt: skip
    assert len(listed.shown.cards) == half
