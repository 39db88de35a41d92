"""What a plan proposes, by tables: days, columns, quotas, targets, and nothing twice. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.clock import Period
from campaigns.board.from_plan.columns import (
    MOST_OUTLETS,
    column_in,
    column_name,
    outlet_kinds,
    outlets_for,
    pace_in,
)
from campaigns.board.from_plan.facts import (
    CampaignMade,
    GroupFacts,
    MadeWork,
    OutletFacts,
    PartMade,
    PlanFacts,
    TaskFacts,
    ThemeFacts,
)
from campaigns.board.from_plan.periods import Span, days_of, span_of
from campaigns.board.from_plan.promises import count_over, is_promise, type_of
from campaigns.board.from_plan.proposals import propose_work, themes_for_tasks
from campaigns.board.from_plan.shapes import Work
from campaigns.board.models import Cadence
from campaigns.plans.dates import year_of
from campaigns.plans.figures import figures, quantities_of
from content.items.models import ItemType
from content.outlets.models import OutletKind

TODAY = date(2026, 5, 4)


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first) if first else None, date.fromisoformat(last))


@pytest.mark.parametrize(
    ("timing", "named"),
    [
        ("Từ ngày 1/6/2026 đến ngày 30/6/2026", span("2026-06-01", "2026-06-30")),
        ("01/6 - 15/7/2026", span("2026-06-01", "2026-07-15")),
        ("Từ tháng 6 đến hết tháng 9/2026", span("2026-06-01", "2026-09-30")),
        ("Trước ngày 30/9/2026", span("", "2026-09-30")),
        ("Quý II/2026", span("2026-04-01", "2026-06-30")),
        ("Quý III, IV năm 2026", span("2026-07-01", "2026-12-31")),
        ("quý I - quý III năm 2027", span("2027-01-01", "2027-09-30")),
        ("6 tháng cuối năm 2026", span("2026-07-01", "2026-12-31")),
        ("6 tháng đầu năm", span("2026-01-01", "2026-06-30")),
        ("Hoàn thành trong tháng 8/2026", span("", "2026-08-31")),
        ("Tháng 10", span("2026-10-01", "2026-10-31")),
        ("Giai đoạn 2026-2030", span("2026-01-01", "2030-12-31")),
        ("Đến năm 2027", span("", "2027-12-31")),
        ("Năm 2026", span("2026-01-01", "2026-12-31")),
        ("Thường xuyên", None),
        ("Theo năm học", None),
        ("31/02/2026", None),
        ("Tháng 13/2026", None),
        ("", None),
    ],
)
def test_the_days_of_a_timing_are_those_that_it_names(timing: str, named: Span | None) -> None:
    assert span_of(timing, year=2026) == named


def test_a_campaign_never_begins_before_today_and_a_past_timing_is_doubtful() -> None:
    days, why, is_doubtful = days_of("Quý II/2026", today=TODAY, year=2026)
    assert (days, is_doubtful) == (Period(TODAY, date(2026, 6, 30)), False)
    assert why.values == {"timing": "Quý II/2026"}
    days, why, is_doubtful = days_of("Tháng 3/2026", today=TODAY, year=2026)
    assert (days, is_doubtful) == (Period(TODAY, date(2026, 12, 31)), True)
    assert "đã qua" in why.sentence


@pytest.mark.parametrize(("year", "last"), [(None, 2026), (2025, 2026), (2026, 2026), (2027, 2027)])
def test_without_days_a_campaign_runs_to_the_end_of_the_plans_year(year: int | None, last: int) -> None:
    assert days_of("Thường xuyên", today=TODAY, year=year)[0] == Period(TODAY, date(last, 12, 31))


@pytest.mark.parametrize(
    ("title", "issued_on", "printed", "year"),
    [
        ("Truyền thông năm 2026", date(2025, 12, 30), "", 2026),
        ("Chương trình đến năm 2030", date(2025, 8, 22), "", 2025),
        ("Truyền thông", None, "2025-08", 2025),
        ("Truyền thông", None, "", None),
    ],
)
def test_a_plan_is_made_for_the_year_of_its_title_else_of_its_issue(
    title: str, issued_on: date | None, printed: str, year: int | None
) -> None:
    assert year_of(title, issued_on, printed) == year


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mở chuyên mục “Sống số” trên báo in", "Sống số"),
        ("Mở chuyên mục, chuyên trang về Nghị quyết số 57-NQ/TW ngày 22 tháng 12", "Chuyên mục về Nghị quyết số 57-NQ/TW"),
        ("Duy trì chuyên trang trên Cổng", "Chuyên trang Chuyển đổi số"),
        ("Phát bản tin loa hằng tuần", "Bản tin loa Chuyển đổi số"),
    ],
)  # fmt: skip
def test_a_column_is_called_as_the_plan_calls_it(text: str, name: str) -> None:
    found = column_in(text)
    assert found is not None
    assert column_name(text, found, "Chuyển đổi số") == name


@pytest.mark.parametrize(
    "text", ["sinh hoạt chuyên đề của giáo viên", "tổ chức hội nghị chuyên đề", "đưa tin, bài thường xuyên"]
)
def test_a_meeting_on_a_subject_is_no_column(text: str) -> None:
    assert column_in(text) is None


@pytest.mark.parametrize(
    ("text", "cadence", "quota", "is_doubtful"),
    [
        ("mở chuyên mục, đăng 02 tin, bài/tháng", Cadence.MONTHLY, 2, False),
        ("01 chuyên mục/tuần", Cadence.WEEKLY, 1, False),
        ("chuyên trang ra 01 số/tháng", Cadence.MONTHLY, 1, False),
        ("chuyên mục mỗi quý tối thiểu 04 tin, bài", Cadence.MONTHLY, 2, True),
        ("bản tin phát 02 tin/ngày", Cadence.WEEKLY, 14, True),
        ("mở 02 chuyên mục", Cadence.MONTHLY, None, True),
        ("chuyên mục, mỗi tuần có tin, bài mới", Cadence.WEEKLY, None, True),
        ("chuyên mục mỗi năm 02 bài", Cadence.MONTHLY, None, True),
        ("chuyên mục trên 100% trang, mỗi tháng 03 lớp", Cadence.MONTHLY, None, True),
    ],
)
def test_a_quota_comes_from_the_plans_numbers_or_is_left_to_the_officer(
    text: str, cadence: Cadence, quota: int | None, *, is_doubtful: bool
) -> None:
    pace = pace_in(text, quantities_of(text))
    assert (pace.cadence, pace.quota, pace.doubt is not None) == (cadence, quota, is_doubtful)


def test_a_column_goes_to_near_outlets_of_the_sorts_that_the_task_names() -> None:
    text = "trên Cổng Thông tin điện tử tỉnh và hệ thống truyền thanh"
    assert outlet_kinds(text) == [OutletKind.PORTAL, OutletKind.LOUDSPEAKER]
    portal, far = OutletFacts(1, OutletKind.PORTAL, True), OutletFacts(2, OutletKind.PORTAL, False)
    paper = OutletFacts(3, OutletKind.NEWSPAPER, True)
    assert outlets_for(text, [portal, far, paper]) == (1,)
    many = [OutletFacts(key, OutletKind.LOUDSPEAKER, True) for key in range(MOST_OUTLETS + 1)]
    assert outlets_for(text, many) == ()
    assert outlet_kinds("báo cáo kết quả") == []


@pytest.mark.parametrize(
    ("text", "days", "count"),
    [
        ("15 phóng sự", Period(TODAY, date(2026, 12, 31)), 15),
        ("02 tin, bài/tháng", Period(TODAY, date(2026, 12, 31)), 16),
        ("mỗi quý 04 tin", Period(TODAY, date(2026, 12, 31)), 12),
        ("01 bài/tuần", Period(TODAY, date(2026, 5, 24)), 3),
        ("01 tin/ngày", Period(TODAY, date(2026, 5, 13)), 10),
        ("03 bài/năm", Period(TODAY, date(2027, 12, 31)), 6),
    ],
)
def test_a_rhythm_is_counted_over_the_days_of_the_campaign(text: str, days: Period, count: int) -> None:
    (one,) = quantities_of(text)
    assert is_promise(one)
    assert count_over(one, days)[0] == count


@pytest.mark.parametrize("text", ["100% tin, bài", "05 lớp tập huấn", "1,5 bài", "02 lần/năm"])
def test_what_counts_no_publications_is_no_target(text: str) -> None:
    assert not any(is_promise(one) for one in quantities_of(text))


def test_a_unit_says_the_type_where_it_can() -> None:
    assert type_of("infographic") is ItemType.INFOGRAPHIC
    assert type_of("video clip") is ItemType.VIDEO_SCRIPT
    assert type_of("bản tin phát thanh") is ItemType.LOUDSPEAKER_BULLETIN
    assert type_of("tin, bài") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ít nhất 02 tin, bài/tháng", ["ít nhất 2 tin, bài mỗi tháng"]),
        ("từ 10 đến 15 phóng sự", ["10–15 phóng sự"]),
        ("100% xã, phường và 1.234,5 nghìn người", ["100% xã, phường", "1.234.500 người"]),
        ("02 bài; 02 bài", ["2 bài"]),
    ],
)
def test_figures_are_said_as_people_write_them(text: str, said: list[str]) -> None:
    assert figures(text) == said


# -- the whole

THEMES = (
    ThemeFacts(1, "Bình dân học vụ số", ("Bình dân học vụ số",)),
    ThemeFacts(2, "Chuyển đổi số", ("chuyển đổi số",)),
)
COLUMN = TaskFacts(
    11, "a", "Mở chuyên mục về chuyển đổi số trên Cổng Thông tin điện tử tỉnh, 02 tin, bài/tháng.", 3, 4
)
MOVEMENT = TaskFacts(12, "b", "Tuyên truyền phong trào “Bình dân học vụ số”: ít nhất 10 phóng sự.", 5, 5)
PLAIN = TaskFacts(13, "c", "Tập huấn cho cán bộ, mở 05 lớp.", 6, 6, lead_id=9)
PLAN = PlanFacts(
    "Truyền thông chuyển đổi số năm 2026",
    2026,
    (
        GroupFacts(
            1, "1", "Đẩy mạnh truyền thông; nâng cao nhận thức", (COLUMN, MOVEMENT), "Thường xuyên", 7
        ),
        GroupFacts(2, "2", "Bồi dưỡng", (PLAIN,), "Quý III/2026"),
    ),
    THEMES,
    (OutletFacts(5, OutletKind.PORTAL, True),),
)


def proposed(made_work: MadeWork | None = None, plan: PlanFacts = PLAN) -> Work:
    return propose_work(plan, made_work or MadeWork(), today=TODAY, home_id=8)


def made(key: int, *themes: int, is_lead_up: bool = False) -> CampaignMade:
    days = Period(date(2026, 1, 1), date(2026, 6, 30))
    return CampaignMade(key, f"Chiến dịch {key}", days, frozenset(themes), is_lead_up)


def test_each_group_proposes_a_campaign_with_days_lead_themes_and_its_tasks() -> None:
    first, second = (group.campaign for group in proposed().groups)
    assert first is not None
    assert second is not None
    assert first.name == "Đẩy mạnh truyền thông"
    assert (first.days, first.lead_id, first.theme_ids) == (Period(TODAY, date(2026, 12, 31)), 7, (2, 1))
    assert [task.id for task in first.tasks] == [11, 12]
    assert (first.is_ticked, first.doubts) == (True, ())
    assert (second.days, second.lead_id) == (Period(date(2026, 7, 1), date(2026, 9, 30)), 9)
    assert second.theme_ids == (2,)  # of the plan's title, which is said
    assert len(second.doubts) == 1


def test_a_theme_that_tasks_name_proposes_a_campaign_of_its_own_unticked() -> None:
    own = [(one.key, [task.id for task in one.tasks], one.is_ticked) for one in proposed().themes]
    assert own == [("theme-1", [12], False), ("theme-2", [11], False)]


def test_a_column_and_a_promise_become_a_series_and_a_target_and_never_both() -> None:
    (series,), (target,) = proposed().groups[0].series, proposed().groups[0].targets
    assert (series.name, series.theme_id, series.quota, series.cadence) == (
        "Chuyên mục về chuyển đổi số",
        2,
        2,
        Cadence.MONTHLY,
    )
    assert (series.outlet_ids, series.words, series.is_ticked) == ((5,), "02 tin, bài/tháng", True)
    assert (target.task.id, target.count, target.words) == (12, 10, "ít nhất 10 phóng sự")
    assert (target.theme_id, target.due_on, target.is_ticked) == (1, date(2026, 12, 31), True)


def test_a_series_without_a_number_or_a_place_is_offered_and_left_unticked() -> None:
    task = replace(COLUMN, text="Mở chuyên mục về chuyển đổi số.")
    plan = replace(PLAN, groups=(replace(PLAN.groups[0], tasks=(task,)),))
    (series,) = proposed(plan=plan).series
    assert (series.quota, series.outlet_ids, series.is_ticked) == (None, (), False)
    assert len(series.doubts) == 2


def test_a_number_in_words_is_offered_and_left_unticked() -> None:
    task = replace(COLUMN, text="Mỗi đề tài có một bài về chuyển đổi số.")
    plan = replace(PLAN, groups=(replace(PLAN.groups[0], tasks=(task,)),))
    (target,) = proposed(plan=plan).targets
    assert (target.is_ticked, len(target.doubts)) == (False, 1)


def test_what_stands_on_a_task_is_shown_and_not_proposed_again() -> None:
    made_work = MadeWork(
        {11: [made(1, 2)], 12: [made(1, 2)], 13: [made(2, 2)]},
        {11: [PartMade(3, 1, "Sống số")]},
        {12: [PartMade(4, 1, "10", "ít nhất 10 phóng sự")]},
    )
    work = proposed(made_work)
    assert [one.key for one in work.campaigns] == ["theme-1"]
    assert (work.series, work.targets) == ([], [])
    first = work.groups[0]
    assert [one.id for one in first.campaigns_made] == [1]
    assert [one.id for one in (*first.series_made, *first.targets_made)] == [3, 4]


def test_a_campaign_for_the_rest_is_proposed_when_some_tasks_are_carried_out() -> None:
    campaign = proposed(MadeWork({11: [made(1, 2)]})).groups[0].campaign
    assert campaign is not None
    assert [task.id for task in campaign.tasks] == [12]


def test_a_lead_up_of_a_yearly_day_does_not_carry_out_its_group() -> None:
    day = made(1, 2, is_lead_up=True)
    work = proposed(MadeWork({11: [day]}))
    assert work.groups[0].campaign is not None
    assert [task.id for task in work.groups[0].campaign.tasks] == [11, 12]
    assert work.groups[0].campaigns_made == ()
    assert proposed(MadeWork({11: [day], 12: [made(2, 2)]})).groups[0].campaign is None


def test_a_target_of_a_running_campaign_falls_due_when_that_ends() -> None:
    (target,) = proposed(MadeWork({12: [made(1, 1)]})).targets
    assert target.due_on == date(2026, 6, 30)


def test_a_plan_without_themes_or_tasks_proposes_what_it_can() -> None:
    bare = proposed(plan=replace(PLAN, themes=()))
    assert [one.is_ticked for one in bare.campaigns] == [False, False]
    assert all(one.doubts for one in bare.campaigns)
    assert proposed(plan=PlanFacts("", None, ())).campaigns == []
    assert proposed(plan=replace(PLAN, groups=(GroupFacts(1, "1", "Trống", ()),))).campaigns == []


def test_a_day_takes_the_themes_of_the_tasks_that_name_it() -> None:
    work = proposed()
    assert themes_for_tasks(work, [12]) == (1,)
    assert themes_for_tasks(work, []) == (2,)
