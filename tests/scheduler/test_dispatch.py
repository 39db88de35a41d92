"""Claiming, the three phases, the reaper: on both databases, with moments handed in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.audit import AuditEntry, SystemActor
from app.db import transaction
from app.errors import Refused
from content.items.models import ItemType, Stage
from content.publications.models import Match, MatchDecision, Publication, PublicationStatus
from content.site.models import PublicPage
from content.slots.models import Slot, SlotState
from content.slots.services import confirm_not_sent
from scheduler.channels import site
from scheduler.channels.registry import CHANNELS
from scheduler.dispatch import check, deliver, ledger, reap
from scheduler.dispatch.claim import LEASE, Claim, claim
from scheduler.dispatch.models import Attempt, Outcome, Phase
from scheduler.dispatch.policy import LONGEST_WAIT, MOST_ATTEMPTS, wait_after
from scheduler.dispatch.wire import ChannelError, Package, Receipt, Wire
from tests.conftest import NOW
from tests.factories import (
    approve,
    make_channel,
    make_item,
    make_person,
    make_revision,
    make_slot,
    make_theme,
)

DUE = NOW + timedelta(hours=1)


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = DUE

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def hand(engine: Engine, watch: Watch) -> deliver.Hand:
    return deliver.Hand(Wire(engine, "https://loa.example.vn"), CHANNELS, watch)


def booked(session: Session, **options: object) -> int:
    slot = make_slot(session, **options)  # type: ignore[arg-type]
    session.commit()
    return slot.id


def taken(engine: Engine, *, now: datetime = DUE, owner: str = "a") -> Claim:
    found = claim(engine, owner=owner, now=now, limit=1)
    assert len(found) == 1
    return found[0]


def look(engine: Engine, slot_id: int) -> Slot:
    with Session(engine) as fresh:
        slot = fresh.get_one(Slot, slot_id)
        fresh.expunge_all()
        return slot


def pages(engine: Engine) -> int:
    with Session(engine) as fresh:
        return len(fresh.scalars(select(PublicPage)).unique().all())


def outcomes(engine: Engine, slot_id: int) -> list[tuple[Phase, Outcome | None]]:
    with Session(engine) as fresh:
        found = select(Attempt).where(Attempt.slot_id == slot_id).order_by(Attempt.id)
        return [(one.phase, one.outcome) for one in fresh.scalars(found)]


def test_a_due_slot_is_claimed_once(engine: Engine, session: Session) -> None:
    slot_id = booked(session)
    assert [one.slot_id for one in claim(engine, owner="a", now=DUE, limit=9)] == [slot_id]
    assert claim(engine, owner="b", now=DUE, limit=9) == []
    slot = look(engine, slot_id)
    assert (slot.state, slot.lease_owner, slot.lease_until) == (SlotState.LEASED, "a", DUE + LEASE)
    assert (slot.lease_token, slot.attempts, slot.version) == (1, 1, 2)


def test_a_slot_is_not_claimed_before_its_moment(engine: Engine, session: Session) -> None:
    booked(session)
    assert claim(engine, owner="a", now=DUE - timedelta(seconds=1), limit=9) == []


@pytest.mark.parametrize("state", sorted(set(SlotState) - {SlotState.SCHEDULED, SlotState.RETRY_WAIT}))
def test_only_what_waits_is_claimed(engine: Engine, session: Session, state: SlotState) -> None:
    booked(session, state=state)
    assert claim(engine, owner="a", now=DUE, limit=9) == []


def test_the_longest_waiting_is_claimed_first(engine: Engine, session: Session) -> None:
    later = booked(session, due_at=DUE)
    first = booked(session, due_at=NOW)
    assert taken(engine).slot_id == first
    assert taken(engine).slot_id == later


def test_a_slot_goes_out_and_is_recorded_with_its_matches(
    engine: Engine, session: Session, hand: deliver.Hand
) -> None:
    themes = (make_theme(session), make_theme(session))
    item = make_item(session, stage=Stage.APPROVED, themes=themes)
    slot_id = booked(session, item=item)
    deliver.deliver(hand, taken(engine))
    slot = look(engine, slot_id)
    assert slot.state is SlotState.PUBLISHED
    assert slot.published_at == DUE
    assert slot.lease_until is None
    with Session(engine) as fresh:
        page = fresh.scalars(select(PublicPage)).unique().one()
        assert slot.remote_address == f"https://loa.example.vn/tin/{page.slug}-{page.token}"
        made = fresh.scalars(select(Publication)).unique().one()
        assert (made.slot_id, made.status) == (slot_id, PublicationStatus.CONFIRMED)
        assert (made.address, made.published_at) == (slot.remote_address, DUE)
        assert made.outlet_id == slot.channel.outlet_id
        matches = fresh.scalars(select(Match)).unique().all()
        assert {(one.item_id, one.theme_id) for one in matches} == {
            (item.id, None),
            (None, themes[0].id),
            (None, themes[1].id),
        }
        assert {(one.decision, one.score) for one in matches} == {(MatchDecision.CONFIRMED, 1.0)}
        assert "slot.publish" in fresh.scalars(select(AuditEntry.action)).all()
    assert outcomes(engine, slot_id) == [
        (Phase.PREPARE, Outcome.OK),
        (Phase.COMMIT, Outcome.OK),
        (Phase.CONFIRM, Outcome.OK),
    ]


def test_a_text_changed_after_approval_holds_the_slot_back(
    engine: Engine, session: Session, hand: deliver.Hand
) -> None:
    item = make_item(session, stage=Stage.APPROVED)
    slot_id = booked(session, item=item)
    make_revision(session, item, body="Bản sửa sau.")
    session.commit()
    deliver.deliver(hand, taken(engine))
    slot = look(engine, slot_id)
    assert (slot.state, slot.hold_reason) == (SlotState.ON_HOLD, check.CHANGED)
    assert pages(engine) == 0


def test_a_text_approved_anew_holds_the_old_promise_back(
    engine: Engine, session: Session, hand: deliver.Hand
) -> None:
    item = make_item(session, stage=Stage.APPROVED)
    slot_id = booked(session, item=item)
    approve(session, make_revision(session, item, body="Bản mới."))
    session.commit()
    deliver.deliver(hand, taken(engine))
    slot = look(engine, slot_id)
    assert (slot.state, slot.hold_reason) == (SlotState.ON_HOLD, check.APPROVED_ANEW)
    assert pages(engine) == 0


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.ARCHIVED])
def test_a_withdrawn_piece_is_held_back(
    engine: Engine, session: Session, hand: deliver.Hand, stage: Stage
) -> None:
    item = make_item(session, stage=Stage.APPROVED)
    slot_id = booked(session, item=item)
    item.stage = stage
    session.commit()
    deliver.deliver(hand, taken(engine))
    slot = look(engine, slot_id)
    assert (slot.state, slot.hold_reason) == (SlotState.ON_HOLD, check.WITHDRAWN)
    assert pages(engine) == 0


def test_a_piece_withdrawn_between_packing_and_sending_is_held_back(
    engine: Engine, session: Session, hand: deliver.Hand
) -> None:
    item = make_item(session, stage=Stage.APPROVED)
    slot_id = booked(session, item=item)
    one = taken(engine)
    deliver.begin_prepare(hand, one)
    assert deliver.prepare(hand, one) is not None
    item.stage = Stage.WITHDRAWN
    session.commit()
    assert not deliver.begin_commit(hand, one)
    assert look(engine, slot_id).state is SlotState.ON_HOLD


def test_a_channel_switched_off_holds_back(engine: Engine, session: Session, hand: deliver.Hand) -> None:
    channel = make_channel(session)
    slot_id = booked(session, channel=channel)
    channel.is_active = False
    session.commit()
    deliver.deliver(hand, taken(engine))
    slot = look(engine, slot_id)
    assert (slot.state, slot.hold_reason) == (SlotState.ON_HOLD, check.CHANNEL_OFF)


@pytest.mark.parametrize(
    "case",
    [
        (ItemType.LOUDSPEAKER_BULLETIN, timedelta(minutes=15), SlotState.PUBLISHED),
        (ItemType.LOUDSPEAKER_BULLETIN, timedelta(minutes=15, seconds=1), SlotState.MISSED),
        (ItemType.SOCIAL_POST, timedelta(minutes=60), SlotState.PUBLISHED),
        (ItemType.SOCIAL_POST, timedelta(minutes=60, seconds=1), SlotState.MISSED),
        (ItemType.ARTICLE, timedelta(days=40), SlotState.PUBLISHED),
    ],
)
def test_what_is_late_goes_out_or_is_missed_by_its_type(
    engine: Engine,
    session: Session,
    hand: deliver.Hand,
    watch: Watch,
    case: tuple[ItemType, timedelta, SlotState],
) -> None:
    kind, late, state = case
    slot_id = booked(session, item=make_item(session, stage=Stage.APPROVED, type=kind))
    watch.now = DUE + late
    deliver.deliver(hand, taken(engine, now=watch.now))
    slot = look(engine, slot_id)
    assert slot.state is state
    assert (slot.error_sentence is None) == (state is SlotState.PUBLISHED)


def refuse_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def send(wire: Wire, package: Package, now: datetime) -> Receipt:
        raise error

    monkeypatch.setattr(site, "send", send)


def test_what_surely_failed_waits_longer_each_time_and_then_fails(
    engine: Engine, session: Session, hand: deliver.Hand, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_with(monkeypatch, ChannelError("Kênh đang bận."))
    slot_id = booked(session)
    for attempt in range(1, MOST_ATTEMPTS):
        deliver.deliver(hand, taken(engine, now=watch.now))
        slot = look(engine, slot_id)
        assert (slot.state, slot.attempts, slot.error_sentence) == (
            SlotState.RETRY_WAIT,
            attempt,
            "Kênh đang bận.",
        )
        assert timedelta(0) < slot.not_before - watch.now <= LONGEST_WAIT
        watch.now = slot.not_before
    deliver.deliver(hand, taken(engine, now=watch.now))
    assert look(engine, slot_id).state is SlotState.FAILED


def test_the_pause_doubles_up_to_half_an_hour() -> None:
    assert [wait_after(n, shake=1.0).total_seconds() for n in (1, 2, 3, 7, 8, 99)] == [
        30,
        60,
        120,
        1800,
        1800,
        1800,
    ]
    assert wait_after(1, shake=0.0).total_seconds() == 15
    assert 15 <= wait_after(1).total_seconds() <= 30


def test_a_permanent_refusal_fails_at_once(
    engine: Engine, session: Session, hand: deliver.Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_with(monkeypatch, ChannelError("Kênh không nhận loại tin này.", permanent=True))
    slot_id = booked(session)
    deliver.deliver(hand, taken(engine))
    slot = look(engine, slot_id)
    assert (slot.state, slot.error_class) == (SlotState.FAILED, "permanent")


def test_an_empty_text_fails_before_anything_is_sent(
    engine: Engine, session: Session, hand: deliver.Hand
) -> None:
    slot_id = booked(session)
    with transaction(engine) as db:
        db.get_one(Slot, slot_id).revision.html = " "
    deliver.deliver(hand, taken(engine))
    assert look(engine, slot_id).state is SlotState.FAILED
    assert outcomes(engine, slot_id) == [(Phase.PREPARE, Outcome.PERMANENT)]


def test_an_unforeseen_error_leaves_the_outcome_unknown_and_the_look_up_sends_it_again(
    engine: Engine, session: Session, hand: deliver.Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id = booked(session)
    with monkeypatch.context() as patch:
        refuse_with(patch, RuntimeError("dây đứt"))
        deliver.deliver(hand, taken(engine))
    before = look(engine, slot_id)
    assert before.state is SlotState.UNCONFIRMED
    assert outcomes(engine, slot_id)[-1] == (Phase.COMMIT, Outcome.UNKNOWN)
    reap.reap(hand, owner="r")
    assert look(engine, slot_id).state is SlotState.RETRY_WAIT
    deliver.deliver(hand, taken(engine))
    after = look(engine, slot_id)
    assert (after.state, after.idem_key, pages(engine)) == (SlotState.PUBLISHED, before.idem_key, 1)


def test_an_error_after_the_page_was_put_is_found_to_be_there(
    engine: Engine, session: Session, hand: deliver.Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id = booked(session)
    real = site.send

    def send(wire: Wire, package: Package, now: datetime) -> Receipt:
        real(wire, package, now)
        message = "dây đứt sau khi gửi"
        raise TimeoutError(message)

    monkeypatch.setattr(site, "send", send)
    deliver.deliver(hand, taken(engine))
    assert look(engine, slot_id).state is SlotState.UNCONFIRMED
    reap.reap(hand, owner="r")
    slot = look(engine, slot_id)
    assert (slot.state, slot.error_sentence, pages(engine)) == (SlotState.PUBLISHED, None, 1)
    assert slot.recorded_at is not None


def test_a_late_worker_with_an_old_fence_changes_nothing(
    engine: Engine, session: Session, hand: deliver.Hand, watch: Watch
) -> None:
    slot_id = booked(session)
    old = taken(engine)
    deliver.begin_prepare(hand, old)
    packed = deliver.prepare(hand, old)
    assert packed is not None
    watch.now = DUE + LEASE + timedelta(seconds=1)
    assert reap.reap(hand, owner="r") == 1
    deliver.deliver(hand, taken(engine, now=watch.now, owner="b"))
    done = look(engine, slot_id)
    assert done.state is SlotState.PUBLISHED
    for step in (
        lambda: deliver.begin_prepare(hand, old),
        lambda: deliver.begin_commit(hand, old),
        lambda: deliver.note_sent(hand, old, Receipt("https://x.vn/y", watch.now)),
        lambda: deliver.confirm(hand, old, Receipt("https://x.vn/y", watch.now)),
    ):
        with pytest.raises(ledger.FencedOffError):
            step()
    deliver.deliver(hand, old)
    assert look(engine, slot_id).version == done.version
    assert pages(engine) == 1


def test_a_worker_frozen_in_its_call_puts_the_same_page(
    engine: Engine, session: Session, hand: deliver.Hand, watch: Watch
) -> None:
    """It wakes up inside the one call, after another has sent the slot: the key makes it the same page."""
    slot_id = booked(session)
    old = taken(engine)
    deliver.begin_prepare(hand, old)
    packed = deliver.prepare(hand, old)
    assert packed is not None
    assert deliver.begin_commit(hand, old)
    watch.now = DUE + LEASE + timedelta(seconds=1)
    reap.reap(hand, owner="r")
    deliver.deliver(hand, taken(engine, now=watch.now, owner="b"))
    late = deliver.send(hand, old, *packed)
    assert late is not None
    assert late.address == look(engine, slot_id).remote_address
    assert pages(engine) == 1


def test_an_abandoned_slot_waits_for_its_lease_to_pass(
    engine: Engine, session: Session, hand: deliver.Hand, watch: Watch
) -> None:
    slot_id = booked(session)
    taken(engine)
    watch.now = DUE + LEASE
    assert reap.reap(hand, owner="r") == 0
    watch.now += timedelta(seconds=1)
    assert reap.reap(hand, owner="r") == 1
    assert look(engine, slot_id).state is SlotState.RETRY_WAIT


def test_a_slot_that_kills_its_process_each_time_fails_in_the_end(
    engine: Engine, session: Session, hand: deliver.Hand, watch: Watch
) -> None:
    slot_id = booked(session)
    for _ in range(MOST_ATTEMPTS):
        taken(engine, now=watch.now)
        watch.now += LEASE + timedelta(seconds=1)
        reap.reap(hand, owner="r")
    assert look(engine, slot_id).state is SlotState.FAILED


def test_a_reaper_that_died_is_reaped(
    engine: Engine, session: Session, hand: deliver.Hand, watch: Watch
) -> None:
    slot_id = booked(session)
    one = taken(engine)
    deliver.begin_prepare(hand, one)
    deliver.prepare(hand, one)
    deliver.begin_commit(hand, one)
    watch.now += LEASE + timedelta(seconds=1)
    assert len(reap.take_over(hand, owner="dies")) == 1
    watch.now += LEASE + timedelta(seconds=1)
    reap.reap(hand, owner="r")
    deliver.deliver(hand, taken(engine, now=watch.now))
    assert (look(engine, slot_id).state, pages(engine)) == (SlotState.PUBLISHED, 1)


def test_a_failing_publication_does_not_undo_what_is_out_and_is_repaired(
    engine: Engine, session: Session, hand: deliver.Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id = booked(session)

    def broken(*args: object, **options: object) -> None:
        raise Refused("Không ghi được.")

    with monkeypatch.context() as patch:
        patch.setattr(deliver, "record_sent", broken)
        deliver.deliver(hand, taken(engine))
    assert look(engine, slot_id).state is SlotState.PUBLISHED
    assert look(engine, slot_id).recorded_at is None
    assert reap.repair(hand) == 1
    assert reap.repair(hand) == 0
    with Session(engine) as fresh:
        assert fresh.scalars(select(Publication)).unique().one().slot_id == slot_id


def test_a_person_s_no_begins_a_new_run_under_a_new_key(
    engine: Engine, session: Session, hand: deliver.Hand
) -> None:
    slot_id = booked(session, state=SlotState.UNCONFIRMED)
    person: Person = make_person(session)
    session.commit()
    with transaction(engine) as db:
        slot = db.get_one(Slot, slot_id)
        key = slot.idem_key
        confirm_not_sent(db, slot, seen=slot.version, actor=SystemActor("x", person.id), now=DUE)
    deliver.deliver(hand, taken(engine))
    slot = look(engine, slot_id)
    assert (slot.state, slot.run_no) == (SlotState.PUBLISHED, 2)
    assert slot.idem_key != key
