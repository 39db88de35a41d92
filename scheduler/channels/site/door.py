"""The public pages as a channel. Putting a page is a transaction of its own, as it would be at a stranger's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db import read_session, transaction
from app.errors import N_, Busy
from content.items.models import Revision
from content.site.models import PublicPage, name_of
from content.site.queries import page_of_key
from content.site.services import put_page
from content.slots.models import Slot
from scheduler.dispatch.wire import ChannelError, Package, Probe, Receipt, Verdict, Wire


def package(session: Session, slot: Slot) -> Package:
    """The approved revision that the slot was booked for.

    Raises:
        ChannelError: its text is empty.
    """
    if not slot.revision.html.strip():
        raise ChannelError(N_("Tin bài chưa có nội dung nên không đăng được."), permanent=True)
    return Package(idem_key=slot.idem_key, revision_id=slot.revision_id)


def send(wire: Wire, package: Package, now: datetime) -> Receipt:
    """Put the page; a second put of the same key is the same page."""
    with transaction(wire.engine) as session:
        revision = session.get_one(Revision, package.revision_id)
        return _receipt(wire, put_page(session, package.idem_key, revision, now))


def probe(wire: Wire, idem_key: str) -> Probe:
    """Whether there is a page of that key. When there is none, putting it again is safe: the key is unique."""
    with read_session(wire.engine) as session:
        page = page_of_key(session, idem_key)
        if page is None:
            return Probe(Verdict.NOT_THERE)
        return Probe(Verdict.THERE, _receipt(wire, page))


def explain(fault: Exception) -> ChannelError:
    """A busy database may have taken the page or not; so may anything that we did not foresee."""
    if isinstance(fault, ChannelError):
        return fault
    if isinstance(fault, (OperationalError, Busy)):
        return ChannelError(N_("Cơ sở dữ liệu đang bận; đang kiểm tra xem bài đã lên chưa."), unknown=True)
    return ChannelError(N_("Gặp lỗi bất ngờ khi đăng; đang kiểm tra xem bài đã lên chưa."), unknown=True)


def _receipt(wire: Wire, page: PublicPage) -> Receipt:
    return Receipt(address=f"{wire.public_url}/tin/{name_of(page)}", published_at=page.published_at)
