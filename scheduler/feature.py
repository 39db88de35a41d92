"""The scheduler's feature: its tables, its operator's page."""

from __future__ import annotations

from app.feature import Feature

FEATURE = Feature(
    models=("scheduler.dispatch.models",),
)
