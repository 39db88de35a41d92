"""Choosing by hand what a publication matches: the form with its candidates, and what was chosen in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request

from app.accounts.permissions import Permission
from app.errors import N_, Invalid
from app.web.identity import access, may
from app.web.session import reading
from content.items.models import Item
from content.items.queries import theme_ids_of
from content.publications.forms import MatchForm
from content.publications.models import HOLDS, Match, MatchDecision, Publication
from content.publications.queries import can_be_matched, candidates, matches_of
from content.publications.views import item_link
from content.themes.queries import list_themes


def choice_context(
    publication: Publication, rows: list[Match], held: Item | None, *, is_hidden: bool, form: MatchForm | None
) -> dict[str, Any]:
    """The form with the candidates; ``?item=`` chooses one and offers its themes ticked."""
    words = request.args.get("q", "").strip()[:200]
    reach = access().reach(Permission.READ_ITEMS)
    picked = _number(request.args.get("item", ""))
    proposed = _proposed_item(rows) if held is None else None
    shown = [] if is_hidden else candidates(reading(), publication, reach=reach, words=words)
    standing = held.id if held and not is_hidden else proposed
    for key in (picked, standing):
        if key is not None and all(one.id != key for one in shown):
            may_know = key == standing or can_be_matched(reading(), key, reach=reach)
            if may_know and (item := reading().get(Item, key)):
                shown.insert(0, item)
            elif key == picked:
                picked = None
    settled = {row.theme_id for row in rows if row.theme_id and row.decision is not MatchDecision.DISMISSED}
    if form is None:
        chosen = picked if picked is not None else standing
        ticked = settled | set(theme_ids_of(reading(), picked) if picked is not None else ())
        form = MatchForm(
            formdata=None,
            item=str(chosen or ""),
            themes=[str(one) for one in sorted(ticked)],
            themes_for=str(picked or (held.id if held else proposed or "")),
            version=publication.version,
        )
    form.offer(shown, list_themes(reading(), held=settled))
    return {
        "match": form,
        "items": shown,
        "words": words,
        "item_links": {one.id: item_link(one.id) for one in shown},
    }


def _number(raw: str) -> int | None:
    return int(raw) if raw.isdecimal() and len(raw) < 16 else None


def _proposed_item(rows: Iterable[Match]) -> int | None:
    """The item that was proposed with the best score."""
    found = [one for one in rows if one.item_id is not None and one.decision is MatchDecision.PROPOSED]
    return max(found, key=lambda one: (one.score, -one.id)).item_id if found else None


def chosen_in(form: MatchForm, publication: Publication) -> tuple[int | None, set[int]]:
    """The item and the themes that were chosen.

    An item that the person may not read stays as it is; what was proposed may be chosen by whoever may match. Where the page could not offer the chosen item's themes
    (no JavaScript), they are taken with it.
    """
    rows = matches_of(reading(), [publication.id])[publication.id]
    held = next((row.item for row in rows if row.item is not None and row.decision in HOLDS), None)
    themes = {int(one) for one in form.themes.raw_data or () if str(one).isdecimal() and len(str(one)) < 16}
    if held is not None and not may(Permission.READ_ITEMS, held.organisation_id):
        return held.id, themes
    raw = str((form.item.raw_data or [""])[0])
    if not raw:
        return None, themes
    item_id = _number(raw)
    reach = access().reach(Permission.READ_ITEMS)
    is_known = item_id is not None and (
        item_id == _proposed_item(rows) or can_be_matched(reading(), item_id, reach=reach)
    )
    if item_id is None or not is_known:
        raise Invalid(N_("Không có tin bài này, hoặc bạn không có quyền xem."))
    if str(form.themes_for.data or "") != raw:
        themes |= set(theme_ids_of(reading(), item_id))
    return item_id, themes
