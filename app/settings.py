"""Settings: read once at start from the environment, then from ``loa.toml`` in the data folder, then defaults.

Every setting is listed in README.md; a test holds the two together.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.errors import N_, Invalid
from app.outbound.reach import Reach, read_reach

PREFIX = "LOA_"
NAMES = (
    "DATA",
    "DATABASE_URL",
    "HOST",
    "PORT",
    "PUBLIC_URL",
    "SITE_NAME",
    "PAGE_PROCESSES",
    "PAGE_THREADS",
    "TRUST_PROXY",
    "OUTBOUND_ALLOW",
    "CONFIRM_ABOVE",
)
IN_FILE = tuple(name for name in NAMES if name != "DATA")  # the file lies in that folder
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Settings:
    """What one installation decides; frozen, so that nothing changes it while it runs."""

    data: Path
    database_url: str
    host: str
    port: int
    public_url: str
    site_name: str
    page_processes: int
    page_threads: int
    trust_proxy: bool
    outbound: Reach
    confirm_above: float
    secret_key: str

    @property
    def files(self) -> Path:
        """The folder that holds files by their SHA-256."""
        return self.data / "files"

    @property
    def is_https(self) -> bool:
        """Whether people reach the pages over HTTPS, so that cookies are marked Secure."""
        return urlsplit(self.public_url).scheme == "https"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings of this process; creates the data folder and, once, the secret key in it.

    Raises:
        Invalid: a setting has a value that cannot be used; the sentence names it.
    """
    given = os.environ if environ is None else environ
    data = _folder(Path(given.get(PREFIX + "DATA") or "data").resolve())
    values = {
        **_from_file(data / "loa.toml"),
        **{name: given[PREFIX + name] for name in NAMES if given.get(PREFIX + name)},
    }
    host, port = values.get("HOST", "127.0.0.1"), _number(values, "PORT", 8057, most=65535)
    return Settings(
        data=data,
        database_url=_database_url(values.get("DATABASE_URL") or f"sqlite:///{data / 'loa.sqlite3'}"),
        host=host,
        port=port,
        public_url=_address(values.get("PUBLIC_URL") or f"http://{_in_address(host)}:{port}"),
        site_name=values.get("SITE_NAME", "Loa"),
        page_processes=_number(values, "PAGE_PROCESSES", 1, most=64),
        page_threads=_number(values, "PAGE_THREADS", 8, most=64),
        trust_proxy=_yes_or_no(values, "TRUST_PROXY"),
        outbound=_reach(values.get("OUTBOUND_ALLOW", "")),
        confirm_above=_score(values, "CONFIRM_ABOVE", 1.01),
        secret_key=_secret(data / "secret_key"),
    )


def _folder(path: Path) -> Path:
    """The data folder, made when it is not there, closed to other accounts of the machine."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise Invalid(N_("Không tạo được thư mục dữ liệu {path}: {why}"), path=path, why=fault) from fault
    return path


def _in_address(host: str) -> str:
    """*host* as it stands in a web address: an IPv6 number goes between brackets."""
    return f"[{host}]" if ":" in host else host


def _from_file(path: Path) -> dict[str, str]:
    """Settings of the file, names in upper case; an unknown name is refused, it is probably a slip."""
    if not path.is_file():
        return {}
    try:
        found = {name.upper(): str(value) for name, value in tomllib.loads(path.read_text("utf-8")).items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise Invalid(N_("Tệp cài đặt {path} không đọc được: {why}"), path=path, why=fault) from fault
    unknown = sorted(set(found) - set(IN_FILE))
    if unknown:
        raise Invalid(N_("Tệp cài đặt {path} có mục không rõ: {names}"), path=path, names=", ".join(unknown))
    return found


def _number(values: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    """A whole number from 1 to *most*."""
    raw = values.get(name, str(default))
    if not raw.isdecimal() or len(raw) > 6 or not 1 <= int(raw) <= most:
        raise Invalid(
            N_("Cài đặt {name} phải là số từ 1 đến {most}, không phải “{raw}”."),
            name=PREFIX + name,
            most=most,
            raw=raw,
        )
    return int(raw)


def _score(values: Mapping[str, str], name: str, default: float) -> float:
    """A number from 0 to 1.01, which no score reaches."""
    raw = values.get(name, str(default))
    found = float(raw) if re.fullmatch(r"\d(?:\.\d{1,4})?", raw) else -1.0
    if not 0 <= found <= 1.01:
        raise Invalid(
            N_("Cài đặt {name} phải là số từ 0 đến 1.01, không phải “{raw}”."), name=PREFIX + name, raw=raw
        )
    return found


def _yes_or_no(values: Mapping[str, str], name: str) -> bool:
    """Whether the setting says yes; not set is no."""
    raw = values.get(name, "0").lower()
    if raw not in {"0", "1", "true", "false", "yes", "no"}:
        raise Invalid(N_("Cài đặt {name} phải là 1 hoặc 0, không phải “{raw}”."), name=PREFIX + name, raw=raw)
    return raw in {"1", "true", "yes"}


def _reach(raw: str) -> Reach:
    """The open internet, and the hosts and networks inside that *raw* lists."""
    try:
        return read_reach(raw)
    except Invalid as fault:
        raise Invalid(N_("Cài đặt {name}: {why}"), name=PREFIX + "OUTBOUND_ALLOW", why=fault) from fault


def _address(raw: str) -> str:
    """A web address without a slash at its end."""
    try:
        parts = urlsplit(raw)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket without its other, a port that is no number
        usable = False
    if not usable:
        raise Invalid(
            N_("Cài đặt {name} phải là địa chỉ http(s), không phải “{raw}”."),
            name=PREFIX + "PUBLIC_URL",
            raw=raw,
        )
    return raw.rstrip("/")


def _database_url(raw: str) -> str:
    """An address of SQLite or PostgreSQL; nothing else is tested, so nothing else is taken."""
    try:
        parts = make_url(raw)
    except (ArgumentError, ValueError):
        parts = None
    if parts is None or parts.drivername not in {"sqlite", "postgresql", "postgresql+psycopg"}:
        raise Invalid(  # without the address: it may hold a password
            N_("Cài đặt {name} phải bắt đầu bằng sqlite:/// hoặc postgresql://"), name=PREFIX + "DATABASE_URL"
        )
    if parts.drivername == "sqlite" and parts.database in {None, "", ":memory:"}:
        raise Invalid(N_("Cài đặt {name} phải nêu tệp SQLite."), name=PREFIX + "DATABASE_URL")
    return raw.replace("postgresql://", "postgresql+psycopg://", 1)


def _make_secret(path: Path) -> None:
    """Put a new secret there, unless another process was first."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mode 0600
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first
    finally:
        Path(draft).unlink()


def _secret(path: Path) -> str:
    """The installation's secret, made at the first start and readable by its owner only.

    It appears whole or not at all: pages and scheduler may make it in the same moment, and both get the one that
    was first.
    """
    try:
        if not path.exists():
            _make_secret(path)
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise Invalid(N_("Không đọc được khóa bí mật {path}: {why}"), path=path, why=fault) from fault
    if len(key) < SHORTEST_SECRET:
        raise Invalid(
            N_("Khóa bí mật {path} đã hỏng. Hãy xóa tệp này rồi chạy lại; mọi người sẽ phải đăng nhập lại."),
            path=path,
        )
    return key
