"""What can be done to channels: add, switch on and off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from app.organisations.models import Organisation
from content.channels.models import Channel, ChannelKind
from content.outlets.models import Outlet, OutletKind
from content.outlets.services import OutletInput, add_outlet

OWN_SITE = N_("Trang tin công khai")


@dataclass(frozen=True)
class ChannelInput:
    """A channel to add."""

    kind: ChannelKind
    name: str
    outlet_id: int


def add_channel(session: Session, wanted: ChannelInput, *, actor: audit.Actor, now: datetime) -> Channel:
    """Add a channel, switched on; what goes out on it is a publication of its outlet.

    Raises:
        Refused: the name is taken. Invalid: the outlet is not one of ours, or retired.
    """
    if session.scalar(select(Channel.id).where(Channel.name == wanted.name)) is not None:
        raise Refused(N_("Đã có kênh tên “{name}”. Hãy đặt tên khác."), name=wanted.name)
    outlet = session.get(Outlet, wanted.outlet_id)
    if outlet is None or not outlet.is_own or outlet.retired_at is not None:
        raise Invalid(N_("Hãy chọn một trang, đài của chính cơ quan mình đang hoạt động."))
    channel = Channel(kind=wanted.kind, name=wanted.name, outlet_id=outlet.id, settings={}, is_active=True)
    session.add(channel)
    session.flush()
    details = {"name": channel.name, "kind": channel.kind, "outlet": outlet.name}
    audit.record(session, actor, "channel.add", channel, at=now, details=details)
    return channel


def open_own_site(
    session: Session, organisation: Organisation, *, actor: audit.Actor, now: datetime
) -> Channel:
    """The built-in public site as an outlet of *organisation* with its channel, when there is no channel yet.

    Done on the first day, so that an approved piece has somewhere to go; name and outlet can be changed later.
    """
    found = session.scalar(select(Channel).order_by(Channel.id).limit(1))
    if found is not None:
        return found
    wanted = OutletInput(OutletKind.PORTAL, str(OWN_SITE), organisation.id, is_own=True)
    outlet = add_outlet(session, wanted, actor=actor, now=now)
    given = ChannelInput(ChannelKind.SITE, str(OWN_SITE), outlet.id)
    return add_channel(session, given, actor=actor, now=now)


def switch_channel(
    session: Session, channel: Channel, *, to_active: bool, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Switch a channel on or off; what is due on one that is off is held back with that reason.

    Raises:
        Stale: somebody changed the channel since.
    """
    channel.check_version(seen)
    if channel.is_active == to_active:
        return
    channel.is_active = to_active
    session.flush()
    action = "channel.switch_on" if to_active else "channel.switch_off"
    audit.record(session, actor, action, channel, at=now, details={"name": channel.name})
