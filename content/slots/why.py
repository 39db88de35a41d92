"""Why a slot has not gone out, in one sentence that says what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.errors import N_
from content.slots.models import CLAIMABLE, IN_HAND, SlotState

LATE_AFTER = timedelta(minutes=2)  # a claimable slot this late means that nobody is sending


class Told(Protocol):
    """What must be known of a slot to say why it is not out: the row itself, or columns of it."""

    @property
    def state(self) -> SlotState: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def not_before(self) -> datetime: ...
    @property
    def error_sentence(self) -> str | None: ...
    @property
    def hold_reason(self) -> str | None: ...


@dataclass(frozen=True)
class Why:
    """A sentence of the catalogue, or a person's own words; *again_at* is when it is tried next."""

    sentence: str
    again_at: datetime | None = None


def is_overdue(slot: Told, now: datetime) -> bool:
    """Whether the slot waits to be taken although its moment is well past."""
    return slot.state in CLAIMABLE and now - slot.not_before > LATE_AFTER


def why_not_out(slot: Told, now: datetime) -> Why | None:
    """Why *slot* has not gone out; None when it has, was cancelled, or its moment lies ahead."""
    if is_overdue(slot, now):
        return Why(N_("Đã quá giờ mà chưa được gửi đi: tiến trình đăng bài có thể đang dừng."))
    if slot.state is SlotState.SCHEDULED:
        return Why(N_("Đến giờ, sẽ được gửi đi ngay.")) if slot.due_at <= now else None
    if slot.state in IN_HAND:
        return Why(N_("Đang được gửi đi."))
    if slot.state is SlotState.RETRY_WAIT:
        return Why(slot.error_sentence or N_("Lần gửi trước chưa được."), again_at=slot.not_before)
    if slot.state is SlotState.ON_HOLD:
        return Why(slot.hold_reason or N_("Đang tạm giữ."))
    if slot.state in {SlotState.FAILED, SlotState.MISSED, SlotState.UNCONFIRMED}:
        return Why(slot.error_sentence or N_("Không rõ lý do; xem các lần gửi của lịch này."))
    return None
