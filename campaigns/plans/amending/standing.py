"""What stands in a plan, as the entries of a comparison: its live rows, and what the texts said of each."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaigns.plans.amending.facts import show_fact
from campaigns.plans.amending.structure import Level, OldEntry, Values
from campaigns.plans.models import Duty, FromText, Plan, PlanFact, PlanVersion
from campaigns.plans.queries import GroupRow, TaskRow, Units, duties_of, facts_of, tasks_of

Readings = Mapping[str, Mapping[str, Values]]
"""By level and key of a row: what the texts say of it."""


def standing_entries(session: Session, plan: Plan, readings: Readings) -> list[OldEntry]:
    """The plan as it is at work: its head, groups, tasks, duties and facts, each level in its order."""
    groups = tasks_of(session, plan)
    facts = facts_of(session, plan)
    return [
        OldEntry(Level.PLAN, plan.id, "", 0, "", head_values(plan), _said(readings, Level.PLAN, plan.id)),
        *(_group(row, readings) for row in groups),
        *(_task(row, one, readings) for row in groups for one in row.tasks),
        *(_duty(duty, readings) for duty in duties_of(session, plan)),
        *(_fact(fact) for kind in facts.values() for fact in kind),
    ]


def readings_of(session: Session, plan: Plan) -> Readings:
    """What the texts say of each row, as the newest version keeps it."""
    asked = select(PlanVersion.readings).where(
        PlanVersion.plan_id == plan.id, PlanVersion.number == plan.latest
    )
    return session.scalar(asked) or {}


def head_values(plan: Plan) -> Values:
    """What is compared of a plan's head."""
    return {"title": plan.title, "signer": plan.signer, "funding": plan.funding}


def _group(row: GroupRow, readings: Readings) -> OldEntry:
    group = row.group
    values = {"title": group.title, **_assigned(row.units), "timing": group.timing}
    said = _said(readings, Level.GROUP, group.id)
    return OldEntry(Level.GROUP, group.id, "", group.position, group.ordinal, values, said, *_where(group))


def _task(row: GroupRow, one: TaskRow, readings: Readings) -> OldEntry:
    task = one.task
    values = {"text": task.text, **_assigned(one.units), "timing": task.timing}
    said = _said(readings, Level.TASK, task.id)
    home = str(row.group.id)
    return OldEntry(Level.TASK, task.id, home, task.position, task.ordinal, values, said, *_where(task))


def _duty(duty: Duty, readings: Readings) -> OldEntry:
    values = {"block": duty.block_title, "text": duty.text}
    said = _said(readings, Level.DUTY, duty.id)
    return OldEntry(
        Level.DUTY,
        duty.id,
        duty.block_title,
        duty.position,
        duty.ordinal,
        values,
        said,
        *_where(duty),
        extra={"block_ordinal": duty.block_ordinal},
    )


def _fact(fact: PlanFact) -> OldEntry:
    """Nobody corrects a fact by hand: what stands there is what the text says."""
    values = {"text": show_fact(fact.kind, fact.value)}
    home = fact.kind.value
    return OldEntry(
        Level.FACT, fact.id, home, fact.position, "", values, values, *_where(fact), extra=fact.value
    )


def _where(row: FromText) -> tuple[tuple[int, int], int]:
    """Its lines, and the version in which they stand."""
    return (row.first_line, row.last_line), row.read_in


def _said(readings: Readings, level: Level, key: int) -> Values:
    return readings.get(level.value, {}).get(str(key), {})


def _assigned(units: Units) -> Values:
    return {
        "lead": "\n".join(unit.printed for unit in units.lead),
        "cooperating": "\n".join(unit.printed for unit in units.cooperating),
    }
