"""Our texts around a day, read once and kept: a revision never changes, so only new ones are read again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from content.items.models import Approval
from content.items.sent_texts import AFTER, BEFORE, ApprovedText, list_approved_texts, read_texts
from content.publications.found.recognise import ItemProposal, OwnText, OwnTexts

LOOKED_AGAIN = timedelta(minutes=10)  # a moved day or a withdrawn piece shows at the latest then
_MOST_GONE = 0.5  # of the texts; when more of them have left the window, all are read anew
_MOST_KEPT = 4  # databases in one process: one, more in tests


@dataclass
class _Kept:
    """The texts of one database, which of them count, and when that was looked at."""

    texts: OwnTexts = field(default_factory=OwnTexts)
    places: dict[ApprovedText, int] = field(default_factory=dict)
    without: frozenset[int] = frozenset()
    newest: int = -1
    looked_at: datetime | None = None


_kept: OrderedDict[str, _Kept] = OrderedDict()
_one_at_a_time = Lock()


class Recogniser:
    """Says which of our items an entry is."""

    def __init__(self, kept: _Kept) -> None:
        self._texts, self._without = kept.texts, kept.without

    def find(self, title: str, summary: str, day: date) -> ItemProposal | None:
        """The item that was most likely published under *title* on the local *day*, None for none."""
        return self._texts.recognise(title, summary, day, without=self._without)


def recogniser(session: Session, *, now: datetime) -> Recogniser:
    """What recognises the items that were approved or planned in the last 60 days.

    Costs one look for a newer approval; where there is one, a query of keys and the new texts. The first call of a
    process reads all of them.
    """
    place = str(session.get_bind().engine.url)
    newest = session.scalar(select(func.max(Approval.id))) or 0
    with _one_at_a_time:
        kept = _kept.setdefault(place, _Kept())
        _kept.move_to_end(place)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
        if newest != kept.newest or kept.looked_at is None or not _is_fresh(kept.looked_at, now):
            _renew(session, kept, now=now)
            kept.newest, kept.looked_at = newest, now
        return Recogniser(kept)


def _is_fresh(looked_at: datetime, now: datetime) -> bool:
    return timedelta() <= now - looked_at < LOOKED_AGAIN


def _renew(session: Session, kept: _Kept, *, now: datetime) -> None:
    wanted = set(list_approved_texts(session, today=clock.local_day(now)))
    if len(kept.places) > 100 and len(kept.places.keys() - wanted) > _MOST_GONE * len(kept.places):
        kept.texts, kept.places = OwnTexts(), {}
    new = {one.revision_id: one for one in wanted if one not in kept.places}
    read = list(read_texts(session, new))
    places = kept.texts.add(
        OwnText(new[key].item_id, new[key].first - AFTER, new[key].last + BEFORE, title, f"{summary}\n{body}")
        for key, title, summary, body in read
    )
    kept.places |= {new[row[0]]: place for row, place in zip(read, places, strict=True)}
    kept.without = frozenset(place for one, place in kept.places.items() if one not in wanted)
