"""What a feed's answer becomes: publications that were not known, edits of those that were, and proposals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit, clock
from app.db import is_duplicate
from app.text import fold
from content.outlets.feeds.models import Feed
from content.publications.found.entry import FoundEntry
from content.publications.found.identity import Known, ReadEntry, Seen, group, read_entries
from content.publications.found.models import Sighting
from content.publications.found.notes import note_of
from content.publications.found.proposals import propose_matches
from content.publications.found.retitled import Retitled, keep_edits
from content.publications.found.rows import add_new
from content.publications.models import Publication, PublicationStatus

NEVER = 1.01  # a score that no match reaches: people decide everything
BY_WATCHER = audit.SystemActor("Bộ theo dõi nguồn tin")


@dataclass(frozen=True)
class FoundCount:
    """What became of a feed's entries: each is new or known (some of these edited), or had no usable link."""

    new: int = 0
    known: int = 0
    changed: int = 0
    no_link: int = 0


def record_found(
    session: Session,
    feed: Feed,
    entries: Sequence[FoundEntry],
    *,
    now: datetime,
    confirm_above: float = NEVER,
) -> FoundCount:
    """Keep what *feed* showed: each publication once, however often, under whatever name and by whomever it comes.

    New ones wait in the queue (FOUND) with what they may match; matches with a score of *confirm_above* or more
    hold at once. An edited title becomes the publication's, the old one stays in its history. Neither the poll's
    other work nor another poller is disturbed: the whole takes part in the caller's transaction.
    """
    read, no_link = read_entries(entries)
    known = _known(session, feed, read)
    ids: dict[int, int] = {}  # the publication of each entry, by its place in *read*
    edits: list[Retitled] = []
    unknown: list[ReadEntry] = []
    for place, one in enumerate(read):
        seen = known.find(one)
        if seen is None:
            unknown.append(one)
            continue
        ids[place] = seen.id
        if seen.title != one.title:
            edits.append(Retitled(seen.id, one.title, one.summary))
    made, written = _add(session, feed, group(unknown), now=now)
    for place, one in enumerate(read):
        if place not in ids:
            ids[place] = made[one.key]
    _note_sightings(session, feed, [(one, ids[place]) for place, one in enumerate(read)], known, now=now)
    changed = keep_edits(session, edits, actor=BY_WATCHER, now=now)
    propose_matches(session, written, confirm_above=confirm_above, now=now)
    propose_matches(session, changed, confirm_above=confirm_above, now=now)
    return FoundCount(new=len(written), known=len(read) - len(written), changed=len(changed), no_link=no_link)


def _known(session: Session, feed: Feed, read: Sequence[ReadEntry]) -> Known:
    """Everything that the entries may be, in three queries."""
    columns = (Publication.id, Publication.address_key, Publication.article_no, Publication.title)
    names = {name for one in read for name in one.names}
    numbers = {one.article_no for one in read if one.article_no}
    sighted = (
        select(Sighting.entry_key, *columns, Sighting.raw_date)
        .join(Publication, Publication.id == Sighting.publication_id)
        .where(Sighting.feed_id == feed.id, Sighting.entry_key.in_(names))
    )
    by_key = select(*columns).where(Publication.address_key.in_({one.key for one in read}))
    by_no = select(*columns).where(
        Publication.outlet_id == feed.outlet_id, Publication.article_no.in_(numbers)
    )
    return Known(
        {row[0]: Seen(*row[1:]) for row in session.execute(sighted)} if read else {},
        {str(row[1]): Seen(*row) for row in session.execute(by_key)} if read else {},
        {str(row[2]): Seen(*row) for row in session.execute(by_no.order_by(Publication.id.desc()))}
        if numbers
        else {},
    )


def _add(
    session: Session, feed: Feed, groups: Sequence[Sequence[ReadEntry]], *, now: datetime
) -> tuple[dict[str, int], list[Publication]]:
    """Write what is new; the publication of each key, and those that this call wrote."""
    wanted = {one[0].key: one[0] for one in groups}
    of_key: dict[str, int] = {}
    written: list[Publication] = []
    while wanted:
        # In one order whoever writes, so that two at once wait for one another and never both.
        rows = [_row(feed, wanted[key], now=now) for key in sorted(wanted)]
        try:
            with session.begin_nested():
                session.add_all(rows)
                session.flush()
        except IntegrityError as fault:
            if not is_duplicate(fault):
                raise
            there = _ids_of(session, wanted)  # another writer was quicker
            of_key |= there
            wanted = {key: one for key, one in wanted.items() if key not in there}
        else:
            written, wanted = rows, {}
    of_key |= {str(one.address_key): one.id for one in written}
    for one in written:
        audit.record(session, BY_WATCHER, "publication.found", one, at=now, details={"feed": _name(feed)})
    return {one.key: of_key[together[0].key] for together in groups for one in together}, written


def _ids_of(session: Session, keys: Iterable[str]) -> dict[str, int]:
    asked = select(Publication.address_key, Publication.id).where(Publication.address_key.in_(list(keys)))
    return {str(key): number for key, number in session.execute(asked)}


def _name(feed: Feed) -> str:
    return feed.title or feed.address


def _row(feed: Feed, one: ReadEntry, *, now: datetime) -> Publication:
    published_at, note = note_of(feed, one, now=now)
    return Publication(
        outlet_id=feed.outlet_id,
        title=one.title,
        title_folded=fold(one.title),
        summary=one.summary,
        address=one.address,
        address_key=one.key,
        article_no=one.article_no,
        published_at=published_at,
        published_on=clock.local_day(published_at),
        note=note,
        status=PublicationStatus.FOUND,
        logged_at=now,
    )


def _note_sightings(
    session: Session,
    feed: Feed,
    read: Sequence[tuple[ReadEntry, int]],
    known: Known,
    *,
    now: datetime,
) -> None:
    """Remember each entry under its name; an entry that changed its name keeps its one row."""
    wanted = {known.name_for(one, number): (number, one.raw_date) for one, number in read}
    new = {name: row for name, row in wanted.items() if name not in known.by_name}
    if not new:
        return
    asked = select(Sighting.publication_id, Sighting.entry_key).where(
        Sighting.feed_id == feed.id, Sighting.publication_id.in_({number for number, _ in new.values()})
    )
    spare: dict[int, list[str]] = {}
    for number, name in session.execute(asked):
        if name not in wanted:
            spare.setdefault(number, []).append(name)
    rows = []
    for name, (number, raw_date) in sorted(new.items()):
        if old := spare.get(number):
            session.execute(
                update(Sighting)
                .where(Sighting.feed_id == feed.id, Sighting.entry_key == old.pop())
                .values(entry_key=name, raw_date=raw_date, seen_at=now)
            )
        else:
            rows.append(
                {
                    "feed_id": feed.id,
                    "entry_key": name,
                    "publication_id": number,
                    "raw_date": raw_date,
                    "seen_at": now,
                }
            )
    add_new(session, Sighting, rows)
