"""One look at a feed: ask, read, and say in plain values what it gave. No database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.errors import N_
from app.outbound.door import Answer, Door, Limits, Request
from app.outbound.trouble import OutboundError, Trouble
from content.publications.found.entry import FoundEntry
from scheduler.watch import pace
from scheduler.watch.claim import Claim
from scheduler.watch.feedfile.feed import ReadFeed
from scheduler.watch.feedfile.reader import read_feed
from scheduler.watch.feedfile.unreadable import Unreadable

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9,"
    " */*;q=0.1"
)
POLLS_TO_LOCK = 3  # after so many polls in a row the order of day and month is settled
HARD, SOFT, NAME = 1.0, 0.5, 0.25  # active feeds do answer 404 and come back to life (Media Cloud)

_WEIGHTS = {
    Trouble.DNS: NAME,
    Trouble.REFUSED: SOFT,
    Trouble.TIMEOUT: SOFT,
    Trouble.PROTOCOL: SOFT,
}
_STATUSES = {
    401: N_("Máy chủ đòi đăng nhập nên không đọc được (401)."),
    403: N_("Máy chủ từ chối cho đọc (403)."),
    404: N_("Máy chủ trả lời: không có địa chỉ này (404)."),
    410: N_("Máy chủ trả lời: nguồn tin này đã bỏ hẳn (410)."),
    429: N_("Máy chủ cho rằng hệ thống đọc quá dày (429); hệ thống sẽ đọc thưa hơn."),
}
_CHALLENGE = N_(
    "Trang web chặn máy đọc tự động (Cloudflare). Hãy đề nghị báo cho phép đọc địa chỉ nguồn tin."
)
_SERVER = N_("Máy chủ của báo đang gặp lỗi (5xx).")
_OTHER = N_("Máy chủ trả lời bằng một mã không dùng được.")
UNFORESEEN = N_("Hệ thống gặp lỗi khi đọc nguồn tin này; hãy báo người quản trị xem nhật ký máy chủ.")


@dataclass(frozen=True)
class Failure:
    """Why there is nothing: a sentence for people, how hard it is, and how long the server asks us to wait."""

    sentence: str
    weight: float = HARD
    status: int = 0
    asked: int | None = None  # seconds


@dataclass(frozen=True)
class Look:
    """What one poll gave. *news* is empty when the entries are the same as before, or there is a failure."""

    claim: Claim
    failure: Failure | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    asked: int | None = None  # seconds, by Cache-Control
    is_whole: bool = False  # the feed itself came, not only "nothing changed"
    body_sha256: str | None = None
    entries_sha256: str | None = None
    news: ReadFeed | None = None


def look_at(door: Door, claim: Claim, *, limits: Limits, now: datetime) -> Look:
    """Poll one feed; whatever goes wrong outside is a failure in words."""
    asked = Request(claim.address, etag=claim.etag, last_modified=claim.last_modified, accept=ACCEPT)
    try:
        answer = door.fetch(asked, limits=limits)
    except OutboundError as fault:
        return Look(claim, Failure(fault.sentence, _WEIGHTS.get(fault.kind, HARD)))
    return read_answer(claim, answer, now=now)


def read_answer(claim: Claim, answer: Answer, *, now: datetime) -> Look:
    """What an answer means: nothing changed (by its word, its bytes or its entries), news, or a failure."""
    if answer.status == 304:
        return _same(claim, answer)
    if answer.status != 200:
        return Look(claim, _refusal(answer, now=now), moved_to=answer.permanent_target)
    body_sha256 = hashlib.sha256(answer.body).hexdigest()
    if body_sha256 == claim.body_sha256:
        return _same(claim, answer, body_sha256)
    try:
        read = read_feed(
            answer.body,
            content_type=answer.headers.get("content-type", ""),
            address=answer.final_url,
            order=claim.date_order if claim.date_order_seen >= POLLS_TO_LOCK else None,
            now=now,
        )
    except Unreadable as fault:
        return Look(claim, Failure(str(fault)))
    entries_sha256 = hash_of(read.entries)
    if entries_sha256 == claim.entries_sha256:
        return _same(claim, answer, body_sha256)
    return _same(claim, answer, body_sha256, entries_sha256=entries_sha256, news=read)


def _same(
    claim: Claim,
    answer: Answer,
    body_sha256: str | None = None,
    *,
    entries_sha256: str | None = None,
    news: ReadFeed | None = None,
) -> Look:
    """A good answer. Its validators are kept as they came; a 304 may renew one and leave out the other."""
    is_whole = body_sha256 is not None
    etag = answer.headers.get("etag") or (None if is_whole else claim.etag)
    modified = answer.headers.get("last-modified") or (None if is_whole else claim.last_modified)
    return Look(
        claim,
        etag=etag if etag and len(etag) <= 500 else None,
        last_modified=modified if modified and len(modified) <= 200 else None,
        moved_to=answer.permanent_target,
        asked=pace.max_age(answer.headers.get("cache-control")),
        is_whole=is_whole,
        body_sha256=body_sha256 or claim.body_sha256,
        entries_sha256=entries_sha256 or claim.entries_sha256,
        news=news,
    )


def _refusal(answer: Answer, *, now: datetime) -> Failure:
    """A status that is not 200, in words."""
    status = answer.status
    if "cf-mitigated" in answer.headers:
        return Failure(_CHALLENGE, HARD, status)
    asked = pace.retry_after(answer.headers.get("retry-after"), now=now) if status in {429, 503} else None
    weight = SOFT if status in {404, 408, 425, 429} or status >= 500 else HARD
    sentence = _SERVER if status >= 500 else _STATUSES.get(status, _OTHER)
    return Failure(sentence, weight, status, asked)


def hash_of(entries: Iterable[FoundEntry]) -> str:
    """A hash over what the entries say, so that a moving date of the feed itself counts for nothing.

    A date counts as it was written: one in the future is read anew as the present moment at each poll.
    """
    found = hashlib.sha256()
    for one in entries:
        found.update(repr((one.guid, one.link, one.title, one.summary, one.raw_date)).encode())
    return found.hexdigest()
