"""Our own public pages: the one channel whose peer is our own database."""

from scheduler.channels.site.door import explain, package, probe, send

__all__ = ["explain", "package", "probe", "send"]
