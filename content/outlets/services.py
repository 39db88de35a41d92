"""What can be done to outlets: add, change, retire, restore."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from app.organisations.queries import fold_name, get_organisation
from app.text import clean, sort_key
from content.outlets.feeds.services import stop_feeds_of
from content.outlets.models import Outlet, OutletKind

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")  # ISO 639, with a region or script where one is meant


@dataclass(frozen=True)
class OutletInput:
    """What is known of an outlet; empty means not known."""

    kind: OutletKind
    name: str
    organisation_id: int
    address: str = ""
    area: str = ""
    languages: tuple[str, ...] = ("vi",)
    is_own: bool = False


def add_outlet(session: Session, wanted: OutletInput, *, actor: audit.Actor, now: datetime) -> Outlet:
    """Add an outlet of an organisation.

    Raises:
        Refused: the organisation has one of that name. Invalid: name, address or a language cannot be taken.
        Missing: there is no such organisation.
    """
    outlet = Outlet(retired_at=None)
    _fill(session, outlet, wanted)
    session.add(outlet)
    session.flush()
    audit.record(session, actor, "outlet.add", outlet, at=now, details={"name": outlet.name})
    return outlet


def change_outlet(
    session: Session, outlet: Outlet, wanted: OutletInput, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Change what is known of an outlet.

    Raises:
        Stale: somebody changed it since. Refused, Invalid, Missing: as for ``add_outlet``.
    """
    outlet.check_version(seen)
    before = outlet.name
    _fill(session, outlet, wanted)
    session.flush()
    details = {"before": before, "name": outlet.name}
    audit.record(session, actor, "outlet.change", outlet, at=now, details=details)


def retire_outlet(session: Session, outlet: Outlet, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Take an outlet out of the lists to choose from and stop watching its feeds; what it published stays.

    Raises:
        Stale: somebody changed it since. Refused: it is retired already.
    """
    outlet.check_version(seen)
    if outlet.retired_at is not None:
        raise Refused(N_("“{name}” đã ngừng theo dõi."), name=outlet.name)
    outlet.retired_at = now
    stop_feeds_of(session, outlet, now=now)
    audit.record(session, actor, "outlet.retire", outlet, at=now, details={"name": outlet.name})


def restore_outlet(session: Session, outlet: Outlet, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Offer a retired outlet again.

    Raises:
        Stale: somebody changed it since. Refused: it is not retired.
    """
    outlet.check_version(seen)
    if outlet.retired_at is None:
        raise Refused(N_("“{name}” vẫn đang được theo dõi."), name=outlet.name)
    outlet.retired_at = None
    session.flush()
    audit.record(session, actor, "outlet.restore", outlet, at=now, details={"name": outlet.name})


def _fill(session: Session, outlet: Outlet, wanted: OutletInput) -> None:
    """Check and set the columns."""
    wanted = replace(wanted, name=clean(wanted.name), area=clean(wanted.area))
    folded = fold_name(wanted.name)
    if not folded:
        raise Invalid(N_("Tên cơ quan báo chí phải có chữ."))
    _check_lengths(wanted)
    organisation = get_organisation(session, wanted.organisation_id)
    with session.no_autoflush:
        taken = session.scalar(
            select(Outlet.id).where(Outlet.organisation_id == organisation.id, Outlet.name_folded == folded)
        )
    if taken is not None and taken != outlet.id:
        raise Refused(N_("{organisation} đã có “{name}”."), organisation=organisation.name, name=wanted.name)
    outlet.organisation_id, outlet.kind = organisation.id, wanted.kind
    outlet.name, outlet.name_folded, outlet.sort_key = wanted.name, folded, sort_key(wanted.name)
    outlet.address, outlet.area = home_page(wanted.address), wanted.area
    outlet.languages, outlet.is_own = _languages(wanted.languages), wanted.is_own


def _check_lengths(wanted: OutletInput) -> None:
    if len(wanted.name) > 300:
        raise Invalid(N_("Tên cơ quan báo chí dài nhất 300 ký tự."))
    if len(wanted.area) > 200:
        raise Invalid(N_("Địa bàn dài nhất 200 ký tự."))
    if len(wanted.address) > 490:  # "https://" may be put before it
        raise Invalid(N_("Địa chỉ trang chủ dài nhất 490 ký tự."))


def home_page(raw: str) -> str:
    """*raw* as an address that a browser opens; empty for an outlet without one.

    Raises:
        Invalid: it is no http or https address.
    """
    if not raw:
        return ""
    spelled = raw if "://" in raw else f"https://{raw}"
    try:
        parts = urlsplit(spelled)
        named = "." in (parts.hostname or "") and not parts.username
    except ValueError:
        named = False
    if not named or parts.scheme.lower() not in {"http", "https"} or re.search(r"\s", spelled):
        raise Invalid(N_("Địa chỉ trang chủ không đúng; ví dụ: https://baoquangngai.vn."))
    return spelled


def _languages(codes: tuple[str, ...]) -> list[str]:
    """The languages in order, each once; Vietnamese when none is named."""
    wanted = [code.lower() for code in codes if code] or ["vi"]
    for code in wanted:
        if not _LANGUAGE.fullmatch(code):
            raise Invalid(N_("Không rõ mã ngôn ngữ “{code}”; ví dụ: vi, hre, cor, kpm."), code=code[:40])
    return list(dict.fromkeys(wanted))
