"""The public site, signed out: the list, one page, its pictures, the feed. Only what went out is here."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from app.errors import N_, Missing
from app.web.forms import say
from app.web.identity import public
from app.web.render import render
from app.web.session import house, reading
from content.media.queries import picture_file
from content.site.feed import FeedHead, make_feed
from content.site.models import PublicPage, name_of
from content.site.queries import (
    TOKEN_LENGTH,
    changed_at,
    find_page,
    is_withdrawn,
    list_pages,
    newest_pages,
)

bp = Blueprint("site", __name__, template_folder="templates")

WIDTHS = (480, 960, 1600)  # pixels; a picture is asked for in one of these
FRESH = "public, max-age=300"  # seconds that others may keep it: a withdrawn piece is gone soon after


@bp.get("/tin")
@public
def index() -> ResponseReturnValue:
    """What went out, newest first."""
    asked = request.args.get("before")
    found = list_pages(reading(), cursor=asked)
    older = url_for("site.index", before=found.following) if found.following else None
    newest = url_for("site.index") if asked else None
    return render("content/site/index.html", pages=found.rows, older=older, newest=newest, path_of=path_of)


@bp.get("/tin/<string:name>")
@public
def show(name: str) -> ResponseReturnValue:
    """One page; an old or shortened slug is sent to the present address, a withdrawn piece says so."""
    page = _page(name)
    if is_withdrawn(page):
        return render("content/site/gone.html", status=410)
    if name != name_of(page):
        return redirect(path_of(page), 301)
    asset = page.revision.asset
    return render(
        "content/site/show.html",
        shown=page,
        revision=page.revision,
        issuer=page.revision.item.organisation.name,
        canonical=absolute(path_of(page)),
        widths=[width for width in WIDTHS if asset and width <= asset.width] or WIDTHS[:1],
        picture=absolute(url_for("site.picture", token=page.token, width=WIDTHS[1])) if asset else None,
    )


@bp.get("/tin/hinh/<string:token>/<int:width>")
@public
def picture(token: str, width: int) -> ResponseReturnValue:
    """The picture of a page that is out, in one of our widths."""
    page = find_page(reading(), token)
    asset = page.revision.asset
    if asset is None or is_withdrawn(page) or width not in WIDTHS:
        raise Missing
    file = picture_file(reading(), house().files, asset, width)
    return _cached(file.content, file.mime, None)


@bp.get("/tin/rss.xml")
@public
def feed() -> ResponseReturnValue:
    """The newest pages for readers of feeds."""
    changed = changed_at(reading())
    name = house().settings.site_name
    head = FeedHead(
        title=name,
        description=say(N_("Tin bài chính thức đã đăng trên {name}"), name=name),
        address=absolute(url_for("site.index")),
        feed_address=absolute(url_for("site.feed")),
    )
    content = make_feed(
        head, newest_pages(reading()), lambda page: absolute(path_of(page)), changed_at=changed
    )
    return _cached(content, "application/rss+xml; charset=utf-8", changed)


def path_of(page: PublicPage) -> str:
    """The page's own path."""
    return url_for("site.show", name=name_of(page))


def absolute(path: str) -> str:
    """*path* as the world reaches it."""
    return house().settings.public_url + path


def _page(name: str) -> PublicPage:
    """The page of ``<slug>-<token>``; only the token counts."""
    if len(name) > TOKEN_LENGTH and name[-TOKEN_LENGTH - 1] != "-":
        raise Missing
    return find_page(reading(), name[-TOKEN_LENGTH:])


def _cached(content: bytes, mime: str, changed: datetime | None) -> Response:
    """An answer that others may keep for a while, and that need not be sent twice (304)."""
    answer = make_response(content)
    answer.headers["Content-Type"] = mime
    answer.headers["Cache-Control"] = FRESH
    answer.last_modified = changed
    answer.add_etag()
    answer.make_conditional(request)
    return answer
