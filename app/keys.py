"""Thousands of keys as one value of a question, so that its text stays short and is read once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, cast, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Each(FunctionElement[Any]):
    """The entries of a JSON list, one a row, in a column ``value``."""

    inherit_cache = True


@compiles(_Each, "sqlite")
def _on_sqlite(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Each, "postgresql")
def _on_postgresql(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"jsonb_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS jsonb))"


def among(
    column: ColumnElement[int] | InstrumentedAttribute[int], keys: Iterable[int]
) -> ColumnElement[bool]:
    """Whether *column* is one of *keys*; none for an empty list.

    An ``IN`` of as many parameters is written, sent and read anew for each length of the list.
    """
    listed = _Each(literal(json.dumps(list(keys)), String())).table_valued("value")
    return column.in_(select(cast(listed.c.value, BigInteger)))
