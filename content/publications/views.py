"""The list of publications and its file; the room's other pages register on this blueprint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Missing
from app.web.filters import show_word
from app.web.forms import say
from app.web.identity import access, may, requires
from app.web.lists import AT_ONCE, as_file, file_asked, list_tools
from app.web.paging import Page
from app.web.render import render
from app.web.session import reading
from content.outlets.forms import kind_choices
from content.outlets.models import OutletKind
from content.outlets.queries import list_outlets
from content.publications.bulk.views import bulk_offer
from content.publications.listing import PUBLICATIONS
from content.publications.models import HOLDS, Publication
from content.publications.queries import Line, Wanted, matches_of, page_of_lines, page_of_publications
from content.publications.queue.queries import count_queue
from content.themes.queries import list_themes

bp = Blueprint("publications", __name__, url_prefix="/publications", template_folder="templates")

FILTERS = ("q", "outlet", "kind", "theme", "month", "unmatched", "state")


def wanted_of(args: dict[str, str]) -> Wanted:
    """The filters of an address; what is no value of ours is left out."""
    kind = args.get("kind", "")
    return Wanted(
        outlet_id=_number(args.get("outlet")),
        kind=OutletKind(kind) if kind in set(OutletKind) else None,
        theme_id=_number(args.get("theme")),
        month=_month(args.get("month", "")),
        words=args.get("q", "").strip()[:200],
        unmatched=args.get("unmatched") == "1",
        dismissed=args.get("state") == "dismissed",
    )


def _number(raw: str | None) -> int | None:
    return int(raw) if raw and raw.isdecimal() and len(raw) < 16 else None


def _month(raw: str) -> date | None:
    try:
        found = date.fromisoformat(f"{raw}-01") if len(raw) == 7 else None
    except ValueError:
        return None
    return found if found and found.year in clock.YEARS else None


def _shown(wanted: Wanted) -> dict[str, Any]:
    """The filters as the address carries them."""
    values = {
        "q": wanted.words,
        "outlet": str(wanted.outlet_id or ""),
        "kind": wanted.kind.value if wanted.kind else "",
        "theme": str(wanted.theme_id or ""),
        "month": f"{wanted.month:%Y-%m}" if wanted.month else "",
        "unmatched": "1" if wanted.unmatched else "",
        "state": "dismissed" if wanted.dismissed else "",
    }
    return {name: value for name, value in values.items() if value}


@bp.get("")
@requires(Permission.READ_PUBLICATIONS)
def index() -> ResponseReturnValue:
    """What was published, newest first, within reach."""
    wanted = wanted_of(request.args.to_dict())
    if kind := file_asked():
        return _as_file(wanted, kind)
    shown, reach = _shown(wanted), access().reach(Permission.READ_PUBLICATIONS)
    page = page_of_publications(reading(), wanted, reach=reach, cursor=request.args.get("after"))
    themes, outlets = list_themes(reading()), list_outlets(reading(), reach=reach)
    labels = {
        "q": wanted.words,
        "outlet": next((one.name for one in outlets if one.id == wanted.outlet_id), say(N_("Nơi đăng"))),
        "kind": show_word(wanted.kind).label,
        "theme": next((one.name for one in themes if one.id == wanted.theme_id), say(N_("Chủ đề"))),
        "month": f"{wanted.month.month}/{wanted.month.year}" if wanted.month else "",
        "unmatched": say(N_("Chưa khớp")),
        "state": say(N_("Đã bỏ qua")),
    }
    chips = [{"label": labels[name], "remove_url": _link(shown, without=name)} for name in shown]
    return render(
        "content/publications/index.html",
        found=page,
        following=url_for(".index", **shown, after=page.following) if page.following else None,
        matches=matches_of(reading(), [one.id for one in page.rows]),
        holds=HOLDS,
        themes=themes,
        outlets=outlets,
        kinds=kind_choices(),
        shown=shown,
        chips=chips,
        waiting=count_queue(reading()) if may(Permission.MATCH_PUBLICATIONS) else None,
        tools=list_tools(PUBLICATIONS, shown),
        bulk=bulk_offer(dismissed=wanted.dismissed),
        here=url_for(".index", **shown),
    )


def _link(shown: dict[str, Any], *, without: str) -> str:
    return url_for(".index", **{name: value for name, value in shown.items() if name != without})


@bp.get("/csv")
@requires(Permission.READ_PUBLICATIONS)
def as_csv() -> ResponseReturnValue:
    """The list with its filters, as a file for Excel; the address that was there before ``?as=csv``."""
    return _as_file(wanted_of(request.args.to_dict()), "csv")


def _as_file(wanted: Wanted, kind: str) -> ResponseReturnValue:
    reach = access().reach(Permission.READ_PUBLICATIONS)

    def pages(cursor: str | None) -> Page[Line]:
        return page_of_lines(reading(), wanted, reach=reach, cursor=cursor, size=AT_ONCE)

    return as_file(PUBLICATIONS, pages, kind, today=clock.local_day(clock.now()))


def csv_answer(content: bytes | Iterator[bytes], name: str) -> Response:
    """A table as a file to keep."""
    answer = Response(content, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def within(publication: Publication, permission: Permission) -> Publication:
    """*publication* when the person's right reaches its outlet; else there is no such thing for them."""
    if not may(permission, publication.outlet.organisation_id):
        raise Missing(N_("Không có tin đã đăng này."))
    return publication


def item_link(item_id: int) -> str | None:
    """The page of an item, for those whose house has that room."""
    if "items.show" not in current_app.view_functions:
        return None
    return url_for("items.show", item_id=item_id)
