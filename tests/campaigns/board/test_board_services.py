"""Campaigns, series, targets and placements: what is done, and what is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.errors import Invalid, Missing, Refused, Stale
from campaigns.board.board_queries import board_of, items_of, items_to_place
from campaigns.board.models import (
    Cadence,
    Campaign,
    CampaignTask,
    CampaignTheme,
    Placement,
    Series,
    SeriesOutlet,
    Target,
)
from campaigns.board.pieces.services import displace_item, place_item, plan_item
from campaigns.board.queries import (
    campaign_of_item,
    campaigns_of_plan,
    campaigns_of_task,
    count_campaigns_of_plan,
    find,
    get_placement,
    list_campaigns,
)
from campaigns.board.rules import CampaignState, PaceState
from campaigns.board.series.services import (
    SeriesInput,
    add_series,
    archive_series,
    change_series,
    restore_series,
)
from campaigns.board.services import (
    CampaignInput,
    archive_campaign,
    change_campaign,
    open_campaign,
    restore_campaign,
)
from campaigns.board.targets.services import TargetInput, change_target, remove_target, set_target
from campaigns.board.trace_queries import documents_of, flat, plans_to_pick, propose, tasks_of, trace_of
from campaigns.plans.models import Part, Plan, Task, TaskGroup, TaskUnit
from content.items.models import Item, ItemTheme, ItemType, Stage
from content.items.services import ItemInput
from content.outlets.models import Outlet, OutletKind
from content.references.models import DocumentLink, LinkKind
from content.themes.models import Theme
from tests.conftest import NOW
from tests.factories import (
    make_campaign,
    make_document,
    make_item,
    make_organisation,
    make_outlet,
    make_person,
    make_placement,
    make_plan,
    make_series,
    make_target,
    make_theme,
)

TODAY = date(2026, 5, 4)


@dataclass
class Desk:
    """A coordinator with a plan, a theme, an outlet and a campaign."""

    actor: Person
    plan: Plan
    tasks: list[Task]
    theme: Theme
    outlet: Outlet
    campaign: Campaign

    def wanted(self, **changes: object) -> CampaignInput:
        made = CampaignInput(
            name=self.campaign.name,
            starts_on=self.campaign.starts_on,
            ends_on=self.campaign.ends_on,
            organisation_id=self.campaign.organisation_id,
            theme_ids=(self.theme.id,),
            task_ids=(self.tasks[0].id,),
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    def series(self, **changes: object) -> SeriesInput:
        made = SeriesInput(
            name="Chuyên mục Khoa học và công nghệ",
            theme_id=self.theme.id,
            cadence=Cadence.WEEKLY,
            quota=2,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 11, 30),
            outlet_ids=(self.outlet.id,),
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    def target(self, **changes: object) -> TargetInput:
        made = TargetInput(theme_id=self.theme.id, count=8, due_on=date(2026, 6, 30))
        return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def desk(session: Session) -> Desk:
    plan = make_plan(session)
    tasks = list(session.scalars(select(Task).order_by(Task.id)))
    theme = make_theme(session)
    campaign = make_campaign(session, themes=(theme,), tasks=(tasks[0],))
    return Desk(make_person(session, Role.COORDINATOR), plan, tasks, theme, make_outlet(session), campaign)


def actions(session: Session, campaign: Campaign) -> list[str]:
    return [entry.action for entry in audit.history_of(session, campaign)]


def test_a_campaign_opens_on_tasks_and_leaves_one_entry(session: Session, desk: Desk) -> None:
    wanted = desk.wanted(name="Tuần lễ chuyển đổi số", task_ids=tuple(one.id for one in desk.tasks))
    campaign = open_campaign(session, wanted, actor=desk.actor, now=NOW)
    held = session.scalars(select(CampaignTask.task_id).where(CampaignTask.campaign_id == campaign.id))
    assert set(held) == {one.id for one in desk.tasks}
    assert actions(session, campaign) == ["campaign.open"]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"name": "…"}, "chữ"),
        ({"starts_on": date(2026, 12, 31), "ends_on": date(2026, 1, 1)}, "kết thúc"),
        ({"starts_on": date(1, 1, 1)}, "Ngày phải từ"),
        ({"theme_ids": ()}, "chủ đề"),
        ({"theme_ids": (999_999,)}, "chủ đề"),
        ({"task_ids": ()}, "nhiệm vụ"),
        ({"task_ids": (999_999,)}, "nhiệm vụ"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_in_words(
    session: Session, desk: Desk, changes: dict[str, object], word: str
) -> None:
    with pytest.raises(Invalid) as refused:
        open_campaign(session, desk.wanted(**changes), actor=desk.actor, now=NOW)
    assert word in str(refused.value)


def test_a_campaign_needs_an_organisation_that_is_there(session: Session, desk: Desk) -> None:
    with pytest.raises(Missing):
        open_campaign(session, desk.wanted(organisation_id=999_999), actor=desk.actor, now=NOW)


def test_tasks_of_an_archived_plan_and_retired_themes_are_not_taken_but_may_stay(
    session: Session, desk: Desk
) -> None:
    desk.plan.archived_at = desk.theme.retired_at = NOW
    session.flush()
    with pytest.raises(Invalid):
        open_campaign(session, desk.wanted(), actor=desk.actor, now=NOW)
    change_campaign(
        session,
        desk.campaign,
        desk.wanted(name="Tên mới"),
        seen=desk.campaign.version,
        actor=desk.actor,
        now=NOW,
    )
    assert desk.campaign.name == "Tên mới"
    with pytest.raises(Invalid):
        change_campaign(
            session,
            desk.campaign,
            desk.wanted(task_ids=(desk.tasks[1].id,)),
            seen=desk.campaign.version,
            actor=desk.actor,
            now=NOW,
        )


def test_a_change_of_themes_alone_raises_the_version(session: Session, desk: Desk) -> None:
    seen, other = desk.campaign.version, make_theme(session)
    wanted = desk.wanted(theme_ids=(desk.theme.id, other.id))
    change_campaign(session, desk.campaign, wanted, seen=seen, actor=desk.actor, now=NOW)
    assert desk.campaign.version == seen + 1
    held = session.scalars(
        select(CampaignTheme.theme_id).where(CampaignTheme.campaign_id == desk.campaign.id)
    )
    assert set(held) == {desk.theme.id, other.id}
    with pytest.raises(Stale):
        change_campaign(session, desk.campaign, wanted, seen=seen, actor=desk.actor, now=NOW)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"ends_on": date(2026, 10, 1)}, "Chuyên mục"),
        ({"starts_on": date(2026, 3, 1)}, "Chuyên mục"),
        ({"theme_ids": "other"}, "chủ đề"),
        ({"task_ids": "other"}, "nhiệm vụ"),
    ],
)
def test_what_a_live_series_needs_stays_with_the_campaign(
    session: Session, desk: Desk, changes: dict[str, object], word: str
) -> None:
    add_series(session, desk.campaign, desk.series(task_id=desk.tasks[0].id), actor=desk.actor, now=NOW)
    other = {"theme_ids": (make_theme(session).id,), "task_ids": (desk.tasks[1].id,)}
    changes = {name: other[name] if value == "other" else value for name, value in changes.items()}
    with pytest.raises(Refused) as refused:
        change_campaign(
            session,
            desk.campaign,
            desk.wanted(**changes),
            seen=desk.campaign.version,
            actor=desk.actor,
            now=NOW,
        )
    assert word in str(refused.value)


@pytest.mark.parametrize("changes", [{"ends_on": date(2026, 6, 29)}, {"theme_ids": "other"}])
def test_what_a_target_needs_stays_with_the_campaign(
    session: Session, desk: Desk, changes: dict[str, object]
) -> None:
    set_target(session, desk.campaign, desk.target(), actor=desk.actor, now=NOW)
    if "theme_ids" in changes:
        changes = {"theme_ids": (make_theme(session).id,)}
    with pytest.raises(Refused):
        change_campaign(
            session,
            desk.campaign,
            desk.wanted(**changes),
            seen=desk.campaign.version,
            actor=desk.actor,
            now=NOW,
        )


def test_an_archived_campaign_takes_nothing_until_it_is_restored(session: Session, desk: Desk) -> None:
    campaign, actor = desk.campaign, desk.actor
    series = make_series(session, desk.theme, campaign=campaign, outlets=(desk.outlet,))
    target, item = make_target(session, desk.theme, campaign=campaign), make_item(session)
    placement = make_placement(session, campaign, make_item(session))
    with pytest.raises(Refused):
        restore_campaign(session, campaign, seen=campaign.version, actor=actor, now=NOW)
    archive_campaign(session, campaign, seen=campaign.version, actor=actor, now=NOW)
    tried: list[Callable[[], object]] = [
        lambda: archive_campaign(session, campaign, seen=campaign.version, actor=actor, now=NOW),
        lambda: change_campaign(
            session, campaign, desk.wanted(), seen=campaign.version, actor=actor, now=NOW
        ),
        lambda: add_series(session, campaign, desk.series(), actor=actor, now=NOW),
        lambda: change_series(session, series, desk.series(), seen=series.version, actor=actor, now=NOW),
        lambda: archive_series(session, series, seen=series.version, actor=actor, now=NOW),
        lambda: set_target(session, campaign, desk.target(), actor=actor, now=NOW),
        lambda: change_target(session, target, desk.target(), seen=target.version, actor=actor, now=NOW),
        lambda: remove_target(session, target, seen=target.version, actor=actor, now=NOW),
        lambda: place_item(session, item, campaign, actor=actor, now=NOW),
        lambda: displace_item(session, placement, actor=actor, now=NOW),
    ]
    for attempt in tried:
        with pytest.raises(Refused, match="đã lưu trữ"):
            attempt()
    restore_campaign(session, campaign, seen=campaign.version, actor=actor, now=NOW)
    place_item(session, item, campaign, actor=actor, now=NOW)
    assert actions(session, campaign) == ["campaign.place", "campaign.restore", "campaign.archive"]


def test_a_series_is_added_changed_archived_and_restored(session: Session, desk: Desk) -> None:
    series = add_series(session, desk.campaign, desk.series(), actor=desk.actor, now=NOW)
    seen, other = series.version, make_outlet(session)
    wanted = desk.series(outlet_ids=(other.id,), editor_id=desk.actor.id)
    change_series(session, series, wanted, seen=seen, actor=desk.actor, now=NOW)
    held = session.scalars(select(SeriesOutlet.outlet_id).where(SeriesOutlet.series_id == series.id))
    assert list(held) == [other.id]
    with pytest.raises(Stale):
        archive_series(session, series, seen=seen, actor=desk.actor, now=NOW)
    archive_series(session, series, seen=series.version, actor=desk.actor, now=NOW)
    with pytest.raises(Refused):
        change_series(session, series, wanted, seen=series.version, actor=desk.actor, now=NOW)
    restore_series(session, series, seen=series.version, actor=desk.actor, now=NOW)
    with pytest.raises(Refused):
        restore_series(session, series, seen=series.version, actor=desk.actor, now=NOW)
    assert actions(session, desk.campaign) == [
        "series.restore",
        "series.archive",
        "series.change",
        "series.add",
    ]


def test_a_series_cannot_come_back_outside_the_new_days_of_its_campaign(session: Session, desk: Desk) -> None:
    series = add_series(session, desk.campaign, desk.series(), actor=desk.actor, now=NOW)
    archive_series(session, series, seen=series.version, actor=desk.actor, now=NOW)
    wanted = desk.wanted(ends_on=date(2026, 6, 30))
    change_campaign(session, desk.campaign, wanted, seen=desk.campaign.version, actor=desk.actor, now=NOW)
    with pytest.raises(Invalid):
        restore_series(session, series, seen=series.version, actor=desk.actor, now=NOW)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"name": "-"}, "chữ"),
        ({"quota": 0}, "Số tin bài"),
        ({"quota": 10**9}, "Số tin bài"),
        ({"ends_on": date(2027, 1, 1)}, "thời gian chiến dịch"),
        ({"starts_on": date(2025, 12, 31)}, "thời gian chiến dịch"),
        ({"starts_on": date(2026, 12, 1), "ends_on": date(2026, 11, 1)}, "kết thúc"),
        ({"theme_id": 999_999}, "không thuộc chiến dịch"),
        ({"task_id": 999_999}, "không thuộc chiến dịch"),
        ({"outlet_ids": ()}, "Chọn ít nhất một"),
        ({"outlet_ids": (999_999,)}, "không còn hoạt động"),
        ({"editor_id": 999_999}, "không còn làm việc"),
    ],
)
def test_a_series_that_does_not_fit_is_refused_in_words(
    session: Session, desk: Desk, changes: dict[str, object], word: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add_series(session, desk.campaign, desk.series(**changes), actor=desk.actor, now=NOW)
    assert word in str(refused.value)
    assert session.scalars(select(Series)).all() == []


def test_a_retired_outlet_may_stay_in_a_series_but_not_come_in(session: Session, desk: Desk) -> None:
    series = add_series(session, desk.campaign, desk.series(), actor=desk.actor, now=NOW)
    desk.outlet.retired_at = NOW
    session.flush()
    change_series(session, series, desk.series(quota=3), seen=series.version, actor=desk.actor, now=NOW)
    with pytest.raises(Invalid):
        add_series(session, desk.campaign, desk.series(), actor=desk.actor, now=NOW)


def test_a_target_is_set_changed_and_removed_and_the_audit_keeps_it(session: Session, desk: Desk) -> None:
    target = set_target(session, desk.campaign, desk.target(), actor=desk.actor, now=NOW)
    seen = target.version
    wanted = desk.target(count=10, outlet_kind=OutletKind.NEWSPAPER, item_type=ItemType.ARTICLE)
    change_target(session, target, wanted, seen=seen, actor=desk.actor, now=NOW)
    assert (target.count, target.outlet_kind) == (10, OutletKind.NEWSPAPER)
    with pytest.raises(Stale):
        remove_target(session, target, seen=seen, actor=desk.actor, now=NOW)
    remove_target(session, target, seen=target.version, actor=desk.actor, now=NOW)
    assert session.scalars(select(Target)).all() == []
    newest = audit.history_of(session, desk.campaign)[0]
    assert (newest.action, newest.details["count"]) == ("target.remove", 10)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"theme_id": 999_999}, "không thuộc chiến dịch"),
        ({"count": 0}, "Số tin"),
        ({"count": -3}, "Số tin"),
        ({"count": 10**12}, "Số tin"),
        ({"due_on": date(2027, 1, 1)}, "thời gian chiến dịch"),
        ({"due_on": date(2025, 12, 31)}, "thời gian chiến dịch"),
        ({"outlet_id": 999_999}, "không còn hoạt động"),
        ({"outlet_id": 1, "outlet_kind": OutletKind.PORTAL}, "không tính trên cả hai"),
    ],
)
def test_a_target_that_does_not_fit_is_refused_in_words(
    session: Session, desk: Desk, changes: dict[str, object], word: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_target(session, desk.campaign, desk.target(**changes), actor=desk.actor, now=NOW)
    assert word in str(refused.value)


def test_a_theme_that_exists_but_is_not_the_campaigns_is_refused(session: Session, desk: Desk) -> None:
    stranger = make_theme(session)
    with pytest.raises(Invalid):
        set_target(session, desk.campaign, desk.target(theme_id=stranger.id), actor=desk.actor, now=NOW)
    with pytest.raises(Invalid):
        add_series(session, desk.campaign, desk.series(theme_id=stranger.id), actor=desk.actor, now=NOW)


def test_an_item_is_placed_once_and_taken_out(session: Session, desk: Desk) -> None:
    series = make_series(session, desk.theme, campaign=desk.campaign)
    item = make_item(session)
    placement = place_item(
        session,
        item,
        desk.campaign,
        series=series,
        writer=desk.actor,
        deadline_on=date(2026, 5, 16),
        actor=desk.actor,
        now=NOW,
    )
    assert campaign_of_item(session, item.id) == [placement]
    with pytest.raises(Refused, match="đã có trong chiến dịch"):
        place_item(session, item, desk.campaign, actor=desk.actor, now=NOW)
    displace_item(session, placement, actor=desk.actor, now=NOW)
    assert campaign_of_item(session, item.id) == []
    assert session.get(Item, item.id) is not None
    assert actions(session, desk.campaign) == ["campaign.displace", "campaign.place"]
    with pytest.raises(Missing):
        get_placement(session, desk.campaign.id, item.id)


def test_two_people_place_one_item_at_the_same_moment_and_one_is_told(
    session: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look finds nothing, the write meets the other's row: the second gets a sentence, not a crash."""
    item = make_item(session)
    make_placement(session, desk.campaign, item)
    monkeypatch.setattr(session, "scalar", lambda *given: None)
    with pytest.raises(Refused, match="đã có trong chiến dịch"):
        place_item(session, item, desk.campaign, actor=desk.actor, now=NOW)
    monkeypatch.undo()
    assert len(session.scalars(select(Placement)).all()) == 1


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.ARCHIVED])
def test_a_closed_item_is_not_placed(session: Session, desk: Desk, stage: Stage) -> None:
    with pytest.raises(Refused):
        place_item(session, make_item(session, stage=stage), desk.campaign, actor=desk.actor, now=NOW)


def test_days_of_a_placed_item_lie_within_campaign_and_series(session: Session, desk: Desk) -> None:
    series = make_series(session, desk.theme, campaign=desk.campaign)
    series.starts_on = date(2026, 6, 1)
    stranger = make_series(session, desk.theme, campaign=make_campaign(session))
    session.flush()
    item = make_item(session)
    cases: list[tuple[Item, Series | None, date | None]] = [
        (make_item(session, planned_on=date(2027, 1, 1)), None, None),
        (item, series, None),
        (item, stranger, None),
        (item, None, date(2026, 5, 19)),
        (make_item(session, planned_on=None), None, date(2027, 1, 1)),
    ]
    for given, into, deadline in cases:
        with pytest.raises(Invalid):
            place_item(
                session, given, desk.campaign, series=into, deadline_on=deadline, actor=desk.actor, now=NOW
            )
    series.archived_at = NOW
    with pytest.raises(Refused):
        place_item(
            session,
            make_item(session, planned_on=date(2026, 6, 2)),
            desk.campaign,
            series=series,
            actor=desk.actor,
            now=NOW,
        )
    gone = make_person(session)
    gone.ended_at = NOW
    with pytest.raises(Invalid):
        place_item(session, item, desk.campaign, writer=gone, actor=desk.actor, now=NOW)


def test_a_planned_piece_takes_the_theme_of_its_series_or_campaign(session: Session, desk: Desk) -> None:
    other = make_theme(session)
    session.add(CampaignTheme(campaign_id=desk.campaign.id, theme_id=other.id))
    series = make_series(session, other, campaign=desk.campaign)
    wanted = ItemInput(ItemType.ARTICLE, "Lớp học số ở buôn làng", make_organisation(session).id, TODAY)

    def themes(item: Item) -> set[int]:
        return set(session.scalars(select(ItemTheme.theme_id).where(ItemTheme.item_id == item.id)))

    def plan(given: ItemInput, into: Series | None = None) -> Item:
        return plan_item(session, desk.campaign, given, series=into, actor=desk.actor, now=NOW)

    assert themes(plan(wanted)) == {desk.theme.id, other.id}
    assert themes(plan(wanted, series)) == {other.id}
    assert themes(plan(replace(wanted, theme_ids=(desk.theme.id,)), series)) == {desk.theme.id}
    with pytest.raises(Invalid):
        plan(replace(wanted, planned_on=date(2027, 1, 1)))
    with pytest.raises(Invalid):
        plan(replace(wanted, title="…"))


def test_the_board_shows_pace_stages_and_months(session: Session, desk: Desk) -> None:
    series = make_series(session, desk.theme, campaign=desk.campaign, quota=2, outlets=(desk.outlet,))
    monthly = make_series(session, desk.theme, campaign=desk.campaign, cadence=Cadence.MONTHLY, quota=1)
    days = [date(2026, 5, 4), date(2026, 5, 10), date(2026, 5, 11), date(2026, 6, 1), None]
    for day in days:
        make_placement(session, desk.campaign, make_item(session, planned_on=day), series=series)
    withdrawn = make_item(session, planned_on=TODAY, stage=Stage.WITHDRAWN)
    make_placement(session, desk.campaign, withdrawn, series=series)
    make_placement(session, desk.campaign, make_item(session, stage=Stage.APPROVED, planned_on=TODAY))
    board = board_of(session, desk.campaign, today=TODAY)
    paces = {row.series.id: row.pace for row in board.series}
    assert (paces[series.id].planned, paces[series.id].state) == (2, PaceState.ENOUGH)
    assert (paces[monthly.id].planned, paces[monthly.id].state) == (0, PaceState.SHORT)
    assert board.stages == {Stage.DRAFTING: 5, Stage.APPROVED: 1, Stage.WITHDRAWN: 1}
    assert (board.items, board.approved, board.undated) == (6, 1, 1)
    assert [(one.first, one.items) for one in board.months] == [(date(2026, 5, 1), 5), (date(2026, 6, 1), 1)]


def test_items_of_other_units_are_counted_but_not_named(session: Session, desk: Desk) -> None:
    mine, theirs = make_item(session), make_item(session)
    for item in (mine, theirs):
        make_placement(session, desk.campaign, item)
    seen = items_of(session, desk.campaign, month=date(2026, 5, 1), reach={mine.organisation_id})
    assert [row.id for row in seen.rows] == [mine.id]
    assert seen.others == 1
    everything = items_of(session, desk.campaign, month=date(2026, 5, 1), reach=None)
    assert [row.id for row in everything.rows] == [mine.id, theirs.id]
    assert items_of(session, desk.campaign, month=None, reach=None).rows == []


def test_only_open_items_within_reach_are_offered(session: Session, desk: Desk) -> None:
    mine = make_item(session, title="Chợ số miền núi")
    make_item(session, organisation=mine.organisation, title="Đã rút", stage=Stage.WITHDRAWN)
    placed = make_item(session, organisation=mine.organisation)
    make_placement(session, desk.campaign, placed)
    make_item(session)
    reach = {mine.organisation_id}
    assert items_to_place(session, desk.campaign, reach=reach, words="") == [mine]
    assert items_to_place(session, desk.campaign, reach=reach, words="cho so") == [mine]
    assert items_to_place(session, desk.campaign, reach=reach, words="khong co") == []


def test_the_list_filters_by_state_theme_and_words(session: Session, desk: Desk) -> None:
    ended = make_campaign(session, name="Tết trồng cây")
    ended.ends_on = date(2026, 2, 1)
    coming = make_campaign(session, name="Tuần lễ Chuyển đổi số")
    coming.starts_on = date(2026, 10, 1)
    archived = make_campaign(session, name="Đã xong")
    archived.archived_at = NOW
    session.flush()

    def names(**options: object) -> set[str]:
        page = list_campaigns(session, today=TODAY, **options)  # type: ignore[arg-type]
        return {row.campaign.name for row in page.rows}

    assert names() == {desk.campaign.name, ended.name, coming.name}
    assert names(state=CampaignState.RUNNING) == {desk.campaign.name}
    assert names(state=CampaignState.COMING) == {coming.name}
    assert names(state=CampaignState.ENDED) == {ended.name}
    assert names(state=CampaignState.ARCHIVED) == {archived.name}
    assert names(theme_id=desk.theme.id) == {desk.campaign.name}
    assert names(words="CHUYEN DOI") == {coming.name}
    assert names(words="100%") == set()


def test_the_list_goes_on_after_its_cursor_without_gaps(session: Session, desk: Desk) -> None:
    for _ in range(60):
        make_campaign(session)
    first = list_campaigns(session, today=TODAY)
    second = list_campaigns(session, today=TODAY, cursor=first.following)
    ids = [row.campaign.id for row in (*first.rows, *second.rows)]
    assert len(ids) == len(set(ids)) == 61
    assert second.following is None
    with pytest.raises(Invalid):
        list_campaigns(session, today=TODAY, cursor="rác")


def test_the_campaigns_of_a_plan_begin_with_those_at_work(session: Session, desk: Desk) -> None:
    days = {
        "đã xong": (date(2025, 1, 1), date(2025, 3, 1)),
        "mới xong": (date(2025, 5, 1), date(2025, 12, 1)),
        "còn xa": (date(2027, 1, 1), date(2027, 2, 1)),
        "sắp đến": (date(2026, 9, 1), date(2026, 10, 16)),
    }
    for name, (first, last) in days.items():
        made = make_campaign(session, name=name, tasks=(desk.tasks[0],))
        made.starts_on, made.ends_on = first, last
    make_campaign(session, name="kế hoạch khác")
    session.flush()
    shown = campaigns_of_plan(session, desk.plan.id, today=date(2026, 5, 4), limit=9)
    assert [one.name for one in shown] == [desk.campaign.name, "sắp đến", "còn xa", "mới xong", "đã xong"]
    assert campaigns_of_plan(session, desk.plan.id, today=date(2026, 5, 4), limit=1) == [desk.campaign]
    assert count_campaigns_of_plan(session, desk.plan.id) == 5


def test_a_campaign_is_traced_to_plan_group_task_and_lines(session: Session, desk: Desk) -> None:
    base = make_document(session)
    session.add(DocumentLink(source_id=desk.plan.document_id, target_id=base.id, kind=LinkKind.IMPLEMENTS))
    session.flush()
    (trace,) = trace_of(session, desk.campaign)
    ((group, tasks),) = trace.groups
    assert (trace.plan, group.plan_id, list(tasks)) == (desk.plan, desk.plan.id, [desk.tasks[0]])
    assert tasks[0].first_line == 11
    assert documents_of(session, [trace]) == [desk.plan.document, base]
    assert campaigns_of_plan(session, desk.plan.id, today=date(2026, 5, 4), limit=9) == [desk.campaign]
    assert campaigns_of_task(session, [one.id for one in desk.tasks]) == {
        desk.tasks[0].id: [desk.campaign],
        desk.tasks[1].id: [],
    }


def test_tasks_propose_name_purpose_themes_and_lead(session: Session, desk: Desk) -> None:
    task, lead = desk.tasks[0], make_organisation(session)
    task.text = "Tổ chức phong trào “Bình dân học vụ số”; xây dựng chuyên mục trên Báo."
    theme = make_theme(session, "Bình dân học vụ số", code="bdhvs")
    make_theme(session, "Học vụ sốt", code="khac")
    session.add(
        TaskUnit(group_id=task.group_id, part=Part.LEAD, position=1, printed="Sở", organisation_id=lead.id)
    )
    session.flush()
    proposal = propose(session, tasks_of(session, [task.id, 999_999, 2**70]))
    assert proposal.name == "Tổ chức phong trào “Bình dân học vụ số”"
    assert proposal.purpose == task.text
    assert proposal.theme_ids == (theme.id,)
    assert proposal.organisation_id == lead.id


def test_an_archived_plan_offers_no_tasks(session: Session, desk: Desk) -> None:
    assert flat(plans_to_pick(session)) == desk.tasks
    assert flat(plans_to_pick(session, plan_id=desk.plan.id)) == desk.tasks
    assert plans_to_pick(session, plan_id=2**62) == []
    desk.plan.archived_at = NOW
    session.flush()
    assert plans_to_pick(session) == []
    assert tasks_of(session, [desk.tasks[0].id]) == []


def test_a_number_that_no_key_can_be_finds_nothing(session: Session) -> None:
    assert find(session, Campaign, 2**63) is None
    assert find(session, Campaign, 0) is None


def _count(session: Session, engine: Engine, desk: Desk) -> int:
    """Queries of one board, its items and its trace."""
    session.flush()
    session.expire_all()
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    campaign = session.get_one(Campaign, desk.campaign.id)
    board_of(session, campaign, today=TODAY)
    items_of(session, campaign, month=date(2026, 5, 1), reach=None)
    documents_of(session, trace_of(session, campaign))
    list_campaigns(session, today=TODAY)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_a_fuller_board_asks_no_more_queries(session: Session, engine: Engine, desk: Desk) -> None:
    def fill(times: int) -> None:
        for _ in range(times):
            series = make_series(session, desk.theme, campaign=desk.campaign, outlets=(make_outlet(session),))
            make_target(session, desk.theme, campaign=desk.campaign, outlet=make_outlet(session))
            make_placement(session, desk.campaign, make_item(session), series=series)
            make_campaign(session, themes=(make_theme(session),))

    fill(1)
    few = _count(session, engine, desk)
    fill(6)
    group = session.scalars(select(TaskGroup)).one()
    assert group.plan_id == desk.plan.id
    assert _count(session, engine, desk) == few
