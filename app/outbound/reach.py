"""Which addresses this installation may reach. Pure: no look-up, no socket.

Whoever names an address to us (a feed, a redirect, a pasted link) could name a machine behind our own wall. So a
web address is taken in its plain spelling only, every number that its name stands for must lie on the open
internet, and what lies inside is reached only where the installation lists it (LOA_OUTBOUND_ALLOW).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import quote, urlsplit

from app.errors import N_, Invalid

PORTS = frozenset({80, 443, 8080, 8443})
DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST = 2_000

Number = IPv4Address | IPv6Address

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")  # browsers read such a host as an IPv4 address
# Given out for special use, whatever the installed Python's own table says (IANA's registries, 2026).
_SPECIAL = tuple(
    IPv4Network(block)
    for block in ("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15")
)
_GLOBAL_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address in the last 32 bits (RFC 6052)
_OLD_V4 = IPv6Network("::/96")  # the same, given up by RFC 4291

WRONG = N_(
    "Địa chỉ không đúng. Địa chỉ phải bắt đầu bằng http:// hoặc https:// và viết theo cách thông thường."
)


@dataclass(frozen=True)
class Target:
    """A web address taken apart: *host* in ASCII, *path* as it is sent, *number* when the host is one."""

    scheme: str
    host: str
    port: int
    path: str
    number: Number | None = None

    @property
    def url(self) -> str:
        """The address as a whole."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def read_target(url: str) -> Target:
    """The parts of *url*.

    Raises:
        Invalid: it is no http or https address, carries a name and password, or is spelled in an odd way, such
            as 127.9, 0x7f000001, 2130706441, a name with a dot at its end, or IPv4 within IPv6.
    """
    if len(url) > LONGEST or re.search(r"[\x00-\x1f\x7f\\]", url):
        raise Invalid(WRONG)
    try:
        parts = urlsplit(url.strip(" "))
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise Invalid(WRONG) from fault
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host or port == 0 or "@" in parts.netloc:
        raise Invalid(WRONG)
    name, number = _read_host(host, in_brackets=parts.netloc.startswith("["))
    return Target(scheme, name, port or DEFAULT_PORTS[scheme], _sent(parts.path, parts.query), number)


def _read_host(host: str, *, in_brackets: bool) -> tuple[str, Number | None]:
    """The host as it is looked up, and the number when it is one."""
    try:
        if in_brackets:
            found = IPv6Address(host)
            if found.scope_id or found.ipv4_mapped or found in _OLD_V4:
                raise Invalid(WRONG)
            return str(found), found
        name = host.encode("idna").decode("ascii").lower() if len(host) <= 253 else ""
        if _ENDS_IN_NUMBER.search(name):
            return name, IPv4Address(name)
    except ValueError as fault:
        raise Invalid(WRONG) from fault
    if not _NAME.fullmatch(name):
        raise Invalid(WRONG)
    return name, None


def _sent(path: str, query: str) -> str:
    """Path and query in ASCII; percent signs stay as they are."""
    safe = "/%:@!$&'()*+,;=~-._[]"
    return quote(path or "/", safe=safe) + (f"?{quote(query, safe=safe + '?')}" if query else "")


def is_outside(number: Number) -> bool:
    """Whether *number*, and every IPv4 address that it carries inside, lies on the open internet."""
    if isinstance(number, IPv6Address):
        if number.ipv4_mapped:
            return is_outside(number.ipv4_mapped)
        if not all(is_outside(one) for one in _carried(number)):
            return False
        if number not in _GLOBAL_V6 and number not in _NAT64:
            return False
    elif any(number in block for block in _SPECIAL):
        return False
    return number.is_global and not (number.is_multicast or (number.is_reserved and number not in _NAT64))


def _carried(number: IPv6Address) -> Iterator[IPv4Address]:
    """IPv4 addresses to which a gateway would pass on what is sent to *number*."""
    if number.sixtofour:
        yield number.sixtofour
    if number.teredo:
        yield from number.teredo
    if number in _NAT64 or number in _OLD_V4:
        yield IPv4Address(int(number) & 0xFFFF_FFFF)


@dataclass(frozen=True)
class Opening:
    """A host or network that may be reached although it lies inside; *ports* None means every port."""

    host: str
    network: IPv4Network | IPv6Network | None
    ports: frozenset[int] | None

    def lets(self, target: Target, number: Number) -> bool:
        """Whether it covers that target at that number."""
        if self.ports is not None and target.port not in self.ports:
            return False
        return target.host == self.host if self.network is None else number in self.network


@dataclass(frozen=True)
class Reach:
    """The open internet on the usual ports, and what else this installation allows."""

    openings: tuple[Opening, ...] = ()

    def knows(self, host: str) -> bool:
        """Whether the installation lists that very name."""
        return any(one.network is None and one.host == host for one in self.openings)

    def allows(self, target: Target, numbers: Iterable[Number]) -> bool:
        """Whether *target* may be reached at each of *numbers*; never when there is none."""
        found = list(numbers)
        return bool(found) and all(self._allows(target, number) for number in found)

    def _allows(self, target: Target, number: Number) -> bool:
        if target.port in PORTS and is_outside(number):
            return True
        return any(one.lets(target, number) for one in self.openings)


def read_reach(text: str) -> Reach:
    """The reach that a setting describes: hosts and networks between commas, each with ``:port`` or ``:*``.

    ``10.20.0.0/16, 10.1.2.3:9000, cong.quangngai.local, [fd00::/8]:8080, 127.0.0.0/8:*``; without a port the
    usual ones.

    Raises:
        Invalid: an entry is none of these.
    """
    return Reach(tuple(_opening(entry.strip()) for entry in text.split(",") if entry.strip()))


def _opening(entry: str) -> Opening:
    wrong = Invalid(
        N_("“{entry}” không phải máy hay mạng; ví dụ: 10.20.0.0/16, cong.noibo.vn:8080"), entry=entry
    )
    place, ports = entry, ""
    if entry.startswith("["):
        place, _, ports = entry[1:].partition("]")
    elif entry.count(":") == 1:
        place, _, ports = entry.partition(":")
        ports = ":" + ports
    if ports and not re.fullmatch(r":(\*|\d{1,5})", ports):
        raise wrong
    opened = PORTS if not ports else None if ports == ":*" else frozenset({int(ports[1:])})
    try:
        return Opening("", ipaddress.ip_network(place), opened)
    except ValueError:
        if not _NAME.fullmatch(place.lower()) or _ENDS_IN_NUMBER.search(place.lower()):
            raise wrong from None
        return Opening(place.lower(), None, opened)
