"""The database: typed base, column types that enforce UTC and NFC, and the two kinds of transaction."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    String,
    Text,
    create_engine,
    event,
)
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, lazyload, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.errors import N_, Busy, Fault, Refused, Stale
from app.text import clean

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_MS = 5_000  # how long a write waits for another one on SQLite

Key = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in and out; a naive value is a fault in our code and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What a value is in Python; keyset pages read their cursor by it."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what has no zone and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive moment {value!r}"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive values their zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class NfcString(TypeDecorator[str]):
    """Text in NFC without control or bidi marks, whatever door it came through (app.text.clean)."""

    impl = String
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        """What a value is in Python; keyset pages read their cursor by it."""
        return str

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean on the way in, for stored values and for compared ones."""
        return None if value is None else clean(value)


class NfcText(NfcString):
    """The same for long text."""

    impl = Text
    cache_ok = True


class SortKey(NfcString):
    """What app.text.sort_key made, compared byte by byte whatever the database's own order is."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """PostgreSQL is told to compare bytes; SQLite does so by itself."""
        length = cast(String, self.impl_instance).length
        return dialect.type_descriptor(
            String(length, collation="C") if dialect.name == "postgresql" else String(length)
        )


class Base(DeclarativeBase):
    """Base of every table; the annotation of a column says its type and whether it may be null."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UtcDateTime(),
        str: NfcString(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        enum.StrEnum: Enum(
            enum.StrEnum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda kind: [one.value for one in kind],
        ),
    }


@event.listens_for(Column, "after_parent_attach")
def _clean_text_columns(column: Column[Any], table: Any) -> None:
    """Make every plain ``String(n)`` and ``Text`` of our tables clean its values: no model has to remember it."""
    if getattr(table, "metadata", None) is not Base.metadata:
        return
    if type(column.type) is String:
        column.type = NfcString(column.type.length)
    elif type(column.type) is Text:
        column.type = NfcText()


class Versioned:
    """A row that people share: each UPDATE names the version it read, and raises that version by one."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    def check_version(self, seen: int) -> None:
        """Refuse a change that was decided on another state than the present one.

        Raises:
            Stale: *seen* is not the present version.
        """
        if self.version != seen:
            raise Stale


def make_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, foreign keys, busy timeout) or PostgreSQL, set up the one way we test."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine for one command, closed at its end."""
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _prepare_sqlite(connection: Any, record: object) -> None:
    """Take over the driver's own BEGIN, and set what each SQLite connection must have."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: a lock taken after a read fails without waiting for the busy timeout."""
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def read_session(engine: Engine) -> Session:
    """A session for reading; the caller closes it."""
    return Session(engine, autoflush=False)


def lean(*kept: ExecutableOption) -> tuple[ExecutableOption, ...]:
    """Options for a list of a few words: of the relations that come joined by themselves, only *kept* do."""
    return (lazyload("*"), *kept)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session whose work is committed at the end, or rolled back whole when anything is raised.

    Raises:
        Stale: somebody changed a row at the same moment. Refused: somebody saved the same key at the same moment.
        Busy: the database was locked for too long.
    """
    try:
        with (
            Session(engine.execution_options(write=True), expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
    except StaleDataError as fault:
        raise Stale from fault
    except IntegrityError as fault:
        if not is_duplicate(fault):
            raise
        raise Refused(
            N_("Có người vừa lưu nội dung trùng với nội dung này. Hãy xem lại rồi làm lại.")
        ) from fault
    except OperationalError as fault:
        if not is_busy(fault):
            raise
        raise Busy from fault


def is_duplicate(fault: IntegrityError) -> bool:
    """Whether a unique key was taken (and not, say, a reference that leads nowhere, which is a fault of ours)."""
    state = getattr(fault.orig, "sqlstate", None)
    return state == "23505" or "UNIQUE constraint failed" in str(fault.orig)


def is_busy(fault: DatabaseError) -> bool:
    """Whether the database only asks to try again: locked for too long, a deadlock, a failed serialisation."""
    state = getattr(fault.orig, "sqlstate", None)
    return state in {"40001", "40P01", "55P03"} or "database is locked" in str(fault.orig)


def unusable(fault: DatabaseError) -> Fault | None:
    """What to do when the database as a whole cannot be used; None for a fault in one statement of ours."""
    why = " ".join(str(fault.orig).split())[:300]
    if "file is not a database" in why or "malformed" in why:
        return Refused(
            N_(
                "Tệp cơ sở dữ liệu đã hỏng ({why}). Hãy đổi tên tệp đó rồi khôi phục: python -m app restore TỆP"
            ),
            why=why,
        )
    if "unable to open" in why or "readonly" in why or "disk I/O" in why or "is full" in why:
        return Refused(
            N_(
                "Không mở hoặc không ghi được cơ sở dữ liệu ({why}). Hãy xem quyền ghi và chỗ trống của thư mục."
            ),
            why=why,
        )
    if isinstance(fault, OperationalError) and getattr(fault.orig, "sqlstate", "") is None:
        return Refused(
            N_(
                "Không nối được tới cơ sở dữ liệu ({why}). Hãy xem máy chủ cơ sở dữ liệu và LOA_DATABASE_URL."
            ),
            why=why,
        )
    if is_busy(fault):
        return Busy(N_("Cơ sở dữ liệu đang bận. Hãy thử lại sau giây lát."))
    return None
