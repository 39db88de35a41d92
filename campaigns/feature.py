"""The desk's feature: what its rooms bring to the house."""

from __future__ import annotations

from app.accounts.permissions import Permission
from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(
        "campaigns.plans.uploads.views:bp",
        "campaigns.plans.uploads.matching.views:bp",
        "campaigns.plans.views:bp",
        "campaigns.plans.theming.views:bp",
        "campaigns.plans.amending.views:bp",
        "campaigns.plans.amending.past.views:bp",
        "campaigns.board.views:bp",
        "campaigns.board.series.views:bp",
        "campaigns.board.targets.views:bp",
        "campaigns.board.pieces.views:bp",
        "campaigns.occasions.views:bp",
        "campaigns.occasions.days_off.views:bp",
        "campaigns.board.lead_up.views:bp",
        "campaigns.board.lead_up.yearly.views:bp",
        "campaigns.board.lead_up.template.views:bp",
        "campaigns.board.lead_up.offered.views:bp",
        "campaigns.board.from_plan.views:bp",
        "campaigns.board.lead_up.moving.views:bp",
        "campaigns.calendar.views:bp",
        "campaigns.calendar.moving.views:bp",
        "campaigns.calendar.making.views:bp",
        "campaigns.coverage.pages:bp",
        "campaigns.demo.views:bp",
    ),
    menu=(
        MenuEntry(N_("Lịch"), "calendar.index", "calendar", (Permission.READ_ITEMS,), key="c", order=20),
        MenuEntry(
            N_("Chiến dịch"),
            "campaigns.index",
            "speakerphone",
            (Permission.READ_CAMPAIGNS,),
            key="p",
            order=30,
        ),
        MenuEntry(
            N_("Ngày, dịp"),
            "occasions.index",
            "calendar-event",
            (Permission.READ_CAMPAIGNS,),
            key="d",
            order=45,
        ),
        MenuEntry(N_("Độ phủ"), "coverage.index", "map-2", (Permission.READ_COVERAGE,), key="f", order=50),
        MenuEntry(
            N_("Kế hoạch"), "plans.index", "clipboard-list", (Permission.READ_PLANS,), key="k", order=70
        ),
        MenuEntry(
            N_("Nhiệm vụ"), "plans.own", "list-check", (Permission.READ_OWN_DUTIES,), key="v", order=71
        ),
        MenuEntry(
            N_("Lập chiến dịch"),
            "campaigns.new",
            "plus",
            (Permission.MANAGE_CAMPAIGNS,),
            place="deed",
            order=30,
        ),
        MenuEntry(
            N_("Thêm kế hoạch"),
            "plan_uploads.new",
            "upload",
            (Permission.MANAGE_PLANS,),
            place="deed",
            order=40,
        ),
    ),
    panels={
        "page.top": ("campaigns.demo.panels:banner",),
        "first.main": ("campaigns.demo.panels:first_door",),
        "home.first": ("campaigns.coverage.panels:for_leaders", "campaigns.plans.panels:no_plan_yet"),
        "home.main": ("campaigns.coverage.panels:for_coordinators",),
        "home.ahead": ("campaigns.today.panels:strip",),
        "home.beside": ("campaigns.today.panels:series_behind", "campaigns.today.panels:coming"),
        "document.main": ("campaigns.plans.panels:plans_on_document",),
        "document_graph.filter": ("campaigns.plans.panels:plans_to_choose",),
        "item.aside": ("campaigns.board.panels:item_aside",),
        "item.replanned": ("campaigns.calendar.panels:back_to_day",),
        "campaign.main": (
            "campaigns.board.lead_up.panels:of_campaign",
            "campaigns.coverage.panels:of_campaign",
        ),
        "plan.aside": ("campaigns.board.panels:plan_aside", "campaigns.board.lead_up.panels:days_of_plan"),
        "plan.actions": ("campaigns.board.panels:plan_actions",),
    },
    marks={
        "occurrence.lead_up": "campaigns.board.lead_up.panels:of_occurrences",
        "document.plan": "campaigns.plans.marks:plans_of_documents",
        "task.made": "campaigns.board.from_plan.panels:made_of_tasks",
        "task.standing": "campaigns.board.panels:standing_on_tasks",
    },
    commands={"plan": "campaigns.planfile.command:plan", "demo": "campaigns.demo.commands:demo"},
    before_serving=("campaigns.demo.state:stay_at_home",),
    demonstration="campaigns.demo.commands:fill_at_start",
    search={
        "plan": "campaigns.plans.search:PLANS",
        "campaign": "campaigns.board.search:CAMPAIGNS",
        "series": "campaigns.board.search:SERIES",
        "duty": "campaigns.plans.search:DUTIES",
    },
    needs=(
        "campaigns.today.panels:steps_due",
        "campaigns.plans.panels:waiting_uploads",
        "campaigns.plans.panels:own_duties",
    ),
    models=("campaigns.plans.models", "campaigns.occasions.models", "campaigns.board.models"),
    words=("campaigns.plans.words:WORDS", "campaigns.occasions.words:WORDS", "campaigns.board.words:WORDS"),
    actions=(
        "campaigns.plans.words:ACTIONS",
        "campaigns.occasions.words:ACTIONS",
        "campaigns.board.words:ACTIONS",
        "campaigns.demo.words:ACTIONS",
    ),
)
