"""What can be asked about channels."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_, Missing
from content.channels.models import Channel
from content.outlets.models import Outlet


def get_channel(session: Session, channel_id: int) -> Channel:
    """The channel of that key.

    Raises:
        Missing: there is none.
    """
    channel = session.get(Channel, channel_id)
    if channel is None:
        raise Missing(N_("Không có kênh này."))
    return channel


def list_channels(session: Session, *, active: bool = False) -> list[Channel]:
    """Channels, oldest first; only those switched on with *active*."""
    asked = select(Channel).order_by(Channel.id)
    return list(session.scalars(asked.where(Channel.is_active) if active else asked))


def has_channels(session: Session) -> bool:
    """Whether a channel is switched on."""
    return session.scalar(select(Channel.id).where(Channel.is_active).limit(1)) is not None


def own_outlets(session: Session) -> list[Outlet]:
    """Outlets on which we publish ourselves, retired ones left out, in Vietnamese order."""
    asked = select(Outlet).where(Outlet.is_own, Outlet.retired_at.is_(None))
    return list(session.scalars(asked.order_by(Outlet.sort_key, Outlet.id)))
