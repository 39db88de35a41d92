"""The audit page: every change, newest first, by person and by deed."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app import clock
from app.accounts.permissions import Permission
from app.audit import AuditEntry
from app.audit_listing import AUDIT
from app.feature import all_actions
from app.text import nfc
from app.web.filters import show_action
from app.web.identity import requires
from app.web.lists import AT_ONCE, as_file, file_asked, list_tools
from app.web.paging import SIZE, Page, paginate
from app.web.render import render
from app.web.session import reading

bp = Blueprint("audit", __name__, url_prefix="/audit", template_folder="templates")


@bp.get("")
@requires(Permission.READ_AUDIT)
def index() -> ResponseReturnValue:
    """Entries that match, fifty at a time."""
    actor, action = nfc(request.args.get("actor", "").strip())[:200], request.args.get("action", "")
    asked = select(AuditEntry)
    if actor:
        asked = asked.where(AuditEntry.actor_name == actor)
    if action:
        asked = asked.where(AuditEntry.action == action)

    def pages(after: str | None, size: int = AT_ONCE) -> Page[AuditEntry]:
        return paginate(reading(), asked, [AuditEntry.id], cursor=after, size=size)

    if kind := file_asked():
        return as_file(AUDIT, pages, kind, today=clock.local_day(clock.now()))
    page = pages(request.args.get("after"), SIZE)
    older = (
        url_for("audit.index", actor=actor or None, action=action or None, after=page.following)
        if page.following
        else None
    )
    return render(
        "app/audit/index.html",
        page=page,
        older=older,
        actor=actor,
        action=action,
        actions=sorted(all_actions()),
        chips=_chips(actor, action),
        tools=list_tools(AUDIT, {"actor": actor, "action": action}),
    )


def _chips(actor: str, action: str) -> list[dict[str, str]]:
    """What is filtered by, each with the address without it."""
    chips = []
    if actor:
        chips.append({"label": actor, "remove_url": url_for("audit.index", action=action or None)})
    if action:
        chips.append(
            {"label": show_action(action), "remove_url": url_for("audit.index", actor=actor or None)}
        )
    return chips
