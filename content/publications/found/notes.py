"""When a found publication went out, and what a person should know of it that the feed did not say."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from app import clock
from app.errors import N_
from content.outlets.feeds.models import Feed
from content.publications.address import site_of
from content.publications.found.identity import ReadEntry
from content.publications.services import EARLIEST

NO_DATE = N_("Nguồn tin không ghi ngày đăng; ghi theo lúc tìm thấy.")
OTHER_SITE = N_("Đường dẫn thuộc {host}, không phải trang của {outlet}.")


def note_of(feed: Feed, one: ReadEntry, *, now: datetime) -> tuple[datetime, str]:
    """The moment of publication, and a note of what is unusual in it (a Vietnamese text, often empty)."""
    notes: list[str] = []
    moment = one.entry.published_at
    if moment is None or clock.local(moment).year < EARLIEST:
        moment = now
        notes.append(NO_DATE)
    host = site_of(urlsplit(one.address).hostname or "")
    own = [site_of(name) for name in (feed.host, urlsplit(feed.outlet.address).hostname or "") if name]
    if not any(_is_same_site(host, site) for site in own):
        notes.append(OTHER_SITE.format(host=host, outlet=feed.outlet.name))
    return min(moment, now), " ".join(notes)


def _is_same_site(host: str, site: str) -> bool:
    """Whether one of the two is the other or stands below it."""
    return host == site or host.endswith(f".{site}") or site.endswith(f".{host}")
