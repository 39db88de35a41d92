"""A newer text accepted: rows keep their keys, what was done stays, one transaction, one of two people."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import AuditEntry
from app.db import Base, transaction
from app.errors import Invalid, Refused, Stale
from campaigns.board.models import CampaignTask
from campaigns.board.standing import standing_on
from campaigns.board.trace_queries import flat, plans_to_pick, tasks_of, trace_of
from campaigns.occasions.queries import tasks_of as tasks_of_occasion
from campaigns.plans.amending import services
from campaigns.plans.amending.compare import Change
from campaigns.plans.amending.history import recorded, recorded_counts
from campaigns.plans.amending.newer import Newer
from campaigns.plans.amending.services import Acceptance, Decisions, accept_version, amend_with, decide
from campaigns.plans.amending.versions import list_versions
from campaigns.plans.amending.writing import OURS
from campaigns.plans.models import Duty, Plan, PlanFact, PlanUpload, Task, TaskGroup, TaskUnit, VersionKind
from campaigns.plans.own import count_own_work, own_work
from campaigns.plans.queries import count_tasks, duties_of
from campaigns.plans.services import archive_plan
from content.items.models import Stage
from content.references.models import LinkKind
from content.references.queries import links_from
from tests.campaigns.plans.amending.newer_texts import Confirmed, amending_text, newer_text
from tests.conftest import NOW
from tests.factories import (
    make_campaign,
    make_channel,
    make_item,
    make_match,
    make_occasion,
    make_organisation,
    make_outlet,
    make_person,
    make_placement,
    make_publication,
    make_series,
    make_slot,
    make_target,
    make_theme,
    make_upload,
)
from tests.test_every_route import contents

# What accepting a version writes; nothing else in the house may change.
WRITTEN = {
    "plan", "plan_version", "plan_upload", "plan_theme", "plan_fact", "task_group", "task", "task_unit", "duty",
    "document", "document_link", "theme", "theme_phrase", "audit_entry", "search_entry",
}  # fmt: skip
KEPT: tuple[type[Base], ...] = (TaskGroup, Task, Duty, PlanFact)


@pytest.fixture
def confirmed(session: Session) -> Confirmed:
    """A plan as confirmed."""
    return Confirmed.make(session)


def keys(session: Session, kind: type[Base]) -> set[int]:
    return set(session.scalars(select(kind.id)))  # type: ignore[attr-defined]  # every row of ours has a key


def test_a_version_changes_adds_moves_and_retires_and_no_key_is_lost(confirmed: Confirmed) -> None:
    session = confirmed.session
    before = {kind: keys(session, kind) for kind in KEPT}
    talks, reworded = confirmed.task("Mời nhà khoa học"), confirmed.task("Tổ chức chuỗi hoạt động")
    gone = confirmed.task("Mỗi nhà một người")
    moved_from = talks.group_id
    version = confirmed.accept(newer_text())
    assert (version.number, confirmed.plan.latest, version.kind) == (2, 2, VersionKind.WHOLE)
    assert all(before[kind] <= keys(session, kind) for kind in KEPT)
    assert (gone.retired_at, gone.retired_in) == (NOW, 2)
    assert talks.retired_at is None
    assert talks.group_id != moved_from
    assert "ít nhất hai tọa đàm" in reworded.text
    assert (reworded.ordinal, reworded.position, reworded.read_in) == ("b", 2, 2)
    assert confirmed.texts() == [
        ["Mở và duy trì", "Tổ chức chuỗi hoạt", "Biên soạn tờ gấp,"],
        [
            "Đưa nội dung Nghị",
            "Tổ chức cuộc thi",
            "Lồng ghép thông tin",
            "Khen thưởng kịp thời",
            "Xây dựng thư viện",
        ],
        ["Phối hợp với hiệp", "Giới thiệu các mô", "Mời nhà khoa học,"],
    ]
    assert count_tasks(session, [confirmed.plan]) == {confirmed.plan.id: 11}
    assert "Tổ chức đội lưu động." in {duty.text for duty in duties_of(session, confirmed.plan)}


def test_the_history_says_what_changed(confirmed: Confirmed) -> None:
    version = confirmed.accept(newer_text())
    counts = recorded_counts(version.changes)
    assert counts[Change.ADDED] == counts[Change.REMOVED] == 1
    words = {one.text: one for one in recorded(version.changes)}
    reworded = next(one for text, one in words.items() if text.startswith("Tổ chức chuỗi"))
    assert reworded.main is not None
    assert "ít nhất một tọa đàm" in reworded.main.before
    assert "ít nhất hai tọa đàm" in reworded.main.after
    moved = next(one for text, one in words.items() if text.startswith("Mời nhà khoa học"))
    assert (moved.change, moved.is_moved) == (Change.MOVED, True)
    assert [one.number for one in list_versions(confirmed.session, confirmed.plan)] == [2, 1]


def test_one_entry_in_the_audit_and_the_texts_linked(confirmed: Confirmed) -> None:
    session = confirmed.session
    first = confirmed.plan.document
    issued = newer_text().replace(
        "Số:        /KH-UBND Sông Trà, ngày      tháng 9 năm 2025",
        "Số: 31/KH-UBND Sông Trà, ngày 5 tháng 3 năm 2026",
    )
    version = confirmed.accept(issued)
    assert confirmed.plan.document.number == "31/KH-UBND"
    assert confirmed.plan.document_id == version.document_id != first.id
    assert (LinkKind.REPLACES, first.id) in {
        (one.kind, one.document.id) for one in links_from(session, confirmed.plan.document)
    }
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "plan.amend")).all()
    assert len(entries) == 1


def test_the_same_text_again_changes_nothing(confirmed: Confirmed) -> None:
    confirmed.accept(newer_text())
    texts = confirmed.texts()
    version = confirmed.accept(newer_text() + "\n")
    assert recorded(version.changes) == []
    assert confirmed.texts() == texts
    assert {
        one.read_in for one in confirmed.session.scalars(select(Task).where(Task.retired_at.is_(None)))
    } == {3}


def test_what_was_corrected_by_hand_outlives_a_text_that_leaves_it(confirmed: Confirmed) -> None:
    leads = select(TaskUnit.printed).where(
        TaskUnit.group_id.is_not(None), TaskUnit.printed.contains("Khoa học")
    )
    before = len(confirmed.session.scalars(leads).all())
    confirmed.accept(newer_text().replace("Sở Công Thương", "Sở Tài chính"))
    assert len(confirmed.session.scalars(leads).all()) == before
    assert confirmed.session.scalar(select(TaskUnit.id).where(TaskUnit.printed == "Sở Tài chính")) is None


def test_a_conflict_is_decided_by_the_officer(confirmed: Confirmed) -> None:
    confirmed.accept(newer_text(), OURS)
    printed = set(confirmed.session.scalars(select(TaskUnit.printed)))
    assert "Sở Công Thương" not in printed
    confirmed.accept(newer_text() + "\n", OURS)
    assert "Sở Công Thương" not in set(confirmed.session.scalars(select(TaskUnit.printed))), (
        "it holds from now on"
    )


def test_an_undecided_conflict_is_refused(confirmed: Confirmed) -> None:
    upload, newer = confirmed.hand_in(newer_text()), confirmed.newer(newer_text())
    wanted = Acceptance(Decisions(), upload.version, confirmed.plan.version)
    with pytest.raises(Invalid, match="1 chỗ"):
        accept_version(confirmed.session, upload, newer, wanted=wanted, actor=confirmed.actor, now=NOW)


def test_a_unit_that_stays_keeps_the_body_that_it_was_matched_to(session: Session) -> None:
    science = make_organisation(session, "Sở Khoa học và Công nghệ")
    confirmed = Confirmed.make(session)
    unit = session.scalars(select(TaskUnit).where(TaskUnit.organisation_id == science.id)).first()
    assert unit is not None
    confirmed.accept(newer_text(), OURS)
    session.expire_all()
    assert session.get_one(TaskUnit, unit.id).organisation_id == science.id


def test_work_of_every_kind_stands_after_its_tasks_are_removed_moved_and_changed(
    confirmed: Confirmed, engine: Engine
) -> None:
    """Campaign, series, target, placement, piece with approval, slot, publication, occasion: every row still there."""
    session = confirmed.session
    theme, outlet = make_theme(session), make_outlet(session)
    gone = confirmed.task("Mỗi nhà một người")
    tasks = (gone, confirmed.task("Mời nhà khoa học"), confirmed.task("Tổ chức chuỗi hoạt động"))
    campaign = make_campaign(session, themes=(theme,), tasks=tasks)
    series = make_series(session, theme, outlets=(outlet,), campaign=campaign)
    series.task_id = gone.id
    make_target(session, theme, outlet=outlet, campaign=campaign)
    item = make_item(
        session, stage=Stage.APPROVED, reviewer=make_person(session, Role.APPROVER), themes=(theme,)
    )
    make_placement(session, campaign, item, series=series)
    make_slot(session, item=item, channel=make_channel(session))
    make_match(session, make_publication(session, outlet=outlet), item=item)
    occasion = make_occasion(session, themes=(theme,), task_ids=(gone.id,), now=NOW)
    session.commit()
    before = contents(engine)
    confirmed.accept(newer_text())
    session.commit()
    after = contents(engine)
    assert {name for name in before if before[name] != after[name]} <= WRITTEN
    assert [task.id for task in flat(trace_of(session, campaign))].count(gone.id) == 1
    assert len(flat(trace_of(session, campaign))) == 3
    assert [task.id for task in tasks_of_occasion(session, occasion)] == [gone.id]
    work = standing_on(session, [gone.id])[gone.id]
    assert [(one.campaign.id, one.pieces, one.publications) for one in work.campaigns] == [
        (campaign.id, 1, 1)
    ]
    assert ([one.id for one in work.series], [one.id for one in work.occasions]) == (
        [series.id],
        [occasion.id],
    )
    assert session.get(CampaignTask, (campaign.id, gone.id)) is not None


def test_a_retired_task_is_offered_and_asked_of_nobody_any_more(session: Session) -> None:
    culture = make_organisation(session, "Sở Văn hóa, Thể thao và Du lịch")
    confirmed = Confirmed.make(session)
    gone, count = confirmed.task("Mỗi nhà một người"), count_own_work(session, [culture.id])
    confirmed.accept(newer_text())
    assert gone not in flat(plans_to_pick(session))
    assert gone in flat(plans_to_pick(session, held=[gone.id])), "where it is held it can still be ticked"
    assert tasks_of(session, [gone.id]) == []
    own = [one.task.id for plan in own_work(session, [culture.id]) for one in plan.tasks]
    assert gone.id not in own
    assert count_own_work(session, [culture.id]) == count - 1


def test_a_retired_group_keeps_its_retired_tasks(confirmed: Confirmed) -> None:
    text = newer_text()
    start, end = text.index("2. Truyền thông trong nhà trường"), text.index("3. Truyền thông trong cộng đồng")
    confirmed.accept(
        text[:start]
        + text[end:].replace("3. Truyền thông trong cộng đồng", "2. Truyền thông trong cộng đồng")
    )
    retired = confirmed.session.scalars(select(TaskGroup).where(TaskGroup.retired_in == 2)).one()
    left = confirmed.session.scalars(select(Task).where(Task.group_id == retired.id)).all()
    assert left
    assert all(one.retired_in == 2 for one in left)


def test_an_amending_document_changes_what_it_names_and_nothing_else(confirmed: Confirmed) -> None:
    session, before = (
        confirmed.session,
        {one.id: (one.text, one.read_in) for one in confirmed.session.scalars(select(Task))},
    )
    contest, first = confirmed.task("cuộc thi làm phim"), confirmed.plan.document_id
    source = confirmed.plan.source_sha256
    version = confirmed.accept(amending_text())
    assert version.kind is VersionKind.AMENDMENT
    assert confirmed.texts() == [
        ["Mở và duy trì", "Biên soạn tờ gấp,"],
        [
            "Đưa nội dung Nghị",
            "Tổ chức cuộc thi",
            "Lồng ghép thông tin",
            "Mời nhà khoa học,",
            "Khen thưởng kịp thời",
            "Bổ sung tủ sách",
        ],
        ["Phối hợp với hiệp", "Giới thiệu các mô"],
    ]
    assert (contest.read_in, contest.retired_at) == (2, None)
    assert "cuộc thi viết" in contest.text
    changed = {
        one.id
        for one in session.scalars(select(Task))
        if one.id in before and (one.text, one.read_in) != before[one.id]
    }
    assert changed == {contest.id}
    culture = [one.text for one in duties_of(session, confirmed.plan) if one.block_ordinal == "2"]
    assert culture == [
        "Hướng dẫn các cơ quan báo chí, hệ thống thông tin cơ sở mở chuyên mục, chuyên trang, chuyên đề."
    ]
    assert (confirmed.plan.document_id, confirmed.plan.source_sha256) == (first, source)
    assert (LinkKind.AMENDS, first) in {
        (one.kind, one.document.id) for one in links_from(session, version.document)
    }


def test_after_an_amendment_a_whole_text_is_compared_with_all_of_it(confirmed: Confirmed) -> None:
    confirmed.accept(amending_text())
    version = confirmed.accept(newer_text())
    assert version.number == 3
    assert confirmed.task("tủ sách").retired_in == 3


def test_units_of_an_amended_plan_still_name_their_lines(confirmed: Confirmed) -> None:
    before = confirmed.plan.trace["task_groups.1.lead.0"]
    confirmed.accept(amending_text())
    assert confirmed.plan.trace["task_groups.1.lead.0"] == before


def test_a_version_that_has_passed_is_refused(confirmed: Confirmed) -> None:
    upload, newer = confirmed.hand_in(newer_text()), confirmed.newer(newer_text())
    decided = confirmed.decided(newer)
    for seen_upload, seen_plan in (
        (upload.version + 1, confirmed.plan.version),
        (upload.version, confirmed.plan.version + 1),
    ):
        with pytest.raises(Stale):
            accept_version(
                confirmed.session,
                upload,
                newer,
                wanted=Acceptance(decided, seen_upload, seen_plan),
                actor=confirmed.actor,
                now=NOW,
            )


def test_what_is_accepted_or_archived_or_for_no_plan_is_refused(confirmed: Confirmed) -> None:
    session, actor, newer = confirmed.session, confirmed.actor, confirmed.newer(newer_text())
    loose = make_upload(session, text="văn bản khác")
    with pytest.raises(Refused, match="chưa được chọn"):
        accept_version(session, loose, newer, wanted=Acceptance(Decisions(), 1, 1), actor=actor, now=NOW)
    upload = confirmed.hand_in(newer_text())
    wanted = Acceptance(confirmed.decided(newer), upload.version, confirmed.plan.version)
    accept_version(session, upload, newer, wanted=wanted, actor=actor, now=NOW)
    with pytest.raises(Refused, match="đã được xác nhận"):
        accept_version(session, upload, newer, wanted=wanted, actor=actor, now=NOW)
    archive_plan(session, confirmed.plan, seen=confirmed.plan.version, actor=actor, now=NOW)
    with pytest.raises(Refused, match="lưu trữ"):
        amend_with(session, loose, confirmed.plan, seen=loose.version, actor=actor, now=NOW)


def test_two_entries_cannot_be_the_same_old_one(confirmed: Confirmed) -> None:
    upload = confirmed.hand_in(newer_text())
    pairs = {"task_groups.0.items.0": 5, "task_groups.0.items.1": 5}
    with pytest.raises(Invalid, match="hai mục mới"):
        decide(
            confirmed.session, upload, Decisions(pairs), seen=upload.version, actor=confirmed.actor, now=NOW
        )


def test_what_was_decided_is_kept_with_the_text(confirmed: Confirmed) -> None:
    upload = confirmed.hand_in(newer_text())
    said = Decisions({"task_groups.0.items.0": 5, "duties.0.items.0": None}, {"group:3:lead": OURS})
    decide(confirmed.session, upload, said, seen=upload.version, actor=confirmed.actor, now=NOW)
    confirmed.session.expire_all()
    assert Decisions.of(upload) == said
    with pytest.raises(Stale):
        decide(
            confirmed.session, upload, Decisions(), seen=upload.version - 1, actor=confirmed.actor, now=NOW
        )


def _accept(
    session: Session, upload_id: int, newer: Newer, decided: Decisions, *, actor_id: int, seen: int
) -> None:
    """Accept the text as it was compared."""
    upload, actor = session.get_one(PlanUpload, upload_id), session.get_one(Person, actor_id)
    wanted = Acceptance(decided, upload.version, seen)
    accept_version(session, upload, newer, wanted=wanted, actor=actor, now=NOW)


def test_a_fault_in_the_middle_leaves_the_plan_as_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(engine) as session:
        confirmed = Confirmed.make(session)
        upload_id, actor_id = confirmed.hand_in(newer_text()).id, confirmed.actor.id
        newer = confirmed.newer(newer_text())
        decided, seen = confirmed.decided(newer), confirmed.plan.version
    before = contents(engine)

    def break_down(*_: object) -> None:
        message = "the power went out"
        raise RuntimeError(message)

    monkeypatch.setattr(services, "add_version", break_down)
    with pytest.raises(RuntimeError), transaction(engine) as session:
        _accept(session, upload_id, newer, decided, actor_id=actor_id, seen=seen)
    assert contents(engine) == before


def test_of_two_people_at_the_same_moment_one_accepts_and_the_other_is_told(engine: Engine) -> None:
    texts = (newer_text(), newer_text() + "\n")
    with transaction(engine) as session:
        confirmed = Confirmed.make(session)
        newers = [confirmed.newer(text) for text in texts]
        uploads = [confirmed.hand_in(text).id for text in texts]
        decided = confirmed.decided(newers[0])
        actors = [make_person(session, Role.COORDINATOR).id for _ in range(2)]
        seen = confirmed.plan.version
    gate = Barrier(2)

    def accept(place: int) -> str:
        gate.wait(10)
        try:
            with transaction(engine) as session:
                _accept(session, uploads[place], newers[place], decided, actor_id=actors[place], seen=seen)
        except Stale:
            return "told"
        return "accepted"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(accept, range(2))) == ["accepted", "told"]
    with Session(engine) as session:
        assert session.scalars(select(Plan.latest)).one() == 2
        assert (
            session.scalar(select(func.count()).select_from(TaskGroup).where(TaskGroup.retired_at.is_(None)))
            == 3
        )
