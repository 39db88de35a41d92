"""Putting a page on the public site: once for one key, however often it is asked."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.text import slug
from content.items.models import Revision
from content.site.models import PublicPage

TOKEN_BYTES = 16  # 22 letters in an address: nobody guesses a page that was not shown


def put_page(session: Session, idem_key: str, revision: Revision, now: datetime) -> PublicPage:
    """The public page of *idem_key*: made now with the text of *revision*, or the one that is there already.

    Two processes that put the same key at the same time get the same page: the database decides, not a look
    before the leap.
    """
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(PublicPage)
        .values(
            idem_key=idem_key,
            token=secrets.token_urlsafe(TOKEN_BYTES),
            slug=slug(revision.title) or "tin",
            revision_id=revision.id,
            published_at=now,
        )
        .on_conflict_do_nothing(index_elements=[PublicPage.idem_key])
    )
    return session.scalars(select(PublicPage).where(PublicPage.idem_key == idem_key)).one()
