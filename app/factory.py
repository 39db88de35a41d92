"""The application: the ground's doors, then what each wing brings."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from app.db import make_engine
from app.feature import features, load, load_models
from app.settings import Settings, load_settings
from app.storage import FileStore
from app.web import assets, bulk, faults, filters, forms, headers, i18n, identity, menu, session
from app.web.session import House

LARGEST_UPLOAD = 32 * 1024 * 1024
LARGEST_KEY = 2**63 - 1  # what a column of keys holds


class KeyConverter(IntegerConverter):
    """``<int:…>`` in an address: a number that no key can be is an address that does not exist."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_KEY, **options})


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """The pages over one database; *engine* is handed in by tests and commands that have one already."""
    settings = settings or load_settings()
    load_models()
    app = Flask("app", template_folder=None, static_folder=None)
    app.url_map.converters["int"] = KeyConverter
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        MAX_FORM_MEMORY_SIZE=headers.LARGEST_FORM,
        MAX_FORM_PARTS=2_000,
        SESSION_COOKIE_NAME="loa",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.is_https,
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the session: no draft is lost to a clock
        WTF_CSRF_SSL_STRICT=False,  # app/web/headers.py checks the origin for every scheme
    )
    app.extensions["loa"] = House(
        settings, engine or make_engine(settings.database_url), FileStore(settings.files)
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.add_extension("jinja2.ext.do")
    if settings.trust_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    for part in (session, identity, i18n, headers, faults, filters, assets):
        part.init_app(app)
    CSRFProtect(app)
    for feature in features():
        for name in feature.blueprints:
            app.register_blueprint(load(name))
    app.jinja_env.globals.update(
        menu=menu.menu,
        may=identity.may,
        say=forms.say,
        take_undo=bulk.take_undo,
        site_name=settings.site_name,
    )
    app.context_processor(_every_page)
    return app


def _every_page() -> dict[str, object]:
    """What every page is told of who asks; functions for templates are globals, which macros see as well."""
    return {"current_person": identity.person_or_none(), "current_lang": i18n.language()}
