"""The kinds of channel and how each is spoken to. A new kind is a folder here and a line in ``CHANNELS``."""

from __future__ import annotations

from content.channels.models import ChannelKind
from scheduler.channels import site
from scheduler.dispatch.wire import Channels

CHANNELS: Channels = {ChannelKind.SITE: site}
