"""The newsroom's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(
        "content.channels.views:bp",
        "content.slots.views:bp",
        "content.site.views:bp",
    ),
    menu=(
        MenuEntry(
            N_("Kênh đăng"),
            "channels.index",
            "send",
            ("manage_channels", "manage_outlets"),
            place="more",
            order=82,
        ),
    ),
    panels={
        "item.aside": ("content.slots.panels:slots_of_piece",),
        "home.main": ("content.slots.panels:not_gone_out",),
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
    words=("content.channels.words:WORDS", "content.slots.words:WORDS"),
    actions=("content.channels.words:ACTIONS", "content.slots.words:ACTIONS"),
)
