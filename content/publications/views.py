"""The list of publications and its file; the room's other pages register on this blueprint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from app import clock
from app.accounts.permissions import Permission
from app.db import read_session
from app.errors import N_, Missing
from app.web.filters import is_english, show_word, write_day
from app.web.forms import say
from app.web.identity import access, may, requires
from app.web.render import render
from app.web.session import close_reading, house, reading
from content.outlets.csvfile import stream_table
from content.outlets.forms import kind_choices
from content.outlets.models import OutletKind
from content.outlets.queries import list_outlets
from content.publications.models import HOLDS, Publication, PublicationStatus
from content.publications.queries import (
    AT_ONCE,
    MOST_IN_FILE,
    Line,
    Reach,
    Wanted,
    lines_after,
    list_themes,
    matches_of,
    page_of_publications,
)

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
        csv_url=url_for(".as_csv", **shown),
    )


def _link(shown: dict[str, Any], *, without: str) -> str:
    return url_for(".index", **{name: value for name, value in shown.items() if name != without})


@bp.get("/csv")
@requires(Permission.READ_PUBLICATIONS)
def as_csv() -> ResponseReturnValue:
    """The list with its filters, as a file for Excel."""
    lines = _lines(
        house().engine, wanted_of(request.args.to_dict()), access().reach(Permission.READ_PUBLICATIONS)
    )
    close_reading()  # nothing of the database is held while somebody's line is slow
    name = f"tin-da-dang-{clock.local_day(clock.now()):%Y%m%d}.csv"
    return csv_answer(stream_table(_Words().rows(lines)), name)


def _lines(engine: Engine, wanted: Wanted, reach: Reach) -> Iterator[Line]:
    """The rows, read by the thousand, each thousand in a session of its own."""
    last = None
    while True:
        with read_session(engine) as session:
            lines = lines_after(session, wanted, reach=reach, last=last, most=AT_ONCE)
        yield from lines
        if len(lines) < AT_ONCE:
            return
        last = lines[-1]


class _Words:
    """The words of the file in the language of the request, looked up before it is over; there are 50,000 rows."""

    def __init__(self) -> None:
        self.kinds = {kind: show_word(kind).label for kind in OutletKind}
        self.states = {state: show_word(state).label for state in PublicationStatus}
        self.more = say(N_("Còn nữa: tệp dừng ở {most} dòng. Hãy lọc hẹp hơn."), most=MOST_IN_FILE)
        self.english = is_english()

    def rows(self, lines: Iterable[Line]) -> Iterator[tuple[object, ...]]:
        """The rows of the file, its head first."""
        yield "Ngày", "Giờ", "Tiêu đề", "Nơi đăng", "Loại", "Đường dẫn", "Tình trạng", "Ghi chú"
        days: dict[date, str] = {}
        for number, line in enumerate(lines):
            if number == MOST_IN_FILE:
                yield (self.more,)
                return
            there = clock.local(line.published_at)
            on = there.date()
            day = days.get(on) or days.setdefault(on, write_day(on, english=self.english))
            kind, state = self.kinds[line.kind], self.states[line.status]
            yield day, f"{there:%H:%M}", line.title, line.outlet, kind, line.address or "", state, line.note


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
