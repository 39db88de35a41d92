"""The yes: everything or nothing, once."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import AuditEntry
from app.db import transaction
from app.errors import Invalid, Refused, Stale
from campaigns.planfile.draft import PlanDraft, Traced
from campaigns.planfile.reader import read_plan
from campaigns.plans.models import (
    Duty,
    DutyUnit,
    FactKind,
    Part,
    Plan,
    PlanFact,
    PlanStatus,
    PlanTheme,
    PlanUpload,
    Task,
    TaskGroup,
    TaskUnit,
)
from campaigns.plans.queries import facts_of, get_task, tasks_of, themes_of_plan
from campaigns.plans.services import archive_plan, match_units, restore_plan
from campaigns.plans.uploads import confirm
from campaigns.plans.uploads.confirm import PlanChoices, confirm_plan
from campaigns.plans.uploads.corrections import apply_corrections, themes_of
from campaigns.plans.uploads.services import correct_upload, discard_upload, keep_upload
from content.references.models import Document, DocumentLink, LinkKind
from content.references.queries import links_from
from content.themes.models import Theme
from tests.conftest import NOW
from tests.factories import make_organisation, make_person, make_upload, plan_text

MADE = (Plan, TaskGroup, Task, TaskUnit, Duty, DutyUnit, PlanFact, PlanTheme, Theme, Document, DocumentLink)


def draft(text: str | None = None) -> PlanDraft:
    return read_plan((text or plan_text()).encode(), name="ke-hoach.txt")


def confirmed(
    session: Session,
    upload: PlanUpload | None = None,
    *,
    read: PlanDraft | None = None,
    actor: Person | None = None,
) -> Plan:
    read = read or draft()
    return confirm_plan(
        session,
        upload or make_upload(session),
        read,
        choices=PlanChoices(themes=themes_of(read, {})),
        actor=actor or make_person(session, Role.COORDINATOR),
        now=NOW,
    )


def count(session: Session, kind: type) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_the_whole_plan_is_written_with_its_lines(session: Session) -> None:
    science = make_organisation(session, "Sở Khoa học và Công nghệ")
    plan = confirmed(session)
    read = draft()
    groups = tasks_of(session, plan)
    assert [len(row.tasks) for row in groups] == [len(group.items) for group in read.task_groups]
    for row, group in zip(groups, read.task_groups, strict=True):
        for one, item in zip(row.tasks, group.items, strict=True):
            assert one.task.text == item.text.value
            assert (one.task.first_line, one.task.last_line) == (item.text.line_from, item.text.line_to)
        assert [unit.printed for unit in row.units.lead] == [text.value for text in group.assignment.lead]
    leads = {unit.printed: unit.organisation_id for row in groups for unit in row.units.lead}
    assert leads["Sở Khoa học và Công nghệ"] == science.id
    assert leads["Sở Tài chính"] is None, "an unknown name is kept as printed and matched to nobody"
    assert plan.trace["title"]
    assert plan.status is PlanStatus.DRAFT
    assert plan.date_printed == "2025-09"


def test_duties_and_facts_keep_the_reader_s_schema(session: Session) -> None:
    science = make_organisation(session, "Sở Khoa học và Công nghệ")
    plan = confirmed(session)
    duties = session.scalars(select(Duty).where(Duty.plan_id == plan.id).order_by(Duty.position)).all()
    assert len(duties) >= 8
    units = session.scalars(select(DutyUnit).where(DutyUnit.organisation_id == science.id))
    assert {unit.duty.block_title for unit in units} == {"Sở Khoa học và Công nghệ"}
    facts = facts_of(session, plan)
    assert facts[FactKind.REPORTING][0].value["due"][0]["day"] == 15
    assert {(fact.value["day"], fact.value["month"]) for fact in facts[FactKind.KEY_DATE]} >= {
        (18, 5),
        (1, 10),
        (10, 10),
    }
    assert facts[FactKind.RECIPIENT][0].value["text"].startswith("Bộ Khoa học và Công nghệ")
    assert all(fact.first_line > 0 for kind in facts.values() for fact in kind)


def test_documents_are_linked_by_their_role(session: Session) -> None:
    plan = confirmed(session)
    links = {(one.kind, one.document.number) for one in links_from(session, plan.document)}
    assert (LinkKind.IMPLEMENTS, "902/QĐ-TTg") in links
    assert (LinkKind.CITES, "57-NQ/TW") in links
    assert (LinkKind.CITES, "57-KL/TW") in links
    numbers = {document.number for document in session.scalars(select(Document))}
    assert {"57-NQ/TW", "57-KL/TW"} <= numbers
    assert "57" not in numbers


def test_themes_stand_on_their_documents(session: Session) -> None:
    plan = confirmed(session)
    themes = themes_of_plan(session, plan)
    of_document = {theme.document.number for theme in themes if theme.document}
    assert "57-NQ/TW" in of_document
    assert any("thạo số" in theme.name for theme in themes)


def test_an_unticked_theme_is_not_made(session: Session) -> None:
    read = draft()
    rows = [{"kept": False, "name": theme.name.value} for theme in read.themes]
    choices = PlanChoices(themes=themes_of(read, {"themes": {"rows": rows, "added": ["Chuyển đổi số"]}}))
    actor = make_person(session, Role.COORDINATOR)
    plan = confirm_plan(session, make_upload(session), read, choices=choices, actor=actor, now=NOW)
    assert [theme.name for theme in themes_of_plan(session, plan)] == ["Chuyển đổi số"]


def test_confirming_twice_gives_the_same_plan(session: Session) -> None:
    upload = make_upload(session)
    assert confirmed(session, upload).id == confirmed(session, upload).id
    assert count(session, Plan) == 1


def test_a_second_upload_of_the_same_document_is_refused(session: Session) -> None:
    first = confirmed(session)
    with pytest.raises(Refused, match="đã có kế hoạch"):
        confirmed(session, make_upload(session, text="khác"))
    archive_plan(session, first, seen=first.version, actor=make_person(session), now=NOW)
    second = confirmed(session, make_upload(session, text="khác nữa"))
    with pytest.raises(Refused, match="kế hoạch khác"):
        restore_plan(session, first, seen=first.version, actor=make_person(session), now=NOW)
    assert second.document_id == first.document_id


def test_a_fault_in_the_middle_leaves_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction(engine) as session:
        upload_id, actor_id = make_upload(session).id, make_person(session, Role.COORDINATOR).id

    def break_down(*_: object) -> None:
        message = "the power went out"
        raise RuntimeError(message)

    monkeypatch.setattr(confirm, "add_facts", break_down)
    with pytest.raises(RuntimeError), transaction(engine) as session:
        confirmed(session, session.get_one(PlanUpload, upload_id), actor=session.get_one(Person, actor_id))
    with Session(engine) as session:
        assert [kind.__name__ for kind in MADE if count(session, kind)] == []
        assert session.get_one(PlanUpload, upload_id).plan_id is None
        assert count(session, AuditEntry) == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": None}, "trích yếu"),
        ({"title": Traced("x" * 2001, 1, 1, "x")}, "2001"),
        ({"number": Traced("5" * 61, 1, 1, "x")}, "61"),
    ],
)
def test_what_a_plan_has_no_room_for_is_refused_in_words(
    session: Session, change: dict[str, object], said: str
) -> None:
    read: PlanDraft = replace(draft(), **change)  # type: ignore[arg-type]  # one field of several types
    with pytest.raises(Invalid, match=said):
        confirmed(session, read=read)


def test_too_long_a_unit_names_its_line(session: Session) -> None:
    read = apply_corrections(draft(), {"task_groups.1.lead": ["Sở " + "x" * 500]})
    line = read.task_groups[1].assignment.lead[0].line_from
    with pytest.raises(Invalid) as refused:
        confirmed(session, read=read)
    assert f"dòng {line}" in str(refused.value)


def test_a_version_that_has_passed_is_refused(session: Session) -> None:
    upload, actor = make_upload(session), make_person(session, Role.COORDINATOR)
    seen = upload.version
    correct_upload(
        session, upload, read={"title": "a"}, typed={"title": "b"}, seen=seen, actor=actor, now=NOW
    )
    with pytest.raises(Stale):
        confirm_plan(session, upload, draft(), choices=PlanChoices(seen=seen), actor=actor, now=NOW)
    with pytest.raises(Stale):
        correct_upload(session, upload, read={}, typed={"title": "c"}, seen=seen, actor=actor, now=NOW)
    with pytest.raises(Stale):
        discard_upload(session, upload, seen=seen, actor=actor, now=NOW)


def test_what_equals_the_reading_is_no_correction(session: Session) -> None:
    upload, actor = make_upload(session), make_person(session, Role.COORDINATOR)
    read = {"title": "Một  trích yếu", "lead": ["Sở A"], "timing": ""}
    typed = {"title": "Một trích yếu", "lead": ["Sở A"], "timing": "", "number": "1/KH"}
    correct_upload(session, upload, read=read, typed=typed, seen=upload.version, actor=actor, now=NOW)
    assert upload.corrections == {"number": "1/KH"}
    typed = {"number": ""}
    correct_upload(session, upload, read={}, typed=typed, seen=upload.version, actor=actor, now=NOW)
    assert upload.corrections == {}


def test_the_same_bytes_wait_once_until_put_away(session: Session) -> None:
    actor = make_person(session, Role.COORDINATOR)
    first = keep_upload(session, name="a.txt", sha256="a" * 64, actor=actor, now=NOW)
    assert keep_upload(session, name="b.txt", sha256="a" * 64, actor=actor, now=NOW).id == first.id
    discard_upload(session, first, seen=first.version, actor=actor, now=NOW)
    assert keep_upload(session, name="b.txt", sha256="a" * 64, actor=actor, now=NOW).id != first.id


def test_decomposed_letters_make_the_same_plan(session: Session) -> None:
    plan = confirmed(session, read=draft(unicodedata.normalize("NFD", plan_text())))
    assert plan.title == unicodedata.normalize("NFC", plan.title)
    same = draft()
    assert same.title is not None
    assert plan.title == same.title.value


def test_corrected_number_and_day_reach_the_registry(session: Session) -> None:
    typed = {"number": "88/KH-UBND", "date": "2025-09-18", "issuer": "Ủy ban nhân dân tỉnh Sông Trà"}
    plan = confirmed(session, read=apply_corrections(draft(), typed))
    document = plan.document
    assert (document.number, document.issued_on) == ("88/KH-UBND", date(2025, 9, 18))


def test_units_are_found_again_after_organisations_were_added(session: Session) -> None:
    plan = confirmed(session)
    finance = make_organisation(session, "Sở Tài chính")
    seen = plan.version
    assert match_units(session, plan, seen=seen, actor=make_person(session), now=NOW) == 1
    leads = {unit.printed: unit.organisation_id for row in tasks_of(session, plan) for unit in row.units.lead}
    assert leads["Sở Tài chính"] == finance.id
    assert match_units(session, plan, seen=plan.version, actor=make_person(session), now=NOW) == 0


def test_a_task_comes_with_its_plan(session: Session) -> None:
    plan = confirmed(session)
    task = tasks_of(session, plan)[0].tasks[0].task
    session.expire_all()
    assert get_task(session, task.id).group.plan.id == plan.id
    assert {unit.part for row in tasks_of(session, plan) for unit in row.units.cooperating} == {
        Part.COOPERATING
    }


def test_two_people_confirming_at_the_same_moment_make_one_plan(engine: Engine) -> None:
    with transaction(engine) as session:
        upload_id = make_upload(session).id
        actor_ids = [make_person(session, Role.COORDINATOR).id for _ in range(2)]
    gate = Barrier(2)

    def say_yes(actor_id: int) -> int:
        gate.wait(10)
        with transaction(engine) as session:
            upload, actor = session.get_one(PlanUpload, upload_id), session.get_one(Person, actor_id)
            return confirmed(session, upload, actor=actor).id

    with ThreadPoolExecutor(2) as both:
        made = list(both.map(say_yes, actor_ids))
    assert made[0] == made[1]
    with Session(engine) as session:
        assert count(session, Plan) == 1


def test_two_plans_that_name_the_same_documents_at_once_share_them(engine: Engine) -> None:
    other = plan_text().replace("đến năm 2030", "đến năm 2035")
    with transaction(engine) as session:
        uploads = [make_upload(session).id, make_upload(session, text=other).id]
        actor_id = make_person(session, Role.COORDINATOR).id
    gate = Barrier(2)

    def say_yes(upload_id: int, text: str) -> int:
        gate.wait(10)
        with transaction(engine) as session:
            actor = session.get_one(Person, actor_id)
            return confirmed(
                session, session.get_one(PlanUpload, upload_id), read=draft(text), actor=actor
            ).id

    with ThreadPoolExecutor(2) as both:
        made = list(both.map(say_yes, uploads, [plan_text(), other]))
    assert made[0] != made[1]
    with Session(engine) as session:
        numbers = [one.number for one in session.scalars(select(Document)) if one.number]
        assert len(numbers) == len(set(numbers))
