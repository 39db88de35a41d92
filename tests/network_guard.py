"""No test opens a connection beyond this machine: anything else is refused here, before it leaves."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


class LeavesTheMachine(AssertionError):
    """A test tried to reach another machine."""


def check(address: Any) -> None:
    """Refuse an address that is not of the loopback range; Unix sockets are fine."""
    if not isinstance(address, tuple):
        return
    host = str(address[0])
    if host == "localhost":
        return
    try:
        is_own = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_own = False  # a name: looking it up would leave the machine already
    if not is_own:
        raise LeavesTheMachine(str(address))


@pytest.fixture(autouse=True, scope="session")
def stay_on_this_machine() -> Iterator[None]:
    """Guard every socket of the test process for as long as it runs."""

    def connect(self: socket.socket, address: Any) -> None:
        check(address)
        _connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return _connect_ex(self, address)

    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect, socket.socket.connect_ex = _connect, _connect_ex  # type: ignore[method-assign]
