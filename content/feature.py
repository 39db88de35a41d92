"""The newsroom's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.accounts.permissions import Permission
from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(
        "content.references.views:bp",
        "content.themes.views:bp",
        "content.outlets.views:bp",
        "content.channels.views:bp",
        "content.items.views:bp",
        "content.items.text.views:bp",
        "content.items.review.views:bp",
        "content.slots.views:bp",
        "content.site.views:bp",
        "content.publications.pages:bp",
    ),
    menu=(
        MenuEntry(N_("Nội dung"), "items.index", "article", (Permission.READ_ITEMS,), key="b", order=40),
        MenuEntry(
            N_("Tin đăng"),
            "publications.index",
            "broadcast",
            (Permission.READ_PUBLICATIONS,),
            key="t",
            order=60,
        ),
        MenuEntry(N_("Chủ đề"), "themes.index", "tags", (Permission.READ_CAMPAIGNS,), place="more", order=75),
        MenuEntry(N_("Văn bản"), "documents.index", "book", (Permission.READ_PLANS,), place="more", order=76),
        MenuEntry(
            N_("Cơ quan báo chí"),
            "outlets.index",
            "building-broadcast-tower",
            (Permission.READ_OUTLETS,),
            place="more",
            order=80,
        ),
        MenuEntry(
            N_("Kênh đăng"),
            "channels.index",
            "send",
            (Permission.MANAGE_CHANNELS, Permission.MANAGE_OUTLETS),
            place="more",
            order=82,
        ),
        MenuEntry(N_("Thêm tin bài"), "items.new", "plus", (Permission.WRITE_ITEMS,), place="deed", order=10),
        MenuEntry(
            N_("Ghi nhận tin"),
            "publications.new",
            "plus",
            (Permission.LOG_PUBLICATIONS,),
            place="deed",
            order=20,
        ),
        MenuEntry(
            N_("Ghi nhiều tin"),
            "publications.import_rows",
            "table",
            (Permission.LOG_PUBLICATIONS,),
            place="deed",
            order=21,
        ),
        MenuEntry(
            N_("Thêm chủ đề"), "themes.new", "plus", (Permission.MANAGE_THEMES,), place="deed", order=50
        ),
        MenuEntry(
            N_("Thêm cơ quan báo chí"),
            "outlets.new",
            "plus",
            (Permission.MANAGE_OUTLETS,),
            place="deed",
            order=60,
        ),
    ),
    panels={
        "home.main": (
            "content.channels.panels:nowhere_to_send",
            "content.slots.panels:not_gone_out",
            "content.items.panels:waiting_for_me",
            "content.items.panels:returned_to_me",
            "content.items.panels:due_soon",
            "content.slots.panels:not_booked",
            "content.publications.panels:at_home",
        ),
        "item.aside": ("content.slots.panels:slots_of_piece",),
        "item.main": ("content.publications.panels:of_item",),
        "outlet.main": ("content.outlets.feeds.panels:of_outlet", "content.publications.panels:of_outlet"),
        "theme.preview": ("content.publications.theme_preview:of_theme",),
    },
    marks={"item.delivery": "content.slots.marks:delivery_of_items"},
    first_day=("content.channels.services:open_own_site",),
    commands={"coverage": "content.publications.tally.command:coverage"},
    search={
        "item": "content.items.search:ITEMS",
        "publication": "content.publications.search:PUBLICATIONS",
        "document": "content.references.search:DOCUMENTS",
        "theme": "content.themes.search:THEMES",
        "outlet": "content.outlets.search:OUTLETS",
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
        "content.outlets.feeds.models",
        "content.publications.found.models",
        "content.publications.lookups.models",
        "content.publications.tally.models",
        "content.publications.tally.keeping",  # no table: what keeps one right wherever a session writes
    ),
    words=(
        "content.references.words:WORDS",
        "content.outlets.words:WORDS",
        "content.channels.words:WORDS",
        "content.items.words:WORDS",
        "content.slots.words:WORDS",
        "content.publications.words:WORDS",
    ),
    actions=(
        "content.references.words:ACTIONS",
        "content.themes.words:ACTIONS",
        "content.outlets.words:ACTIONS",
        "content.media.words:ACTIONS",
        "content.channels.words:ACTIONS",
        "content.items.words:ACTIONS",
        "content.slots.words:ACTIONS",
        "content.publications.words:ACTIONS",
    ),
)
