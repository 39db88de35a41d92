"""The newsroom's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(
        "content.items.views:bp",
        "content.items.text.views:bp",
        "content.items.review.views:bp",
    ),
    menu=(
        MenuEntry(N_("Lịch"), "items.by_day", "calendar", ("read_items",), key="c", order=20),
        MenuEntry(N_("Nội dung"), "items.index", "article", ("read_items",), key="b", order=40),
    ),
    panels={
        "home.main": (
            "content.items.panels:waiting_for_me",
            "content.items.panels:returned_to_me",
            "content.items.panels:due_soon",
        ),
    },
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
    words=("content.items.words:WORDS",),
    actions=("content.items.words:ACTIONS", "content.media.words:ACTIONS"),
)
