"""The days that a plan names, offered as occasions: each with the tasks in whose lines it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.errors import Invalid
from app.text import excerpt, fold
from campaigns.board.lead_up.keeping import keep_lead_ups
from campaigns.occasions.checks import LONGEST_NAME, OccasionInput
from campaigns.occasions.materialise import rule_of
from campaigns.occasions.models import Occasion, RuleKind
from campaigns.occasions.rules import Rule, check_rule
from campaigns.occasions.services import add_occasion
from campaigns.plans.models import FactKind, Plan, PlanFact, Task
from campaigns.plans.queries import facts_of, list_tasks

COMMEMORATIVE = "commemorative"
_NUMBERED = re.compile(r"lần thứ|\d+\s+năm", re.IGNORECASE)
BEFORE, AFTER = 14, 7  # days of the window, until somebody says otherwise


@dataclass(frozen=True)
class PlanDay:
    """A day that the plan asks to keep; *kept* is the occasion that keeps it already.

    A day with a year, or an anniversary by number, is one year's: it is offered, but not ticked.
    """

    position: int
    name: str
    rule: Rule
    task_ids: tuple[int, ...]
    kept: Occasion | None
    is_yearly: bool


def plan_days(session: Session, plan: Plan) -> list[PlanDay]:
    """The days to commemorate that *plan* names with day and month, in its order."""
    facts = facts_of(session, plan, FactKind.KEY_DATE)[FactKind.KEY_DATE]
    tasks = list_tasks(session, plan)
    occasions = session.scalars(select(Occasion).order_by(Occasion.id)).all()
    days = [_read(fact, tasks, occasions) for fact in facts]
    return [day for day in days if day is not None]


def _read(fact: PlanFact, tasks: Sequence[Task], occasions: Sequence[Occasion]) -> PlanDay | None:
    """The day of one fact; None for a deadline, or a day that no year has."""
    value = fact.value
    if value.get("kind") != COMMEMORATIVE or not value.get("day"):
        return None
    rule = Rule(RuleKind.SOLAR, int(value["month"]), int(value["day"]))
    try:
        check_rule(rule)
    except Invalid:
        return None
    name = excerpt(str(value.get("name") or ""), longest=LONGEST_NAME - 1)
    name = name[:1].upper() + name[1:]
    within = [
        one.id
        for one in tasks
        if one.read_in == fact.read_in
        and one.first_line <= fact.last_line
        and one.last_line >= fact.first_line
    ]
    kept = (one for one in occasions if rule_of(one) == rule or one.name_folded == fold(name))
    is_yearly = not value.get("year") and _NUMBERED.search(name) is None
    return PlanDay(fact.position, name, rule, tuple(within), next(kept, None), is_yearly)


def add_plan_days(
    session: Session,
    plan: Plan,
    positions: Collection[int],
    *,
    organisation_id: int,
    theme_ids: Sequence[int],
    names: Mapping[int, str] | None = None,
    actor: Person,
    now: datetime,
) -> list[Occasion]:
    """Make occasions of these days of *plan*, with their lead-ups; those that are kept already are left out.

    *names* are the names that somebody gave days, by position, in place of the plan's own.

    Raises:
        Invalid: *actor* may not open campaigns, or a theme is not in use. Missing: no such organisation.
    """
    made = []
    for day in plan_days(session, plan):
        if day.kept is not None or day.position not in positions:
            continue
        wanted = OccasionInput(
            name=(names or {}).get(day.position, day.name),
            rule=day.rule,
            organisation_id=organisation_id,
            owner_id=actor.id,
            first_year=clock.local_day(now).year,
            window_before=BEFORE,
            window_after=AFTER,
            theme_ids=tuple(theme_ids),
            task_ids=day.task_ids,
            has_campaign=bool(theme_ids),
        )
        occasion = add_occasion(session, wanted, actor=actor, now=now)
        keep_lead_ups(session, occasion, actor=actor, now=now)
        made.append(occasion)
    return made
