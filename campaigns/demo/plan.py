"""The plan of 2025, read from its text and confirmed by the coordinator; another text waits for a yes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from campaigns.demo import words
from campaigns.demo.province import Province
from campaigns.plans.models import Task, TaskGroup
from campaigns.plans.reading import read_source
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from campaigns.plans.uploads.corrections import ThemeChoice, apply_corrections, status_of
from campaigns.plans.uploads.parts import part_of
from campaigns.plans.uploads.services import correct_upload, keep_upload

ISSUED = datetime(2025, 8, 25, 2, 0, tzinfo=UTC)
TYPED = {
    "number": "2025/KH-UBND",
    "date": "2025-08-22",
}  # blank in the text, as in the draft it is modelled on


def confirm_the_plan(province: Province) -> None:
    """Upload the text, fill in what is blank, confirm: as a coordinator does it on three pages."""
    session, actor = province.session, province.people["coordinator"]
    now = max(province.begun + timedelta(days=2), ISSUED)
    content = words.text("plan.txt").encode()
    upload = keep_upload(
        session,
        name="ke-hoach-truyen-thong-2025.txt",
        sha256=province.files.keep(content),
        actor=actor,
        now=now,
    )
    read = read_source(content, name=upload.name)
    values = part_of(read, "document").values
    correct_upload(
        session, upload, read=values, typed=values | TYPED, seen=upload.version, actor=actor, now=now
    )
    draft = apply_corrections(read, upload.corrections)
    choices = PlanChoices(
        tuple(_choice(row) for row in words.rows("themes.txt", 6)), status_of(draft, upload.corrections)
    )
    later = now + timedelta(minutes=25)
    province.plan = confirm_plan(session, upload, draft, choices=choices, actor=actor, now=later)
    asked = select(Task).join(TaskGroup).where(TaskGroup.plan_id == province.plan.id)
    province.tasks = list(session.scalars(asked.order_by(TaskGroup.position, Task.position)))


def _choice(row: tuple[str, ...]) -> ThemeChoice:
    """A theme that is known already, chosen for the plan; the document decides where there is one."""
    _, _, name, phrases, number, _ = row
    return ThemeChoice(name, words.several(phrases), number or None)


def hand_in_another(province: Province) -> None:
    """Yesterday somebody handed in next year's plan of the department: the coordinator's preview waits."""
    day = province.today
    text = words.text("next_plan.txt").format(month=day.month, year=day.year, year_after=day.year + 1)
    province.upload = keep_upload(
        province.session,
        name=f"du-thao-ke-hoach-{day.year + 1}.txt",
        sha256=province.files.keep(text.encode()),
        actor=province.people["coordinator"],
        now=province.at(-1, 16, 40),
    )
