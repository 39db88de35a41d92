"""What is done to items from their list and nowhere else: a further theme, another writer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.access import access_of
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.clock import YEARS
from app.errors import N_, Forbidden, Invalid, Refused
from content.items.models import Item, ItemTheme
from content.items.queries import theme_ids_of
from content.items.services import replan_item
from content.themes.models import Theme


def shift_item(session: Session, item: Item, *, days: int, seen: int, actor: Person, now: datetime) -> None:
    """Move the planned day by *days*, back when it is less than 0.

    Raises:
        Refused: it has no day. Invalid: the day would lie outside the years that are meant. Others as replan_item.
    """
    if item.planned_on is None:
        raise Refused(N_("Tin bài chưa có ngày dự kiến nên không dời được."))
    moved = item.planned_on + timedelta(days=days)
    if moved.year not in YEARS:
        raise Invalid(N_("Năm phải từ {first} đến {last}."), first=YEARS[0], last=YEARS[-1])
    replan_item(session, item, planned_on=moved, seen=seen, actor=actor, now=now)


def put_back(
    session: Session, item: Item, day: date | None, *, seen: int, actor: Person, now: datetime
) -> None:
    """Give the piece the planned day that it had before, unless somebody changed it since. Raises as replan_item."""
    replan_item(session, item, planned_on=day, seen=seen, actor=actor, now=now)


def add_theme(session: Session, item: Item, theme: Theme, *, seen: int, actor: Person, now: datetime) -> None:
    """Let the piece serve a further theme.

    Raises:
        Forbidden: the actor may not write for its organisation. Stale. Refused: it serves the theme already.
    """
    _may_write(session, actor, item.organisation_id, now)
    item.check_version(seen)
    if theme.id in theme_ids_of(session, item.id):
        raise Refused(N_("Tin bài đã có chủ đề này."))
    item.version = item.version + 1
    session.add(ItemTheme(item_id=item.id, theme_id=theme.id))
    session.flush()
    audit.record(session, actor, "item.add_theme", item, at=now, details={"themes": [theme.id]})


def hand_item(
    session: Session, item: Item, writer: Person, *, seen: int, actor: Person, now: datetime
) -> None:
    """Give the piece to another writer: what is returned comes back to that person.

    Raises:
        Forbidden: the actor may not write for its organisation. Stale. Refused: it is that person's already.
        Invalid: *writer* may not write there.
    """
    _may_write(session, actor, item.organisation_id, now)
    item.check_version(seen)
    if item.author_id == writer.id:
        raise Refused(N_("Tin bài đã do {name} viết."), name=writer.name)
    access = access_of(session, writer.id, today=clock.local_day(now))
    if writer.ended_at is not None or not access.may(Permission.WRITE_ITEMS, item.organisation_id):
        raise Invalid(N_("{name} không viết cho đơn vị của tin bài này."), name=writer.name)
    before, item.author = item.author.name, writer
    session.flush()
    details = {"before": before, "after": writer.name}
    audit.record(session, actor, "item.hand", item, at=now, details=details)


def _may_write(session: Session, actor: Person, organisation_id: int, now: datetime) -> None:
    access = access_of(session, actor.id, today=clock.local_day(now))
    if not access.may(Permission.WRITE_ITEMS, organisation_id):
        raise Forbidden
