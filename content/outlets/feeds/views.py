"""Feeds of an outlet: add, change, watch, stop watching, remove. They are shown on the outlet's page."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import audit, clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault, Stale
from app.web.forms import say, seen_version
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from content.outlets.feeds.forms import FeedForm
from content.outlets.feeds.models import Feed
from content.outlets.feeds.queries import get_feed, outages_of
from content.outlets.feeds.services import add_feed, change_feed, remove_feed, unwatch_feed, watch_feed
from content.outlets.feeds.words import tell_health
from content.outlets.models import Outlet
from content.outlets.queries import get_outlet

bp = Blueprint("feeds", __name__, url_prefix="/outlets", template_folder="templates")


@bp.route("/<int:outlet_id>/feeds/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_OUTLETS)
def new(outlet_id: int) -> ResponseReturnValue:
    """Add a feed."""
    outlet, form = get_outlet(reading(), outlet_id), FeedForm()
    if not form.validate_on_submit():
        return _page(form, outlet, None, status=422 if form.is_submitted() else 200)
    try:
        with writing() as db:
            add_feed(
                db,
                get_outlet(db, outlet_id),
                str(form.address.data),
                is_watched=bool(form.is_watched.data),
                actor=current_person(),
                now=clock.now(),
            )
    except Fault as fault:
        return _page(form, get_outlet(reading(), outlet_id), None, status=form.refuse(fault))
    flash(say(N_("Đã thêm nguồn tin.")), "success")
    return redirect(url_for("outlets.show", outlet_id=outlet_id), 303)


@bp.route("/feeds/<int:feed_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_OUTLETS)
def edit(feed_id: int) -> ResponseReturnValue:
    """Change the address of a feed."""
    feed = get_feed(reading(), feed_id)
    form = FeedForm(address=feed.address, version=feed.version)
    if not form.validate_on_submit():
        return _page(form, feed.outlet, feed, status=422 if form.is_submitted() else 200)
    try:
        with writing() as db:
            changed = get_feed(db, feed_id)
            change_feed(
                db,
                changed,
                str(form.address.data),
                seen=form.seen(),
                actor=current_person(),
                now=clock.now(),
            )
    except Fault as fault:
        status, feed = form.refuse(fault), get_feed(reading(), feed_id)
        if isinstance(fault, Stale):
            form.catch_up(feed.version, address=feed.address)
        return _page(form, feed.outlet, feed, status=status)
    flash(say(N_("Đã lưu.")), "success")
    return redirect(url_for("outlets.show", outlet_id=changed.outlet_id), 303)


def _page(form: FeedForm, outlet: Outlet, feed: Feed | None, *, status: int) -> ResponseReturnValue:
    return render(
        "content/outlets/feeds/edit.html",
        form=form,
        outlet=outlet,
        feed=feed,
        told=tell_health(feed, now=clock.now()) if feed else None,
        outages=outages_of(reading(), feed) if feed else [],
        history=audit.history_of(reading(), feed, limit=20) if feed else [],
        status=status,
    )


@bp.post("/feeds/<int:feed_id>/switch")
@requires(Permission.MANAGE_OUTLETS)
def switch(feed_id: int) -> ResponseReturnValue:
    """Watch a feed, or stop watching it."""
    seen, is_on = seen_version(request.form.get("version")), request.form.get("watch") == "1"
    with writing() as db:
        feed = get_feed(db, feed_id)
        change = watch_feed if is_on else unwatch_feed
        change(db, feed, seen=seen, actor=current_person(), now=clock.now())
    told = N_("Đang theo dõi nguồn tin này.") if is_on else N_("Đã ngừng theo dõi nguồn tin này.")
    flash(say(told), "success")
    return redirect(url_for("outlets.show", outlet_id=feed.outlet_id), 303)


@bp.post("/feeds/<int:feed_id>/remove")
@requires(Permission.MANAGE_OUTLETS)
def remove(feed_id: int) -> ResponseReturnValue:
    """Take a feed away that was added by mistake."""
    seen = seen_version(request.form.get("version"))
    with writing() as db:
        feed = get_feed(db, feed_id)
        outlet_id = feed.outlet_id
        remove_feed(db, feed, seen=seen, actor=current_person(), now=clock.now())
    flash(say(N_("Đã xóa nguồn tin.")), "success")
    return redirect(url_for("outlets.show", outlet_id=outlet_id), 303)
