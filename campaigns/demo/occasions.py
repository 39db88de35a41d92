"""Yearly days: those of the plan with their lead-ups, carried out year by year; others that offices keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from campaigns.board.lead_up.queries import occurrences_to_plan
from campaigns.board.lead_up.services import plan_lead_up
from campaigns.board.lead_up.states import TICKED
from campaigns.board.lead_up.steps import finish_step
from campaigns.board.models import Campaign, Milestone, Placement
from campaigns.demo import words
from campaigns.demo.board import FESTIVE
from campaigns.demo.lives import PieceLife
from campaigns.demo.pieces import Dated, Written
from campaigns.demo.province import LEAD, Province
from campaigns.demo.timeline import Life, together
from campaigns.occasions.checks import OccasionInput
from campaigns.occasions.materialise import materialise
from campaigns.occasions.models import Occurrence, RuleKind, StepKind
from campaigns.occasions.rules import Rule
from campaigns.occasions.services import add_occasion
from campaigns.occasions.usual import add_usual_occasions

OTHERS = {"phap-luat", "bao-chi", "nha-giao", "sach", "quoc-khanh", "gio-to", "thay-thuoc", "trung-thu"}


def occasion_lives(province: Province) -> Iterator[Life]:
    """The days of the plan are added after it is confirmed; each hour the scheduler makes what comes nearer."""
    yield _days_of_the_plan(province)
    yield _made_since(province)


def _days_of_the_plan(province: Province) -> Life:
    now = province.plan.confirmed_at + timedelta(days=1)
    yield now
    for name, day, month, before, after, theme, task, note in words.rows("occasions.txt", 8):
        wanted = OccasionInput(
            name=name,
            rule=Rule(RuleKind.SOLAR, int(month), int(day)),
            organisation_id=province.organisations[LEAD].id,
            owner_id=province.people["coordinator"].id,
            first_year=province.begun.year,
            window_before=int(before),
            window_after=int(after),
            theme_ids=(province.themes[theme].id,),
            task_ids=(province.tasks[int(task) - 1].id,),
            note=note,
        )
        add_occasion(province.session, wanted, actor=province.people["coordinator"], now=now)
    lead = province.organisations[LEAD]
    add_usual_occasions(province.session, lead, actor=province.people["coordinator"], now=now, codes=OTHERS)
    yield from together([*_lead_ups(province, now=now)])


def _made_since(province: Province) -> Life:
    """A moment ago the scheduler looked two years ahead once more."""
    now = province.now - timedelta(minutes=20)
    yield now
    materialise(province.session, now=now)
    yield from together([*_lead_ups(province, now=now)])


def _lead_ups(province: Province, *, now: datetime) -> Iterator[Life]:
    """Open the campaign of each coming occurrence that has none; the lives of its pieces and steps."""
    session = province.session
    today = province.today if now > province.begun + timedelta(days=300) else now.date()
    for key in occurrences_to_plan(session, today=today):
        occurrence = session.get_one(Occurrence, key)
        campaign = plan_lead_up(session, occurrence, actor=occurrence.occasion.owner, now=now)
        placed = session.scalars(
            select(Placement).where(Placement.campaign_id == campaign.id).order_by(Placement.id)
        )
        yield from _pieces(province, campaign, list(placed))
        yield from _steps(province, campaign, occurrence)


def _pieces(province: Province, campaign: Campaign, placed: list[Placement]) -> Iterator[Life]:
    """The pieces of the template, written and sent like any other."""
    codes = {theme.id: code for code, theme in province.themes.items()}
    theme_ids = tuple(province.themes[code].id for code in _themes(province, campaign))
    province.occasions.append((campaign, theme_ids))
    for number, one in enumerate(placed):
        item = one.item
        written = Written(codes[theme_ids[0]], item.type, FESTIVE, "K", "", item.title, "")
        if item.planned_on is not None:
            yield PieceLife(province, Dated(written, item.planned_on), number * 5 + 2, item).life()


def _themes(province: Province, campaign: Campaign) -> list[str]:
    """The codes of the occasion's themes."""
    occurrence = campaign.occurrence
    name = occurrence.occasion.name if occurrence else ""
    return [row[5] for row in words.rows("occasions.txt", 8) if row[0] == name]


def _steps(province: Province, campaign: Campaign, occurrence: Occurrence) -> Iterator[Life]:
    """Collected and reported when it was due; the report of the newest one is still owed."""
    asked = select(Milestone).where(Milestone.campaign_id == campaign.id, Milestone.kind.in_(TICKED))
    is_newest = timedelta(days=-60) < occurrence.held_on - province.today < timedelta(days=0)
    for step in province.session.scalars(asked.order_by(Milestone.due_on)):
        if not (is_newest and step.kind is StepKind.REPORT):
            yield _finished(province, step)


def _finished(province: Province, step: Milestone) -> Life:
    now = province.at(step.due_on, 15, 10)
    yield now
    actor = province.people["coordinator"]
    finish_step(province.session, step, seen=step.version, actor=actor, now=now)
