"""The ground's own feature: home, people, organisations, audit, and the administrator's commands."""

from __future__ import annotations

from app.accounts.permissions import Permission
from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(
        "app.web.views:bp",
        "app.home:bp",
        "app.accounts.views:bp",
        "app.accounts.people:bp",
        "app.organisations.views:bp",
        "app.audit_views:bp",
        "app.search.views:bp",
    ),
    menu=(
        MenuEntry(N_("Hôm nay"), "home.today", "home", (), key="h", order=10),
        MenuEntry(
            N_("Cơ quan, đơn vị"),
            "organisations.index",
            "building",
            (Permission.READ_ORGANISATIONS,),
            place="more",
            order=85,
        ),
        MenuEntry(
            N_("Người dùng"), "people.index", "users", (Permission.MANAGE_PEOPLE,), place="more", order=90
        ),
        MenuEntry(N_("Nhật ký"), "audit.index", "history", (Permission.READ_AUDIT,), place="more", order=92),
        MenuEntry(
            N_("Mời người dùng"),
            "people.new",
            "user-plus",
            (Permission.MANAGE_PEOPLE,),
            place="deed",
            order=70,
        ),
        MenuEntry(
            N_("Thêm cơ quan"),
            "organisations.new",
            "plus",
            (Permission.MANAGE_ORGANISATIONS,),
            place="deed",
            order=80,
        ),
        MenuEntry(N_("Đổi mật khẩu"), "accounts.me", "key", (), place="deed", order=90),
    ),
    panels={"home.first": ("app.accounts.panels:first_steps",)},
    commands={
        "start": "app.serving:start",
        "serve": "app.serving:serve",
        "db": "app.migrations.commands:db",
        "user": "app.accounts.commands:user",
        "verify": "app.commands:verify",
        "backup": "app.backup:backup",
        "restore": "app.backup:restore",
        "search": "app.search.commands:search",
    },
    search={
        "organisation": "app.organisations.search:ORGANISATIONS",
        "person": "app.accounts.search:PEOPLE",
    },
    models=("app.organisations.models", "app.accounts.models", "app.audit", "app.search.keep"),
    words=("app.labels:WORDS",),
    actions=("app.labels:ACTIONS",),
)
