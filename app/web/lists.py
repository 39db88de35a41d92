"""What long lists share: columns that are chosen and kept, and the whole list as CSV or XLSX with the same filters.

A room describes its list as a ``Listing`` of ``Column``s; its view asks ``shown_columns`` and, when the address says
``as=csv`` or ``as=xlsx``, answers ``as_file`` with the pages of the same query that the page itself shows.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any, Generic, TypeVar

from flask import Response, after_this_request, request, url_for

from app.csv_file import stream_table
from app.errors import N_
from app.web.filters import show_day, show_moment, show_word
from app.web.forms import say
from app.web.paging import Page
from app.web.session import house
from app.xlsx import Cell, write_sheet

Row = TypeVar("Row")
Value = Cell | enum.StrEnum | bool
Pages = Callable[[str | None], Page[Row]]  # a page of the list by its cursor

AT_ONCE = 2_000  # rows read at a time for a file
IN_MEMORY = 2_000_000  # bytes of a file that are held in memory while it is made
MOST = {"csv": 200_000, "xlsx": 20_000}  # rows of one file; a workbook is made whole before it is sent
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its name in the address, its heading, and what a file holds in it.

    *is_fixed* stands always; *is_usual* stands until somebody chooses; *width* is in letters.
    """

    name: str
    label: str
    value: Callable[[Row], Value]
    width: int = 20
    is_fixed: bool = False
    is_usual: bool = True


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A list of rows: the name of its file, its title, its columns in order."""

    name: str
    title: str
    columns: tuple[Column[Row], ...]

    @property
    def cookie(self) -> str:
        """Where this browser keeps its choice of columns."""
        return f"loa_cols_{self.name.replace('-', '_')}"


def shown_columns(listing: Listing[Any]) -> frozenset[str]:
    """The names of the columns to show: those of the address (then kept in the browser), else the kept, else the usual."""
    asked = request.args.getlist("cols")
    known = {column.name for column in listing.columns}
    if asked:
        chosen = known & set(asked)
        _keep(listing, chosen)
    else:
        kept = request.cookies.get(listing.cookie)
        chosen = known & set(kept.split(".")) if kept else _usual(listing)
    return frozenset(chosen | {column.name for column in listing.columns if column.is_fixed})


def _usual(listing: Listing[Any]) -> set[str]:
    return {column.name for column in listing.columns if column.is_usual}


def _keep(listing: Listing[Any], chosen: set[str]) -> None:
    """Let this browser remember the choice for a year."""
    value = ".".join(sorted(chosen)) or "-"

    @after_this_request
    def remember(answer: Response) -> Response:
        answer.set_cookie(
            listing.cookie,
            value,
            max_age=365 * 86_400,
            samesite="Lax",
            httponly=True,
            secure=house().settings.is_https,
        )
        return answer


def list_tools(listing: Listing[Any], filters: Mapping[str, Any]) -> dict[str, Any]:
    """What the macro ``ui.list_tools`` needs: the choice of columns, and the addresses of the two files."""
    endpoint, shown = str(request.endpoint), shown_columns(listing)
    kept = {name: value for name, value in filters.items() if value not in (None, "")}
    return {
        "columns": [
            {"name": one.name, "label": say(one.label), "is_shown": one.name in shown}
            for one in listing.columns
            if not one.is_fixed
        ],
        "shown": shown,
        "action": url_for(endpoint),
        "filters": kept,
        "csv_url": url_for(endpoint, **{**kept, "as": "csv"}),
        "xlsx_url": url_for(endpoint, **{**kept, "as": "xlsx"}),
    }


def file_asked() -> str | None:
    """ "csv" or "xlsx" when the address asks for the list as a file."""
    asked = request.args.get("as")
    return asked if asked in MOST else None


def as_file(listing: Listing[Row], pages: Pages[Row], kind: str, *, today: date) -> Response:
    """The whole list with its filters as a file: the columns that are shown, headings in the reader's language.

    *today* is in the file's name.
    """
    shown = shown_columns(listing)
    columns = [one for one in listing.columns if one.name in shown]
    name = f"{listing.name}-{today:%Y%m%d}.{kind}"
    if kind == "xlsx":
        heads = [(say(one.label), one.width) for one in columns]
        made = write_sheet(say(listing.title), heads, _rows(columns, pages, MOST[kind], _plain))
        answer = Response(made, mimetype=XLSX)
    else:
        table = _with_head(columns, _rows(columns, pages, MOST[kind], _written))
        answer = Response(_sent(_kept(stream_table(table))), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _kept(pieces: Iterator[bytes]) -> SpooledTemporaryFile[bytes]:
    """The whole file, on disk when it is long: a fault on the way is an error page and never half a table."""
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by _sent
    for piece in pieces:
        file.write(piece)
    file.seek(0)
    return file


def _sent(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(64 * 1024):
            yield block


def _with_head(columns: Sequence[Column[Row]], rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    yield [say(one.label) for one in columns]
    yield from rows


def _rows(
    columns: Sequence[Column[Row]], pages: Pages[Row], most: int, write: Callable[[Value], Any]
) -> Iterator[list[Any]]:
    """The cells of every row, and a last line that says so when there are more than *most*."""
    rows, told = _every(pages), dict[tuple[type, Value], Any]()

    def written(value: Value) -> Any:
        if not isinstance(value, date | enum.StrEnum) or isinstance(value, datetime):
            return write(value)
        if (kind := (type(value), value)) not in told:  # days and words come again in thousands of rows
            told[kind] = write(value)
        return told[kind]

    for row in islice(rows, most):
        yield [written(column.value(row)) for column in columns]
    if next(rows, None) is not None:
        yield [say(N_("Còn nữa: tệp dừng ở {most} dòng. Hãy lọc hẹp hơn."), most=most)]


def _every(pages: Pages[Row]) -> Iterator[Row]:
    """Row after row, page after page."""
    cursor: str | None = None
    while True:
        page = pages(cursor)
        yield from page.rows
        cursor = page.following
        if cursor is None:
            return


def _plain(value: Value) -> Cell:
    """A value as a workbook holds it: days and moments stay such."""
    if isinstance(value, enum.StrEnum):
        return show_word(value).label
    if isinstance(value, bool):
        return say(N_("Có")) if value else ""
    return value


def _written(value: Value) -> str | int | float:
    """A value as people read it."""
    if isinstance(value, datetime):
        return show_moment(value)
    if isinstance(value, date):
        return show_day(value)
    plain = _plain(value)
    return "" if plain is None else plain  # type: ignore[return-value]  # days were taken out above
