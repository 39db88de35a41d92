"""Thousands of keys as one value of a question, so that its text stays short and is read once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType


class _Among(FunctionElement[Any]):
    """A column and a JSON list of keys: whether the first is one of the second."""

    inherit_cache = True
    type = (
        NullType()
    )  # of a Boolean, SQLite would be asked whether it equals 1, and go through the whole table


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, keys = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608 - two compiled elements


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    """As an array made beside the statement: PostgreSQL looks each key up in an index.

    An array in the statement itself it may compare with every row instead; a list unfolded there, it guesses at.
    """
    column, keys = (compiler.process(one, **options) for one in element.clauses)
    array = f"CAST(translate({keys}, '[]', '{{}}') AS BIGINT[])"
    return f"{column} = ANY (ARRAY (SELECT unnest({array})))"


def among(
    column: ColumnElement[int] | InstrumentedAttribute[int], keys: Iterable[int]
) -> ColumnElement[bool]:
    """Whether *column* is one of *keys*; none for an empty list.

    An ``IN`` of as many parameters is written, sent and read anew for each length of the list.
    """
    return _Among(column, literal(json.dumps(list(keys)), String()))
