"""Every main page of the scene: its name, its address, and a person who may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from content.slots.models import SlotState
from tests.scene import Scene


@dataclass(frozen=True)
class ScenePage:
    """``who`` is a key of ``Scene.people``, empty for somebody signed out; *shown* pages have pictures in docs."""

    name: str
    who: str
    path: Callable[[Scene], str]
    is_shown: bool = False
    is_dark_too: bool = False


def _at(path: str) -> Callable[[Scene], str]:
    return lambda scene: path


def _item(begins: str, more: str = "") -> Callable[[Scene], str]:
    return lambda scene: f"/items/{scene.piece(begins).id}{more}"


PAGES = (
    ScenePage("today-officer", "officer", _at("/"), is_shown=True),
    ScenePage("today-approver", "approver", _at("/"), is_shown=True),
    ScenePage("today-coordinator", "coordinator", _at("/")),
    ScenePage("today-manager", "manager", _at("/")),
    ScenePage("today-outlet", "outlet", _at("/"), is_shown=True),
    ScenePage("today-unit", "unit", _at("/")),
    ScenePage("today-administrator", "administrator", _at("/")),
    ScenePage("calendar", "officer", _at("/calendar"), is_shown=True, is_dark_too=True),
    ScenePage("calendar-week", "officer", _at("/calendar?view=week"), is_shown=True),
    ScenePage("calendar-list", "coordinator", _at("/calendar?view=list")),
    ScenePage("calendar-days", "officer", _at("/calendar?view=days")),
    ScenePage("pieces", "officer", _at("/items")),
    ScenePage("piece-new", "officer", _at("/items/new")),
    ScenePage("piece", "officer", _item("Tờ gấp"), is_shown=True, is_dark_too=True),
    ScenePage("piece-approved", "officer", _item("Thư ngỏ")),
    ScenePage("piece-published", "officer", _item("Bí thư thôn")),
    ScenePage("piece-idea", "officer", _item("Sau lễ")),
    ScenePage("piece-text", "officer", _item("Kể chuyện 57: từ", "/edit")),
    ScenePage("piece-details", "officer", _item("Kể chuyện 57: từ", "/details")),
    ScenePage("piece-submit", "officer", _item("Kể chuyện 57: từ", "/submit")),
    ScenePage("review", "approver", _item("Vì sao phải", "/review"), is_shown=True),
    ScenePage("booking", "officer", _item("Thư ngỏ", "/slots/new")),
    ScenePage("slot", "officer", lambda scene: f"/slots/{scene.slots[SlotState.UNCONFIRMED].id}"),
    ScenePage("plans", "coordinator", _at("/plans")),
    ScenePage("plan-new", "coordinator", _at("/plans/new")),
    ScenePage("plan-preview", "coordinator", lambda scene: f"/plans/uploads/{scene.upload.id}", is_shown=True),
    ScenePage("plan-correct", "coordinator", lambda scene: f"/plans/uploads/{scene.upload.id}/edit/group-0"),
    ScenePage("plan", "coordinator", lambda scene: f"/plans/{scene.plan.id}", is_shown=True),
    ScenePage("plan-source", "coordinator", lambda scene: f"/plans/{scene.plan.id}/source"),
    ScenePage("duties", "unit", _at("/duties"), is_shown=True),
    ScenePage("campaigns", "coordinator", _at("/campaigns")),
    ScenePage("campaign-new", "coordinator", _at("/campaigns/new")),
    ScenePage("campaign", "coordinator", lambda scene: f"/campaigns/{scene.campaign.id}", is_shown=True),
    ScenePage("series-new", "coordinator", lambda scene: f"/campaigns/{scene.campaign.id}/series/new"),
    ScenePage("target-new", "coordinator", lambda scene: f"/campaigns/{scene.campaign.id}/targets/new"),
    ScenePage("campaign-piece", "coordinator", lambda scene: f"/campaigns/{scene.campaign.id}/items/new"),
    ScenePage("coverage", "manager", _at("/coverage"), is_shown=True, is_dark_too=True),
    ScenePage("publications", "officer", _at("/publications")),
    ScenePage("publication", "officer", lambda scene: f"/publications/{scene.publications[-1].id}"),
    ScenePage("publication-new", "outlet", _at("/publications/new")),
    ScenePage("publication-import", "outlet", _at("/publications/import")),
    ScenePage("outlets", "coordinator", _at("/outlets")),
    ScenePage("outlet", "outlet", lambda scene: f"/outlets/{scene.outlets[2].id}"),
    ScenePage("outlet-new", "coordinator", _at("/outlets/new")),
    ScenePage("themes", "coordinator", _at("/themes")),
    ScenePage("documents", "coordinator", _at("/documents")),
    ScenePage("document", "coordinator", lambda scene: f"/documents/{scene.plan.document_id}"),
    ScenePage("channels", "administrator", _at("/channels")),
    ScenePage("operations", "administrator", _at("/operations"), is_shown=True),
    ScenePage("people", "administrator", _at("/people"), is_shown=True),
    ScenePage("person", "administrator", lambda scene: f"/people/{scene.people['officer'].id}"),
    ScenePage("organisations", "administrator", _at("/organisations")),
    ScenePage("organisation-import", "administrator", _at("/organisations/import")),
    ScenePage("audit", "administrator", _at("/audit")),
    ScenePage("me", "officer", _at("/me")),
    ScenePage("sign-in", "", _at("/sign-in")),
    ScenePage("public", "", _at("/tin"), is_shown=True),
    ScenePage("public-piece", "", lambda scene: f"/tin/{scene.slots[SlotState.PUBLISHED].remote_address}".replace("/tin/https://khcn.songtra.example.vn", ""), is_shown=True),
)  # fmt: skip
