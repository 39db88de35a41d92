"""What hangs below a plan: groups, tasks, units, duties and facts as the draft has them, each with its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Phrase
from app.organisations.models import Organisation, name_key
from app.organisations.queries import find_organisation
from app.text import excerpt
from campaigns.planfile.draft import Assignment, PlanDraft, TaskGroup, Text
from campaigns.plans.models import Duty, DutyUnit, FactKind, Part, Plan, PlanFact, Task, TaskUnit
from campaigns.plans.models import TaskGroup as TaskGroupRow
from campaigns.plans.uploads.corrections import first_line, last_line
from campaigns.plans.uploads.units import unit_names
from content.references.models import Document
from content.references.services import DocumentInput, ensure_document

FACTS = (
    (FactKind.REPORTING, "reporting"),
    (FactKind.KEY_DATE, "key_dates"),
    (FactKind.RECIPIENT, "recipients"),
    (FactKind.ADDRESSEE, "addressees"),
)


@dataclass
class Making:
    """What the steps hand on to one another."""

    session: Session
    actor: audit.Actor
    now: datetime
    known: dict[str, Organisation | None]

    def organisation(self, printed: str) -> int | None:
        """The key of the body of that printed name; each name is looked up once."""
        key = name_key(printed)
        if key not in self.known:
            self.known[key] = find_organisation(self.session, printed) if key else None
        found = self.known[key]
        return found.id if found else None

    def document(self, wanted: DocumentInput) -> Document:
        return ensure_document(self.session, wanted, actor=self.actor, now=self.now)


def add_groups(making: Making, plan: Plan, groups: Iterable[TaskGroup]) -> None:
    """Groups and their tasks, then their units, in two flushes whatever their number."""
    assigned: list[tuple[TaskGroupRow | Task, Assignment]] = []
    for position, group in enumerate(groups, start=1):
        row = TaskGroupRow(
            plan=plan,
            position=position,
            ordinal=(group.ordinal or "")[:20],
            title=fit(group.title, 3000, N_("Tên nhóm nhiệm vụ")),
            timing=fit(group.assignment.timing, 500, N_("Thời gian thực hiện")),
            first_line=first_line(group),
            last_line=last_line(group),
        )
        making.session.add(row)
        assigned.append((row, group.assignment))
        for number, item in enumerate(group.items, start=1):
            task = Task(
                group=row,
                position=number,
                ordinal=(item.ordinal or "")[:20],
                text=item.text.value,
                timing=fit(item.assignment.timing, 500, N_("Thời gian thực hiện")),
                first_line=item.text.line_from,
                last_line=item.text.line_to,
            )
            making.session.add(task)
            assigned.append((task, item.assignment))
    making.session.flush()
    for owner, assignment in assigned:
        making.session.add_all(_units(making, owner, Part.LEAD, assignment.lead))
        making.session.add_all(_units(making, owner, Part.COOPERATING, assignment.cooperating))
    making.session.flush()


def _units(
    making: Making, owner: TaskGroupRow | Task, part: Part, names: Iterable[Text]
) -> Iterable[TaskUnit]:
    """The units of one group or task, matched to known bodies; the printed name is kept either way."""
    for position, name in enumerate(names, start=1):
        yield TaskUnit(
            group_id=owner.id if isinstance(owner, TaskGroupRow) else None,
            task_id=owner.id if isinstance(owner, Task) else None,
            part=part,
            position=position,
            printed=fit(name, 500, N_("Tên đơn vị")),
            organisation_id=making.organisation(name.value),
        )


def add_duties(making: Making, plan: Plan, draft: PlanDraft) -> None:
    """Each duty of "Tổ chức thực hiện", then its units; a block without items stands as one duty of its own words."""
    made: list[tuple[Duty, Sequence[str]]] = []
    for block in draft.duties:
        names = unit_names(block.org.value)
        lines = [(item.ordinal, item.text) for item in block.items] or [(None, block.org)]
        for ordinal, text in lines:
            duty = Duty(
                plan=plan,
                position=len(made) + 1,
                block_ordinal=(block.ordinal or "")[:20],
                block_title=excerpt(block.org.value, longest=990),
                ordinal=(ordinal or "")[:20],
                text=text.value,
                first_line=text.line_from,
                last_line=text.line_to,
            )
            making.session.add(duty)
            made.append((duty, names))
    making.session.flush()
    making.session.add_all(
        DutyUnit(
            duty_id=duty.id,
            position=position,
            printed=excerpt(name, longest=490),
            organisation_id=making.organisation(name),
        )
        for duty, names in made
        for position, name in enumerate(names, start=1)
    )
    making.session.flush()


def add_facts(making: Making, plan: Plan, read: dict[str, Any]) -> None:
    """Reporting, key dates, recipients and addressees in the reader's own schema, each with its lines."""
    for kind, name in FACTS:
        for index, value in enumerate(read[name]):
            first, last = read["trace"].get(f"{name}.{index}", (1, 1))
            making.session.add(
                PlanFact(
                    plan_id=plan.id,
                    kind=kind,
                    position=index + 1,
                    value=value if isinstance(value, dict) else {"text": str(value)},
                    first_line=first,
                    last_line=last,
                )
            )
    making.session.flush()


def fit(text: Text | None, limit: int, name: str) -> str:
    """The text, which an officer must shorten where a plan has no room for it.

    Raises:
        Invalid: it is longer than *limit* letters; the sentence says where it stands.
    """
    if text is None:
        return ""
    if len(text.value) > limit:
        raise Invalid(
            N_("{name} ở dòng {line} dài {size} ký tự, nhiều nhất là {limit}. Hãy sửa trước khi xác nhận."),
            name=Phrase(name),
            line=text.line_from,
            size=len(text.value),
            limit=limit,
        )
    return text.value
