"""The quick reader: expat, for documents that are well-formed. No DTD is ever read."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from scheduler.watch.feedfile.builder import Builder, EnoughError


class DoctypeError(Exception):
    """The document has a DTD, which must be taken out first."""


def read_strict(data: bytes) -> tuple[Builder, bool] | None:
    """What *data* (UTF-8, whatever its prolog says) holds, and whether it was cut; None if it is not well-formed.

    Raises:
        DoctypeError, PageError: see there.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def begin(take: Callable[[str], None]) -> None:
        parser.CharacterDataHandler = take

    def finish() -> None:
        parser.CharacterDataHandler = None

    builder = Builder(begin=begin, finish=finish)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place only
    except EnoughError:
        return builder, True
    except expat.ExpatError:
        return None
    finally:  # parser and builder hold each other: let both go at once
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    return builder, False


def _refuse(*_: object) -> None:
    raise DoctypeError
