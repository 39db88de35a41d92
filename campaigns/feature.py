"""The desk's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    models=("campaigns.plans.models", "campaigns.board.models"),
    blueprints=("campaigns.coverage.views:bp",),
    menu=(MenuEntry(N_("Độ phủ"), "coverage.index", "map-2", ("read_coverage",), key="f", order=50),),
)
