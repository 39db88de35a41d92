"""A comparison written into the rows of a plan: changed in place, added, or retired; no row is ever deleted.

The first text of a plan is written the same way: compared with nothing, all of it is added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_
from app.text import excerpt
from campaigns.plans.amending.compare import Difference, FieldChange
from campaigns.plans.amending.structure import UNITS, Level, NewEntry, Values
from campaigns.plans.models import Duty, DutyUnit, FactKind, Part, Plan, PlanFact, Task, TaskGroup, TaskUnit
from campaigns.plans.uploads.making import Making, fit
from campaigns.plans.uploads.units import unit_names

Row: TypeAlias = TaskGroup | Task | Duty | PlanFact
Rows = dict[tuple[Level, int], Row]
Choices = Mapping[str, str]
"""By the key of a conflict: which value holds."""

OURS, THEIRS = "ours", "theirs"
CLASSES: dict[Level, type[Row]] = {
    Level.GROUP: TaskGroup,
    Level.TASK: Task,
    Level.DUTY: Duty,
    Level.FACT: PlanFact,
}


def settled(one: Difference, choices: Choices) -> Values:
    """The values that an entry of the new text has from now on, the officer's *choices* taken in."""
    assert one.new is not None  # noqa: S101 - what the new text no longer has keeps its values
    if one.old is None:
        return one.new.values
    taken = {field.name: field.theirs for field in one.changed if not _is_ours(one, field, choices)}
    return {**{name: one.old.values.get(name, "") for name in one.new.values}, **taken}


def _is_ours(one: Difference, field: FieldChange, choices: Choices) -> bool:
    return field.is_conflict and choices.get(one.choice_key(field)) != THEIRS


def write_changes(
    making: Making, plan: Plan, differences: Sequence[Difference], *, number: int, choices: Choices
) -> dict[str, dict[str, Values]]:
    """Bring the rows of *plan* to its version *number*; returns what the texts now say of each, by level and key.

    Raises:
        Invalid: a title, a unit or a timing is longer than a plan takes.
    """
    session = making.session
    rows = live_rows(session, plan)
    for row in rows.values():
        row.position = -row.position  # no place is held twice, in whatever order the rows are written
    session.flush()
    readings: dict[str, dict[str, Values]] = defaultdict(dict)
    made: dict[str, Row] = {}
    for level in CLASSES:
        for one in differences:
            if one.level is level and one.new is not None:
                row = _row(rows, one)
                _fill(making, row, one, settled(one, choices), number)
                _place(row, one.new, plan, made)
                session.add(row)
                made[one.new.path] = row
        session.flush()
    for one in differences:
        if one.level in CLASSES and one.new is None and one.old is not None:
            _retire(rows[(one.level, one.old.key)], making, number)
        elif one.new is not None and one.level is not Level.PLAN:
            readings[one.level.value][str(made[one.new.path].id)] = one.new.said
    _write_units(making, made, differences, choices)
    _write_duty_units(making, [row for row in made.values() if isinstance(row, Duty)])
    session.flush()
    return dict(readings)


def live_rows(session: Session, plan: Plan) -> Rows:
    """What stands in the plan, by level and key."""
    groups = select(TaskGroup.id).where(TaskGroup.plan_id == plan.id)
    wanted: dict[Level, Iterable[Row]] = {
        Level.GROUP: session.scalars(
            select(TaskGroup).where(TaskGroup.plan_id == plan.id, TaskGroup.retired_at.is_(None))
        ),
        Level.TASK: session.scalars(select(Task).where(Task.group_id.in_(groups), Task.retired_at.is_(None))),
        Level.DUTY: session.scalars(select(Duty).where(Duty.plan_id == plan.id, Duty.retired_at.is_(None))),
        Level.FACT: session.scalars(
            select(PlanFact).where(PlanFact.plan_id == plan.id, PlanFact.retired_at.is_(None))
        ),
    }
    return {(level, row.id): row for level, found in wanted.items() for row in found}


def _row(rows: Rows, one: Difference) -> Row:
    """The row that the entry is, or a new one."""
    return rows[(one.level, one.old.key)] if one.old is not None else CLASSES[one.level]()


def _retire(row: Row, making: Making, number: int) -> None:
    row.retired_at, row.retired_in = making.now, number
    row.position = -row.position


def _place(row: Row, new: NewEntry, plan: Plan, made: Mapping[str, Row]) -> None:
    """Where the row stands in the new structure; its ordinal is as printed there."""
    row.position = new.place
    if isinstance(row, Task):
        group = made[new.home]
        assert isinstance(group, TaskGroup)  # noqa: S101 - a task stands under a group
        row.group = group
    else:
        row.plan_id = plan.id
    if not isinstance(row, PlanFact):
        row.ordinal = new.ordinal[:20]


def _fill(making: Making, row: Row, one: Difference, values: Values, number: int) -> None:
    """Values and lines of one row."""
    new = one.new
    assert new is not None  # noqa: S101 - only entries of the new text are filled
    row.first_line, row.last_line = new.lines
    row.read_in = new.source or number
    if isinstance(row, PlanFact):
        row.kind, row.value = FactKind(new.home), dict(new.extra)
        return
    if isinstance(row, Duty):
        row.text = values["text"]
        row.block_ordinal = str(new.extra.get("block_ordinal", ""))[:20]
        row.block_title = values["block"]
        return
    row.timing = fit(values["timing"], 500, N_("Thời gian thực hiện"), new.line_of("timing"))
    if isinstance(row, Task):
        row.text = values["text"]
    else:
        row.title = fit(values["title"], 3000, N_("Tên nhóm nhiệm vụ"), new.line_of("title"))


def _write_units(
    making: Making, made: Mapping[str, Row], differences: Iterable[Difference], choices: Choices
) -> None:
    """The units of groups and tasks; one whose printed name stays keeps its row, and the body it was matched to."""
    owners = [
        (made[one.new.path], one.new, settled(one, choices))
        for one in differences
        if one.new is not None and one.level in {Level.GROUP, Level.TASK}
    ]
    held = _held_units(making.session, [row for row, _, _ in owners])
    for row, new, values in owners:
        for name in UNITS:
            before = held.get((type(row), row.id, Part(name)), [])
            wanted = [printed for printed in values[name].split("\n") if printed]
            if [unit.printed for unit in before] != wanted:
                for position, printed in enumerate(wanted, start=1):
                    _put_unit(making, row, Part(name), (position, printed, new.line_of(name)), before)
                for unit in before:
                    making.session.delete(unit)


def _write_duty_units(making: Making, duties: Sequence[Duty]) -> None:
    """The bodies that the heading of each duty names; where the names stay, the rows and their matches stay."""
    held: dict[int, list[DutyUnit]] = defaultdict(list)
    asked = select(DutyUnit).where(DutyUnit.duty_id.in_([duty.id for duty in duties]))
    for unit in making.session.scalars(asked.order_by(DutyUnit.position)):
        held[unit.duty_id].append(unit)
    for duty in duties:
        names = [excerpt(name, longest=490) for name in unit_names(duty.block_title)]
        if [unit.printed for unit in held[duty.id]] == names:
            continue
        for unit in held[duty.id]:
            making.session.delete(unit)
        making.session.flush()
        making.session.add_all(
            DutyUnit(
                duty_id=duty.id,
                position=position,
                printed=name,
                organisation_id=making.organisation(name),
            )
            for position, name in enumerate(names, start=1)
        )


def _held_units(session: Session, rows: Sequence[Row]) -> dict[tuple[type[Row], int, Part], list[TaskUnit]]:
    """The units of these groups and tasks, each list in its order."""
    groups = [row.id for row in rows if isinstance(row, TaskGroup)]
    tasks = [row.id for row in rows if isinstance(row, Task)]
    asked = select(TaskUnit).where(TaskUnit.group_id.in_(groups) | TaskUnit.task_id.in_(tasks))
    held: dict[tuple[type[Row], int, Part], list[TaskUnit]] = defaultdict(list)
    for unit in session.scalars(asked.order_by(TaskUnit.position)):
        owner: tuple[type[Row], int] = (
            (TaskGroup, unit.group_id) if unit.group_id is not None else (Task, unit.task_id or 0)
        )
        held[(*owner, unit.part)].append(unit)
    return held


def _put_unit(
    making: Making, row: Row, part: Part, wanted: tuple[int, str, int], held: list[TaskUnit]
) -> None:
    """One unit at its position: the one of that printed name, taken out of *held*, or a new one from that line."""
    position, printed, line = wanted
    same = next((unit for unit in held if unit.printed == printed), None)
    if same is not None:
        held.remove(same)
        same.position = position
        return
    making.session.add(
        TaskUnit(
            group_id=row.id if isinstance(row, TaskGroup) else None,
            task_id=row.id if isinstance(row, Task) else None,
            part=part,
            position=position,
            printed=fit(printed, 500, N_("Tên đơn vị"), line),
            organisation_id=making.organisation(printed),
        )
    )
