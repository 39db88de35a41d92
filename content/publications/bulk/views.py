"""Many publications at once, from their list: confirm what was proposed, add a theme, leave out, take back in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import audit, clock
from app.accounts.permissions import Permission
from app.bulk import Picked, Summary, do_each
from app.errors import N_, Fault, Missing
from app.web.bulk import Deed, Undo, field, read_choice, read_reason, run
from app.web.forms import Choices, named
from app.web.identity import current_person, may, requires
from app.web.session import reading, writing
from content.publications.bulk.services import add_theme, confirm_proposed
from content.publications.models import Publication
from content.publications.queries import get_publication
from content.publications.services import dismiss_publication, restore_publication
from content.themes.queries import list_themes

bp = Blueprint("publication_bulk", __name__, url_prefix="/publications")

CONFIRM = Deed(
    "confirm",
    N_("Xác nhận chỗ khớp đề xuất"),
    N_("Đã xác nhận {done} tin."),
    N_("{refused} tin không xác nhận được"),
)
THEME = Deed(
    "theme",
    N_("Thêm chủ đề"),
    N_("Đã thêm chủ đề cho {done} tin."),
    N_("{refused} tin không thêm được chủ đề"),
    needs=("theme",),
)
DISMISS = Deed(
    "dismiss",
    N_("Bỏ qua"),
    N_("Đã bỏ qua {done} tin; không còn được đếm."),
    N_("{refused} tin không bỏ qua được"),
    needs=("reason",),
)
RESTORE = Deed(
    "restore",
    N_("Đưa trở lại"),
    N_("Đã đưa {done} tin trở lại; lại được đếm."),
    N_("{refused} tin không đưa trở lại được"),
)
RIGHTS = {
    CONFIRM: Permission.MATCH_PUBLICATIONS,
    THEME: Permission.MATCH_PUBLICATIONS,
    DISMISS: Permission.LOG_PUBLICATIONS,
    RESTORE: Permission.LOG_PUBLICATIONS,
}


@dataclass(frozen=True)
class Given:
    """What the deed was given."""

    theme_id: int = 0
    reason: str = ""


def _deeds() -> list[Deed]:
    return [deed for deed, right in RIGHTS.items() if may(right)]


def bulk_offer(*, dismissed: bool) -> dict[str, Any]:
    """What the list's bar needs; the list of what was left out offers to take it back in."""
    deeds = [deed for deed in _deeds() if (deed is RESTORE) is dismissed]
    return {"deeds": deeds, "fields": _fields() if deeds else (), "action": url_for("publication_bulk.do")}


def _themes() -> Choices:
    return named(list_themes(reading()))


def _fields() -> list[dict[str, Any]]:
    return [field("theme", N_("Chủ đề"), choices=_themes()), field("reason", N_("Lý do"))]


def _read(deed: Deed) -> Given:
    if deed is THEME:
        return Given(theme_id=read_choice("theme", _themes(), N_("Chọn chủ đề.")))
    return Given(reason=read_reason()) if deed is DISMISS else Given()


def _within(publication: Publication, permission: Permission) -> Publication:
    """The publication, where the right reaches its outlet."""
    if not may(permission, publication.outlet.organisation_id):
        raise Missing
    return publication


def _names(picked: Sequence[Picked]) -> list[tuple[str, str]]:
    """The picked publications that this person may know."""
    found = []
    for one in picked:
        try:
            publication = _within(get_publication(reading(), one.id), Permission.READ_PUBLICATIONS)
        except Fault:
            continue
        found.append((f"{one.id}.{one.version}", publication.title))
    return found


@bp.post("/bulk")
@requires(Permission.MATCH_PUBLICATIONS, Permission.LOG_PUBLICATIONS)
def do() -> ResponseReturnValue:
    """Do one thing to the ticked publications."""
    return run(_deeds(), read=_read, names=_names, fields=_fields, act=_act)


def _act(deed: Deed, given: Given, picked: Sequence[Picked]) -> tuple[Summary[Publication], Undo | None]:
    """Do it to each that the right reaches."""
    right = RIGHTS[deed]
    with writing() as db:
        act = _service(db, deed, given, current_person(), clock.now())
        summary = do_each(
            db,
            picked,
            find=lambda one: _within(get_publication(db, one.id), right),
            label=lambda publication: publication.title,
            act=lambda publication, one: act(publication, one.version),
        )
    return summary, None


def _service(
    db: Session, deed: Deed, given: Given, actor: audit.Actor, now: datetime
) -> Callable[[Publication, int], object]:
    """The service behind a deed, given the publication and the version that was seen."""
    if deed is CONFIRM:
        return lambda one, seen: confirm_proposed(db, one, seen=seen, actor=actor, now=now)
    if deed is THEME:
        return lambda one, seen: add_theme(db, one, given.theme_id, seen=seen, actor=actor, now=now)
    if deed is DISMISS:
        return lambda one, seen: dismiss_publication(
            db, one, reason=given.reason, seen=seen, actor=actor, now=now
        )
    return lambda one, seen: restore_publication(db, one, seen=seen, actor=actor, now=now)
