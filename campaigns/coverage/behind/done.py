"""The publications behind a "done" number, page by page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from app.clock import Period
from app.errors import N_, Invalid
from campaigns.coverage.asked import Asked
from campaigns.coverage.behind.lists import SIZE, Listed
from campaigns.coverage.queries import load_promises, themes_asked
from content.outlets.models import Outlet
from content.publications.models import COUNTED, LOOSE, Match, Publication
from content.publications.tally.models import Tally
from content.themes.models import Theme


@dataclass(frozen=True)
class DoneRow:
    """One publication under one theme."""

    publication: Publication
    theme: Theme


def list_done(session: Session, asked: Asked, *, cursor: str) -> Listed:
    """The publications behind a "done" number, newest day first; one of two themes stands once under each.

    The number and where to look come from the counts that are kept: which outlets in which months have any.
    """
    theme_ids = None
    if asked.theme_id is not None or asked.campaign_id is not None:
        theme_ids = themes_asked(session, asked, [] if asked.theme_id else load_promises(session, asked))
    seen = _cursor(cursor) if cursor else None
    counts = _counts(session, asked, theme_ids)
    number = sum(count for _, _, count in counts)
    where = _where_to_look(counts, asked.span.period, seen)
    if where is None:
        return Listed(number, [], None)
    keys = _publications(session, asked, theme_ids, where, seen)
    rows = _matches(session, keys, theme_ids, seen)
    more = len(rows) > SIZE
    rows = rows[:SIZE]
    last = rows[-1] if rows else None
    following = (
        f"{last.publication.published_on.isoformat()}_{last.publication_id}_{last.id}"
        if more and last
        else None
    )
    return Listed(number, [DoneRow(one.publication, one.theme) for one in rows if one.theme], following)


def first_published(session: Session, asked: Asked) -> Publication | None:
    """The publication of the theme that was asked for that came first in the span: who moved first."""
    if asked.theme_id is None:
        return None
    counts = _counts(session, asked, {asked.theme_id})
    if not counts:
        return None
    first = counts[-1][0]  # the oldest month that has any
    outlets = [outlet for month, outlet, _ in counts if month == first]
    month = Period.month(first)
    wanted = (
        select(Publication)
        .where(
            Publication.published_on.between(month.first, month.last),
            Publication.status.in_(COUNTED),
            _holds({asked.theme_id}),
        )
        .order_by(Publication.published_on, Publication.published_at, Publication.id)
    )
    if len(outlets) <= FEW:  # seldom published: by the outlets that did, else by day
        wanted = wanted.where(Publication.outlet_id.in_(outlets))
    return session.scalars(wanted.limit(1)).first()


FEW = 5  # outlets that are quicker asked one by one than a month day by day
Counted = tuple[date, int, int]  # month, outlet, count
Seen = tuple[date, int, int]  # day, publication and match of the last row seen


@dataclass(frozen=True)
class _Where:
    """Days and outlets in which the rows of one page lie."""

    days: Period
    outlet_ids: Collection[int]


def _counts(session: Session, asked: Asked, theme_ids: Collection[int] | None) -> list[Counted]:
    """How many there are by month and outlet, newest month first."""
    wanted = (
        select(Tally.month, Tally.outlet_id, func.sum(Tally.count))
        .where(Tally.month.between(asked.span.period.first, asked.span.period.last), Tally.count > 0)
        .group_by(Tally.month, Tally.outlet_id)
        .order_by(Tally.month.desc())
    )
    if theme_ids is not None:
        wanted = wanted.where(Tally.theme_id.in_(theme_ids))
    if asked.outlet_id is not None:
        wanted = wanted.where(Tally.outlet_id == asked.outlet_id)
    if asked.kind is not None:
        wanted = wanted.join(Outlet, Outlet.id == Tally.outlet_id).where(Outlet.kind == asked.kind)
    return [(month, outlet, int(count)) for month, outlet, count in session.execute(wanted)]


def _where_to_look(counts: Sequence[Counted], period: Period, seen: Seen | None) -> _Where | None:
    """The newest months after the last row seen that surely hold a page, and their outlets; None for nothing."""
    last = min(seen[0], period.last) if seen else period.last
    found, outlets, first = 0, set(), None
    for month, outlet, count in counts:
        if month > last:
            continue
        if first is not None and month != first and found > SIZE:
            break
        first = month
        outlets.add(outlet)
        # Of the month in which the last page ended, some were seen: it proves nothing.
        found += 0 if seen and month == seen[0].replace(day=1) else count
    return None if first is None else _Where(Period(first, last), outlets)


def _publications(
    session: Session, asked: Asked, theme_ids: Collection[int] | None, where: _Where, seen: Seen | None
) -> list[int]:
    """The keys of the publications whose matches fill one page, by the index of days."""
    wanted = select(Publication.id).where(
        Publication.published_on.between(where.days.first, where.days.last),
        Publication.status.in_(COUNTED),
        _holds(theme_ids),
    )
    if asked.outlet_id is not None:
        wanted = wanted.where(Publication.outlet_id == asked.outlet_id)
    elif asked.kind is not None or theme_ids is not None:
        wanted = wanted.where(Publication.outlet_id.in_(where.outlet_ids))
    if seen:
        wanted = wanted.where(tuple_(Publication.published_on, Publication.id) <= tuple_(*seen[:2]))
    order = (Publication.published_on.desc(), Publication.id.desc())
    return list(session.scalars(wanted.order_by(*order).limit(SIZE + 2)))


def _holds(theme_ids: Collection[int] | None) -> ColumnElement[bool]:
    """Whether a publication is matched to one of these themes, or to any."""
    holds = exists().where(
        Match.publication_id == Publication.id, Match.theme_id.is_not(None), Match.decision.not_in(LOOSE)
    )
    return holds if theme_ids is None else holds.where(Match.theme_id.in_(theme_ids))


def _matches(
    session: Session, keys: Sequence[int], theme_ids: Collection[int] | None, seen: Seen | None
) -> list[Match]:
    """The matches of these publications that count, in the order of the list, those after the last one seen."""
    wanted = (
        select(Match)
        .where(Match.publication_id.in_(keys), Match.theme_id.is_not(None), Match.decision.not_in(LOOSE))
        .options(joinedload(Match.publication))
    )
    if theme_ids is not None:
        wanted = wanted.where(Match.theme_id.in_(theme_ids))
    rows = list(session.scalars(wanted).unique()) if keys else []
    place = {key: number for number, key in enumerate(keys)}
    rows.sort(key=lambda one: (place[one.publication_id], -one.id))
    return [one for one in rows if seen is None or one.publication_id != seen[1] or one.id < seen[2]]


def _cursor(raw: str) -> tuple[date, int, int]:
    """The values of the last row seen.

    Raises:
        Invalid: the cursor is not one that we made.
    """
    wrong = Invalid(N_("Địa chỉ trang không đúng. Hãy mở lại danh sách từ đầu."))
    try:
        day, publication_id, match_id = raw.split("_")
        found = date.fromisoformat(day), int(publication_id), int(match_id)
    except ValueError as fault:
        raise wrong from fault
    if max(found[1:]) >= 2**63:
        raise wrong
    return found
