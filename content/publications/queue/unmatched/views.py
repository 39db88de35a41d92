"""Leaving out everything that waits and matches nothing."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_
from app.web.forms import say
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from content.outlets.queries import list_outlets
from content.publications.queue.queries import MOST_AT_ONCE, QueueFilter, ids_in_queue, titles_in_queue
from content.publications.queue.services import dismiss_unmatched
from content.publications.queue.views import number_in
from content.publications.views import bp


@bp.route("/queue/dismiss-unmatched", methods=["GET", "POST"])
@requires(Permission.MATCH_PUBLICATIONS)
def queue_dismiss_unmatched() -> ResponseReturnValue:
    """Leave out everything that matches nothing, after showing how many and which."""
    wanted = QueueFilter(outlet_id=number_in(request.args.get("outlet")), unmatched=True)
    if request.method == "POST":
        up_to = number_in(request.form.get("up_to")) or 0
        with writing() as db:
            done = dismiss_unmatched(
                db, outlet_id=wanted.outlet_id, up_to=up_to, actor=current_person(), now=clock.now()
            )
        flash(say(N_("Đã bỏ qua {count} tin không khớp chủ đề hay tin bài nào."), count=done), "success")
        return redirect(url_for(".queue", outlet=wanted.outlet_id), 303)
    ids = ids_in_queue(reading(), wanted)
    outlets = {one.id: one for one in list_outlets(reading())}
    return render(
        "content/publications/queue/unmatched.html",
        count=len(ids),
        is_cut=len(ids) == MOST_AT_ONCE,
        up_to=max(ids, default=0),
        newest=titles_in_queue(reading(), wanted, most=10),
        outlet=outlets.get(wanted.outlet_id or 0),
    )
