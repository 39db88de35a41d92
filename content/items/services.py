"""What can be done to items: draft, save a text, send up, decide. The rules of moving lie in workflow.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.errors import N_, Invalid
from app.text import fold
from content.items.models import Item, ItemTheme, ItemType, Stage


@dataclass(frozen=True)
class ItemInput:
    """What is known of a piece when it is planned."""

    type: ItemType
    title: str
    organisation_id: int
    planned_on: date | None = None
    brief: str = ""
    language: str = "vi"
    theme_ids: tuple[int, ...] = ()


def draft_item(session: Session, wanted: ItemInput, *, actor: Person, now: datetime) -> Item:
    """Add a piece at the stage idea, with *actor* as its author.

    Raises:
        Invalid: the title has no letter.
    """
    if not any(letter.isalnum() for letter in wanted.title):
        raise Invalid(N_("Tiêu đề phải có chữ."))
    item = Item(
        type=wanted.type,
        stage=Stage.IDEA,
        title=wanted.title,
        title_folded=fold(wanted.title),
        brief=wanted.brief,
        language=wanted.language,
        organisation_id=wanted.organisation_id,
        author_id=actor.id,
        planned_on=wanted.planned_on,
        created_at=now,
    )
    session.add(item)
    session.flush()
    session.add_all(
        ItemTheme(item_id=item.id, theme_id=theme_id) for theme_id in dict.fromkeys(wanted.theme_ids)
    )
    session.flush()
    audit.record(
        session, actor, "item.draft", item, at=now, details={"title": item.title, "type": item.type.value}
    )
    return item
