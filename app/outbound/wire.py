"""Connections to checked numbers, on sockets whose every reading ends at one deadline.

urllib3 speaks HTTP over them. A deadline for each single reading, as sockets have it, would be begun anew by a
server that sends a byte a second.
"""

from __future__ import annotations

import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from urllib3 import exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from app.outbound.reach import Number, Target
from app.outbound.trouble import OutboundError, Trouble


class TimedSocket(socket.socket):
    """A socket whose every reading ends at one deadline (of time.monotonic)."""

    deadline = float("inf")

    def recv_into(self, *given: Any, **named: Any) -> int:
        """As a socket's, within what is left of the time."""
        self.settimeout(left_until(self.deadline))
        return super().recv_into(*given, **named)


class TimedTlsSocket(ssl.SSLSocket):
    """The same under TLS."""

    deadline = float("inf")

    def recv_into(self, *given: Any, **named: Any) -> int:
        """As a socket's, within what is left of the time."""
        self.settimeout(left_until(self.deadline))
        return super().recv_into(*given, **named)


def left_until(deadline: float) -> float:
    """The seconds to *deadline*; raises TimeoutError when it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class Guarded(HTTPConnection):
    """A connection to the numbers that were checked, whatever its name stands for by now."""

    numbers: tuple[Number, ...] = ()
    deadline = float("inf")
    connect_seconds = 5.0

    def _new_conn(self) -> socket.socket:
        for place, number in enumerate(self.numbers):
            family = socket.AF_INET if number.version == 4 else socket.AF_INET6
            made = TimedSocket(family, socket.SOCK_STREAM)
            try:
                made.settimeout(min(self.connect_seconds, left_until(self.deadline)))
                made.connect((str(number), self.port))
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                made.settimeout(left_until(self.deadline))  # for the handshake of TLS
            except OSError:
                made.close()
                if place == len(self.numbers) - 1:
                    raise
            else:
                return made
        raise OutboundError(Trouble.ADDRESS)


class GuardedTls(Guarded, HTTPSConnection):
    """The same under TLS; certificate and SNI are those of the name."""


@cache
def tls() -> ssl.SSLContext:
    """The machine's own authorities; made once, since reading them takes a while."""
    made = ssl.create_default_context()
    made.sslsocket_class = TimedTlsSocket
    return made


def send(
    connection: Guarded, target: Target, headers: Mapping[str, str], deadline: float
) -> BaseHTTPResponse:
    """Ask and read the head of the response, all before *deadline*."""
    connection.deadline = deadline
    connection.timeout = left_until(deadline)
    if connection.sock is None:
        connection.connect()
    if isinstance(connection.sock, TimedSocket | TimedTlsSocket):
        connection.sock.deadline = deadline
    connection.request("GET", target.path, headers=headers, preload_content=False)
    return connection.getresponse()


@contextmanager
def telling() -> Iterator[None]:
    """Turn what urllib3, the sockets and TLS raise into one class with a sentence."""
    try:
        yield
    except (ssl.SSLError, ssl.CertificateError, exceptions.SSLError) as fault:
        raise OutboundError(Trouble.TLS) from fault
    except (TimeoutError, exceptions.TimeoutError) as fault:
        raise OutboundError(Trouble.TIMEOUT) from fault
    except (exceptions.HTTPError, http.client.HTTPException, ValueError) as fault:
        raise OutboundError(Trouble.PROTOCOL) from fault
    except OSError as fault:
        raise OutboundError(Trouble.REFUSED) from fault


def look_up(host: str, deadline: float) -> tuple[Number, ...]:
    """What the name stands for, in the order of the system.

    The system's look-up knows no deadline, so it runs in a thread that is left behind when the time is over.
    """
    told: queue.SimpleQueue[list[Any] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            told.put(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as fault:
            told.put(fault)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        found = told.get(timeout=max(deadline - time.monotonic(), 0.001))
    except queue.Empty as fault:
        raise OutboundError(Trouble.DNS) from fault
    if isinstance(found, OSError | UnicodeError):
        raise OutboundError(Trouble.DNS) from found
    return tuple(dict.fromkeys(ipaddress.ip_address(one[4][0]) for one in found))
