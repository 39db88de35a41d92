"""A confirmed plan, and texts that come after it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from campaigns.planfile.clauses.reading import section_lines
from campaigns.planfile.reader import read_plan
from campaigns.plans.amending.newer import Newer
from campaigns.plans.amending.services import Acceptance, Decisions, accept_version, amend_with, compare_with
from campaigns.plans.amending.writing import THEIRS
from campaigns.plans.models import Plan, PlanUpload, PlanVersion, Task
from campaigns.plans.queries import tasks_of
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from campaigns.plans.uploads.corrections import apply_corrections
from tests.conftest import NOW
from tests.factories import make_person, make_upload, plan_text

ADDED = "e) Xây dựng thư viện học liệu mở dùng chung cho học sinh trong tỉnh. \n\n"
MENDED = {
    "task_groups.2.lead": ["Sở Khoa học và Công nghệ"]
}  # what an officer typed where "Sở Tài chính" was read


def without(text: str, first: str, following: str) -> str:
    """*text* without what stands from *first* up to *following*."""
    return text[: text.index(first)] + text[text.index(following) :]


def newer_text() -> str:
    """The plan a year later: a task gone, one added, one reworded, one under another group, another lead."""
    text = without(plan_text(), "b) Hưởng ứng", "c) Tổ chức chuỗi")
    moved = text[text.index("d) Mời nhà khoa học") : text.index("đ) Khen thưởng")]
    return (
        text.replace(moved, "")
        .replace("c) Tổ chức chuỗi", "b) Tổ chức chuỗi")
        .replace("d) Biên soạn tờ gấp", "c) Biên soạn tờ gấp")
        .replace("mỗi dịp có ít nhất một tọa đàm", "mỗi dịp có ít nhất hai tọa đàm")
        .replace("đ) Khen thưởng", "d) Khen thưởng")
        .replace("- Cơ quan chủ trì: Sở Giáo dục", ADDED + "- Cơ quan chủ trì: Sở Giáo dục")
        .replace(
            "- Cơ quan chủ trì: Sở Tài chính",
            moved.replace("d)", "c)", 1) + "- Cơ quan chủ trì: Sở Công Thương",
        )
        .replace("- Tổ chức đội tuyên truyền lưu động về cơ sở.", "- Tổ chức đội lưu động.")
    )


def amending_text() -> str:
    """A decision that amends the plan clause by clause."""
    path = Path(__file__).parents[3] / "data" / "plans" / "quyet-dinh-sua-doi.txt"
    return path.read_text("utf-8")


@dataclass
class Confirmed:
    """A plan as confirmed, with a value corrected by hand, and who did it."""

    session: Session
    plan: Plan
    actor: Person

    @classmethod
    def make(cls, session: Session) -> Confirmed:
        """Confirm the plan of these tests."""
        actor, read = (
            make_person(session, Role.COORDINATOR),
            read_plan(plan_text().encode(), name="ke-hoach.txt"),
        )
        draft = apply_corrections(read, MENDED)
        plan = confirm_plan(
            session, make_upload(session), draft, choices=PlanChoices(), actor=actor, now=NOW, read=read
        )
        return cls(session, plan, actor)

    def task(self, words: str) -> Task:
        """The one task, retired or not, that has these words."""
        return self.session.scalars(select(Task).where(Task.text.contains(words)).order_by(Task.id)).one()

    def texts(self) -> list[list[str]]:
        """The first words of the tasks at work, group by group."""
        return [
            [" ".join(one.task.text.split()[:4]) for one in row.tasks]
            for row in tasks_of(self.session, self.plan)
        ]

    def newer(self, text: str) -> Newer:
        """A newer text as it is compared."""
        read = read_plan(text.encode(), name="ban-moi.txt")
        return Newer(read, read, section_lines(plan_text().split("\n")))

    def hand_in(self, text: str) -> PlanUpload:
        """The text, waiting to change the plan."""
        upload = make_upload(self.session, text=text, by=self.actor)
        amend_with(self.session, upload, self.plan, seen=upload.version, actor=self.actor, now=NOW)
        return upload

    def decided(self, newer: Newer, choice: str = THEIRS) -> Decisions:
        """The same word about every conflict."""
        found = compare_with(self.session, self.plan, newer, {}).differences
        return Decisions(choices={one.choice_key(field): choice for one in found for field in one.conflicts})

    def accept(self, text: str, choice: str = THEIRS) -> PlanVersion:
        """Hand the text in and accept it."""
        upload, newer = self.hand_in(text), self.newer(text)
        wanted = Acceptance(self.decided(newer, choice), upload.version, self.plan.version)
        return accept_version(self.session, upload, newer, wanted=wanted, actor=self.actor, now=NOW)
