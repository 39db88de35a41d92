"""Two languages: Vietnamese is the source, English the catalogue. The person's choice, else the browser's cookie."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from babel.support import NullTranslations
from flask import Flask, g, request
from flask_babel import Babel, get_translations

from app.feature import WINGS
from app.web.identity import person_or_none

LANGUAGES = ("vi", "en")
COOKIE = "loa_lang"
ROOT = Path(__file__).resolve().parents[2]


def language() -> str:
    """The language of this answer: chosen in the browser, else the person's own, else Vietnamese."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    person = person_or_none()
    return person.language if person and person.language in LANGUAGES else "vi"


def catalogue() -> NullTranslations:
    """The catalogue of this answer: a page says hundreds of words, and Flask-Babel looks it up for each of them."""
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return cast(NullTranslations, g.catalogue)


def folders() -> list[Path]:
    """Each wing's catalogues."""
    return [ROOT / wing.partition(".")[0] / "translations" for wing in WINGS]


def init_app(app: Flask) -> None:
    """Read every wing's catalogue and choose the language per request."""
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(
        str(folder) for folder in folders() if folder.is_dir()
    )
    Babel(app, locale_selector=language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # jinja2.ext.i18n adds it
        gettext=lambda text: catalogue().ugettext(text),
        ngettext=lambda one, many, number: catalogue().ungettext(one, many, number),
        newstyle=True,
    )
