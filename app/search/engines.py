"""What each database's own index is asked: the question in its language, the places of the hits, a list's condition."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Select,
    String,
    bindparam,
    cast,
    column,
    literal_column,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql import coercions, roles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.visitors import InternalTraversal

from app.search.models import INDEX, REF, TABLE, SearchEntry, places
from app.search.searchable import searchables
from app.search.words import Question, Term

SMALL = 1_000  # rows of a kind that are read without the index of words
_LARGE = "search.large_kinds"
_fts = table(INDEX, column("rowid", BigInteger), column(INDEX, String))


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


def is_sqlite(session: Session) -> bool:
    """Whether *session* asks SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def list_places(
    session: Session, kind: int, question: Question, part: str, *, below: int | None = None
) -> Select[int]:
    """Places of all hits of a kind, straight from the database's own index."""
    low, high = places(kind)
    last = high if below is None else below - 1
    if not is_sqlite(session):
        asked = cast(_literal(as_ts(question, part)), TSQUERY)
        rows = select(SearchEntry.id, literal_column("search_words", TSVECTOR).label("search_words"))
        rows = rows.where(SearchEntry.id.between(literal_number(low), literal_number(last)))
        if kind not in _large_kinds(session):
            # Read as they are: the index of words would bring the hits of all kinds.
            rows = rows.offset(literal_number(0))
        among = rows.subquery()
        return select(among.c.id).where(among.c.search_words.op("@@")(asked))
    entry = _fts.c.rowid
    match = _fts.c.search_fts.match(_literal(as_fts(question, part)))
    hits = select(entry).where(match, entry.between(literal_number(low), literal_number(last)))
    if part == "rest":  # FTS5's own NOT reads on to the end of the index, beyond the kind
        hits = hits.where(entry.not_in(list_places(session, kind, question, "whole", below=below)))
    return hits


def _large_kinds(session: Session) -> frozenset[int]:
    """The numbers of the kinds with more than ``SMALL`` rows, asked once in a session."""
    if _LARGE not in session.info:
        asked = []
        for one in searchables().values():
            first, last = places(one.number)
            own = SearchEntry.id.between(literal_number(first), literal_number(last))
            beyond = select(SearchEntry.id).where(own).offset(literal_number(SMALL))
            asked.append(select(literal_number(one.number)).where(beyond.exists()))
        session.info[_LARGE] = frozenset(session.scalars(union_all(*asked)))
    large: frozenset[int] = session.info[_LARGE]
    return large


class Among(ColumnElement[bool]):
    """``key IN (what the index finds)``, written as each database asks its own index."""

    type = Boolean()
    inherit_cache = True
    _traverse_internals = [
        (name, InternalTraversal.dp_clauseelement) for name in ("row_key", "low", "high", "fts", "ts")
    ]

    def __init__(self, key: Any, kind: int, question: Question, part: str = "all") -> None:
        self.row_key: Any = coercions.expect(roles.ExpressionElementRole, key)
        self.low, self.high = (literal_number(entry) for entry in places(kind))
        self.fts, self.ts = _literal(as_fts(question, part)), _literal(as_ts(question, part))

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.row_key._from_objects)  # noqa: SLF001 - the table of the key, as any comparison tells it


def _literal(asked: str) -> BindParameter[str]:
    """A question of our own making, written into the statement: the planner then knows how common its words are."""
    return bindparam(None, asked, String, unique=True, literal_execute=True)


def literal_number(value: int) -> BindParameter[int]:
    """A number written into the statement: PostgreSQL plans a prepared statement without knowing its LIMIT."""
    return bindparam(None, value, BigInteger, unique=True, literal_execute=True)


@compiles(Among, "sqlite")
def _on_sqlite(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    key, fts, low, high = (
        compiler.process(part, **options)
        for part in (element.row_key, element.fts, element.low, element.high)
    )
    return (
        f"{key} IN (SELECT rowid & {REF} FROM {INDEX} "  # noqa: S608 - our own names and bound values
        f"WHERE {INDEX} MATCH {fts} AND rowid BETWEEN {low} AND {high})"
    )


@compiles(Among, "postgresql")
def _on_postgresql(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    key, ts, low, high = (
        compiler.process(part, **options) for part in (element.row_key, element.ts, element.low, element.high)
    )
    return (
        f"{key} IN (SELECT ref_id FROM {TABLE} "  # noqa: S608
        f"WHERE search_words @@ CAST({ts} AS tsquery) AND id BETWEEN {low} AND {high})"
    )
