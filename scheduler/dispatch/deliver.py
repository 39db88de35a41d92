"""One slot out: prepare, commit, confirm, each committed before the next begins.

A process may die between any two lines. What the rows say then tells the reaper (reap.py) how to go on: before
the commit attempt is on record nothing was sent; after it, and without an outcome, only a look at the channel
tells; after the outcome the slot is out whatever happens. Each step is a function of its own, so that a test can
end the process before and after it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db import transaction
from content.publications.sent import record_sent
from content.slots.models import Slot, SlotState
from scheduler.dispatch import ledger, settle
from scheduler.dispatch.check import Answer, obstacle
from scheduler.dispatch.claim import LEASE, Claim
from scheduler.dispatch.models import Outcome, Phase
from scheduler.dispatch.wire import Channel, ChannelError, Channels, Package, Receipt, Wire

log = logging.getLogger("loa.scheduler")
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Hand:
    """What a worker delivers with."""

    wire: Wire
    channels: Channels
    clock: Clock
    lease: timedelta = LEASE

    @property
    def engine(self) -> Engine:
        """The house's database."""
        return self.wire.engine


def deliver(hand: Hand, claim: Claim) -> None:
    """Bring a claimed slot to rest. A worker whose lease was taken over stops without a trace."""
    try:
        _deliver(hand, claim)
    except ledger.FencedOffError:
        log.warning("Lịch %s đã do tiến trình khác tiếp nhận; bỏ qua.", claim.slot_id)


def _deliver(hand: Hand, claim: Claim) -> None:
    begin_prepare(hand, claim)
    packed = prepare(hand, claim)
    if packed is None:
        return
    channel, package = packed
    if not begin_commit(hand, claim):
        return
    receipt = send(hand, claim, channel, package)
    if receipt is None:
        return
    note_sent(hand, claim, receipt)
    confirm(hand, claim, receipt)
    record(hand, claim.slot_id)


def begin_prepare(hand: Hand, claim: Claim) -> None:
    """Put on record that preparing begins."""
    with transaction(hand.engine) as session:
        ledger.write(session, claim, SlotState.LEASED, state=SlotState.PREPARING)
        ledger.open_phase(session, claim, Phase.PREPARE, hand.clock())


def prepare(hand: Hand, claim: Claim) -> tuple[Channel, Package] | None:
    """Check and pack; None when the slot was settled otherwise. Nothing of it is visible outside."""
    now = hand.clock()
    with transaction(hand.engine) as session:
        slot = session.get_one(Slot, claim.slot_id)
        if _is_stopped(session, claim, slot, now):
            return None
        channel = hand.channels[slot.channel.kind]
        try:
            return channel, channel.package(session, slot)
        except ChannelError as error:
            settle.refuse(session, claim, Phase.PREPARE, error, now)
            return None


def begin_commit(hand: Hand, claim: Claim) -> bool:
    """Put on record that the one call comes now, if nothing has come between; the lease begins anew."""
    now = hand.clock()
    with transaction(hand.engine) as session:
        slot = session.get_one(Slot, claim.slot_id)
        if _is_stopped(session, claim, slot, now):
            return False
        ledger.close_phase(session, claim, Phase.PREPARE, Outcome.OK, now=now)
        ledger.write(
            session, claim, SlotState.PREPARING, state=SlotState.COMMITTING, lease_until=now + hand.lease
        )
        ledger.open_phase(session, claim, Phase.COMMIT, now)
        return True


def _is_stopped(session: Session, claim: Claim, slot: Slot, now: datetime) -> bool:
    """Whether something stood in the way; the slot is settled accordingly."""
    found = obstacle(session, slot, now)
    if found is None:
        return False
    put_aside = settle.hold_back if found.answer is Answer.HOLD else settle.miss
    put_aside(session, claim, found.sentence, now)
    return True


def send(hand: Hand, claim: Claim, channel: Channel, package: Package) -> Receipt | None:
    """The one call. None when it was refused or its outcome is unknown; the slot says which."""
    try:
        return channel.send(hand.wire, package, hand.clock())
    except Exception as fault:
        # Whatever it was, the channel may have taken it.
        error = channel.explain(fault)
        log.warning("Lịch %s: %s", claim.slot_id, error.sentence, exc_info=fault)
    with transaction(hand.engine) as session:
        settle.refuse(session, claim, Phase.COMMIT, error, hand.clock())
    return None


def note_sent(hand: Hand, claim: Claim, receipt: Receipt) -> None:
    """Put the outcome on record: from here on it is out, whatever happens."""
    now = hand.clock()
    with transaction(hand.engine) as session:
        ledger.write(
            session,
            claim,
            SlotState.COMMITTING,
            remote_address=receipt.address,
            published_at=receipt.published_at,
            lease_until=now + hand.lease,
        )
        ledger.close_phase(session, claim, Phase.COMMIT, Outcome.OK, now=now)
        ledger.open_phase(session, claim, Phase.CONFIRM, now)


def confirm(hand: Hand, claim: Claim, receipt: Receipt) -> None:
    """Call the slot published."""
    now = hand.clock()
    with transaction(hand.engine) as session:
        settle.publish(session, claim, receipt, now)
        ledger.close_phase(session, claim, Phase.CONFIRM, Outcome.OK, now=now)


def record(hand: Hand, slot_id: int) -> bool:
    """Write the slot's publication, apart from the sending: its failure cannot undo what is out.

    False when it failed; the repairing tick comes back to it.
    """
    try:
        with transaction(hand.engine) as session:
            slot = session.get_one(Slot, slot_id)
            if slot.remote_address is None or slot.published_at is None:
                return False
            record_sent(
                session,
                slot,
                address=slot.remote_address,
                published_at=slot.published_at,
                now=hand.clock(),
            )
    except Exception:
        # Whatever it was: the page is out, and one that cannot be written must not keep the others waiting.
        log.exception("Chưa ghi nhận được tin đã đăng của lịch %s; sẽ ghi lại sau.", slot_id)
        return False
    return True
