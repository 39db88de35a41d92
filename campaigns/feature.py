"""The desk's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.feature import Feature

FEATURE = Feature(
    commands={"plan": "campaigns.planfile.command:plan"},
    models=("campaigns.plans.models", "campaigns.board.models"),
)
