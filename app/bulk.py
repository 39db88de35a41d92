"""One deed to many rows: each by its own right and version, those that may not be done told apart from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.errors import Fault, Stale

Row = TypeVar("Row")
MOST = 200  # rows at once


class Picked(NamedTuple):
    """One row as it was picked: its key and the version that the page showed."""

    id: int
    version: int


@dataclass(frozen=True)
class Refusal:
    """Why one row was left as it is; *label* is empty when this person may not know the row."""

    label: str
    fault: Fault


@dataclass
class Summary(Generic[Row]):
    """What became of the picked rows, in their order."""

    done: list[Row] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def do_each(
    session: Session,
    picked: Iterable[Picked],
    *,
    find: Callable[[Picked], Row],
    label: Callable[[Row], str],
    act: Callable[[Row, Picked], object],
) -> Summary[Row]:
    """Do *act* to every picked row in a savepoint of its own; a refused row does not keep the others.

    *find* raises Missing for a row that this person may not know; *act* is a service with its right and version.
    """
    summary: Summary[Row] = Summary()
    for one in dict.fromkeys(picked):
        name = ""
        try:
            row = find(one)
            name = label(row)
            with session.begin_nested():
                act(row, one)
                session.flush()
        except StaleDataError:
            summary.refused.append(Refusal(name, Stale()))
        except Fault as fault:
            summary.refused.append(Refusal(name, fault))
        else:
            summary.done.append(row)
    return summary
