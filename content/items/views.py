"""Reading items: list, one piece, its revisions, its pictures; and adding a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.accounts.queries import get_person
from app.difference import difference
from app.errors import N_, Fault, Missing
from app.web.forms import say
from app.web.identity import access, current_person, requires
from app.web.lists import AT_ONCE, as_file, file_asked, list_tools
from app.web.paging import SIZE, Page
from app.web.render import render
from app.web.session import house, reading, writing
from content.items.bulk.views import bulk_offer
from content.items.forms import FilterForm, NewItemForm, ReplanForm
from content.items.listing import ITEMS
from content.items.lists import (
    ItemRow,
    list_item_organisations,
    list_items,
    list_writable_organisations,
)
from content.items.piece import as_text, gather_piece
from content.items.queries import get_item, get_revision, get_seen_asset, sees_making
from content.items.services import draft_item
from content.media.queries import picture_file
from content.themes.queries import list_themes

bp = Blueprint("items", __name__, template_folder="templates")


def _today() -> date:
    return clock.local_day(clock.now())


def _filters() -> FilterForm:
    """The filters of the address, with what may be chosen."""
    themes = list_themes(reading())
    return FilterForm.reading(
        request.args, themes=themes, organisations=list_item_organisations(reading(), access())
    )


def _address(endpoint: str, chosen: Mapping[str, str], **more: str) -> str:
    """The address of a list that is narrowed to *chosen*."""
    values: dict[str, Any] = {**chosen, **more}
    return url_for(endpoint, **values)


def _chips(form: FilterForm, endpoint: str, **kept: str) -> list[dict[str, str]]:
    """What is filtered by, each with the address without it."""
    chosen = {**form.chosen(), **kept}
    return [
        {
            "label": label,
            "remove_url": _address(endpoint, {key: at for key, at in chosen.items() if key != name}),
        }
        for name, label in form.labels().items()
    ]


@bp.get("/items")
@requires(Permission.READ_ITEMS)
def index() -> ResponseReturnValue:
    """The pieces that this person may know of, newest first."""
    form, cursor = _filters(), request.args.get("after")
    filters, chosen = form.to_filters(), form.chosen()

    def pages(after: str | None, size: int = AT_ONCE) -> Page[ItemRow]:
        return list_items(reading(), access(), filters, cursor=after, today=_today(), size=size)

    if kind := file_asked():
        return as_file(ITEMS, pages, kind, today=_today())
    page = pages(cursor, SIZE)
    return render(
        "content/items/index.html",
        form=form,
        rows=page.rows,
        chips=_chips(form, "items.index"),
        is_filtered=bool(chosen),
        tools=list_tools(ITEMS, chosen),
        bulk=bulk_offer(),
        here=_address("items.index", chosen),
        older_url=_address("items.index", chosen, after=page.following) if page.following else None,
        newer_url=_address("items.index", chosen) if cursor else None,
    )


@bp.route("/items/new", methods=["GET", "POST"])
@requires(Permission.WRITE_ITEMS)
def new() -> ResponseReturnValue:
    """Add a piece; ``?planned_on=`` comes from a day of the calendar."""
    form = NewItemForm()
    form.choose_from(list_themes(reading()))
    form.choose_unit_from(list_writable_organisations(reading(), access()))
    if form.validate_on_submit():
        try:
            with writing() as db:
                actor = get_person(db, current_person().id)
                item = draft_item(db, form.to_input(), actor=actor, now=clock.now())
        except Fault as fault:
            form.refuse(fault)
        else:
            flash(say(N_("Đã thêm tin bài. Bây giờ có thể viết nội dung.")), "success")
            return redirect(url_for("items.show", item_id=item.id), 303)
    if not form.is_submitted():
        form.planned_on.data = _day_of(request.args.get("planned_on"))
    return render("content/items/new.html", form=form, status=422 if form.is_submitted() else 200)


def _day_of(text: str | None) -> date | None:
    """The day that the address proposes; what is none proposes nothing."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@bp.get("/items/<int:item_id>")
@requires(Permission.READ_ITEMS)
def show(item_id: int) -> ResponseReturnValue:
    """One piece."""
    return show_piece(item_id)


def show_piece(item_id: int, replan: ReplanForm | None = None, *, status: int = 200) -> ResponseReturnValue:
    """The page of a piece; *replan* is its form for another day when that was refused, shown as it was typed."""
    piece = gather_piece(reading(), get_item(reading(), item_id, access()), access())
    item = piece.item
    return render(
        "content/items/show.html",
        piece=piece,
        item=item,
        today=_today(),
        may_write=access().may(Permission.WRITE_ITEMS, item.organisation_id),
        replan=replan or ReplanForm(formdata=None, planned_on=item.planned_on, version=str(item.version)),
        status=status,
    )


@bp.get("/items/<int:item_id>/revisions/<int:number>")
@requires(Permission.READ_ITEMS)
def revision(item_id: int, number: int) -> ResponseReturnValue:
    """One saved text, compared with another one (``?with=``), the one before it unless asked otherwise."""
    item = get_item(reading(), item_id, access())
    inside = sees_making(item, access())
    if not inside and number != item.revision_no:
        raise Missing
    found = get_revision(reading(), item, number)
    asked = request.args.get("with", type=int) or number - 1
    other = get_revision(reading(), item, asked) if inside and asked >= 1 and asked != number else None
    return render(
        "content/items/revision.html",
        item=item,
        revision=found,
        other=other,
        lines=difference(as_text(other), as_text(found)) if other else [],
        numbers=range(item.revision_no, 0, -1) if inside else (),
    )


@bp.get("/media/<int:asset_id>/<int:width>")
@requires(Permission.READ_ITEMS)
def picture(asset_id: int, width: int) -> ResponseReturnValue:
    """A picture of a text that this person may read, in one of the widths that were made."""
    asset = get_seen_asset(reading(), asset_id, access())
    file = picture_file(reading(), house().files, asset, width)
    answer = make_response(file.content)
    answer.mimetype = file.mime
    answer.set_etag(file.sha256)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["Content-Disposition"] = "inline"
    return answer.make_conditional(request)
