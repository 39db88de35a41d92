"""What people do to slots: allowed from some states, refused in words from the others, versioned and audited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.models import Person
from app.db import make_engine
from app.errors import Invalid, Refused, Stale
from app.migrations import schema
from content.items.models import ItemType, Stage, Variant
from content.items.queries import approved_revision
from content.slots import services
from content.slots.late import is_too_late
from content.slots.models import IS_CLAIMABLE, IS_TROUBLED, IS_UNRECORDED, Slot, SlotState
from content.slots.queries import (
    count_overdue,
    count_troubled,
    next_due_at,
    overdue_slots,
    slots_of_item,
    troubled_slots,
)
from content.slots.why import why_not_out
from tests.conftest import NOW
from tests.factories import (
    approve,
    make_channel,
    make_item,
    make_organisation,
    make_person,
    make_revision,
    make_slot,
)

LATER = NOW + timedelta(days=2)


@pytest.fixture
def person(session: Session) -> Person:
    return make_person(session)


def test_a_booked_slot_keeps_text_moment_day_and_key(session: Session, person: Person) -> None:
    item, channel = make_item(session, stage=Stage.APPROVED), make_channel(session)
    late_evening = datetime.fromisoformat("2026-05-17T23:30:00+00:00")  # 06:30 of the next day in Vietnam
    slot = services.book_slot(session, item, channel=channel, due_at=late_evening, actor=person, now=NOW)
    revision = approved_revision(session, item)
    assert revision is not None
    assert (slot.revision_id, slot.revision_sha256) == (revision.id, revision.sha256)
    assert (slot.due_at, slot.not_before, slot.due_on.isoformat()) == (
        late_evening,
        late_evening,
        "2026-05-18",
    )
    assert (slot.state, slot.run_no, slot.idem_key) == (SlotState.SCHEDULED, 1, services.idem_key(slot))
    assert slot.variant.item_id == item.id
    assert [entry.action for entry in audit.history_of(session, slot)] == ["slot.book"]


def test_a_second_booking_takes_the_same_variant(session: Session, person: Person) -> None:
    item, channel = make_item(session, stage=Stage.APPROVED), make_channel(session)
    for days in (1, 2):
        services.book_slot(
            session, item, channel=channel, due_at=NOW + timedelta(days=days), actor=person, now=NOW
        )
    assert len(session.scalars(select(Variant).where(Variant.item_id == item.id)).all()) == 1
    assert len(slots_of_item(session, item.id)) == 2


@pytest.mark.parametrize(
    "stage", [Stage.DRAFTING, Stage.IN_REVIEW, Stage.WITHDRAWN, Stage.ARCHIVED, Stage.IDEA]
)
def test_only_an_approved_piece_is_booked(session: Session, person: Person, stage: Stage) -> None:
    item = make_item(session, stage=stage)
    with pytest.raises(Refused, match="chưa được duyệt"):
        services.book_slot(session, item, channel=make_channel(session), due_at=LATER, actor=person, now=NOW)


def test_an_approval_of_an_older_text_books_nothing(session: Session, person: Person) -> None:
    item = make_item(session, stage=Stage.APPROVED)
    make_revision(session, item, body="Sửa sau khi duyệt.")
    with pytest.raises(Refused, match="chưa được duyệt"):
        services.book_slot(session, item, channel=make_channel(session), due_at=LATER, actor=person, now=NOW)


def test_the_same_moment_on_the_same_channel_is_refused_until_it_is_cancelled(
    session: Session, person: Person
) -> None:
    item, channel = make_item(session, stage=Stage.APPROVED), make_channel(session)
    first = services.book_slot(session, item, channel=channel, due_at=LATER, actor=person, now=NOW)
    with pytest.raises(Refused, match="đúng giờ đó"):
        services.book_slot(session, item, channel=channel, due_at=LATER, actor=person, now=NOW)
    services.cancel_slot(session, first, seen=first.version, actor=person, now=NOW)
    services.book_slot(session, item, channel=channel, due_at=LATER, actor=person, now=NOW)


def test_a_moment_a_little_past_is_taken_and_an_older_one_refused(session: Session, person: Person) -> None:
    item, channel = make_item(session, stage=Stage.APPROVED), make_channel(session)
    just = NOW - timedelta(minutes=5)
    services.book_slot(session, item, channel=channel, due_at=just, actor=person, now=NOW)
    with pytest.raises(Invalid, match="đã qua"):
        services.book_slot(
            session, item, channel=channel, due_at=just - timedelta(seconds=1), actor=person, now=NOW
        )


def test_a_channel_that_is_off_takes_no_booking(session: Session, person: Person) -> None:
    channel = make_channel(session)
    channel.is_active = False
    with pytest.raises(Refused, match="đang tắt"):
        services.book_slot(
            session,
            make_item(session, stage=Stage.APPROVED),
            channel=channel,
            due_at=LATER,
            actor=person,
            now=NOW,
        )


Act = Callable[[Session, Slot, int, Person], None]
WAITING = {SlotState.SCHEDULED, SlotState.RETRY_WAIT}
ACTIONS: dict[str, tuple[Act, set[SlotState], SlotState]] = {
    "hold": (
        lambda s, slot, seen, who: services.hold_slot(s, slot, reason="Chờ", seen=seen, actor=who, now=NOW),
        WAITING,
        SlotState.ON_HOLD,
    ),
    "release": (
        lambda s, slot, seen, who: services.release_slot(s, slot, seen=seen, actor=who, now=NOW),
        {SlotState.ON_HOLD},
        SlotState.SCHEDULED,
    ),
    "cancel": (
        lambda s, slot, seen, who: services.cancel_slot(s, slot, seen=seen, actor=who, now=NOW),
        WAITING | {SlotState.ON_HOLD, SlotState.FAILED, SlotState.MISSED},
        SlotState.CANCELLED,
    ),
    "retry": (
        lambda s, slot, seen, who: services.retry_slot(s, slot, seen=seen, actor=who, now=NOW),
        {SlotState.FAILED, SlotState.MISSED},
        SlotState.SCHEDULED,
    ),
    "is_there": (
        lambda s, slot, seen, who: services.confirm_sent(
            s, slot, address="https://a.vn/b", seen=seen, actor=who, now=NOW
        ),
        {SlotState.UNCONFIRMED},
        SlotState.PUBLISHED,
    ),
    "is_not": (
        lambda s, slot, seen, who: services.confirm_not_sent(s, slot, seen=seen, actor=who, now=NOW),
        {SlotState.UNCONFIRMED},
        SlotState.SCHEDULED,
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_is_taken_from_its_states_only_and_on_what_was_seen(
    session: Session, person: Person, name: str
) -> None:
    act, allowed, after = ACTIONS[name]
    for state in SlotState:
        slot = make_slot(session, state=state)
        if state not in allowed:
            with pytest.raises(Refused, match=r"lịch này [đcklt]"):
                act(session, slot, slot.version, person)
            assert slot.state is state
            continue
        with pytest.raises(Stale):
            act(session, slot, slot.version + 1, person)
        act(session, slot, slot.version, person)
        assert slot.state is after
        assert len(audit.history_of(session, slot)) == 1


def test_a_new_run_has_a_new_key_and_is_due_now(session: Session, person: Person) -> None:
    slot = make_slot(session, state=SlotState.FAILED)
    slot.attempts, slot.error_sentence, key = 8, "Hỏng", slot.idem_key
    services.retry_slot(session, slot, seen=slot.version, actor=person, now=LATER)
    assert (slot.run_no, slot.attempts, bool(slot.error_sentence)) == (2, 0, False)
    assert slot.idem_key not in {key, ""}
    assert (slot.due_at, slot.not_before, slot.due_on) == (LATER, LATER, clock.local_day(LATER))


def test_a_moved_slot_waits_for_its_new_moment(session: Session, person: Person) -> None:
    slot = make_slot(session, state=SlotState.RETRY_WAIT)
    services.move_slot(session, slot, due_at=LATER, seen=slot.version, actor=person, now=NOW)
    assert (slot.state, slot.due_at, slot.not_before) == (SlotState.SCHEDULED, LATER, LATER)


def test_a_held_slot_that_is_moved_stays_held(session: Session, person: Person) -> None:
    slot = make_slot(session, state=SlotState.ON_HOLD)
    services.move_slot(session, slot, due_at=LATER, seen=slot.version, actor=person, now=NOW)
    assert (slot.state, slot.due_at) == (SlotState.ON_HOLD, LATER)


@pytest.mark.parametrize("state", sorted(set(SlotState) - WAITING - {SlotState.ON_HOLD}))
def test_what_does_not_wait_is_not_moved(session: Session, person: Person, state: SlotState) -> None:
    slot = make_slot(session, state=state)
    with pytest.raises(Refused, match="Không đổi giờ được"):
        services.move_slot(session, slot, due_at=LATER, seen=slot.version, actor=person, now=NOW)


def test_a_slot_is_not_moved_onto_another_of_the_same_piece(session: Session, person: Person) -> None:
    item, channel = make_item(session, stage=Stage.APPROVED), make_channel(session)
    make_slot(session, item=item, channel=channel, due_at=LATER)
    slot = make_slot(session, item=item, channel=channel)
    with pytest.raises(Refused, match="đúng giờ đó"):
        services.move_slot(session, slot, due_at=LATER, seen=slot.version, actor=person, now=NOW)


def test_a_released_slot_takes_the_text_that_was_approved_since(session: Session, person: Person) -> None:
    item = make_item(session, stage=Stage.APPROVED)
    slot = make_slot(session, item=item, state=SlotState.ON_HOLD)
    newest = make_revision(session, item, body="Bản mới.")
    with pytest.raises(Refused, match="chưa được duyệt"):
        services.release_slot(session, slot, seen=slot.version, actor=person, now=NOW)
    approve(session, newest)
    services.release_slot(session, slot, seen=slot.version, actor=person, now=NOW)
    assert (slot.revision_id, slot.revision_sha256) == (newest.id, newest.sha256)
    assert slot.idem_key == services.idem_key(slot)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "vidu.vn/bai",
        "ftp://vidu.vn/bai",
        "javascript:alert(1)",
        "http://",
        "https://a b.vn",
        "http://[",
        "https://a.vn/" + "x" * 500,
    ],
)
def test_what_is_no_address_confirms_nothing(session: Session, person: Person, address: str) -> None:
    slot = make_slot(session, state=SlotState.UNCONFIRMED)
    with pytest.raises(Invalid):
        services.confirm_sent(session, slot, address=address, seen=slot.version, actor=person, now=NOW)
    assert slot.state is SlotState.UNCONFIRMED


def test_no_slot_is_held_without_a_reason(session: Session, person: Person) -> None:
    slot = make_slot(session)
    with pytest.raises(Invalid, match="lý do"):
        services.hold_slot(session, slot, reason="  ", seen=slot.version, actor=person, now=NOW)


@pytest.mark.parametrize(
    ("kind", "minutes", "late"),
    [
        (ItemType.LOUDSPEAKER_BULLETIN, 15, False),
        (ItemType.LOUDSPEAKER_BULLETIN, 16, True),
        (ItemType.SOCIAL_POST, 60, False),
        (ItemType.SOCIAL_POST, 61, True),
        *(
            (kind, 100_000, False)
            for kind in ItemType
            if kind not in {ItemType.LOUDSPEAKER_BULLETIN, ItemType.SOCIAL_POST}
        ),
    ],
)
def test_what_may_still_go_out_late(kind: ItemType, minutes: int, late: bool) -> None:
    assert is_too_late(kind, NOW, NOW + timedelta(minutes=minutes)) is late


def test_every_state_that_is_not_out_says_why(session: Session) -> None:
    for state in SlotState:
        slot = make_slot(session, state=state, due_at=NOW - timedelta(hours=1))
        why = why_not_out(slot, NOW)
        if state in {SlotState.PUBLISHED, SlotState.CANCELLED}:
            assert why is None
        else:
            assert why is not None
            assert why.sentence.endswith(".")


def test_what_lies_ahead_needs_no_reason(session: Session) -> None:
    assert why_not_out(make_slot(session, due_at=LATER), NOW) is None


def test_lists_and_moments(session: Session) -> None:
    ours, theirs = make_organisation(session), make_organisation(session)
    for organisation in (ours, theirs):
        item = make_item(session, stage=Stage.APPROVED, organisation=organisation)
        make_slot(session, item=item, due_at=NOW - timedelta(minutes=3))
        make_slot(session, item=item, due_at=LATER)
        make_slot(session, item=item, due_at=NOW, state=SlotState.FAILED)
        make_slot(session, item=item, due_at=LATER, state=SlotState.FAILED)
        make_slot(session, item=item, state=SlotState.PUBLISHED)
    assert len(overdue_slots(session, NOW)) == count_overdue(session, NOW) == 2
    assert next_due_at(session) == NOW - timedelta(minutes=3)
    assert count_troubled(session)[SlotState.FAILED] == 4
    failed = (SlotState.FAILED, SlotState.MISSED)
    page = troubled_slots(session, failed, organisation_ids={ours.id}, size=1)
    assert [slot.due_at for slot in page.rows] == [LATER]
    following = troubled_slots(session, failed, organisation_ids={ours.id}, cursor=page.following)
    assert [slot.due_at for slot in following.rows] == [NOW]
    assert len(troubled_slots(session, failed).rows) == 4
    assert troubled_slots(session, failed, organisation_ids=set()).rows == []
    assert troubled_slots(session, (SlotState.MISSED,)).rows == []


@pytest.mark.parametrize(
    ("condition", "order", "index"),
    [
        (IS_CLAIMABLE, (Slot.not_before, Slot.id), "ix_slot_claim"),
        (IS_TROUBLED, (Slot.due_at, Slot.id), "ix_slot_trouble"),
        (IS_UNRECORDED, (Slot.id,), "ix_slot_unrecorded"),
    ],
)
def test_ticks_walk_a_small_index_in_order(
    tmp_path: Path, condition: Any, order: tuple[Any, ...], index: str
) -> None:
    """On SQLite, which takes a partial index only when it can read its condition in the statement."""
    engine = make_engine(f"sqlite:///{tmp_path / 'plan.sqlite3'}")
    schema.upgrade(engine)
    asked = select(Slot.id).where(condition).order_by(*order)
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked.compile(engine)}").all()
    engine.dispose()
    assert [index in str(step) for step in plan] == [True]
