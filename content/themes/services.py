"""What can be done to themes: add, change, retire, restore, and ensure that one is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import audit
from app.errors import N_, Invalid, Refused
from app.text import fold, slug, sort_key
from content.references.models import Document
from content.themes.models import COLOURS, Theme, ThemePhrase

LONGEST_CODE, LONGEST_NAME, LONGEST_PHRASE, MOST_PHRASES = 40, 300, 200, 60


@dataclass(frozen=True)
class ThemeInput:
    """What a person says of a theme; without a code or colour the next free one is taken."""

    name: str
    phrases: tuple[str, ...] = ()
    code: str = ""
    colour: int | None = None
    document_id: int | None = None
    parent_id: int | None = None


def fold_theme(name: str) -> str:
    """*name* as themes are told apart by it: no case, no tone marks, one blank between words."""
    return " ".join(fold(name).split())


def add_theme(session: Session, wanted: ThemeInput, *, actor: audit.Actor, now: datetime) -> Theme:
    """Add a theme with its phrases; its name is always one of them.

    Raises:
        Refused: the name or code is taken. Invalid: the name has no letter, or a phrase is a bare number.
    """
    _check_name(session, wanted.name, None)
    theme = Theme(
        code=_code(session, wanted, None),
        name=wanted.name,
        name_folded=fold_theme(wanted.name),
        sort_key=sort_key(wanted.name),
        colour=_colour(session, wanted.colour),
        document_id=wanted.document_id,
        parent_id=wanted.parent_id,
    )
    try:
        with session.begin_nested():
            session.add(theme)
            session.flush()
    except IntegrityError as fault:
        raise Refused(N_("Đã có chủ đề “{name}”."), name=wanted.name) from fault
    _set_phrases(session, theme, wanted.phrases)
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
    code = _code(session, wanted, theme) if wanted.code else theme.code
    before = {"name": theme.name, "code": theme.code, "phrases": phrases_text(session, theme)}
    theme.name, theme.name_folded, theme.sort_key = (
        wanted.name,
        fold_theme(wanted.name),
        sort_key(wanted.name),
    )
    theme.code, theme.colour = code, wanted.colour or theme.colour
    theme.document_id, theme.parent_id = wanted.document_id, wanted.parent_id
    _set_phrases(session, theme, wanted.phrases)
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
            code=_spoken_code(document.number if document else None, name),
            document_id=document.id if document else None,
        )
        return add_theme(session, wanted, actor=actor, now=now)
    learnt = _add_phrases(session, theme, phrases)
    if theme.document_id is None and document is not None:
        theme.document_id, learnt = document.id, True
    if theme.retired_at is not None:
        theme.retired_at, learnt = None, True
    if learnt:
        session.flush()
        audit.record(session, actor, "theme.fill", theme, at=now, details={"name": theme.name})
    return theme


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


def phrases_text(session: Session, theme: Theme) -> list[str]:
    """The phrases of a theme as typed, in order of entry."""
    asked = select(ThemePhrase.phrase).where(ThemePhrase.theme_id == theme.id).order_by(ThemePhrase.id)
    return list(session.scalars(asked))


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


def _spoken_code(number: str | None, name: str) -> str:
    """A first code: the document's symbol, else the first letters of the name: "bdhvs"."""
    if number:
        return slug(number, longest=LONGEST_CODE - 4)
    words = slug(name, longest=200).split("-")
    return (
        "".join(word[0] for word in words if word)[: LONGEST_CODE - 4]
        if len(words) > 2
        else "-".join(words)[:36]
    )


def _code(session: Session, wanted: ThemeInput, own: Theme | None) -> str:
    """The code that was asked for, or a free one made from it or from the name."""
    asked = slug(wanted.code, longest=LONGEST_CODE)
    if wanted.code and not asked:
        raise Invalid(N_("Mã chủ đề phải có chữ hoặc số."))
    start = asked or _spoken_code(None, wanted.name) or "chu-de"
    codes = set(
        session.scalars(
            select(Theme.code).where(
                Theme.code.startswith(start, autoescape=True), Theme.id != (own.id if own else 0)
            )
        )
    )
    if own is not None and start in codes:
        raise Refused(N_("Mã “{code}” đã dùng cho chủ đề khác."), code=start)
    tries = [start, *(f"{start[:36]}-{number}" for number in range(2, len(codes) + 3))]
    return next(code for code in tries if code not in codes)


def _colour(session: Session, asked: int | None) -> int:
    """The colour that was asked for, else the one that the fewest themes in use have, lowest first."""
    if asked is not None:
        if not 1 <= asked <= COLOURS:
            raise Invalid(N_("Màu chủ đề là số từ 1 đến {most}."), most=COLOURS)
        return asked
    used: dict[int, int] = dict(
        session.execute(
            select(Theme.colour, func.count()).where(Theme.retired_at.is_(None)).group_by(Theme.colour)
        ).all()
    )
    return min(range(1, COLOURS + 1), key=lambda colour: (used.get(colour, 0), colour))


def _clean_phrases(phrases: Iterable[str]) -> dict[str, str]:
    """Phrases by their folded form.

    Raises:
        Invalid: one is a bare number: "57" would mean 57-NQ/TW and 57-KL/TW alike.
    """
    wanted: dict[str, str] = {}
    for raw in phrases:
        phrase = " ".join(raw.split())
        if not phrase:
            continue
        if len(phrase) > LONGEST_PHRASE:
            raise Invalid(
                N_("Cụm từ “{phrase}…” dài {size} ký tự, nhiều nhất là {limit}."),
                phrase=phrase[:40],
                size=len(phrase),
                limit=LONGEST_PHRASE,
            )
        if sum(letter.isalpha() for letter in phrase) < 2:
            raise Invalid(
                N_(
                    "Cụm từ “{phrase}” không đủ rõ: nhiều văn bản cùng số. Hãy ghi cả ký hiệu, ví dụ 57-NQ/TW."
                ),
                phrase=phrase,
            )
        wanted.setdefault(fold_theme(phrase), phrase)
    if len(wanted) > MOST_PHRASES:
        raise Invalid(N_("Một chủ đề có nhiều nhất {most} cụm từ."), most=MOST_PHRASES)
    return wanted


def _set_phrases(session: Session, theme: Theme, phrases: Iterable[str]) -> None:
    """Make the phrases exactly these; the name stands in for none."""
    wanted = _clean_phrases(phrases) or _clean_phrases([theme.name[:LONGEST_PHRASE]])
    for held in session.scalars(select(ThemePhrase).where(ThemePhrase.theme_id == theme.id)).all():
        if held.folded in wanted:
            held.phrase = wanted.pop(held.folded)
        else:
            session.delete(held)
    session.add_all(
        ThemePhrase(theme_id=theme.id, phrase=phrase, folded=folded) for folded, phrase in wanted.items()
    )
    session.flush()


def _add_phrases(session: Session, theme: Theme, phrases: Iterable[str]) -> bool:
    """Add what the theme lacks; whether anything was."""
    held = set(session.scalars(select(ThemePhrase.folded).where(ThemePhrase.theme_id == theme.id)))
    lacking = {folded: phrase for folded, phrase in _clean_phrases(phrases).items() if folded not in held}
    session.add_all(
        ThemePhrase(theme_id=theme.id, phrase=phrase, folded=folded) for folded, phrase in lacking.items()
    )
    session.flush()
    return bool(lacking)
