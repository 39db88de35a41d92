"""The desk's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(
        "campaigns.plans.uploads.views:bp",
        "campaigns.plans.views:bp",
    ),
    menu=(
        MenuEntry(N_("Kế hoạch"), "plans.index", "clipboard-list", ("read_plans",), key="k", order=70),
        MenuEntry(
            N_("Nhiệm vụ"), "plans.own", "list-check", ("read_own_duties",), key="n", order=71
        ),
    ),
    panels={
        "home.main": (
            "campaigns.plans.panels:own_duties",
            "campaigns.plans.panels:waiting_uploads",
        ),
        "document.main": ("campaigns.plans.panels:plans_on_document",),
    },
    commands={"plan": "campaigns.planfile.command:plan"},
    models=("campaigns.plans.models", "campaigns.board.models"),
    words=("campaigns.plans.words:WORDS",),
    actions=("campaigns.plans.words:ACTIONS",),
)
