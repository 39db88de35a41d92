"""The queue page: what watching found, its candidates, and the decisions, each one key or one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Missing, Refused
from app.web.forms import say, seen_version
from app.web.identity import current_person, requires
from app.web.render import is_swap, render
from app.web.session import reading, writing
from content.outlets.queries import list_outlets
from content.publications.choosing.forms import choice_context, chosen_in
from content.publications.forms import MatchForm
from content.publications.models import Publication, PublicationStatus
from content.publications.queries import get_publication, matches_of
from content.publications.queue.queries import (
    QueueFilter,
    count_queue,
    last_decision,
    page_of_queue,
)
from content.publications.queue.services import (
    confirm_proposals,
    correct_proposals,
    dismiss_found,
    undo_decision,
)
from content.publications.sureness import show_reason, sureness
from content.publications.views import bp, item_link
from content.themes.queries import list_themes

PAGE, LIST = "content/publications/queue/index.html", "content/publications/queue/_list.html"
LONGEST_REASON = 300
Deed = Callable[[Session, Publication], None]


def number_in(raw: str | None) -> int | None:
    """The key that an address or a field carries, None for anything else."""
    return int(raw) if raw and raw.isdecimal() and len(raw) < 16 else None


def _wanted() -> QueueFilter:
    """The filters of the address."""
    return QueueFilter(
        outlet_id=number_in(request.args.get("outlet")),
        theme_id=number_in(request.args.get("theme")),
        unmatched=request.args.get("unmatched") == "1",
    )


def _shown(wanted: QueueFilter) -> dict[str, Any]:
    """The filters as the address carries them."""
    values = {
        "outlet": wanted.outlet_id,
        "theme": wanted.theme_id,
        "unmatched": "1" if wanted.unmatched else None,
    }
    return {name: value for name, value in values.items() if value}


@bp.get("/queue")
@requires(Permission.MATCH_PUBLICATIONS)
def queue() -> ResponseReturnValue:
    """What watching found and nobody has decided on, newest first."""
    done, at = number_in(request.args.get("done")), number_in(request.args.get("at"))
    return _page(at=at, done=done)


def _page(
    *, at: int | None = None, done: int | None = None, problem: str = "", status: int = 200
) -> ResponseReturnValue:
    """The queue as the address narrows it, standing at entry *at*; *done* is what was decided just now."""
    wanted, cursor = _wanted(), request.args.get("after")
    shown, page = _shown(wanted), page_of_queue(reading(), wanted, cursor=cursor)
    if at is None or all(row.publication.id != at for row in page.rows):
        at = page.rows[0].publication.id if page.rows and not problem else None
    part = LIST if request.headers.get("HX-Target") == "found-list" else None
    context = {
        "rows": page.rows,
        "at": at,
        "problem": problem,
        "done": _undoable(done),
        "shown": shown,
        "here": {**shown, **({"after": cursor} if cursor else {})},
        "following": url_for(".queue", **shown, after=page.following) if page.following else None,
        "is_moved": is_swap(),
        "sureness": sureness,
        "show_reason": show_reason,
        "item_link": item_link,
        "waiting": count_queue(reading()),
    }
    if part is None or not is_swap():
        context |= _around(wanted, shown)
    return render(PAGE, part=part, status=status, **context)


def _undoable(done: int | None) -> Publication | None:
    """What was decided just now, while it can be taken back."""
    publication = reading().get(Publication, done) if done else None
    return publication if publication and last_decision(reading(), publication) else None


def _around(wanted: QueueFilter, shown: dict[str, Any]) -> dict[str, Any]:
    """What stands around the list: the filters and how many wait."""
    outlets, themes = list_outlets(reading()), list_themes(reading())
    labels = {
        "outlet": next((one.name for one in outlets if one.id == wanted.outlet_id), say(N_("Nơi đăng"))),
        "theme": next((one.name for one in themes if one.id == wanted.theme_id), say(N_("Chủ đề"))),
        "unmatched": say(N_("Không khớp gì")),
    }
    chips = [
        {
            "label": labels[name],
            "remove_url": url_for(".queue", **{key: value for key, value in shown.items() if key != name}),
        }
        for name in shown
    ]
    return {
        "outlets": outlets,
        "themes": themes,
        "chips": chips,
        "unmatched": count_queue(reading(), QueueFilter(outlet_id=wanted.outlet_id, unmatched=True)),
    }


def _decide(publication_id: int, deed: Deed) -> ResponseReturnValue:
    """Do *deed* and answer with the queue at the next entry; refused, with the queue at this one."""
    try:
        with writing() as db:
            deed(db, get_publication(db, publication_id))
    except Missing:
        raise
    except Fault as fault:
        sentence = say(fault.sentence, **fault.values)
        return _page(at=publication_id, problem=sentence, status=fault.status)
    following = number_in(request.form.get("next"))
    if is_swap():
        return _page(at=following, done=publication_id)
    return _back(at=following, done=publication_id)


def _back(**where: int | None) -> ResponseReturnValue:
    """To the queue as it was left, at one of its entries."""
    cursor = request.args.get("after")
    shown: dict[str, Any] = {**_shown(_wanted()), **({"after": cursor} if cursor else {})}
    at = where.get("at")
    shown |= {name: value for name, value in where.items() if value}
    target = url_for(".queue", **shown)
    return redirect(f"{target}#found-{at}" if at else target, 303)


@bp.post("/queue/<int:publication_id>/confirm")
@requires(Permission.MATCH_PUBLICATIONS)
def queue_confirm(publication_id: int) -> ResponseReturnValue:
    """Everything proposed for it holds."""
    seen = seen_version(request.form.get("version"))
    actor, now = current_person(), clock.now()
    return _decide(
        publication_id, lambda db, one: confirm_proposals(db, one, seen=seen, actor=actor, now=now)
    )


@bp.post("/queue/<int:publication_id>/dismiss")
@requires(Permission.MATCH_PUBLICATIONS)
def queue_dismiss(publication_id: int) -> ResponseReturnValue:
    """It is left out."""
    seen = seen_version(request.form.get("version"))
    reason = " ".join(request.form.get("reason", "").split())
    actor, now = current_person(), clock.now()
    if len(reason) > LONGEST_REASON:
        return _choose_page(get_publication(reading(), publication_id), reason=reason, status=422)
    return _decide(
        publication_id,
        lambda db, one: dismiss_found(db, one, reason=reason, seen=seen, actor=actor, now=now),
    )


@bp.route("/queue/<int:publication_id>/choose", methods=["GET", "POST"])
@requires(Permission.MATCH_PUBLICATIONS)
def queue_choose(publication_id: int) -> ResponseReturnValue:
    """Choose its item and its themes; in the list the form opens inside the entry."""
    publication = get_publication(reading(), publication_id)
    if request.method == "GET":
        return _choose_page(publication)
    form = MatchForm()
    try:
        item_id, theme_ids = chosen_in(form, publication)
    except Fault as fault:
        return _choose_page(publication, form, status=form.refuse(fault))
    seen, actor, now = form.seen(), current_person(), clock.now()
    return _decide(
        publication_id,
        lambda db, one: correct_proposals(
            db, one, item_id=item_id, theme_ids=theme_ids, seen=seen, actor=actor, now=now
        ),
    )


def _choose_page(
    publication: Publication, form: MatchForm | None = None, *, reason: str = "", status: int = 200
) -> ResponseReturnValue:
    if publication.status is not PublicationStatus.FOUND:
        raise Refused(N_("Tin này không còn chờ xác nhận."))
    rows = matches_of(reading(), [publication.id])[publication.id]
    wanted, cursor = _wanted(), request.args.get("after")
    return render(
        "content/publications/queue/choose.html",
        part="content/publications/queue/_choose.html",
        status=status,
        publication=publication,
        reason=reason,
        longest_reason=LONGEST_REASON,
        focus="item" if request.args.get("part") == "item" else "themes",
        following=number_in(request.args.get("next")),
        here={**_shown(wanted), **({"after": cursor} if cursor else {})},
        **choice_context(publication, rows, None, is_hidden=False, form=form),
    )


@bp.post("/queue/<int:publication_id>/undo")
@requires(Permission.MATCH_PUBLICATIONS)
def queue_undo(publication_id: int) -> ResponseReturnValue:
    """Take the last decision about it back."""
    seen = seen_version(request.form.get("version"))
    try:
        with writing() as db:
            one = get_publication(db, publication_id)
            undo_decision(db, one, seen=seen, actor=current_person(), now=clock.now())
    except Missing:
        raise
    except Fault as fault:
        return _page(problem=say(fault.sentence, **fault.values), status=fault.status)
    return _page(at=publication_id) if is_swap() else _back(at=publication_id)
