"""When two addresses are one publication. Pure: no network, no database.

What is compared is the host without ``www.``, ``m.``, ``mobile.``, ``amp.`` in front, the path without its last
slash, and the query without what only tells where a reader came from; scheme, fragment and default port do not
count (as Media Cloud's metadata-lib does for its keys). What is kept for people is the address as it was pasted,
without those tracking parts.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from app.errors import N_, Invalid
from app.text import clean, fold

LONGEST = 2_000
_TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "mibextid",
        "mc_cid",
        "mc_eid",
        "zarsrc",
        "_ga",
        "_gl",
        "_gac",
        "spm",
        "ref_src",
        "ref_url",
        "share_source",
        "sharetype",
        "gidzl",
        "vn_source",
        "vn_medium",
        "vn_campaign",
        "vn_term",
        "vn_thumb",
        "__twitter_impression",
    ]
)
_TRACKING_PREFIXES = ("utm_", "ga_", "pk_", "mtm_", "__tn__", "__cft__")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_FRONT = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=.+\..)")  # "m.vn" keeps its m
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BARE = re.compile(r"^[^\s/?#:@]+\.[^\s/?#:@]+(?::\d+)?(?:[/?#]|$)")


@dataclass(frozen=True)
class Address:
    """An address as people see it, and its key: SHA-256 in hex of what is compared."""

    shown: str
    key: str


def read_address(raw: str) -> Address:
    """The address that was pasted.

    Raises:
        Invalid: it is no http or https address of a named host, names a user, or is longer than 2,000 letters.
    """
    parts = _split(clean(raw).strip())
    host, port = _host(parts), _port(parts)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(pair[0])]
    shown_query = parts.query if len(query) == _pairs(parts.query) else urlencode(query)
    place = parts.hostname or host
    shown = urlunsplit((parts.scheme.lower(), place.lower() + port, parts.path or "/", shown_query, ""))
    if len(shown) > LONGEST:
        raise Invalid(N_("Đường dẫn dài {size} ký tự, nhiều nhất là {most}."), size=len(shown), most=LONGEST)
    compared = _FRONT.sub("", host) + port + _path(parts.path)
    if query:
        compared += "?" + urlencode(sorted((_nfc(name), _nfc(value)) for name, value in query))
    return Address(shown, hashlib.sha256(compared.encode()).hexdigest())


def site_of(host: str) -> str:
    """*host* without what stands in front for phones and the like: two of one site compare equal."""
    return _FRONT.sub("", host.rstrip(".").lower())


def air_key(outlet_id: int, published_at: datetime, title: str) -> str:
    """The key of what has no address: the same title on the same outlet in the same minute is one bulletin."""
    minute = published_at.strftime("%Y%m%dT%H%M")
    words = " ".join(fold(title).split())
    return hashlib.sha256(f"air|{outlet_id}|{minute}|{words}".encode()).hexdigest()


def _split(text: str) -> SplitResult:
    """The parts of an http address; a host pasted without its scheme is taken as https."""
    wrong = Invalid(
        N_("Đường dẫn không đúng. Hãy dán nguyên địa chỉ bài, bắt đầu bằng http:// hoặc https://.")
    )
    if len(text) > 4 * LONGEST:
        raise Invalid(N_("Đường dẫn dài {size} ký tự, nhiều nhất là {most}."), size=len(text), most=LONGEST)
    if re.search(r"\s", text) or "\\" in text:
        raise wrong
    if _BARE.match(text):
        text = "https://" + text
    try:
        parts = urlsplit(text)
        has_user = parts.username is not None or parts.password is not None
    except ValueError as fault:
        raise wrong from fault
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        raise wrong
    if has_user:
        raise Invalid(N_("Đường dẫn có kèm tên đăng nhập. Hãy dán địa chỉ mà ai cũng mở được."))
    return parts


def _host(parts: SplitResult) -> str:
    """The host in ASCII (IDNA), as browsers look it up."""
    raw = (parts.hostname or "").rstrip(".")
    try:
        host = raw.encode("idna").decode("ascii").lower() if raw else ""
    except UnicodeError:
        host = ""
    if not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+", host):
        raise Invalid(N_("Tên miền trong đường dẫn không đúng."))
    return host


def _port(parts: SplitResult) -> str:
    """``:8080`` where the address names a port of its own."""
    try:
        port = parts.port
    except ValueError as fault:
        raise Invalid(N_("Tên miền trong đường dẫn không đúng.")) from fault
    return "" if port is None or port == _DEFAULT_PORTS[parts.scheme.lower()] else f":{port}"


def _path(path: str) -> str:
    """One spelling of the path: percent signs only where they are needed, letters in NFC, no last slash."""
    if re.search(r"%2f|%5c|%00", path, re.IGNORECASE):
        return path.rstrip("/")  # an escaped slash is not a slash
    return quote(_nfc(unquote(path)), safe="/:@!$&'()*+,;=~-._").rstrip("/")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _pairs(query: str) -> int:
    return len(parse_qsl(query, keep_blank_values=True))


def _is_tracking(name: str) -> bool:
    lowered = name.lower()
    return lowered in _TRACKING or lowered.startswith(_TRACKING_PREFIXES)
