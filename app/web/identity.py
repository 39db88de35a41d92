"""Who is asking, and may they: the one adapter to Flask-Login, and ``@requires`` for every door."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import (
    AnonymousUserMixin,
    LoginManager,
    UserMixin,
    current_user,
    login_user,
    logout_user,
)

from app import clock
from app.accounts.access import NOBODY, Access, access_of
from app.accounts.permissions import Permission
from app.accounts.sign_in import find_sign_in, touch_sign_in
from app.db import transaction
from app.errors import Busy, Missing
from app.web.session import house, reading

P = ParamSpec("P")
R = TypeVar("R", bound=ResponseReturnValue)
# A path of this site. Browsers read "//" and "/\\" at the beginning as another host, and pass over controls.
_OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x1f\x7f\\]*")
LONGEST_PATH = 2_000
SEEN_EVERY = 60  # seconds between two notes that a session is in use
log = logging.getLogger("loa.pages")


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login carries no types
    """The person of this request as plain values; lives as long as the request."""

    id: int
    name: str
    email: str
    language: str
    sign_in_id: int
    token: str

    def get_id(self) -> str:
        """What Flask-Login puts into the cookie: the session's token, so that ending the row ends the session."""
        return self.token


def current_person() -> SignedIn:
    """The person who asks. Only behind ``@requires`` or ``@signed_in``.

    Raises:
        Missing: nobody is signed in.
    """
    person = person_or_none()
    if person is None:
        raise Missing
    return person


def person_or_none() -> SignedIn | None:
    """The person who asks, or None when nobody is signed in."""
    return cast(SignedIn, current_user._get_current_object()) if current_user.is_authenticated else None


def access() -> Access:
    """What the person who asks may do today; looked up once per request."""
    if "access" not in g:
        person = person_or_none()
        today = clock.local_day(clock.now())
        g.access = NOBODY if person is None else access_of(reading(), person.id, today=today)
    return cast(Access, g.access)


def may(permission: Permission | str, organisation_id: int | None = None) -> bool:
    """Whether the person who asks has this right, for templates and views."""
    return access().may(Permission(permission), organisation_id)


def requires(*permissions: Permission) -> Callable[[Callable[P, R]], Callable[P, ResponseReturnValue]]:
    """Open the view to people who have one of *permissions*, somewhere.

    Signed out: to the sign-in page, and back to where a page was asked for. Signed in without the right: the
    same answer as for an address that does not exist.
    """

    def door(view: Callable[P, R]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if person_or_none() is None:
                return to_sign_in()
            if not any(access().may(permission) for permission in permissions):
                raise Missing
            return view(*args, **kwargs)

        guarded.__dict__["permissions"] = permissions
        return guarded

    return door


def signed_in(view: Callable[P, R]) -> Callable[P, ResponseReturnValue]:
    """Open the view to everybody who is signed in."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return to_sign_in() if person_or_none() is None else view(*args, **kwargs)

    guarded.__dict__["permissions"] = ()
    return guarded


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark the view as open to the world; a test asks that every view says who may enter."""
    view.__dict__["is_public"] = True
    return view


def to_sign_in() -> ResponseReturnValue:
    """Send the browser to the sign-in page, remembering where it wanted to go (or, for htmx, where it is)."""
    if request.headers.get("HX-Request"):
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        here = page.path + (f"?{page.query}" if page.query else "")
        return "", 401, {"HX-Redirect": url_for("accounts.sign_in", next=here if is_own_path(here) else None)}
    wanted = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
    return redirect(url_for("accounts.sign_in", next=wanted), 303)


def is_own_path(target: str) -> bool:
    """Whether *target* is a path of this site, however a browser reads it."""
    return len(target) <= LONGEST_PATH and _OWN_PATH.fullmatch(target) is not None


def safe_next(target: str | None) -> str:
    """*target* when it is a path of this site, else the home page."""
    return target if target and is_own_path(target) else url_for("home.today")


def remember(token: str) -> None:
    """Put the token of a new sign-in into the browser's cookie."""
    person = _load(token)
    if person is not None:
        login_user(person)
    g.pop("access", None)


def forget() -> None:
    """Take the token out of the browser's cookie."""
    logout_user()
    g.pop("access", None)


def _load(token: str) -> SignedIn | None:
    """The person of a token, while its row stands; says at most once a minute that it was seen."""
    now = clock.now()
    row = find_sign_in(reading(), token, now=now)
    if row is None:
        return None
    person = SignedIn(
        id=row.person.id,
        name=row.person.name,
        email=row.person.email,
        language=row.person.language,
        sign_in_id=row.id,
        token=token,
    )
    if (now - row.seen_at).total_seconds() > SEEN_EVERY:
        _touch(person.sign_in_id, now=now)
    return person


def _touch(sign_in_id: int, *, now: datetime) -> None:
    """Say that the session was seen, beside the reading session: what a view has read stays attached to it."""
    try:
        with transaction(house().engine) as session:
            touch_sign_in(session, sign_in_id, now=now)
    except Busy:  # a page is not refused for this; the next request says it
        log.info("sign-in %s not touched: the database is busy", sign_in_id)


def settle() -> None:
    """Ask the database no more about the person in this request: what answers now tells that something failed."""
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()  # where Flask-Login keeps it
    if "access" not in g:
        g.access = NOBODY


def init_app(app: Flask) -> None:
    """Register the loader with Flask-Login."""
    manager = LoginManager()
    manager.session_protection = None  # our own table says which sessions stand
    manager.init_app(app)
    manager.user_loader(_load)
