"""The scheduler's feature: its tables, its operator's page."""

from __future__ import annotations

from app.errors import N_
from app.feature import Feature, MenuEntry

FEATURE = Feature(
    blueprints=("scheduler.views:bp",),
    menu=(
        MenuEntry(
            N_("Vận hành"), "operations.index", "activity", ("read_operations",), place="more", order=94
        ),
    ),
    panels={"home.main": ("scheduler.panels:at_home",), "slot.main": ("scheduler.panels:attempts_of_slot",)},
    needs=("scheduler.panels:not_sending", "scheduler.panels:not_read"),
    commands={"feed": "scheduler.watch.feedfile.command:feed"},
    models=("scheduler.dispatch.models",),
    words=("scheduler.words:WORDS",),
    actions=("scheduler.words:ACTIONS",),
)
