"""What happens to a piece: its texts, its moves, and what an approval holds for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import AuditEntry
from app.db import transaction
from app.errors import Forbidden, Invalid, Missing, Refused, Stale
from app.organisations.models import Organisation
from content.items.hashing import fingerprint
from content.items.models import Approval, Decision, Item, ItemType, Revision, Stage
from content.items.queries import approval_of, approved_revision, theme_ids_of
from content.items.review.services import (
    approve_item,
    archive_item,
    restore_item,
    return_item,
    submit_item,
    take_back_item,
    withdraw_item,
)
from content.items.services import (
    ItemChange,
    ItemInput,
    RevisionInput,
    change_item,
    draft_item,
    replan_item,
    save_revision,
)
from tests.conftest import NOW
from tests.factories import make_asset, make_item, make_organisation, make_person, make_theme

TEXT = RevisionInput("Về làng", "Tóm tắt.", "Bà con học **VNeID**.")


class Desk:
    """A unit with a writer and an approver, and the services called as they would."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.unit: Organisation = make_organisation(session)
        self.writer: Person = make_person(session, Role.OFFICER, organisation=self.unit)
        self.approver: Person = make_person(session, Role.APPROVER, organisation=self.unit)

    def idea(self, **given: Any) -> Item:
        wanted = ItemInput(ItemType.ARTICLE, "Ý tưởng", self.unit.id, **given)
        return draft_item(self.session, wanted, actor=self.writer, now=NOW)

    def save(
        self, item: Item, text: RevisionInput = TEXT, *, actor: Person | None = None, seen: int | None = None
    ) -> Revision:
        seen = item.version if seen is None else seen
        return save_revision(self.session, item, text, seen=seen, actor=actor or self.writer, now=NOW)

    def submit(self, item: Item, *, reviewer: Person | None = None) -> None:
        reviewer = reviewer or self.approver
        submit_item(self.session, item, reviewer=reviewer, seen=item.version, actor=self.writer, now=NOW)

    def sent(self) -> tuple[Item, Revision]:
        item = self.idea()
        revision = self.save(item)
        self.submit(item)
        return item, revision

    def approved(self) -> tuple[Item, Revision]:
        item, revision = self.sent()
        approve_item(self.session, item, sha256=revision.sha256, actor=self.approver, now=NOW)
        return item, revision


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def _deeds(session: Session) -> list[str]:
    return list(
        session.scalars(
            select(AuditEntry.action).where(AuditEntry.subject_type == "item").order_by(AuditEntry.id)
        )
    )


def test_the_first_text_turns_an_idea_into_a_draft(session: Session, desk: Desk) -> None:
    item = desk.idea()
    revision = desk.save(item)
    assert (item.stage, item.revision_no, item.title) == (Stage.DRAFTING, 1, "Về làng")
    assert revision.html == "<p>Bà con học <strong>VNeID</strong>.</p>"
    assert _deeds(session) == ["item.draft", "item.save"]


def test_the_same_text_makes_no_new_revision(session: Session, desk: Desk) -> None:
    item = desk.idea()
    first = desk.save(item)
    title, summary, body = (
        unicodedata.normalize("NFD", part) for part in (TEXT.title, TEXT.summary, TEXT.body)
    )
    decomposed = RevisionInput(title, summary, body)
    assert desk.save(item, decomposed, seen=1).id == first.id
    assert session.scalar(select(func.count()).select_from(Revision)) == 1
    assert _deeds(session) == ["item.draft", "item.save"]


def test_a_name_of_its_own_survives_a_new_title(desk: Desk, session: Session) -> None:
    item = desk.idea()
    desk.save(item)
    wanted = ItemChange(ItemType.ARTICLE, "Bài số 3 của chuyên mục")
    change_item(session, item, wanted, seen=item.version, actor=desk.writer, now=NOW)
    desk.save(item, RevisionInput("Tiêu đề mới", "", "Chữ."))
    assert (item.title, item.title_folded) == ("Bài số 3 của chuyên mục", "bai so 3 cua chuyen muc")


def test_an_approval_holds_for_exactly_the_text_that_was_seen(desk: Desk, session: Session) -> None:
    item, revision = desk.approved()
    approval = approval_of(session, item)
    assert approval is not None
    assert (item.stage, approval.sha256) == (Stage.APPROVED, revision.sha256)
    assert approved_revision(session, item) is revision
    desk.save(item)  # the same text again
    assert approved_revision(session, item) is revision
    desk.save(item, RevisionInput(TEXT.title, TEXT.summary, TEXT.body + " Sửa."))
    assert item.stage is Stage.DRAFTING
    assert approved_revision(session, item) is None


def test_going_back_to_an_approved_wording_needs_a_new_approval(desk: Desk, session: Session) -> None:
    item, _ = desk.approved()
    desk.save(item, RevisionInput("Khác", "", "Khác."))
    again = desk.save(item)
    assert again.number == 3
    assert approved_revision(session, item) is None


def test_approving_another_text_than_the_present_one_is_refused(desk: Desk, session: Session) -> None:
    item, _ = desk.sent()
    with pytest.raises(Stale, match="đọc bản hiện tại"):
        approve_item(session, item, sha256="0" * 64, actor=desk.approver, now=NOW)
    take_back_item(session, item, seen=item.version, actor=desk.writer, now=NOW)
    newer = desk.save(item, RevisionInput("Mới", "", "Mới."))
    desk.submit(item)
    with pytest.raises(Stale):
        approve_item(session, item, sha256=fingerprint("Về làng", "", "", None), actor=desk.approver, now=NOW)
    assert session.scalar(select(func.count()).select_from(Approval)) == 0
    approve_item(session, item, sha256=newer.sha256, actor=desk.approver, now=NOW)


def test_nobody_approves_a_text_of_their_own(desk: Desk, session: Session) -> None:
    coordinator = make_person(session, Role.COORDINATOR)
    item, revision = desk.sent()
    with pytest.raises(Forbidden):
        approve_item(session, item, sha256=revision.sha256, actor=coordinator, now=NOW)
    both = make_person(session, Role.APPROVER, organisation=desk.unit)
    revision.author_id = both.id
    session.flush()
    with pytest.raises(Forbidden, match="không thể tự duyệt"):
        approve_item(session, item, sha256=revision.sha256, actor=both, now=NOW)


def test_it_may_be_sent_to_an_approver_of_another_unit_who_alone_of_them_may_decide(
    desk: Desk, session: Session
) -> None:
    near, far = make_person(session, Role.APPROVER), make_person(session, Role.APPROVER)
    item = desk.idea()
    revision = desk.save(item)
    desk.submit(item, reviewer=near)
    with pytest.raises(Forbidden):
        approve_item(session, item, sha256=revision.sha256, actor=far, now=NOW)
    made = approve_item(session, item, sha256=revision.sha256, actor=near, now=NOW)
    assert (made.decision, made.decided_by_id) == (Decision.APPROVED, near.id)


def test_an_approver_whose_days_are_over_is_not_asked_and_may_not_decide(
    desk: Desk, session: Session
) -> None:
    past = make_person(session, Role.APPROVER, organisation=desk.unit, ends_on=date(2026, 5, 3))
    item = desk.idea()
    revision = desk.save(item)
    with pytest.raises(Invalid, match="không có quyền duyệt"):
        desk.submit(item, reviewer=past)
    desk.submit(item)
    with pytest.raises(Forbidden):
        approve_item(session, item, sha256=revision.sha256, actor=past, now=NOW)
    approve_item(session, item, sha256=revision.sha256, actor=desk.approver, now=NOW + timedelta(days=1))


def test_the_writer_of_a_text_is_not_asked_to_approve_it(desk: Desk) -> None:
    item = desk.idea()
    desk.save(item)
    with pytest.raises(Invalid, match="không có quyền duyệt"):
        desk.submit(item, reviewer=desk.writer)


def test_a_piece_without_text_is_not_sent(desk: Desk, session: Session) -> None:
    item = desk.idea()
    with pytest.raises(Refused, match="đang soạn thảo"):
        desk.submit(item)
    desk.save(item, RevisionInput("Tên", "", "---"))
    with pytest.raises(Refused, match="chưa có nội dung"):
        desk.submit(item)


def test_a_picture_without_words_is_not_sent(desk: Desk, session: Session) -> None:
    asset = make_asset(session, alt_text="")
    item = desk.idea()
    desk.save(item, RevisionInput("Tên", "", "Chữ.", asset.id))
    with pytest.raises(Refused, match="lời thay ảnh"):
        desk.submit(item)


def test_other_words_for_the_picture_are_another_text(desk: Desk, session: Session) -> None:
    one, two = make_asset(session, alt_text="Một"), make_asset(session, alt_text="Hai")
    hashes = {fingerprint("T", "S", "B", asset) for asset in (None, one, two)}
    assert len(hashes) == 3
    assert fingerprint("T", "S", "B", one) == fingerprint("T", "S", "B", one)
    assert fingerprint("TS", "", "B", None) != fingerprint("T", "S", "B", None)


def test_in_review_nobody_edits_until_it_is_taken_back_or_returned(desk: Desk, session: Session) -> None:
    item, revision = desk.sent()
    with pytest.raises(Refused):
        desk.save(item, RevisionInput("Lén sửa", "", "Lén."))
    take_back_item(session, item, seen=item.version, actor=desk.writer, now=NOW)
    desk.save(item, RevisionInput("Sửa", "", "Sửa."))
    desk.submit(item)
    with pytest.raises(Stale):
        return_item(session, item, sha256=revision.sha256, reason="Sai số", actor=desk.approver, now=NOW)


def test_returning_needs_a_reason_and_gives_the_piece_back(desk: Desk, session: Session) -> None:
    item, revision = desk.sent()
    with pytest.raises(Invalid, match="lý do"):
        return_item(session, item, sha256=revision.sha256, reason=" ", actor=desk.approver, now=NOW)
    assert item.stage is Stage.IN_REVIEW
    made = return_item(
        session, item, sha256=revision.sha256, reason="Sai số liệu", actor=desk.approver, now=NOW
    )
    assert (item.stage, made.decision, made.reason) == (Stage.DRAFTING, Decision.RETURNED, "Sai số liệu")
    with pytest.raises(Refused, match="không còn chờ duyệt"):
        approve_item(session, item, sha256=revision.sha256, actor=desk.approver, now=NOW)


def test_withdrawn_archived_and_restored(desk: Desk, session: Session) -> None:
    item, _ = desk.approved()
    with pytest.raises(Invalid, match="lý do"):
        withdraw_item(session, item, reason="", seen=item.version, actor=desk.writer, now=NOW)
    withdraw_item(session, item, reason="Sai tên", seen=item.version, actor=desk.approver, now=NOW)
    assert (item.stage, approved_revision(session, item)) == (Stage.WITHDRAWN, None)
    archive_item(session, item, seen=item.version, actor=desk.writer, now=NOW)
    restore_item(session, item, seen=item.version, actor=desk.writer, now=NOW)
    assert (item.stage, approved_revision(session, item)) == (Stage.DRAFTING, None)
    assert _deeds(session)[-3:] == ["item.withdraw", "item.archive", "item.restore"]


def test_a_returned_text_is_not_approved_by_an_older_word(desk: Desk, session: Session) -> None:
    item, revision = desk.approved()
    withdraw_item(session, item, reason="Xem lại", seen=item.version, actor=desk.writer, now=NOW)
    restore_item(session, item, seen=item.version, actor=desk.writer, now=NOW)
    desk.submit(item)
    return_item(session, item, sha256=revision.sha256, reason="Chưa được", actor=desk.approver, now=NOW)
    item.stage = Stage.APPROVED  # as if a row had been changed by hand
    session.flush()
    assert approved_revision(session, item) is None


def test_every_write_names_the_version_it_saw(desk: Desk, session: Session) -> None:
    item, _ = desk.approved()
    old = item.version - 1
    given: dict[str, Any] = {"seen": old, "actor": desk.writer, "now": NOW}
    with pytest.raises(Stale):
        save_revision(session, item, RevisionInput("X", "", "X"), **given)
    with pytest.raises(Stale):
        change_item(session, item, ItemChange(ItemType.LEAFLET, "X"), **given)
    with pytest.raises(Stale):
        replan_item(session, item, planned_on=None, **given)
    with pytest.raises(Stale):
        withdraw_item(session, item, reason="vì", **given)
    with pytest.raises(Stale):
        archive_item(session, item, **given)


def test_people_of_another_unit_write_nothing(desk: Desk, session: Session) -> None:
    item, _ = desk.approved()
    deeds: list[Callable[..., object]] = [
        partial(save_revision, text=RevisionInput("X", "", "X")),
        partial(change_item, wanted=ItemChange(ItemType.LEAFLET, "X")),
        partial(replan_item, planned_on=None),
        partial(withdraw_item, reason="vì"),
        archive_item,
    ]
    for role in (Role.OFFICER, Role.APPROVER, Role.MANAGER, Role.ADMINISTRATOR):
        actor = make_person(session, role)
        for deed in deeds:
            with pytest.raises(Forbidden):
                deed(session, item, seen=item.version, actor=actor, now=NOW)


def test_the_coordinator_writes_for_every_unit(desk: Desk, session: Session) -> None:
    coordinator = make_person(session, Role.COORDINATOR)
    item = desk.idea()
    desk.save(item, actor=coordinator)
    assert item.stage is Stage.DRAFTING


def test_details_and_day_change_without_touching_the_approval(desk: Desk, session: Session) -> None:
    item, revision = desk.approved()
    themes = [make_theme(session), make_theme(session)]
    before = item.version
    wanted = ItemChange(ItemType.LEAFLET, "Tờ gấp", "Viết ngắn", tuple(theme.id for theme in themes))
    change_item(session, item, wanted, seen=before, actor=desk.writer, now=NOW)
    assert item.version == before + 1
    change_item(
        session, item, ItemChange(ItemType.LEAFLET, "Tờ gấp", "Viết ngắn", (themes[1].id,)),
        seen=item.version, actor=desk.writer, now=NOW,
    )  # fmt: skip
    assert item.version == before + 2
    replan_item(session, item, planned_on=date(2026, 6, 1), seen=item.version, actor=desk.writer, now=NOW)
    assert theme_ids_of(session, item.id) == [themes[1].id]
    assert approved_revision(session, item) is revision


@pytest.mark.parametrize("title", ["", "  ", "—!"])
def test_a_title_needs_a_letter(desk: Desk, title: str) -> None:
    item = desk.idea()
    with pytest.raises(Invalid):
        desk.save(item, RevisionInput(title, "", "Chữ."))


def test_a_text_that_markdown_cannot_take_changes_nothing(desk: Desk, session: Session) -> None:
    item = desk.idea()
    with pytest.raises(Invalid):
        desk.save(item, RevisionInput("T", "", "ế" * 60_000))
    with pytest.raises(Missing):
        desk.save(item, RevisionInput("T", "", "Chữ.", asset_id=999))
    assert (item.stage, item.revision_no) == (Stage.IDEA, 0)


def test_of_two_who_save_at_once_the_second_is_told(engine: Engine, session: Session) -> None:
    """Both have read the same row before either wrote; no version was looked at in between."""
    item = make_item(session)
    writer = session.get_one(Person, item.author_id)
    session.commit()
    slow = Session(engine, expire_on_commit=False)
    late = slow.get_one(Item, item.id)
    slow.commit()  # lets go of the lock, keeps what was read
    with transaction(engine) as fast:
        save_revision(fast, fast.get_one(Item, item.id), TEXT, seen=late.version, actor=writer, now=NOW)
    with pytest.raises(StaleDataError), slow:
        save_revision(slow, late, RevisionInput("Hai", "", "Hai."), seen=late.version, actor=writer, now=NOW)
    session.expire_all()
    assert session.get_one(Item, item.id).revision_no == 2
