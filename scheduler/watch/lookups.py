"""Errands: the page behind a pasted link is read here, so that a person only has to say yes."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Select, Update, or_, select, update
from sqlalchemy.orm import Session

from app.db import transaction
from app.errors import N_
from app.outbound.door import Answer, Request, fetch
from app.outbound.trouble import OutboundError
from content.outlets.models import Outlet
from content.publications.address import site_of
from content.publications.lookups.models import Lookup, LookupState
from scheduler.watch.feedfile.page import PageFacts, read_page
from scheduler.watch.look import UNFORESEEN
from scheduler.watch.polling import Watcher

log = logging.getLogger("loa.scheduler")
BATCH, AT_ONCE = 8, 4
LARGEST_PAGE = 5 * 2**20
WAITS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
)  # after the first and the second try; the third is the last
ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
PAGES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "")

_NO_PAGE = N_("Đường dẫn này không phải một trang bài viết. Hãy tự nhập tiêu đề và giờ đăng.")
_NO_TITLE = N_("Trang này không cho biết tiêu đề. Hãy tự nhập tiêu đề và giờ đăng.")
_LOCKED = N_("Trang này không cho hệ thống đọc. Hãy tự nhập tiêu đề và giờ đăng.")
_NOT_THERE = N_("Trang báo nói rằng không có bài ở đường dẫn này. Hãy kiểm tra lại đường dẫn.")
_SERVER = N_("Máy chủ của báo đang gặp lỗi. Hãy tự nhập tiêu đề và giờ đăng, hoặc dán lại sau.")


@dataclass(frozen=True)
class Errand:
    """A pasted link in hand; *attempts* counts this one too."""

    lookup_id: int
    fence: int
    address: str
    outlet_id: int | None
    attempts: int


@dataclass(frozen=True)
class Told:
    """What the page said and the address it gives itself, or why it said nothing; *again*: a later try may help."""

    facts: PageFacts = field(default_factory=PageFacts)
    address: str = ""
    failure: str = ""
    again: bool = False


def run_errands(watcher: Watcher, stopping: Event) -> int:
    """Read the pages of links that wait; returns how many were brought to rest or put off."""
    if stopping.is_set():
        return 0
    taken = claim_errands(watcher)
    if not taken:
        return 0
    with ThreadPoolExecutor(min(AT_ONCE, len(taken)), thread_name_prefix="errand") as pool:
        for errand, told in zip(taken, pool.map(lambda one: _read(watcher, one), taken), strict=True):
            try:
                settle_errand(watcher, errand, told)
            except Exception:  # its lease runs out and it is read again; the others are settled now
                log.exception("Chưa ghi được kết quả đọc đường dẫn %s.", errand.address)
    return len(taken)


def claim_errands(watcher: Watcher, *, limit: int = BATCH) -> list[Errand]:
    """Take up to *limit* waiting links, the oldest first; two callers never get the same one."""
    now = watcher.clock()
    waiting = (
        select(Lookup.id)
        .where(
            Lookup.state.in_((LookupState.WAITING, LookupState.LEASED)),
            or_(Lookup.lease_until.is_(None), Lookup.lease_until <= now),
        )
        .order_by(Lookup.id)
        .limit(limit)
    )
    with transaction(watcher.engine) as session:
        taken = session.execute(
            _among(session, waiting)
            .values(
                state=LookupState.LEASED,
                lease_owner=watcher.owner,
                lease_token=Lookup.lease_token + 1,
                lease_until=now + watcher.lease,
                attempts=Lookup.attempts + 1,
            )
            .returning(
                Lookup.id.label("lookup_id"),
                Lookup.lease_token.label("fence"),
                Lookup.address,
                Lookup.outlet_id,
                Lookup.attempts,
            )
        )
        return [Errand(**row) for row in taken.mappings()]


def _among(session: Session, keys: Select[Any]) -> Update:
    """An UPDATE of the links of *keys* that no other process is taking at this moment (as for slots)."""
    changing = update(Lookup).execution_options(synchronize_session=False)
    if session.get_bind().dialect.name != "postgresql":
        return changing.where(Lookup.id.in_(keys))
    picked = keys.with_for_update(skip_locked=True).cte("picked")
    return changing.where(Lookup.id == picked.c.id)


def _read(watcher: Watcher, errand: Errand) -> Told:
    """Fetch the page and read it. No transaction is open."""
    limits = replace(watcher.limits, size=min(watcher.limits.size, LARGEST_PAGE))
    try:
        answer = fetch(
            Request(errand.address, accept=ACCEPT), reach=watcher.reach, agent=watcher.agent, limits=limits
        )
        return read_answer(answer)
    except OutboundError as fault:
        return Told(failure=fault.sentence, again=not fault.permanent)
    except Exception:
        # A fault of ours on one page must not keep the other links waiting.
        log.exception("Đường dẫn %s: lỗi bất ngờ khi đọc.", errand.address)
        return Told(failure=UNFORESEEN)


def read_answer(answer: Answer) -> Told:
    """What the answer says about the article."""
    if answer.status >= 500 or answer.status == 429:
        return Told(failure=_SERVER, again=True)
    if answer.status in {404, 410}:
        return Told(failure=_NOT_THERE)
    if answer.status != 200:
        return Told(failure=_LOCKED)
    kind = answer.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() not in PAGES:
        return Told(failure=_NO_PAGE)
    facts = read_page(answer.body, content_type=kind, address=answer.final_url)
    if not facts.title:
        return Told(failure=_NO_TITLE)
    own = facts.canonical if _site(facts.canonical) == _site(answer.final_url) else ""
    return Told(facts, own or answer.final_url)


def _site(address: str) -> str:
    return site_of(urlsplit(address).hostname or "")


def settle_errand(watcher: Watcher, errand: Errand, told: Told) -> None:
    """Write what the page said, or why it did not, or when to try again; nothing when it is not ours any more."""
    now = watcher.clock()
    values: dict[str, Any] = {"lease_owner": None, "lease_until": None, "failure": told.failure[:500]}
    with transaction(watcher.engine) as session:
        if not told.failure:
            values |= _found(session, errand, told, now)
        elif told.again and errand.attempts <= len(WAITS):
            until = now + WAITS[errand.attempts - 1]
            values |= {"state": LookupState.WAITING, "lease_until": until}
        else:
            values["state"] = LookupState.FAILED
        session.execute(
            update(Lookup)
            .where(
                Lookup.id == errand.lookup_id,
                Lookup.lease_token == errand.fence,
                Lookup.state == LookupState.LEASED,
            )
            .values(version=Lookup.version + 1, **values)
            .execution_options(synchronize_session=False)
        )


def _found(session: Session, errand: Errand, told: Told, now: datetime) -> dict[str, Any]:
    facts, said = told.facts, told.facts.published_at
    return {
        "state": LookupState.FOUND,
        "title": facts.title[:500],
        "summary": facts.summary[:1000],
        "published_at": said if said and said <= now else None,  # a date to come is no date
        "canonical": told.address if len(told.address) <= 2_000 else None,
        "outlet_id": errand.outlet_id or outlet_at(session, told.address),
    }


def outlet_at(session: Session, address: str) -> int | None:
    """The outlet on whose site, or on a site of its site, *address* lies; None when none does, or two do."""
    site = _site(address)
    homes = select(Outlet.id, Outlet.address).where(Outlet.retired_at.is_(None), Outlet.address != "")
    near = [(home, key) for key, page in session.execute(homes) if _lies_at(site, home := _site(page))]
    nearest = max((len(home) for home, _ in near), default=0)
    found = [key for home, key in near if len(home) == nearest]
    return found[0] if len(found) == 1 else None


def _lies_at(site: str, home: str) -> bool:
    return bool(home) and (site == home or site.endswith(f".{home}"))
