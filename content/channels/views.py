"""Channels: the list, adding one, switching on and off."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_, Fault
from app.web.forms import say, seen_version
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from content.channels.forms import ChannelForm
from content.channels.queries import get_channel, list_channels, own_outlets
from content.channels.services import add_channel, switch_channel

bp = Blueprint("channels", __name__, template_folder="templates")


@bp.get("/channels")
@requires(Permission.MANAGE_CHANNELS, Permission.MANAGE_OUTLETS)
def index() -> ResponseReturnValue:
    """All channels."""
    return render("content/channels/index.html", channels=list_channels(reading()))


@bp.route("/channels/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CHANNELS, Permission.MANAGE_OUTLETS)
def new() -> ResponseReturnValue:
    """Add a channel."""
    outlets = own_outlets(reading())
    form = ChannelForm.among(outlets)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            with writing() as db:
                channel = add_channel(db, form.to_input(), actor=current_person(), now=clock.now())
        except Fault as fault:
            status = form.refuse(fault)
        else:
            flash(say(N_("Đã thêm kênh {name}."), name=channel.name), "success")
            return redirect(url_for("channels.index"), 303)
    return render("content/channels/new.html", form=form, outlets=outlets, status=status)


@bp.post("/channels/<int:channel_id>/switch")
@requires(Permission.MANAGE_CHANNELS, Permission.MANAGE_OUTLETS)
def switch(channel_id: int) -> ResponseReturnValue:
    """Switch a channel on (``to=on``) or off."""
    to_active = request.form.get("to") == "on"
    seen = seen_version(request.form.get("version"))
    with writing() as db:
        channel = get_channel(db, channel_id)
        switch_channel(db, channel, to_active=to_active, seen=seen, actor=current_person(), now=clock.now())
    done = N_("Đã bật kênh {name}.") if to_active else N_("Đã tắt kênh {name}. Lịch đến giờ sẽ được giữ lại.")
    flash(say(done, name=channel.name), "success")
    return redirect(url_for("channels.index"), 303)
