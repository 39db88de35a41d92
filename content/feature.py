"""The newsroom's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.errors import N_
from app.feature import Feature, MenuEntry

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
    blueprints=(
        "content.outlets.views:bp",
        "content.publications.pages:bp",
    ),
    menu=(
        MenuEntry(
            N_("Tin đăng"), "publications.index", "broadcast", ("read_publications",), key="t", order=60
        ),
        MenuEntry(
            N_("Cơ quan báo chí"),
            "outlets.index",
            "building-broadcast-tower",
            ("read_outlets",),
            place="more",
            order=80,
        ),
    ),
    panels={
        "home.main": ("content.publications.panels:at_home",),
        "item.main": ("content.publications.panels:of_item",),
        "outlet.main": ("content.publications.panels:of_outlet",),
    },
    words=("content.outlets.words:WORDS", "content.publications.words:WORDS"),
    actions=("content.outlets.words:ACTIONS", "content.publications.words:ACTIONS"),
)
