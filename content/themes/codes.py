"""The code and the colour of a theme: the ones asked for, or the next that are free."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import N_, Invalid, Refused
from app.text import slug
from content.themes.models import COLOURS, Theme

LONGEST_CODE = 40


def spoken_code(number: str | None, name: str) -> str:
    """A first code: the document's symbol, else the first letters of the name: "bdhvs"."""
    if number:
        return slug(number, longest=LONGEST_CODE - 4)
    words = slug(name, longest=200).split("-")
    return (
        "".join(word[0] for word in words if word)[: LONGEST_CODE - 4]
        if len(words) > 2
        else "-".join(words)[:36]
    )


def free_code(session: Session, asked_for: str, name: str, own: Theme | None) -> str:
    """The code that was asked for, or a free one made from it or from the name."""
    asked = slug(asked_for, longest=LONGEST_CODE)
    if asked_for and not asked:
        raise Invalid(N_("Mã chủ đề phải có chữ hoặc số."))
    start = asked or spoken_code(None, name) or "chu-de"
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


def free_colour(session: Session, asked: int | None) -> int:
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
