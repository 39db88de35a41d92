"""The newsroom's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.feature import Feature

FEATURE = Feature(
    models=(
        "content.references.models",
        "content.themes.models",
        "content.outlets.models",
        "content.media.models",
        "content.channels.models",
        "content.items.models",
        "content.slots.models",
        "content.site.models",
        "content.publications.models",
    ),
)
