"""What can be done to themes: add, change, retire, restore, and ensure that one is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app import audit
from app.errors import N_, Invalid, Refused
from app.text import sort_key
from content.references.models import Document
from content.themes.codes import free_code, free_colour, spoken_code
from content.themes.models import Theme
from content.themes.phrases import add_phrases, fold_theme, phrases_text, set_phrases

LONGEST_NAME = 300


@dataclass(frozen=True)
class ThemeInput:
    """What a person says of a theme; without a code or colour the next free one is taken."""

    name: str
    phrases: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    code: str = ""
    colour: int | None = None
    document_id: int | None = None
    parent_id: int | None = None


def add_theme(session: Session, wanted: ThemeInput, *, actor: audit.Actor, now: datetime) -> Theme:
    """Add a theme with its phrases; its name is always one of them.

    Raises:
        Refused: the name or code is taken. Invalid: the name has no letter, or a phrase is a bare number.
    """
    _check_name(session, wanted.name, None)
    theme = Theme(
        code=free_code(session, wanted.code, wanted.name, None),
        name=wanted.name,
        name_folded=fold_theme(wanted.name),
        sort_key=sort_key(wanted.name),
        colour=free_colour(session, wanted.colour),
        document_id=wanted.document_id,
        parent_id=wanted.parent_id,
    )
    try:
        with session.begin_nested():
            session.add(theme)
            session.flush()
    except IntegrityError as fault:
        raise Refused(N_("Đã có chủ đề “{name}”."), name=wanted.name) from fault
    set_phrases(session, theme, wanted.phrases, wanted.exclusions)
    audit.record(session, actor, "theme.add", theme, at=now, details={"name": theme.name})
    return theme


def change_theme(
    session: Session, theme: Theme, wanted: ThemeInput, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Change a theme and make its phrases those that are given.

    Raises:
        Stale: somebody changed it since. Refused: a name or code is taken, or it would stand above itself.
        Invalid: the name has no letter, or a phrase is a bare number.
    """
    theme.check_version(seen)
    _check_name(session, wanted.name, theme.id)
    _refuse_circle(session, theme.id, wanted.parent_id)
    code = free_code(session, wanted.code, wanted.name, theme) if wanted.code else theme.code
    before = {
        "name": theme.name,
        "code": theme.code,
        "phrases": phrases_text(session, theme),
        "exclusions": phrases_text(session, theme, exclusions=True),
    }
    theme.name, theme.name_folded, theme.sort_key = (
        wanted.name,
        fold_theme(wanted.name),
        sort_key(wanted.name),
    )
    theme.code, theme.colour = code, wanted.colour or theme.colour
    theme.document_id, theme.parent_id = wanted.document_id, wanted.parent_id
    flag_modified(theme, "name")  # its phrases are part of it: who saw other ones is refused
    set_phrases(session, theme, wanted.phrases, wanted.exclusions)
    audit.record(
        session, actor, "theme.change", theme, at=now, details={"before": before, "name": theme.name}
    )


def retire_theme(session: Session, theme: Theme, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Take a theme out of the lists; what was counted by it stays.

    Raises:
        Stale: somebody changed it since. Refused: it is retired already.
    """
    theme.check_version(seen)
    if theme.retired_at is not None:
        raise Refused(N_("Chủ đề này đã ngừng dùng."))
    theme.retired_at = now
    session.flush()
    audit.record(session, actor, "theme.retire", theme, at=now, details={"name": theme.name})


def restore_theme(session: Session, theme: Theme, *, seen: int, actor: audit.Actor, now: datetime) -> None:
    """Bring a retired theme back.

    Raises:
        Stale: somebody changed it since. Refused: it is in use.
    """
    theme.check_version(seen)
    if theme.retired_at is None:
        raise Refused(N_("Chủ đề này đang được dùng."))
    theme.retired_at = None
    session.flush()
    audit.record(session, actor, "theme.restore", theme, at=now, details={"name": theme.name})


def ensure_theme(
    session: Session,
    name: str,
    *,
    phrases: Iterable[str] = (),
    document: Document | None = None,
    actor: audit.Actor,
    now: datetime,
) -> Theme:
    """The theme of that document, else of that name, added when there is none; a retired one is restored.

    Phrases that it lacks are added. The document decides: a theme of 57-KL/TW is never taken for one of
    57-NQ/TW, whatever they are called.

    Raises:
        Refused: the name belongs to a theme of another document.
    """
    theme = _known(session, name, document)
    if theme is None:
        wanted = ThemeInput(
            name=name,
            phrases=tuple(phrases),
            code=spoken_code(document.number if document else None, name),
            document_id=document.id if document else None,
        )
        return add_theme(session, wanted, actor=actor, now=now)
    learnt = add_phrases(session, theme, phrases)
    if theme.document_id is None and document is not None:
        theme.document_id, learnt = document.id, True
    if theme.retired_at is not None:
        theme.retired_at, learnt = None, True
    if learnt:
        session.flush()
        audit.record(session, actor, "theme.fill", theme, at=now, details={"name": theme.name})
    return theme


def check_themes(session: Session, theme_ids: Collection[int], *, held: Collection[int] = ()) -> None:
    """Refuse themes that cannot be chosen; those that are *held* already may stay, whatever became of them.

    Raises:
        Invalid: a theme is not there or not in use.
    """
    live = session.scalars(select(Theme.id).where(Theme.id.in_(theme_ids), Theme.retired_at.is_(None)))
    if set(theme_ids) - set(live) - set(held):
        raise Invalid(N_("Có chủ đề không còn dùng. Hãy chọn lại chủ đề."))


def _known(session: Session, name: str, document: Document | None) -> Theme | None:
    """The theme that is meant, by document first."""
    if document is not None:
        of_document = session.scalar(
            select(Theme).where(Theme.document_id == document.id).order_by(Theme.id).limit(1)
        )
        if of_document is not None:
            return of_document
    named = session.scalar(select(Theme).where(Theme.name_folded == fold_theme(name)))
    if named is not None and document is not None and named.document_id not in {None, document.id}:
        raise Refused(
            N_("Chủ đề “{name}” đang gắn với văn bản khác. Hãy đặt tên khác cho chủ đề này."), name=name
        )
    return named


def _check_name(session: Session, name: str, own_id: int | None) -> None:
    if not any(letter.isalpha() for letter in name):
        raise Invalid(N_("Tên chủ đề phải có chữ."))
    if len(name) > LONGEST_NAME:
        raise Invalid(
            N_("Tên chủ đề dài {size} ký tự, nhiều nhất là {limit}."), size=len(name), limit=LONGEST_NAME
        )
    taken = session.scalar(select(Theme).where(Theme.name_folded == fold_theme(name)))
    if taken is not None and taken.id != own_id:
        raise Refused(N_("Đã có chủ đề “{name}”."), name=taken.name)


def _refuse_circle(session: Session, own_id: int, above_id: int | None) -> None:
    """No theme stands above itself."""
    seen: set[int] = set()
    while above_id is not None and above_id not in seen:
        if above_id == own_id:
            raise Refused(N_("Chủ đề không thể là chủ đề cha của chính mình."))
        seen.add(above_id)
        above = session.get(Theme, above_id)
        above_id = above.parent_id if above else None
