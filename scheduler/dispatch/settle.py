"""The ways a claimed slot comes to rest: published, waiting, held back, missed, failed, or unclear."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_
from content.slots.models import IN_HAND, Slot, SlotState
from scheduler.dispatch import ledger
from scheduler.dispatch.claim import Claim
from scheduler.dispatch.models import Outcome, Phase
from scheduler.dispatch.policy import MOST_ATTEMPTS, wait_after
from scheduler.dispatch.wire import ChannelError, Receipt

FREE = {"lease_owner": None, "lease_until": None}
UNTROUBLED = {"error_class": None, "error_sentence": None, "error_since": None}
LOOK = N_("Đã gửi đi nhưng chưa biết bài đã lên hay chưa. Hệ thống đang kiểm tra trên kênh.")


def publish(session: Session, claim: Claim, receipt: Receipt, now: datetime) -> None:
    """It is out: where and since when."""
    ledger.write(
        session,
        claim,
        SlotState.COMMITTING,
        SlotState.UNCONFIRMED,
        state=SlotState.PUBLISHED,
        remote_address=receipt.address,
        published_at=receipt.published_at,
        **FREE,
        **UNTROUBLED,
    )
    ledger.note(session, claim.slot_id, "slot.publish", now, address=receipt.address)


def hold_back(session: Session, claim: Claim, reason: str, now: datetime) -> None:
    """It may not go out as it was booked; a person sees why and decides."""
    ledger.write(session, claim, *IN_HAND, state=SlotState.ON_HOLD, hold_reason=reason, **FREE)
    ledger.close_phase(session, claim, Phase.PREPARE, Outcome.PERMANENT, now=now, sentence=reason)
    ledger.note(session, claim.slot_id, "slot.hold_back", now, reason=reason)


def miss(session: Session, claim: Claim, reason: str, now: datetime) -> None:
    """Its moment is over and it would do harm later."""
    _trouble(session, claim, SlotState.MISSED, "late", reason, now=now)
    ledger.close_phase(session, claim, Phase.PREPARE, Outcome.PERMANENT, now=now, sentence=reason)
    ledger.note(session, claim.slot_id, "slot.miss", now, reason=reason)


def refuse(session: Session, claim: Claim, phase: Phase, error: ChannelError, now: datetime) -> None:
    """The channel did not take it: try later, give up, or look whether it did after all."""
    if error.unknown:
        become_unclear(session, claim, error.sentence, now)
        ledger.close_phase(session, claim, phase, Outcome.UNKNOWN, now=now, sentence=error.sentence)
    elif error.permanent:
        ledger.close_phase(session, claim, phase, Outcome.PERMANENT, now=now, sentence=error.sentence)
        fail(session, claim, "permanent", error.sentence, now)
    else:
        ledger.close_phase(session, claim, phase, Outcome.RETRY, now=now, sentence=error.sentence)
        try_later(session, claim, error.sentence, now)


def become_unclear(session: Session, claim: Claim, sentence: str, now: datetime) -> None:
    """It may be out: the channel is asked, and where it cannot tell, a person."""
    _trouble(session, claim, SlotState.UNCONFIRMED, "unknown", sentence, now=now)


def try_later(session: Session, claim: Claim, sentence: str, now: datetime, *, at_once: bool = False) -> None:
    """It was surely not taken: wait for the next try, or give up after the last."""
    attempts = session.scalar(select(Slot.attempts).where(Slot.id == claim.slot_id)) or 1
    if attempts >= MOST_ATTEMPTS:
        fail(session, claim, "transient", sentence, now)
        return
    not_before = now if at_once else now + wait_after(attempts)
    _trouble(session, claim, SlotState.RETRY_WAIT, "transient", sentence, now=now, not_before=not_before)


def fail(session: Session, claim: Claim, kind: str, sentence: str, now: datetime) -> None:
    """It will not be tried again until a person says so."""
    _trouble(session, claim, SlotState.FAILED, kind, sentence, now=now)
    ledger.note(session, claim.slot_id, "slot.fail", now, sentence=sentence)


def _trouble(
    session: Session,
    claim: Claim,
    state: SlotState,
    kind: str,
    sentence: str,
    *,
    now: datetime,
    **values: object,
) -> None:
    ledger.write(
        session,
        claim,
        *IN_HAND,
        SlotState.UNCONFIRMED,
        state=state,
        error_class=kind,
        error_sentence=sentence[:500],
        error_since=now,
        **FREE,
        **values,
    )
