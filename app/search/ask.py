"""Asking the index: the newest hits of a kind that somebody may know of, how many there are, and a list's condition.

Hits that hold the whole question as one phrase stand first, the others after them; both newest first. The order
is the entries' own key, so it is the same on both databases and costs the same on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter, True_
from sqlalchemy.sql.visitors import InternalTraversal

from app.accounts.access import Access
from app.search.models import INDEX, REF, TABLE, SearchEntry, places
from app.search.searchable import Searchable, searchables
from app.search.words import Question, Term, read_question

MOST_COUNTED = 100
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
    """*question* as FTS5 asks it; *part* is "whole" (the phrase), "rest" (all but that) or "all"."""
    if part == "whole":
        return _fts_term(question.whole)
    every = " AND ".join(map(_fts_term, question.terms))
    return f"({every}) NOT {_fts_term(question.whole)}" if part == "rest" else every


def as_ts(question: Question, part: str = "all") -> str:
    """*question* as PostgreSQL's tsquery; *part* as for ``as_fts``."""
    if part == "whole":
        return _ts_term(question.whole)
    every = " & ".join(map(_ts_term, question.terms))
    return f"({every}) & !{_ts_term(question.whole)}" if part == "rest" else every


def found(kind: str, key: InstrumentedAttribute[int], typed: str) -> ColumnElement[bool]:
    """The condition that the row of that key is of *kind* and found by what was typed; nothing typed finds all."""
    if not typed.strip():
        return true()
    question = read_question(typed)
    return false() if question is None else _Among(key, searchables()[kind].number, question)


class _Among(ColumnElement[bool]):
    """``key IN (what the index finds)``, written as each database asks its own index."""

    type = Boolean()
    inherit_cache = True
    _traverse_internals = [
        (name, InternalTraversal.dp_clauseelement) for name in ("row_key", "low", "high", "fts", "ts")
    ]

    def __init__(self, key: InstrumentedAttribute[int], kind: int, question: Question) -> None:
        self.row_key: Any = key.__clause_element__()
        self.low, self.high = (bindparam(None, place, BigInteger, unique=True) for place in places(kind))
        self.fts, self.ts = _literal(as_fts(question)), _literal(as_ts(question))

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.row_key._from_objects)  # noqa: SLF001 - the table of the key, as any comparison tells it


def _literal(asked: str) -> BindParameter[str]:
    """A question of our own making, written into the statement: the planner then knows how common its words are."""
    return bindparam(None, asked, String, unique=True, literal_execute=True)


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
    parts = ["all"] if question.is_plain else ["whole", "rest"]
    begin = cursor or Place(0, places(one.number)[1] + 1)
    rows: list[Place] = []
    for number, part in list(enumerate(parts))[begin.part :]:
        below = begin.entry if number == begin.part else None
        asked = _hits(session, access, one, question, part, below=below).limit(size + 1 - len(rows))
        rows += [Place(number, entry) for entry in session.scalars(asked)]
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
    asked = _hits(session, access, one, question, "all").order_by(None).limit(most + 1)
    return session.scalar(select(func.count()).select_from(asked.subquery())) or 0


def _hits(
    session: Session,
    access: Access,
    one: Searchable,
    question: Question,
    part: str,
    *,
    below: int | None = None,
) -> Select[int]:
    """Places of the hits, newest first, straight from the database's own index."""
    low, high = places(one.number)
    if session.get_bind().dialect.name == "sqlite":
        entry: Any = _fts.c.rowid
        match = _fts.c.search_fts.match(_literal(as_fts(question, part)))
    else:
        entry = SearchEntry.id
        match = literal_column("search_words").op("@@")(cast(_literal(as_ts(question, part)), TSQUERY))
    asked = select(entry).where(match, entry.between(low, high if below is None else below - 1))
    visible = one.visible(access)
    if visible is None:
        return asked.where(false())
    if isinstance(visible, True_):
        return asked.order_by(entry.desc())
    key = one.rows.selected_columns[0]
    if one.is_narrow(access):  # of a hundred thousand hits a few are this person's: begin with what is theirs
        return (
            select(SearchEntry.id)
            .join(one.model, key == SearchEntry.ref_id)
            .where(SearchEntry.kind == one.number, visible, SearchEntry.id.in_(asked))
            .order_by(SearchEntry.id.desc())
        )
    return asked.join(one.model, key == entry.op("&")(REF)).where(visible).order_by(entry.desc())
