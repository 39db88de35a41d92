"""What processes that died or froze left behind is taken over, and unclear outcomes are looked up.

Nothing here guesses: a slot that may have been sent goes on only after its channel said whether it has it.
"""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import select

from app.db import read_session, transaction
from app.errors import N_
from content.slots.models import IS_IN_HAND, IS_TROUBLED, IS_UNRECORDED, Slot, SlotState
from scheduler.dispatch import ledger, settle
from scheduler.dispatch.claim import Claim, among
from scheduler.dispatch.deliver import Hand, record
from scheduler.dispatch.models import Outcome
from scheduler.dispatch.wire import Probe, Receipt, Verdict

log = logging.getLogger("loa.scheduler")
BATCH = 50

DIED_BEFORE = N_("Tiến trình đăng bài dừng giữa chừng khi chưa gửi gì đi.")
DIED_WITHIN = settle.LOOK
NOT_THERE = N_("Lần gửi trước chưa tới kênh; gửi lại với cùng mã.")


def reap(hand: Hand, *, owner: str) -> int:
    """Take over slots whose lease has passed, then look up the unclear ones; returns how many were moved."""
    orphans = take_over(hand, owner=owner)
    for claim in orphans:
        try:
            settle_orphan(hand, claim)
        except ledger.FencedOffError:
            log.warning("Lịch %s đã do tiến trình khác tiếp nhận; bỏ qua.", claim.slot_id)
        except Exception:  # it keeps its new lease and is taken over again; the others go on
            log.exception("Chưa tiếp nhận được lịch %s.", claim.slot_id)
    return len(orphans) + look_up(hand)


def take_over(hand: Hand, *, owner: str) -> list[Claim]:
    """Lease abandoned slots anew, so that whoever had them can no longer write."""
    now = hand.clock()
    abandoned = (
        select(Slot.id)
        .where(IS_IN_HAND, Slot.lease_until < now)
        .order_by(Slot.lease_until, Slot.id)
        .limit(BATCH)
    )
    with transaction(hand.engine) as session:
        taken = session.execute(
            among(session, abandoned)
            .values(
                lease_owner=owner,
                lease_token=Slot.lease_token + 1,
                lease_until=now + hand.lease,
                version=Slot.version + 1,
            )
            .returning(Slot.id, Slot.lease_token)
        )
        return [Claim(slot_id, fence, owner) for slot_id, fence in taken]


def settle_orphan(hand: Hand, claim: Claim) -> None:
    """Go on from where its process stopped: nothing sent, sent and noted, or nobody knows."""
    now = hand.clock()
    with transaction(hand.engine) as session:
        slot = session.get_one(Slot, claim.slot_id)
        if slot.state is not SlotState.COMMITTING:
            ledger.close_open_phases(session, slot.id, Outcome.RETRY, now, DIED_BEFORE)
            settle.try_later(session, claim, DIED_BEFORE, now, at_once=True)
            return
        if slot.remote_address is None or slot.published_at is None:
            ledger.close_open_phases(session, slot.id, Outcome.UNKNOWN, now, DIED_WITHIN)
            settle.become_unclear(session, claim, DIED_WITHIN, now)
            return
        receipt = Receipt(slot.remote_address, slot.published_at)
        settle.publish(session, claim, receipt, now)
        ledger.close_open_phases(session, slot.id, Outcome.OK, now, "")
    record(hand, claim.slot_id)


def look_up(hand: Hand) -> int:
    """Ask the channels about slots whose outcome is unclear; returns how many became clear."""
    with read_session(hand.engine) as session:
        unclear = session.scalars(
            select(Slot)
            .where(IS_TROUBLED, Slot.state == SlotState.UNCONFIRMED)
            .order_by(Slot.due_at)
            .limit(BATCH)
        ).all()
    clear = 0
    for slot in unclear:
        claim = Claim(slot.id, slot.lease_token, "")
        try:
            probe = hand.channels[slot.channel.kind].probe(hand.wire, slot.idem_key)
            clear += settle_unclear(hand, claim, probe, hand.clock())
        except ledger.FencedOffError:
            log.info("Lịch %s vừa được người khác xác nhận.", slot.id)
        except Exception:  # it stays unclear and is looked up again; the others are looked up now
            log.exception("Chưa kiểm tra được lịch %s trên kênh.", slot.id)
    return clear


def settle_unclear(hand: Hand, claim: Claim, probe: Probe, now: datetime) -> bool:
    """Act on what the channel said; False when it could not tell and a person has to look."""
    if probe.verdict is Verdict.UNCLEAR:
        return False
    with transaction(hand.engine) as session:
        if probe.receipt is not None:
            settle.publish(session, claim, probe.receipt, now)
        else:
            settle.try_later(session, claim, NOT_THERE, now, at_once=True)
    if probe.receipt is not None:
        record(hand, claim.slot_id)
    return True


def repair(hand: Hand) -> int:
    """Write the publications of published slots that have none; returns how many were written."""
    with read_session(hand.engine) as session:
        missing = session.scalars(select(Slot.id).where(IS_UNRECORDED).order_by(Slot.id).limit(BATCH)).all()
    return sum(record(hand, slot_id) for slot_id in missing)
