"""Asking the index: the newest hits of a kind that somebody may know of, how many there are, and a list's condition.

Hits that hold the whole question as one phrase stand first, the others after them; both newest first. The order
is the entries' own key, so it is the same on both databases and costs the same on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Select,
    String,
    bindparam,
    cast,
    column,
    false,
    func,
    literal_column,
    select,
    table,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import coercions, roles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter, True_
from sqlalchemy.sql.visitors import InternalTraversal

from app.accounts.access import Access
from app.search.models import INDEX, REF, TABLE, SearchEntry, place, places, read_place
from app.search.searchable import Searchable, searchables
from app.search.words import Question, Term, read_question

MOST_COUNTED = 100
FEW = 1_000  # hits that a list is given by their keys, and rows of a kind that are read without the index
_LARGE = "search.large_kinds"
_fts = table(INDEX, column("rowid", BigInteger), column(INDEX, String))


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


def _fts_term(term: Term) -> str:
    words = " ".join(term.words)
    return f'({"exact" if term.exact else "folded"} : "{words}"{" *" if term.open_end else ""})'


def _ts_term(term: Term) -> str:
    weight = "B" if term.exact else "A"
    words = [f"'{word}':{weight}" for word in term.words]
    if term.open_end:
        words[-1] = f"'{term.words[-1]}':*{weight}"
    return f"({' <-> '.join(words)})"


def as_fts(question: Question, part: str = "all") -> str:
    """*question* as FTS5 asks it; *part* is "whole" (the phrase) or "all"."""
    return _fts_term(question.whole) if part == "whole" else " AND ".join(map(_fts_term, question.terms))


def as_ts(question: Question, part: str = "all") -> str:
    """*question* as PostgreSQL's tsquery; *part* may also be "rest": all but the phrase."""
    if part == "whole":
        return _ts_term(question.whole)
    every = " & ".join(map(_ts_term, question.terms))
    return f"({every}) & !{_ts_term(question.whole)}" if part == "rest" else every


def found(session: Session, kind: str, key: InstrumentedAttribute[int], typed: str) -> ColumnElement[bool]:
    """The condition that the row of that key is of *kind* and found by what was typed; nothing typed finds all."""
    if not typed.strip():
        return true()
    question = read_question(typed)
    if question is None:
        return false()
    number = searchables()[kind].number
    if _is_sqlite(session):
        # SQLite does not know how rare a word is: it would read a whole list in its order for three hits in it.
        few = list(session.scalars(_entries(session, number, question, "all").limit(_number(FEW + 1))))
        if len(few) <= FEW:
            return key.in_([entry & REF for entry in few])
    return _Among(key, number, question)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


class _Among(ColumnElement[bool]):
    """``key IN (what the index finds)``, written as each database asks its own index."""

    type = Boolean()
    inherit_cache = True
    _traverse_internals = [
        (name, InternalTraversal.dp_clauseelement) for name in ("row_key", "low", "high", "fts", "ts")
    ]

    def __init__(self, key: Any, kind: int, question: Question, part: str = "all") -> None:
        self.row_key: Any = coercions.expect(roles.ExpressionElementRole, key)
        self.low, self.high = (_number(entry) for entry in places(kind))
        self.fts, self.ts = _literal(as_fts(question, part)), _literal(as_ts(question, part))

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.row_key._from_objects)  # noqa: SLF001 - the table of the key, as any comparison tells it


def _literal(asked: str) -> BindParameter[str]:
    """A question of our own making, written into the statement: the planner then knows how common its words are."""
    return bindparam(None, asked, String, unique=True, literal_execute=True)


def _number(value: int) -> BindParameter[int]:
    """A number written into the statement: PostgreSQL plans a prepared statement without knowing its LIMIT."""
    return bindparam(None, value, BigInteger, unique=True, literal_execute=True)


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    key, fts, low, high = (
        compiler.process(part, **options)
        for part in (element.row_key, element.fts, element.low, element.high)
    )
    return (
        f"{key} IN (SELECT rowid & {REF} FROM {INDEX} "  # noqa: S608 - our own names and bound values
        f"WHERE {INDEX} MATCH {fts} AND rowid BETWEEN {low} AND {high})"
    )


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    key, ts, low, high = (
        compiler.process(part, **options) for part in (element.row_key, element.ts, element.low, element.high)
    )
    return (
        f"{key} IN (SELECT ref_id FROM {TABLE} "  # noqa: S608
        f"WHERE search_words @@ CAST({ts} AS tsquery) AND id BETWEEN {low} AND {high})"
    )


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
        if _is_sqlite(
            session
        ):  # from the end, where the kind's own hits are; PostgreSQL has them all at once
            asked = asked.order_by(asked.selected_columns[0].desc())
    return session.scalar(select(func.count()).select_from(asked.limit(_number(most + 1)).subquery())) or 0


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
        return list(session.scalars(asked.order_by(entry.desc()).limit(_number(most))))
    key, day = one.rows.selected_columns[:2]
    rows = _narrowed(session, access, one, question, part)
    if below is not None and below <= places(one.number)[1]:
        rows = rows.where(tuple_(day, key) < tuple_(*read_place(below), types=[day.type, key.type]))
    rows = rows.order_by(day.desc(), key.desc()).limit(_number(most))
    return [place(one.number, on, ref_id) for ref_id, on in session.execute(rows)]


def _entries(
    session: Session, kind: int, question: Question, part: str, *, below: int | None = None
) -> Select[int]:
    """Places of all hits of a kind, straight from the database's own index."""
    low, high = places(kind)
    last = high if below is None else below - 1
    if not _is_sqlite(session):
        asked = cast(_literal(as_ts(question, part)), TSQUERY)
        rows = select(SearchEntry.id, literal_column("search_words", TSVECTOR).label("search_words"))
        rows = rows.where(SearchEntry.id.between(_number(low), _number(last)))
        if kind not in _large_kinds(session):
            rows = rows.offset(
                _number(0)
            )  # read as they are: the index of words would bring the hits of all kinds
        among = rows.subquery()
        return select(among.c.id).where(among.c.search_words.op("@@")(asked))
    entry = _fts.c.rowid
    match = _fts.c.search_fts.match(_literal(as_fts(question, part)))
    hits = select(entry).where(match, entry.between(_number(low), _number(last)))
    if part == "rest":  # FTS5's own NOT reads on to the end of the index, beyond the kind
        hits = hits.where(entry.not_in(_entries(session, kind, question, "whole", below=below)))
    return hits


def _large_kinds(session: Session) -> frozenset[int]:
    """The numbers of the kinds with more than ``FEW`` rows, asked once in a session."""
    if _LARGE not in session.info:
        asked = []
        for one in searchables().values():
            low, high = map(_number, places(one.number))
            beyond = select(SearchEntry.id).where(SearchEntry.id.between(low, high)).offset(_number(FEW))
            asked.append(select(_number(one.number)).where(beyond.exists()))
        session.info[_LARGE] = frozenset(session.scalars(union_all(*asked)))
    large: frozenset[int] = session.info[_LARGE]
    return large


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
    asked = _entries(session, one.number, question, part, below=below)
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
    probed = key.op("+")(0) if _is_sqlite(session) else key  # else it would look every hit up by its key
    asked = select(key, day).where(false() if visible is None else visible)
    if part == "rest":
        return asked.where(
            _Among(probed, one.number, question), ~_Among(probed, one.number, question, "whole")
        )
    return asked.where(_Among(probed, one.number, question, part))
