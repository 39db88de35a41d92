"""The newsroom's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(
        "content.references.views:bp",
        "content.themes.views:bp",
    ),
    menu=(
        MenuEntry(N_("Chủ đề"), "themes.index", "tags", ("read_campaigns",), place="more", order=75),
        MenuEntry(N_("Văn bản"), "documents.index", "book", ("read_plans",), place="more", order=76),
    ),
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
    words=("content.references.words:WORDS",),
    actions=("content.references.words:ACTIONS", "content.themes.words:ACTIONS"),
)
