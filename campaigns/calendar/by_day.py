"""The calendar as a list by day, made by the server: a month, or a week or some days of it at a time when it is full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.clock import Period
from campaigns.board.rules import week_of
from campaigns.calendar.asked import Asked
from campaigns.calendar.cards import Card
from campaigns.calendar.days import Band, Days, days_of
from campaigns.calendar.names import Shown
from campaigns.calendar.queries import count_cards, list_cards

MOST_ON_PAGE = 200  # cards; with more the month comes week by week, and a full week some days at a time


@dataclass(frozen=True)
class CardDay:
    """One local day with its cards and the occasions whose window begins or whose day is kept on it."""

    day: date
    cards: Sequence[Card]
    bands: Sequence[Band]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.cards and not self.bands


@dataclass(frozen=True)
class Listed:
    """The days of *period*; *pages* are those of a full month, empty when it stands on one."""

    period: Period
    rows: Sequence[CardDay]
    pages: Sequence[Period]
    shown: Shown
    days: Days

    def folded(self, today: date) -> list[list[CardDay]]:
        """The days with the empty ones that follow one another put together; *today* stands alone."""
        groups: list[list[CardDay]] = []
        for one in self.rows:
            last = groups[-1][-1] if groups else None
            joins = last is not None and last.is_empty and last.day != today
            if joins and one.is_empty and one.day != today:
                groups[-1].append(one)
            else:
                groups.append([one])
        return groups


def list_days(
    session: Session, asked: Asked, access: Access, *, now: datetime, page: str, language: str
) -> Listed:
    """The month of *asked*; of a full one the page that begins on the day *page*, else the one that holds today."""
    month = Period.month(asked.day)
    pages: list[Period] = []
    period = month
    counts = count_cards(session, month, access, asked.filters)
    if counts.total() > MOST_ON_PAGE:
        pages = [part for week in _weeks(month) for part in _parts(week, counts)]
        today = clock.local_day(now)
        named = (one for one in pages if one.first.isoformat() == page)
        period = next(named, next((one for one in pages if today in one), pages[0]))
    shown = list_cards(session, period, access, asked.filters, now=now)
    days = days_of(session, period, language=language)
    return Listed(period, _rows(period, shown.cards, days.bands), pages, shown, days)


def _weeks(month: Period) -> list[Period]:
    """The weeks of *month*, the first and the last cut to it."""
    weeks: list[Period] = []
    first = month.first
    while first <= month.last:
        weeks.append(Period(first, min(week_of(first).last, month.last)))
        first = weeks[-1].last + timedelta(days=1)
    return weeks


def _parts(week: Period, counts: Mapping[date, int]) -> list[Period]:
    """The week as one page, or as several of whole days where it has more cards than a page takes."""
    parts: list[Period] = []
    held = 0
    for day in week.days():
        held += counts.get(day, 0)
        if parts and held <= MOST_ON_PAGE:
            parts[-1] = Period(parts[-1].first, day)
        else:
            parts.append(Period(day, day))
            held = counts.get(day, 0)
    return parts


def _rows(period: Period, cards: Sequence[Card], bands: Sequence[Band]) -> list[CardDay]:
    by_day: dict[date, list[Card]] = {}
    for card in cards:
        by_day.setdefault(card.day or period.first, []).append(card)
    return [
        CardDay(
            day,
            by_day.get(day, ()),
            [one for one in bands if one.held_on == day or max(one.first, period.first) == day],
        )
        for day in period.days()
    ]
