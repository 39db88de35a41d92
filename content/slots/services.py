"""What people do to slots: book, move, hold, release, cancel, send again, and say what really happened.

The dispatcher's own moves lie in scheduler/dispatch. A slot that is being sent belongs to it alone: every
action here names the states it may be taken from and refuses the others with the present one in words.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit, clock
from app.db import is_duplicate
from app.errors import N_, Invalid, Refused, Small
from content.channels.models import Channel
from content.items.models import Item, Revision, Variant
from content.items.queries import approved_revision
from content.slots.models import CLAIMABLE, Slot, SlotState
from content.slots.words import WORDS

PAST_GRACE = timedelta(minutes=5)  # a moment this little past is "now": forms take time to fill in
LONGEST_ADDRESS = 500


def book_slot(
    session: Session, item: Item, *, channel: Channel, due_at: datetime, actor: audit.Actor, now: datetime
) -> Slot:
    """Book the approved text of *item* to go out on *channel* at *due_at* (aware).

    Raises:
        Refused: the newest text is not approved, the channel is switched off, or the item is booked there for
            that moment. Invalid: the moment has passed.
    """
    revision = _approved(session, item)
    if not channel.is_active:
        raise Refused(N_("Kênh “{name}” đang tắt. Hãy bật kênh hoặc chọn kênh khác."), name=channel.name)
    _refuse_past(due_at, now)
    variant = _variant(session, item, channel)
    _refuse_double(session, variant.id, channel, due_at)
    slot = Slot(
        variant_id=variant.id,
        channel_id=channel.id,
        revision_id=revision.id,
        revision_sha256=revision.sha256,
        due_at=due_at,
        due_on=clock.local_day(due_at),
        not_before=due_at,
        state=SlotState.SCHEDULED,
        run_no=1,
        idem_key=secrets.token_hex(32),  # until the slot has its number
        booked_by_id=actor.id,
        booked_at=now,
    )
    session.add(slot)
    session.flush()
    slot.idem_key = idem_key(slot)
    session.flush()
    details = {"item": item.id, "channel": channel.name, "due_at": due_at, "sha256": revision.sha256}
    audit.record(session, actor, "slot.book", slot, at=now, details=details)
    return slot


def idem_key(slot: Slot) -> str:
    """The one name of this run at the channel: SHA-256 over slot, text and run number."""
    return hashlib.sha256(f"{slot.id}|{slot.revision_sha256}|{slot.run_no}".encode()).hexdigest()


def move_slot(
    session: Session, slot: Slot, *, due_at: datetime, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Promise another moment; what is held stays held, what waits for another try begins afresh.

    Raises:
        Stale, Refused: changed since, not waiting any more, or booked there already. Invalid: the moment has passed.
    """
    _must_be(slot, seen, (*CLAIMABLE, SlotState.ON_HOLD), N_("Không đổi giờ được: lịch này {state}."))
    _refuse_past(due_at, now)
    _refuse_double(session, slot.variant_id, slot.channel, due_at, but=slot.id)
    before = slot.due_at
    _promise(slot, due_at)
    if slot.state is not SlotState.ON_HOLD:
        slot.state = SlotState.SCHEDULED
    _note(session, slot, "slot.move", actor, now, before=before, due_at=due_at)


def hold_slot(
    session: Session, slot: Slot, *, reason: str, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Keep the slot back until somebody releases it.

    Raises:
        Stale, Refused: changed since, or not waiting any more. Invalid: no reason.
    """
    _must_be(slot, seen, CLAIMABLE, N_("Không tạm giữ được: lịch này {state}."))
    if not reason.strip():
        raise Invalid(N_("Hãy ghi lý do tạm giữ để người khác biết."))
    slot.state, slot.hold_reason = SlotState.ON_HOLD, reason.strip()
    _note(session, slot, "slot.hold", actor, now, reason=slot.hold_reason)


def release_slot(session: Session, slot: Slot, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Let a held slot go on, with the newest text when that was approved since.

    Raises:
        Stale, Refused: changed since, not held, the newest text is not approved, or the channel is off.
    """
    _must_be(slot, seen, (SlotState.ON_HOLD,), N_("Không cho đăng tiếp được: lịch này {state}."))
    _refuse_off(slot.channel)
    _take_text(slot, _approved(session, slot.variant.item))
    slot.idem_key = idem_key(slot)
    slot.state, slot.hold_reason = SlotState.SCHEDULED, None
    _note(session, slot, "slot.release", actor, now, sha256=slot.revision_sha256)


def cancel_slot(session: Session, slot: Slot, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Take the promise back; the row stays.

    Raises:
        Stale, Refused: changed since, being sent, out already, or its outcome is not known yet.
    """
    allowed = (*CLAIMABLE, SlotState.ON_HOLD, SlotState.FAILED, SlotState.MISSED)
    _must_be(slot, seen, allowed, N_("Không hủy được: lịch này {state}."))
    slot.state = SlotState.CANCELLED
    _note(session, slot, "slot.cancel", actor, now)


def retry_slot(session: Session, slot: Slot, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Send a failed or missed slot again, now, as a new run under a new key.

    Raises:
        Stale, Refused: changed since, neither failed nor missed, text not approved, or the channel is off.
    """
    allowed = (SlotState.FAILED, SlotState.MISSED)
    _must_be(slot, seen, allowed, N_("Không đăng lại được: lịch này {state}."))
    _new_run(session, slot, now)
    _note(session, slot, "slot.retry", actor, now, run_no=slot.run_no)


def confirm_sent(
    session: Session, slot: Slot, *, address: str, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """A person looked: it is there, at *address*. Its moment is the one at which its outcome became unknown.

    Raises:
        Stale, Refused: changed since, or its outcome is known. Invalid: *address* is not a web address.
    """
    _must_be(slot, seen, (SlotState.UNCONFIRMED,), N_("Không cần xác nhận: lịch này {state}."))
    slot.remote_address = check_address(address)
    slot.published_at = slot.error_since or now
    slot.state = SlotState.PUBLISHED
    _forget_trouble(slot)
    _note(session, slot, "slot.confirm_sent", actor, now, address=slot.remote_address)


def confirm_not_sent(session: Session, slot: Slot, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """A person looked: it is not there. It goes out now, as a new run under a new key.

    Raises:
        Stale, Refused: changed since, its outcome is known, text not approved, or the channel is off.
    """
    _must_be(slot, seen, (SlotState.UNCONFIRMED,), N_("Không cần xác nhận: lịch này {state}."))
    _new_run(session, slot, now)
    _note(session, slot, "slot.confirm_not_sent", actor, now, run_no=slot.run_no)


def check_address(address: str) -> str:
    """*address* without blanks at its ends.

    Raises:
        Invalid: it is not an http(s) address, or too long.
    """
    wanted = address.strip()
    try:
        parts = urlsplit(wanted)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(map(str.isspace, wanted)):
        raise Invalid(N_("Hãy dán đường dẫn đầy đủ của bài, bắt đầu bằng http:// hoặc https://."))
    if len(wanted) > LONGEST_ADDRESS:
        raise Invalid(N_("Đường dẫn dài quá {limit} ký tự."), limit=LONGEST_ADDRESS)
    return wanted


def _approved(session: Session, item: Item) -> Revision:
    """The text that may go out."""
    revision = approved_revision(session, item)
    if revision is None:
        raise Refused(N_("Bản mới nhất của tin bài chưa được duyệt nên chưa lên lịch đăng được."))
    return revision


def _refuse_past(due_at: datetime, now: datetime) -> None:
    if due_at < now - PAST_GRACE:
        raise Invalid(N_("Giờ đăng đã qua. Hãy chọn một giờ từ bây giờ trở đi."))


def _refuse_off(channel: Channel) -> None:
    if not channel.is_active:
        raise Refused(N_("Kênh “{name}” đang tắt. Hãy bật kênh trước."), name=channel.name)


def _refuse_double(
    session: Session, variant_id: int, channel: Channel, due_at: datetime, *, but: int | None = None
) -> None:
    """Refuse a second promise of the same item on the same channel for the same moment."""
    same = select(Slot.id).where(
        Slot.variant_id == variant_id,
        Slot.channel_id == channel.id,
        Slot.due_at == due_at,
        Slot.state != SlotState.CANCELLED,
    )
    if but is not None:
        same = same.where(Slot.id != but)
    if session.scalar(same.limit(1)) is not None:
        raise Refused(
            N_("Tin bài này đã có lịch đăng trên kênh “{name}” vào đúng giờ đó."), name=channel.name
        )


def _variant(session: Session, item: Item, channel: Channel) -> Variant:
    """The item for this kind of channel, made when it is first needed."""
    wanted = {"item_id": item.id, "channel_kind": channel.kind, "language": item.language}
    asked = select(Variant).filter_by(**wanted)
    found = session.scalar(asked)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            made = Variant(**wanted)
            session.add(made)
    except IntegrityError as fault:  # somebody books the same piece for another moment just now
        if not is_duplicate(fault):
            raise
        return session.scalars(asked).one()
    return made


def _must_be(slot: Slot, seen: int, allowed: Collection[SlotState], sentence: str) -> None:
    """Refuse unless the slot is as the person saw it and in one of the states *allowed*.

    The state is told before the version: "it is being sent" helps more than "somebody changed it".
    """
    if slot.state not in allowed:
        raise Refused(sentence, state=Small(WORDS[SlotState][slot.state].label))
    slot.check_version(seen)


def _promise(slot: Slot, due_at: datetime) -> None:
    """Set the moment, with the count of tries begun afresh."""
    slot.due_at, slot.due_on, slot.not_before = due_at, clock.local_day(due_at), due_at
    slot.attempts = 0
    _forget_trouble(slot)


def _forget_trouble(slot: Slot) -> None:
    slot.error_class = slot.error_sentence = slot.error_since = None


def _take_text(slot: Slot, revision: Revision) -> None:
    slot.revision_id, slot.revision_sha256 = revision.id, revision.sha256


def _new_run(session: Session, slot: Slot, now: datetime) -> None:
    """Begin again under a new key: what the channel knows by the old one is another run's affair."""
    _refuse_off(slot.channel)
    _take_text(slot, _approved(session, slot.variant.item))
    _promise(slot, now)
    slot.run_no += 1
    slot.idem_key = idem_key(slot)
    slot.remote_address = None
    slot.state = SlotState.SCHEDULED


def _note(
    session: Session, slot: Slot, action: str, actor: audit.Actor, now: datetime, **details: object
) -> None:
    session.flush()
    audit.record(session, actor, action, slot, at=now, details=details)
