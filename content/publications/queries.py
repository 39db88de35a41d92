"""What can be asked about publications: lists with filters, one with its matches, candidates for a match."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.clock import Period
from app.errors import N_, Missing
from app.search import found
from app.text import fold
from app.web.paging import Page, paginate
from content.items.models import Item, Stage, Variant
from content.outlets.models import Outlet, OutletKind
from content.publications.models import (
    HOLDS,
    IS_DISMISSED,
    IS_UNMATCHED,
    LOOSE,
    Match,
    Publication,
    PublicationStatus,
)
from content.slots.models import Slot, SlotState
from content.themes.models import Theme

Asked = TypeVar("Asked", bound="Select[*tuple[Any, ...]]")
Reach = Collection[int] | None  # organisations that a right reaches; None means all of them
_AROUND = timedelta(days=30)  # how far from its planned day an item may have been published
_SEARCHED = timedelta(days=366)
SHORTEST_WORD = 2  # letters of a word that says something in a title


@dataclass(frozen=True)
class Wanted:
    """What a list of publications is filtered by; empty means everything."""

    outlet_id: int | None = None
    kind: OutletKind | None = None
    theme_id: int | None = None
    month: date | None = None  # any day of it
    words: str = ""
    unmatched: bool = False
    dismissed: bool = False


# What waits in the queue or was left out is no publication of ours yet, or no more.
_ASIDE = (PublicationStatus.FOUND, PublicationStatus.DISMISSED)


def get_publication(session: Session, publication_id: int) -> Publication:
    """The publication of that key.

    Raises:
        Missing: there is none.
    """
    publication = session.get(Publication, publication_id)
    if publication is None:
        raise Missing(N_("Không có tin đã đăng này."))
    return publication


def _holding() -> Select[int]:
    return select(Match.id).where(Match.publication_id == Publication.id, Match.decision.not_in(LOOSE))


def _outlet_ids(session: Session, wanted: Wanted, reach: Reach) -> list[int] | None:
    """The outlets of the kind and reach that are asked for; None means all.

    They are few: with their keys in hand a database finds the rows by its index of outlets and days.
    """
    if wanted.kind is None and reach is None:
        return None
    asked = select(Outlet.id)
    if wanted.kind is not None:
        asked = asked.where(Outlet.kind == wanted.kind)
    if reach is not None:
        asked = asked.where(Outlet.organisation_id.in_(reach))
    return list(session.scalars(asked))


def _filtered(session: Session, asked: Asked, wanted: Wanted, reach: Reach) -> Asked:
    """*asked* (of Publication) with the filters on."""
    is_shown = Publication.status.not_in(_ASIDE)
    asked = asked.where(IS_DISMISSED if wanted.dismissed else is_shown)
    if wanted.outlet_id is not None:
        asked = asked.where(Publication.outlet_id == wanted.outlet_id)
    if (outlet_ids := _outlet_ids(session, wanted, reach)) is not None:
        asked = asked.where(Publication.outlet_id.in_(outlet_ids))
    if wanted.theme_id is not None:
        asked = asked.where(exists(_holding().where(Match.theme_id == wanted.theme_id)))
    if wanted.month is not None:
        month = Period.month(wanted.month)
        asked = asked.where(Publication.published_on.between(month.first, month.last))
    if wanted.words:
        asked = asked.where(found(session, "publication", Publication.id, wanted.words))
    return asked.where(IS_UNMATCHED) if wanted.unmatched else asked


def page_of_publications(
    session: Session, wanted: Wanted, *, reach: Reach, cursor: str | None
) -> Page[Publication]:
    """One page, newest day first."""
    asked = _filtered(session, select(Publication), wanted, reach)
    return paginate(session, asked, [Publication.published_on, Publication.id], cursor=cursor)


@dataclass(frozen=True)
class Line:
    """One publication as a file tells it."""

    id: int
    title: str
    address: str | None
    published_at: datetime
    published_on: date
    outlet: str
    kind: OutletKind
    status: PublicationStatus
    note: str
    summary: str
    themes: tuple[str, ...] = ()


def page_of_lines(
    session: Session, wanted: Wanted, *, reach: Reach, cursor: str | None, size: int
) -> Page[Line]:
    """One page of what the list shows, newest day first, as plain values: a file has many thousands of them.

    The cursor is of our own making and never an address's.
    """
    asked = select(
        Publication.id,
        Publication.title,
        Publication.address,
        Publication.published_at,
        Publication.published_on,
        Outlet.name,
        Outlet.kind,
        Publication.status,
        Publication.note,
        Publication.summary,
    ).join(Outlet, Outlet.id == Publication.outlet_id)
    asked = _filtered(session, asked, wanted, reach)
    if cursor is not None:
        day, _, key = cursor.partition(".")
        seen = tuple_(date.fromisoformat(day), int(key), types=[Publication.published_on.type, BigInteger()])
        asked = asked.where(tuple_(Publication.published_on, Publication.id) < seen)
    order = (Publication.published_on.desc(), Publication.id.desc())
    rows = session.execute(asked.order_by(*order).limit(size + 1)).all()
    themes = _theme_names(session, [row[0] for row in rows[:size]])
    shown = [replace(Line(*row), themes=themes.get(row[0], ())) for row in rows[:size]]
    following = f"{shown[-1].published_on}.{shown[-1].id}" if len(rows) > size else None
    return Page(shown, following)


def _theme_names(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The themes that these publications hold, in Vietnamese order."""
    asked = (
        select(Match.publication_id, Theme.name)
        .join(Theme, Theme.id == Match.theme_id)
        .where(Match.publication_id.in_(ids), Match.decision.in_(HOLDS))
        .order_by(Theme.sort_key)
    )
    found: dict[int, tuple[str, ...]] = {}
    for key, name in session.execute(asked):
        found[key] = (*found.get(key, ()), name)
    return found


def count_publications(session: Session, wanted: Wanted, *, reach: Reach) -> int:
    """How many publications the filters leave."""
    asked = select(func.count()).select_from(Publication)
    return session.scalar(_filtered(session, asked, wanted, reach)) or 0


def count_unmatched(session: Session, *, since: date) -> int:
    """How many publications of that local day and later match nothing yet."""
    asked = (
        select(func.count())
        .select_from(Publication)
        .where(
            IS_UNMATCHED,
            Publication.published_on >= since,
            Publication.status.not_in(_ASIDE),
        )
    )
    return session.scalar(asked) or 0


def last_outlet_of(session: Session, person_id: int) -> int | None:
    """The outlet for which a person logged last."""
    asked = select(Publication.outlet_id).where(Publication.logged_by_id == person_id)
    return session.scalar(asked.order_by(Publication.id.desc()).limit(1))


def matches_of(session: Session, ids: Iterable[int]) -> dict[int, list[Match]]:
    """The matches of these publications, dismissed ones too, each list in the order they were made."""
    found: dict[int, list[Match]] = {one: [] for one in ids}
    for match in session.scalars(
        select(Match).where(Match.publication_id.in_(found)).order_by(Match.id)
    ).unique():
        found[match.publication_id].append(match)
    return found


def published_of_item(session: Session, item_id: int) -> list[Publication]:
    """Where an item was published, newest first; a dismissed publication is none."""
    asked = (
        select(Publication)
        .join(Match, Match.publication_id == Publication.id)
        .where(
            Match.item_id == item_id,
            Match.decision.in_(HOLDS),
            Publication.status.not_in(_ASIDE),
        )
        .order_by(Publication.published_at.desc(), Publication.id.desc())
        .limit(200)
    )
    return list(session.scalars(asked).unique())


def can_be_matched(session: Session, item_id: int, *, reach: Reach) -> bool:
    """Whether the item is there and within *reach*."""
    asked = select(Item.id).where(Item.id == item_id)
    if reach is not None:
        asked = asked.where(Item.organisation_id.in_(reach))
    return session.scalar(asked) is not None


def candidates(
    session: Session, publication: Publication, *, reach: Reach, words: str = "", most: int = 10
) -> list[Item]:
    """Items that the publication may carry: approved or sent out, planned within 30 days of it.

    Those whose title shares most words with the publication's stand first. With *words* every one of them must
    be in the title and the days reach a year either way.
    """
    around = _SEARCHED if words.strip() else _AROUND
    day = publication.published_on
    sent = exists(
        select(Slot.id)
        .join(Variant, Variant.id == Slot.variant_id)
        .where(Variant.item_id == Item.id, Slot.state != SlotState.CANCELLED)
    )
    asked = select(Item.id, Item.title_folded, Item.planned_on).where(
        Item.planned_on.between(day - around, day + around), or_(Item.stage == Stage.APPROVED, sent)
    )
    if reach is not None:
        asked = asked.where(Item.organisation_id.in_(reach))
    for word in fold(words).split():
        asked = asked.where(Item.title_folded.contains(word, autoescape=True))
    rows = session.execute(asked.order_by(Item.planned_on.desc(), Item.id.desc()).limit(5_000)).all()
    wanted = words_of(publication.title_folded)
    ranked = sorted(
        rows,
        key=lambda row: (-len(wanted & words_of(row[1])), abs(((row[2] or day) - day).days), -row[0]),
    )
    return _items_in_order(session, [row[0] for row in ranked[:most]])


def words_of(folded: str) -> set[str]:
    """The words of a folded title that say something."""
    words = "".join(letter if letter.isalnum() else " " for letter in folded).split()
    return {word for word in words if len(word) >= SHORTEST_WORD}


def _items_in_order(session: Session, ids: Sequence[int]) -> list[Item]:
    found = {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(ids))).unique()}
    return [found[one] for one in ids]
