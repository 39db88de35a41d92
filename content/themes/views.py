"""Themes: list, add, edit, retire, restore."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Permission
from app.audit import Actor
from app.errors import N_, Fault, Stale
from app.web.forms import say, seen_version
from app.web.identity import current_person, requires
from app.web.render import render
from app.web.session import reading, writing
from content.references.queries import get_document, list_theme_documents
from content.themes.cautions import ThemeWords, cautions_of
from content.themes.forms import ThemeForm
from content.themes.models import Theme
from content.themes.queries import get_theme, list_catalogue, list_themes, phrases_of
from content.themes.services import add_theme, change_theme, restore_theme, retire_theme

bp = Blueprint("themes", __name__, url_prefix="/themes", template_folder="templates")


@bp.get("")
@requires(Permission.READ_CAMPAIGNS, Permission.MANAGE_THEMES)
def index() -> ResponseReturnValue:
    """Themes in use, or the retired ones too."""
    with_retired = request.args.get("retired") == "1"
    themes = list_catalogue(reading(), with_retired=with_retired)
    return render(
        "content/themes/index.html",
        themes=themes,
        phrases=phrases_of(reading(), themes),
        with_retired=with_retired,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_THEMES)
def new() -> ResponseReturnValue:
    """Add a theme."""
    form = _form(None)
    if not form.validate_on_submit():
        return _form_page(form, None, status=422 if form.is_submitted() else 200)
    try:
        with writing() as db:
            add_theme(db, form.to_input(), actor=current_person(), now=clock.now())
    except Fault as fault:
        return _form_page(form, None, status=form.refuse(fault))
    flash(say(N_("Đã thêm chủ đề.")), "success")
    return redirect(url_for("themes.index"), 303)


@bp.route("/<int:theme_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_THEMES)
def edit(theme_id: int) -> ResponseReturnValue:
    """Change a theme and its phrases."""
    theme = get_theme(reading(), theme_id)
    form = _form(theme)
    if not form.validate_on_submit():
        return _form_page(form, theme, status=422 if form.is_submitted() else 200)
    seen = seen_version(request.form.get("version"))
    actor, now = current_person(), clock.now()
    try:
        with writing() as db:
            change_theme(db, get_theme(db, theme_id), form.to_input(), seen=seen, actor=actor, now=now)
    except Fault as fault:
        theme = get_theme(reading(), theme_id)
        return _form_page(form, theme, status=form.refuse(fault), is_stale=isinstance(fault, Stale))
    flash(say(N_("Đã lưu chủ đề.")), "success")
    return redirect(url_for("themes.index"), 303)


@bp.post("/preview", defaults={"theme_id": None})
@bp.post("/<int:theme_id>/preview")
@requires(Permission.MANAGE_THEMES)
def preview(theme_id: int | None) -> ResponseReturnValue:
    """The form as it was typed, with what its phrases would find; nothing is saved."""
    theme = get_theme(reading(), theme_id) if theme_id is not None else None
    form = _form(theme)
    if not form.validate():
        return _form_page(form, theme, words=ThemeWords(theme_id, ()), status=422)
    chosen = form.document_id.data
    number = (get_document(reading(), int(chosen)).number or "") if chosen else ""
    return _form_page(form, theme, words=form.words(theme_id, number))


def _form_page(
    form: ThemeForm,
    theme: Theme | None,
    *,
    words: ThemeWords | None = None,
    status: int = 200,
    is_stale: bool = False,
) -> ResponseReturnValue:
    """The form; with *words* also what they would find."""
    return render(
        "content/themes/form.html",
        part="content/themes/_preview.html",
        form=form,
        theme=theme,
        is_stale=is_stale,
        words=words,
        cautions=cautions_of(reading(), words) if words and not form.errors else (),
        status=status,
    )


@bp.post("/<int:theme_id>/retire")
@requires(Permission.MANAGE_THEMES)
def retire(theme_id: int) -> ResponseReturnValue:
    """Take a theme out of use."""
    _move(theme_id, retire_theme)
    flash(say(N_("Đã ngừng dùng chủ đề.")), "success")
    return redirect(url_for("themes.index"), 303)


@bp.post("/<int:theme_id>/restore")
@requires(Permission.MANAGE_THEMES)
def restore(theme_id: int) -> ResponseReturnValue:
    """Bring a theme back."""
    _move(theme_id, restore_theme)
    flash(say(N_("Đã dùng lại chủ đề.")), "success")
    return redirect(url_for("themes.index", retired=1), 303)


def _move(theme_id: int, move: Callable[..., None]) -> None:
    """Call one of the two services on the theme."""
    seen = seen_version(request.form.get("version"))
    actor: Actor = current_person()
    with writing() as db:
        move(db, get_theme(db, theme_id), seen=seen, actor=actor, now=clock.now())


def _form(theme: Theme | None) -> ThemeForm:
    """The form with its lists, and what is known of *theme* as its first values."""
    db: Session = reading()
    known = {}
    if theme is not None:
        known = {
            "name": theme.name,
            "phrases": "\n".join(phrases_of(db, [theme])[theme.id]),
            "exclusions": "\n".join(phrases_of(db, [theme], exclusions=True)[theme.id]),
            "code": theme.code,
            "colour": str(theme.colour),
            "document_id": str(theme.document_id or ""),
            "parent_id": str(theme.parent_id or ""),
        }
    # What the theme has now stays choosable, however old or retired.
    documents = {row.id: row for row in (theme.document if theme else None, *list_theme_documents(db)) if row}
    parents = {row.id: row for row in (theme.parent if theme else None, *list_themes(db)) if row}
    form = ThemeForm(data=known)
    form.offer(
        [(row.id, f"{row.doc_type} {row.number or row.subject[:80]}") for row in documents.values()],
        [(row.id, row.name) for row in parents.values() if theme is None or row.id != theme.id],
    )
    return form
