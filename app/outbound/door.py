"""The one guarded door to the network: what is asked for, how long and how much, and where it may not lead.

urllib3 speaks HTTP; the name is looked up here, every number that it stands for is checked (reach.py), and the
connection goes to exactly that number, within one deadline for all of a request (wire.py). No cookies, no proxies from the environment, no retries but one on a kept
connection that the server had closed (docs/adr/0007-outbound.md).
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin

from urllib3.response import BaseHTTPResponse

from app.errors import Invalid
from app.outbound.reach import WRONG, Number, Reach, Target, read_target
from app.outbound.trouble import OutboundError, Trouble
from app.outbound.wire import Guarded, GuardedTls, look_up, send, telling, tls
from app.version import VERSION

CHUNK = 65_536
MOVED = frozenset({301, 302, 303, 307, 308})
MOVED_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds for the whole request, seconds to connect, bytes after unpacking."""

    total_seconds: float = 20.0
    connect_seconds: float = 5.0
    size: int = 15 * 2**20
    redirects: int = 5


@dataclass(frozen=True)
class Request:
    """One GET. *etag* and *last_modified* are sent back as they came."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "*/*"


@dataclass(frozen=True)
class Answer:
    """What came back: *headers* by small letters, *body* unpacked and empty unless the status is 2xx.

    *permanent_target* is where the asked address has moved for good, None when it has not.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    final_url: str
    permanent_target: str | None = None


class Door:
    """A way out for one thread: keeps one connection for each host until it is closed, and what names stand for."""

    def __init__(self, reach: Reach, *, agent: str = "Loa") -> None:
        self._reach, self._agent = reach, agent
        self._kept: dict[tuple[str, str, int], Guarded] = {}
        self._numbers: dict[str, tuple[Number, ...]] = {}

    def __enter__(self) -> Door:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what is kept open."""
        while self._kept:
            self._kept.popitem()[1].close()

    def fetch(self, request: Request, *, limits: Limits = Limits()) -> Answer:
        """The answer to *request*, whatever its status, after at most ``limits.redirects`` redirects.

        Raises:
            OutboundError: there is none.
        """
        deadline = time.monotonic() + limits.total_seconds
        target, moved, still_for_good = _read(request.url), None, True
        for _ in range(limits.redirects + 1):
            with self._asked(target, request, limits, deadline) as response:
                location = response.headers.get("location")
                if response.status not in MOVED or not location:
                    return _answer(response, target, moved, limits)
                still_for_good = still_for_good and response.status in MOVED_FOR_GOOD
            target = _next(target, location)
            moved = target.url if still_for_good else moved
        raise OutboundError(Trouble.REDIRECTS)

    @contextmanager
    def _asked(
        self, target: Target, request: Request, limits: Limits, deadline: float
    ) -> Iterator[BaseHTTPResponse]:
        """The response's head; the connection is kept when the block has read it to its end."""
        key = (target.scheme, target.host, target.port)
        kept = self._kept.pop(key, None)
        connection = kept or self._connection(target, limits, deadline)
        response: BaseHTTPResponse | None = None
        with telling():
            try:
                response = self._begun(connection, target, request, deadline, is_kept=kept is not None)
                yield response
                if response.closed and key not in self._kept:
                    self._kept[key] = connection
            finally:
                if response is not None:
                    response.close()  # a socket that the server will close belongs to the response
                if self._kept.get(key) is not connection:
                    connection.close()

    def _begun(
        self, connection: Guarded, target: Target, request: Request, deadline: float, *, is_kept: bool
    ) -> BaseHTTPResponse:
        """The head of the response; a kept connection that the server had closed is opened anew, once."""
        headers = self._headers(request)
        try:
            return send(connection, target, headers, deadline)
        except (ConnectionError, http.client.BadStatusLine):
            if not is_kept:
                raise
            connection.close()
            return send(connection, target, headers, deadline)

    def _connection(self, target: Target, limits: Limits, deadline: float) -> Guarded:
        """An unopened connection to the checked numbers of *target*."""
        made = (
            GuardedTls(target.host, target.port, ssl_context=tls())
            if target.scheme == "https"
            else Guarded(target.host, target.port)
        )
        made.numbers = self._checked(target, min(deadline, time.monotonic() + limits.connect_seconds))
        made.connect_seconds = limits.connect_seconds
        return made

    def _checked(self, target: Target, deadline: float) -> tuple[Number, ...]:
        """The numbers of *target*, each of which may be reached."""
        if target.number is not None:
            found: tuple[Number, ...] = (target.number,)
        elif "." not in target.host and not self._reach.knows(target.host):
            raise OutboundError(Trouble.ADDRESS)
        else:
            found = self._numbers.get(target.host) or look_up(target.host, deadline)
            self._numbers[target.host] = found
        if not self._reach.allows(target, found):
            raise OutboundError(Trouble.ADDRESS)
        return found

    def _headers(self, request: Request) -> dict[str, str]:
        sent = {"User-Agent": self._agent, "Accept": request.accept, "Accept-Encoding": "gzip, deflate, br"}
        if request.etag:
            sent["If-None-Match"] = request.etag
        if request.last_modified:
            sent["If-Modified-Since"] = request.last_modified
        return {**sent, **request.headers}


def fetch(request: Request, *, reach: Reach, agent: str = "Loa", limits: Limits = Limits()) -> Answer:
    """The answer to one request, over a connection of its own. Raises OutboundError."""
    with Door(reach, agent=agent) as door:
        return door.fetch(request, limits=limits)


def agent_of(public_url: str) -> str:
    """How we call ourselves: the program, its version, and where its people can be found."""
    return f"Loa/{VERSION} (+{public_url})"


def _read(url: str) -> Target:
    try:
        return read_target(url)
    except Invalid as fault:
        raise OutboundError(Trouble.ADDRESS, WRONG) from fault


def _next(target: Target, location: str) -> Target:
    """Where a redirect leads. http.client reads headers as Latin-1; servers write them in UTF-8."""
    place = location.encode("latin-1", "replace").decode("utf-8", "replace").strip().replace(" ", "%20")
    try:
        return _read(urljoin(target.url, place))
    except ValueError as fault:  # brackets without their other
        raise OutboundError(Trouble.ADDRESS, WRONG) from fault


def _answer(response: BaseHTTPResponse, target: Target, moved: str | None, limits: Limits) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    is_read = 200 <= response.status < 300 or response.length_remaining == 0
    body = _body(response, limits.size) if is_read else b""
    return Answer(response.status, headers, body, target.url, moved)


def _body(response: BaseHTTPResponse, most: int) -> bytes:
    """The body, unpacked as it comes and never beyond *most* bytes."""
    parts, size = [], 0
    while part := response.read(CHUNK):
        size += len(part)
        if size > most:
            raise OutboundError(Trouble.TOO_BIG)
        parts.append(part)
    return b"".join(parts)
