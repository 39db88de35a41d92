"""The request's database sessions: one for reading, and short ones for writing that commit as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db import read_session, transaction
from app.settings import Settings
from app.storage import FileStore


@dataclass(frozen=True)
class House:
    """What one running process holds: settings, database, files."""

    settings: Settings
    engine: Engine
    files: FileStore


def house() -> House:
    """The house of the application that answers this request."""
    return cast(House, current_app.extensions["loa"])


def reading() -> Session:
    """The request's session for reading, closed when the request ends."""
    if "reading" not in g:
        g.reading = read_session(house().engine)
    return cast(Session, g.reading)


@contextmanager
def writing() -> Iterator[Session]:
    """A session whose work is committed at the end of the block, or undone whole when it raises.

    The reading session is let go first: on PostgreSQL and SQLite alike what is read after the block is new.
    """
    close_reading()
    with transaction(house().engine) as session:
        yield session


def close_reading(fault: BaseException | None = None) -> None:
    """Close the request's reading session, if one was opened."""
    session = g.pop("reading", None)
    if session is not None:
        session.close()


def init_app(app: Flask) -> None:
    """Let every request give its session back."""
    app.teardown_appcontext(close_reading)
