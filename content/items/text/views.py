"""The editor of a piece, its preview, its details and its day."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.accounts.queries import get_person
from app.errors import N_, Fault, Forbidden, Invalid, Stale
from app.web.forms import say
from app.web.identity import access, current_person, requires
from app.web.render import render
from app.web.session import house, reading, writing
from content.items import workflow
from content.items.forms import DetailsForm, ReplanForm
from content.items.markup import to_html
from content.items.models import Item, Revision
from content.items.queries import get_own_item, get_seen_asset, newest_revision, theme_ids_of
from content.items.services import change_item, replan_item, save_revision
from content.items.text.forms import TextForm
from content.items.views import show_piece
from content.items.workflow import Move
from content.media.services import describe_picture, keep_picture
from content.themes.queries import list_themes

bp = Blueprint("item_text", __name__, template_folder="../templates")


def _writable(item_id: int) -> Item:
    """The piece, when this person may write for its unit."""
    item = get_own_item(reading(), item_id, access())
    if not access().may(Permission.WRITE_ITEMS, item.organisation_id):
        raise Forbidden
    return item


@bp.route("/items/<int:item_id>/edit", methods=["GET", "POST"])
@requires(Permission.WRITE_ITEMS)
def edit(item_id: int) -> ResponseReturnValue:
    """The editor; a save that comes too late shows the other text beside what was typed."""
    item = _writable(item_id)
    form = TextForm()
    if not form.is_submitted():
        workflow.next_stage(Move.SAVE, item.stage)
        newest = newest_revision(reading(), item)
        form.title.data = item.title
        if newest is not None:
            form.fill_from(newest)
        form.version.data = str(item.version)
        return _editor(item, form, newest)
    if not form.validate():
        if not (form.alt_text.errors or form.credit.errors or form.licence.errors):
            with suppress(Invalid):  # its sentence stands at the field; the rest of the form is wrong anyway
                _keep_picture(form)
        return _editor(item, form, None, status=422)
    try:
        number = _save(item_id, form)
    except Fault as fault:
        if not form.errors:
            form.refuse(fault)
        return _refused(item_id, form, is_stale=isinstance(fault, Stale), status=fault.status)
    flash(say(N_("Đã lưu phiên bản {number}."), number=number), "success")
    return redirect(url_for("items.show", item_id=item_id), 303)


def _save(item_id: int, form: TextForm) -> int:
    """Keep the picture, then the text; returns the number of its revision.

    The picture is kept by itself first: when the text is refused, it need not be chosen again.
    """
    _keep_picture(form)
    with writing() as db:
        item = get_own_item(db, item_id, access())
        actor = get_person(db, current_person().id)
        seen = form.seen()
        return save_revision(db, item, form.to_input(), seen=seen, actor=actor, now=clock.now()).number


def _keep_picture(form: TextForm) -> None:
    """Put the chosen picture, or new words for the one that is there, into the store; the form carries its key."""
    upload, chosen = form.upload(), form.chosen_asset_id
    if upload is None and chosen is None:
        return
    words = {name: str(getattr(form, name).data or "") for name in ("alt_text", "credit", "licence")}
    try:
        with writing() as db:
            actor, now = get_person(db, current_person().id), clock.now()
            if upload is not None:
                name, content = upload
                asset = keep_picture(db, house().files, content, name=name, **words, actor=actor, now=now)
                form.no_picture.data = False
            else:
                asset = get_seen_asset(db, chosen or 0, access())
                asset = describe_picture(db, asset, **words, actor=actor, now=now)
    except Invalid as fault:
        about = form.picture if words["alt_text"].strip() else form.alt_text
        about.errors = [say(fault.sentence, **fault.values)]
        if upload is not None and about is form.alt_text:
            form.picture.errors = [say(N_("Hãy chọn lại ảnh: trình duyệt không giữ tệp khi trang tải lại."))]
        raise
    form.asset_id.data = str(asset.id)


def _refused(item_id: int, form: TextForm, *, is_stale: bool, status: int) -> ResponseReturnValue:
    """The editor again with everything that was typed; after a stale save, with the text that stands now.

    The form then carries the present version: sending once more is a decision made with both texts in sight.
    """
    item = get_own_item(reading(), item_id, access())
    newest = newest_revision(reading(), item)
    if is_stale:
        form.version.data = str(item.version)
    return _editor(item, form, newest, other=newest if is_stale else None, status=status)


def _editor(
    item: Item, form: TextForm, newest: Revision | None, *, other: Revision | None = None, status: int = 200
) -> ResponseReturnValue:
    asset = get_seen_asset(reading(), form.chosen_asset_id, access()) if form.chosen_asset_id else None
    return render(
        "content/items/edit.html",
        item=item,
        form=form,
        newest=newest,
        other=other,
        picture=asset,
        preview=_preview(str(form.body.data or "")),
        status=status,
    )


def _preview(body: str) -> str:
    """The text as readers get it, or why it cannot be shown."""
    try:
        return render_template("content/items/_preview.html", html=to_html(body), sentence="")
    except Invalid as fault:
        sentence = say(fault.sentence, **fault.values)
        return render_template("content/items/_preview.html", html="", sentence=sentence)


@bp.post("/items/preview")
@requires(Permission.WRITE_ITEMS)
def preview() -> ResponseReturnValue:
    """What is being typed, as readers would get it."""
    return _preview(request.form.get("body", ""))


@bp.route("/items/<int:item_id>/details", methods=["GET", "POST"])
@requires(Permission.WRITE_ITEMS)
def details(item_id: int) -> ResponseReturnValue:
    """Type, working title, brief and themes."""
    item = _writable(item_id)
    chosen = theme_ids_of(reading(), item.id)
    form = DetailsForm(
        title=item.title,
        type=item.type.value,
        brief=item.brief,
        themes=[str(one) for one in chosen],
        version=str(item.version),
    )
    form.choose_from(list_themes(reading(), held=chosen))
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            with writing() as db:
                change_item(
                    db,
                    get_own_item(db, item_id, access()),
                    form.to_change(),
                    seen=form.seen(),
                    actor=get_person(db, current_person().id),
                    now=clock.now(),
                )
        except Fault as fault:
            item, status = get_own_item(reading(), item_id, access()), form.refuse(fault)
            form.version.data = str(item.version)
        else:
            flash(say(N_("Đã lưu thông tin tin bài.")), "success")
            return redirect(url_for("items.show", item_id=item_id), 303)
    return render("content/items/details.html", item=item, form=form, status=status)


@bp.post("/items/<int:item_id>/replan")
@requires(Permission.WRITE_ITEMS)
def replan(item_id: int) -> ResponseReturnValue:
    """Another planned day, or none."""
    _writable(item_id)
    form = ReplanForm()
    if not form.validate():
        return show_piece(item_id, form, status=422)
    with writing() as db:
        item = get_own_item(db, item_id, access())
        replan_item(
            db,
            item,
            planned_on=form.planned_on.day,
            seen=form.seen(),
            actor=get_person(db, current_person().id),
            now=clock.now(),
        )
    flash(say(N_("Đã đổi ngày dự kiến.")), "success")
    return redirect(url_for("items.show", item_id=item_id), 303)
