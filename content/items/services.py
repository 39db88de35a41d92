"""What can be done to items: draft, describe, plan, save a text. Sending up and deciding lie in review/services.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.access import access_of
from app.accounts.models import Person
from app.accounts.permissions import Permission
from app.errors import N_, Forbidden, Invalid
from app.text import clean, fold
from content.items import workflow
from content.items.hashing import fingerprint
from content.items.markup import to_html
from content.items.models import Item, ItemTheme, ItemType, Revision, Stage
from content.items.queries import newest_revision, theme_ids_of
from content.items.workflow import Move
from content.media.models import Asset
from content.media.queries import get_asset


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


@dataclass(frozen=True)
class ItemChange:
    """What may change of a piece without touching its text; its organisation stays."""

    type: ItemType
    title: str
    brief: str = ""
    theme_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class RevisionInput:
    """A text as its writer leaves it; *body* is Markdown, *asset_id* the picture that stands with it."""

    title: str
    summary: str
    body: str
    asset_id: int | None = None


def draft_item(session: Session, wanted: ItemInput, *, actor: Person, now: datetime) -> Item:
    """Add a piece at the stage idea, with *actor* as its author.

    Raises:
        Invalid: the title has no letter.
    """
    _check_title(wanted.title)
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


def _check_title(title: str) -> None:
    if not any(letter.isalnum() for letter in title):
        raise Invalid(N_("Tiêu đề phải có chữ."))


def _check_writer(session: Session, item: Item, *, actor: Person, now: datetime) -> None:
    """Refuse who may not write for the item's organisation today."""
    access = access_of(session, actor.id, today=clock.local_day(now))
    if not access.may(Permission.WRITE_ITEMS, item.organisation_id):
        raise Forbidden


def change_item(
    session: Session, item: Item, wanted: ItemChange, *, seen: int, actor: Person, now: datetime
) -> None:
    """Change type, working title, brief and themes; the text and its approval stay as they are.

    Raises:
        Forbidden: the actor may not write for its organisation. Stale: somebody changed it since.
        Invalid: the title has no letter.
    """
    _check_writer(session, item, actor=actor, now=now)
    item.check_version(seen)
    _check_title(wanted.title)
    before = {"type": item.type.value, "title": item.title, "themes": theme_ids_of(session, item.id)}
    item.type, item.brief = wanted.type, wanted.brief
    item.title, item.title_folded = wanted.title, fold(wanted.title)
    _touch(item)
    session.flush()
    session.execute(delete(ItemTheme).where(ItemTheme.item_id == item.id))
    chosen = tuple(dict.fromkeys(wanted.theme_ids))
    session.add_all(ItemTheme(item_id=item.id, theme_id=theme_id) for theme_id in chosen)
    session.flush()
    after = {"type": item.type.value, "title": item.title, "themes": chosen}
    audit.record(session, actor, "item.change", item, at=now, details={"before": before, "after": after})


def _touch(item: Item) -> None:
    """Raise the version even when only rows beside the item change, so that the next writer sees it."""
    item.version = item.version + 1


def replan_item(
    session: Session, item: Item, *, planned_on: date | None, seen: int, actor: Person, now: datetime
) -> None:
    """Move the piece to another local day, or back to the pool with None.

    Raises:
        Forbidden: the actor may not write for its organisation. Stale: somebody changed it since.
    """
    _check_writer(session, item, actor=actor, now=now)
    item.check_version(seen)
    before, item.planned_on = item.planned_on, planned_on
    session.flush()
    audit.record(
        session, actor, "item.replan", item, at=now, details={"before": before, "planned_on": planned_on}
    )


def save_revision(
    session: Session, item: Item, text: RevisionInput, *, seen: int, actor: Person, now: datetime
) -> Revision:
    """Save *text* as the newest revision and return it; a text that equals the newest makes none.

    An idea becomes a draft; an approved piece goes back to drafting, since its approval was for another text.
    The working title follows the text's title unless somebody gave the piece a name of its own.

    Raises:
        Forbidden: the actor may not write for its organisation. Refused: it is in review, withdrawn or archived.
        Stale: somebody changed it since. Invalid: no title, or a text that cannot be taken.
    """
    _check_writer(session, item, actor=actor, now=now)
    stage = workflow.next_stage(Move.SAVE, item.stage)
    _check_title(text.title)
    picture = get_asset(session, text.asset_id) if text.asset_id is not None else None
    newest = newest_revision(session, item)
    sha256 = fingerprint(text.title, text.summary, text.body, picture)
    if newest is not None and newest.sha256 == sha256:
        return newest
    item.check_version(seen)
    html = to_html(text.body)
    if newest is None or item.title == newest.title:
        item.title = clean(text.title)
        item.title_folded = fold(item.title)
    item.stage = stage
    item.revision_no += 1
    session.flush()  # the item first: of two who save at once, the second stops here
    return _add_revision(session, item, text, picture=picture, html=html, sha256=sha256, actor=actor, now=now)


def _add_revision(
    session: Session,
    item: Item,
    text: RevisionInput,
    *,
    picture: Asset | None,
    html: str,
    sha256: str,
    actor: Person,
    now: datetime,
) -> Revision:
    """The row of the newest text, and the entry that tells of it."""
    made = Revision(
        item_id=item.id,
        number=item.revision_no,
        title=text.title,
        summary=text.summary,
        body=text.body,
        html=html,
        asset_id=picture.id if picture else None,
        sha256=sha256,
        author_id=actor.id,
        created_at=now,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "item.save", item, at=now, details={"number": made.number, "sha256": sha256})
    return made
