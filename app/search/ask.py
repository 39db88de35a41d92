"""Asking the index: the newest hits of a kind that somebody may know of, how many there are, and a list's condition.

Hits that hold the whole question as one phrase stand first, the others after them; both newest first. The order
is the entries' own key, so it is the same on both databases and costs the same on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, false, func, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import True_

from app.accounts.access import Access
from app.search.engines import Among, is_sqlite, list_places, literal_number
from app.search.models import REF, place, places, read_place
from app.search.searchable import Searchable, searchables
from app.search.words import Question, read_question

MOST_COUNTED = 100
FEW = 1_000  # hits that a list is given by their keys


class Place(NamedTuple):
    """Where a page of hits ends: in the phrase's hits (0) or the others (1), and the entry's id."""

    part: int
    entry: int


@dataclass(frozen=True)
class Found:
    """One page of hits of a kind: keys of its rows, and where the next page begins; None on the last.

    The first *whole* of them hold the whole question as one phrase.
    """

    ref_ids: Sequence[int]
    following: Place | None
    whole: int = 0


def found(session: Session, kind: str, key: InstrumentedAttribute[int], typed: str) -> ColumnElement[bool]:
    """The condition that the row of that key is of *kind* and found by what was typed; nothing typed finds all."""
    if not typed.strip():
        return true()
    question = read_question(typed)
    if question is None:
        return false()
    number = searchables()[kind].number
    if is_sqlite(session):
        # SQLite does not know how rare a word is: it would read a whole list in its order for three hits in it.
        few = list(
            session.scalars(list_places(session, number, question, "all").limit(literal_number(FEW + 1)))
        )
        if len(few) <= FEW:
            return key.in_([entry & REF for entry in few])
    return Among(key, number, question)


def find(
    session: Session,
    access: Access,
    kind: str,
    question: Question,
    *,
    size: int,
    cursor: Place | None = None,
) -> Found:
    """One page of hits of *kind* that *access* may know of, beginning after *cursor*."""
    one = searchables()[kind]
    if one.visible(access) is None:
        return Found((), None)
    parts = ["all"] if question.is_plain else ["whole", "rest"]
    begin = cursor or Place(0, places(one.number)[1] + 1)
    rows: list[Place] = []
    for number, part in list(enumerate(parts))[begin.part :]:
        below = begin.entry if number == begin.part else None
        entries = _newest(session, access, one, question, part, below=below, most=size + 1 - len(rows))
        rows += [Place(number, entry) for entry in entries]
        if len(rows) > size:
            break
    shown = rows[:size]
    whole = sum(one.part == 0 for one in shown) if len(parts) > 1 else len(shown)
    return Found([one.entry & REF for one in shown], shown[-1] if len(rows) > size else None, whole)


def count(
    session: Session, access: Access, kind: str, question: Question, *, most: int = MOST_COUNTED
) -> int:
    """How many hits of *kind* this person may know of, counted up to *most* and one more."""
    one = searchables()[kind]
    if one.visible(access) is None:
        return 0
    if one.is_narrow(access):
        asked: Select[*tuple[Any, ...]] = _narrowed(session, access, one, question, "all")
    else:
        asked = _allowed(session, access, one, question, "all")
        if is_sqlite(session):  # from the end, where the kind's own hits are; PostgreSQL has them all at once
            asked = asked.order_by(asked.selected_columns[0].desc())
    return (
        session.scalar(select(func.count()).select_from(asked.limit(literal_number(most + 1)).subquery()))
        or 0
    )


def _newest(
    session: Session,
    access: Access,
    one: Searchable,
    question: Question,
    part: str,
    *,
    below: int | None,
    most: int,
) -> list[int]:
    """Places of the newest hits before *below*."""
    if not one.is_narrow(access):
        asked = _allowed(session, access, one, question, part, below=below)
        entry = asked.selected_columns[0]
        return list(session.scalars(asked.order_by(entry.desc()).limit(literal_number(most))))
    key, day = one.rows.selected_columns[:2]
    rows = _narrowed(session, access, one, question, part)
    if below is not None and below <= places(one.number)[1]:
        rows = rows.where(tuple_(day, key) < tuple_(*read_place(below), types=[day.type, key.type]))
    rows = rows.order_by(day.desc(), key.desc()).limit(literal_number(most))
    return [place(one.number, on, ref_id) for ref_id, on in session.execute(rows)]


def _allowed(
    session: Session,
    access: Access,
    one: Searchable,
    question: Question,
    part: str,
    *,
    below: int | None = None,
) -> Select[int]:
    """Places of the hits that this person may know of."""
    asked = list_places(session, one.number, question, part, below=below)
    visible = one.visible(access)
    if visible is None or isinstance(visible, True_):
        return asked
    key = one.rows.selected_columns[0]
    return asked.join(one.model, key == asked.selected_columns[0].op("&")(REF)).where(visible)


def _narrowed(
    session: Session, access: Access, one: Searchable, question: Question, part: str
) -> Select[int, date]:
    """Key and day of the hits, read from the few rows that are this person's and not from a hundred thousand hits."""
    key, day = one.rows.selected_columns[:2]
    visible = one.visible(access)
    probed = key.op("+")(0) if is_sqlite(session) else key  # else it would look every hit up by its key
    asked = select(key, day).where(false() if visible is None else visible)
    if part == "rest":
        return asked.where(Among(probed, one.number, question), ~Among(probed, one.number, question, "whole"))
    return asked.where(Among(probed, one.number, question, part))
