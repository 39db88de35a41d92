"""No bench leaves this machine: a connection to anything but 127.0.0.0/8 or a local socket is refused."""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Any

NAMES = {"localhost", "", None}


def close_network() -> None:
    """Refuse every connection and name look-up that leaves this machine, until the process ends."""
    sys.addaudithook(_look)


def _look(event: str, given: tuple[Any, ...]) -> None:
    """The interpreter's own report of what is about to be done."""
    if event in {"socket.connect", "socket.sendto"}:
        where = given[1]
        if given[0].family != getattr(socket, "AF_UNIX", None) and not _is_here(where[0]):
            _refuse(where)
    elif event == "socket.getaddrinfo" and not _is_here(given[0]):
        _refuse(given[0])


def _is_here(host: object) -> bool:
    """Whether *host* is this machine."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in NAMES:
        return True
    try:
        return ipaddress.ip_address(str(name)) in ipaddress.ip_network("127.0.0.0/8")
    except ValueError:
        return False


def _refuse(where: object) -> None:
    message = f"a bench may not leave this machine: {where}"
    raise PermissionError(message)
