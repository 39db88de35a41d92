"""What a unit sees: its own work and nobody else's."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.organisations.models import Organisation
from campaigns.planfile.reader import read_plan
from campaigns.plans.models import Part, Plan, Task, TaskUnit
from campaigns.plans.own import count_own_work, own_work
from campaigns.plans.services import archive_plan
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from tests.conftest import NOW
from tests.factories import make_organisation, make_person, make_upload, plan_text
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]


def a_plan(session: Session) -> tuple[Plan, Organisation, Organisation]:
    """The plan with two bodies that it names."""
    education = make_organisation(session, "Sở Giáo dục và Đào tạo")
    finance = make_organisation(session, "Sở Tài chính")
    actor = make_person(session, Role.COORDINATOR)
    draft = read_plan(plan_text().encode(), name="ke-hoach.txt")
    plan = confirm_plan(session, make_upload(session), draft, choices=PlanChoices(), actor=actor, now=NOW)
    return plan, education, finance


def test_a_unit_has_its_duties_and_the_tasks_that_it_leads(session: Session) -> None:
    plan, education, finance = a_plan(session)
    (own,) = own_work(session, {education.id})
    assert own.plan.id == plan.id
    assert [duty.block_title for duty in own.duties] == ["Sở Giáo dục và Đào tạo"]
    assert len(own.tasks) == 5
    assert {one.part for one in own.tasks} == {Part.LEAD}
    assert own.count == count_own_work(session, {education.id}) == 6
    assert count_own_work(session, {finance.id}) == 2
    assert own_work(session, set()) == []
    assert count_own_work(session, set()) == 0


def test_leading_one_task_beats_helping_with_its_group(session: Session) -> None:
    _, _, finance = a_plan(session)
    task = session.scalars(select(Task).order_by(Task.id)).first()
    assert task is not None
    session.add_all(
        [
            TaskUnit(
                task_id=task.id,
                part=Part.LEAD,
                position=1,
                printed="Sở Tài chính",
                organisation_id=finance.id,
            ),
            TaskUnit(
                group_id=task.group_id,
                part=Part.COOPERATING,
                position=9,
                printed="Sở Tài chính",
                organisation_id=finance.id,
            ),
        ]
    )
    session.flush()
    (own,) = own_work(session, {finance.id})
    parts = {one.task.id: one.part for one in own.tasks}
    assert parts[task.id] is Part.LEAD
    assert len(parts) == len(own.tasks) == count_own_work(session, {finance.id})
    positions = [(one.task.group.position, one.task.position) for one in own.tasks]
    assert positions == sorted(positions)


def test_an_archived_plan_asks_for_nothing(session: Session) -> None:
    plan, education, _ = a_plan(session)
    archive_plan(session, plan, seen=plan.version, actor=make_person(session), now=NOW)
    assert own_work(session, {education.id}) == []
    assert count_own_work(session, {education.id}) == 0


def test_a_unit_sees_its_own_and_not_another_s(session: Session, visit: Visit) -> None:
    _, education, finance = a_plan(session)
    one = make_person(session, Role.UNIT, organisation=education)
    other = make_person(session, Role.UNIT, organisation=finance)
    stranger = make_person(session, Role.UNIT)
    outlet = make_person(session, Role.OUTLET, organisation=education)
    officer = make_person(session, Role.OFFICER, organisation=education)
    session.commit()
    own, its = visit(one).get("/duties").text, visit(other).get("/duties").text
    assert "sinh hoạt dưới cờ" in own
    assert "dòng" in own
    assert "OCOP" not in own
    assert "OCOP" in its
    assert "sinh hoạt dưới cờ" not in its
    assert "Chưa có nhiệm vụ nào" in visit(stranger).get("/duties").text
    assert "6 nhiệm vụ" in visit(one).get("/").text
    assert "nhiệm vụ các kế hoạch giao" not in visit(stranger).get("/").text
    assert visit(outlet).get("/duties").status_code == 404
    assert visit(officer).get("/duties").status_code == 404
    assert visit(None).get("/duties").status_code == 303
