"""What the public may ask: pages that are out, and whether one was withdrawn."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.audit import AuditEntry
from app.errors import Missing
from app.web.paging import Page, paginate
from content.items.models import Item, Revision, Stage
from content.site.models import PublicPage

TOKEN_LENGTH = 22
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")  # what secrets.token_urlsafe makes
IN_FEED = 30


def find_page(session: Session, token: str) -> PublicPage:
    """The page of that token, withdrawn or not.

    Raises:
        Missing: there is none.
    """
    asked = select(PublicPage).where(PublicPage.token == token)
    page = session.scalar(asked) if _TOKEN.fullmatch(token) else None
    if page is None:
        raise Missing
    return page


def page_of_key(session: Session, idem_key: str) -> PublicPage | None:
    """What was put under that key, if anything was."""
    return session.scalar(select(PublicPage).where(PublicPage.idem_key == idem_key))


def is_withdrawn(page: PublicPage) -> bool:
    """Whether the piece was taken back after it went out."""
    return page.revision.item.stage is Stage.WITHDRAWN


def _standing() -> Select[PublicPage]:
    """Pages whose piece was not withdrawn."""
    return _with_items(select(PublicPage)).where(Item.stage != Stage.WITHDRAWN)


def _with_items(asked: Select[PublicPage]) -> Select[PublicPage]:
    return asked.join(Revision, PublicPage.revision_id == Revision.id).join(Item, Revision.item_id == Item.id)


def list_pages(session: Session, *, cursor: str | None = None, size: int = 20) -> Page[PublicPage]:
    """Published pages, newest first; without their texts, which a list does not show."""
    revision = joinedload(PublicPage.revision)
    light = (revision.joinedload(Revision.item), revision.defer(Revision.body), revision.defer(Revision.html))
    return paginate(
        session,
        _standing().options(*light),
        (PublicPage.published_at, PublicPage.id),
        cursor=cursor,
        size=size,
    )


def newest_pages(session: Session) -> list[PublicPage]:
    """The pages of the feed, newest first."""
    return list(list_pages(session, size=IN_FEED).rows)


def changed_at(session: Session) -> datetime | None:
    """When the list of public pages last changed: a page came, or one of a withdrawn piece went.

    A piece does not carry the moment of its withdrawal, so the last deed on a withdrawn piece stands for it.
    """
    newest = session.scalar(select(func.max(PublicPage.published_at)))
    withdrawn: ColumnElement[bool] = AuditEntry.subject_id.in_(
        select(Item.id)
        .join(Revision, Revision.item_id == Item.id)
        .join(PublicPage, PublicPage.revision_id == Revision.id)
        .where(Item.stage == Stage.WITHDRAWN)
    )
    gone = session.scalar(
        select(func.max(AuditEntry.at)).where(AuditEntry.subject_type == Item.__tablename__, withdrawn)
    )
    return max((moment for moment in (newest, gone) if moment is not None), default=None)
