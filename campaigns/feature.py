"""The desk's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(
        "campaigns.board.views:bp",
        "campaigns.board.series.views:bp",
        "campaigns.board.targets.views:bp",
        "campaigns.board.pieces.views:bp",
    ),
    menu=(
        MenuEntry(
            N_("Chiến dịch"),
            "campaigns.index",
            "speakerphone",
            ("read_campaigns",),
            key="p",
            order=30,
        ),
    ),
    panels={
        "item.aside": ("campaigns.board.panels:item_aside",),
        "plan.aside": ("campaigns.board.panels:plan_aside",),
    },
    models=("campaigns.plans.models", "campaigns.board.models"),
    words=("campaigns.board.words:WORDS",),
    actions=("campaigns.board.words:ACTIONS",),
)
