"""What a plan proposes as work: campaigns, series, targets; what was made of it already is not proposed again. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.clock import Period
from app.errors import N_
from campaigns.board.from_plan.columns import column_in, column_name, outlet_kinds, outlets_for, pace_in
from campaigns.board.from_plan.facts import (
    CampaignMade,
    GroupFacts,
    MadeWork,
    PlanFacts,
    Remark,
    TaskFacts,
    ThemeFacts,
)
from campaigns.board.from_plan.periods import days_of
from campaigns.board.from_plan.promises import count_over, is_promise, type_of
from campaigns.board.from_plan.shapes import CampaignProposal, GroupWork, SeriesProposal, TargetProposal, Work
from campaigns.board.wording import as_words, name_from, purpose_from
from campaigns.planfile.draft import Quantity
from campaigns.plans.figures import quantities_of

SURE = 0.8  # a quantity below it is offered, but not ticked


@dataclass(frozen=True)
class _Desk:
    """What every proposal looks at."""

    plan: PlanFacts
    made_work: MadeWork
    today: date
    home_id: int | None  # who leads where no known body does

    def themes_in(self, text: str) -> list[ThemeFacts]:
        """The plan's themes that *text* names, in the order in which it names them."""
        words = as_words(text)
        placed = [
            (place, theme) for theme in self.plan.themes if (place := theme.place_in(words)) is not None
        ]
        return [theme for _, theme in sorted(placed, key=lambda pair: pair[0])]

    def themes_for(self, text: str) -> tuple[list[ThemeFacts], tuple[Remark, ...]]:
        """The plan's themes that *text* names, else those of its title, else its first, with a doubt."""
        if found := self.themes_in(text):
            return found, ()
        others = self.themes_in(self.plan.title) or list(self.plan.themes[:1])
        if others:
            return others[:1], (Remark(N_("Nhiệm vụ không nêu chủ đề nào: lấy chủ đề chính của kế hoạch.")),)
        return [], (Remark(N_("Kế hoạch chưa gắn chủ đề nào: hãy chọn chủ đề.")),)


def propose_work(plan: PlanFacts, made_work: MadeWork, *, today: date, home_id: int | None) -> Work:
    """What *plan* proposes on the local day *today*, in its own order."""
    desk = _Desk(plan, made_work, today, home_id)
    return Work(plan, tuple(_group(desk, group) for group in plan.groups), tuple(_themes(desk)))


def themes_for_tasks(work: Work, task_ids: Collection[int]) -> tuple[int, ...]:
    """The plan's themes for a day that these tasks name."""
    desk = _Desk(work.plan, MadeWork(), date.min, None)
    texts = [task.text for group in work.plan.groups for task in group.tasks if task.id in task_ids]
    return tuple(theme.id for theme in desk.themes_for("\n".join(texts))[0])


def _group(desk: _Desk, group: GroupFacts) -> GroupWork:
    made_work = desk.made_work
    campaign = _campaign_of_group(desk, group)
    series: list[SeriesProposal] = []
    targets: list[TargetProposal] = []
    for task in group.tasks:
        column = _series(desk, task)
        series += [column] if column and not made_work.series.get(task.id) else []
        days = _days_for(desk, task, campaign)
        targets += _targets(desk, task, days, used=column.words if column else "")
    return GroupWork(
        group,
        campaign,
        tuple(series),
        tuple(targets),
        _once(one for task in group.tasks for one in made_work.campaigns_on(task.id)),
        tuple(one for task in group.tasks for one in made_work.series.get(task.id, ())),
        tuple(one for task in group.tasks for one in made_work.targets.get(task.id, ())),
    )


def _days_for(desk: _Desk, task: TaskFacts, campaign: CampaignProposal | None) -> Period:
    """The days of the campaign that carries the task out, from today, or of the one that is proposed for it."""
    if made := desk.made_work.campaigns_on(task.id):
        days = made[0].days
        return Period(min(max(days.first, desk.today), days.last), days.last)
    return campaign.days if campaign else days_of(task.timing, today=desk.today, year=desk.plan.year)[0]


def _once(campaigns: Iterable[CampaignMade]) -> tuple[CampaignMade, ...]:
    return tuple({one.id: one for one in campaigns}.values())


def _campaign_of_group(desk: _Desk, group: GroupFacts) -> CampaignProposal | None:
    """A campaign for the tasks of the group that none carries out yet."""
    tasks = tuple(task for task in group.tasks if not desk.made_work.campaigns_on(task.id))
    if all(desk.made_work.is_carried(task.id) for task in tasks):
        return None
    days, why, is_doubtful = days_of(group.timing or tasks[0].timing, today=desk.today, year=desk.plan.year)
    texts = [task.text for task in tasks]
    themes, doubts = desk.themes_for("\n".join([group.title, *texts]))
    return CampaignProposal(
        f"group-{group.id}",
        name_from(group.title or texts[0]),
        purpose_from("\n".join(texts)),
        days,
        _lead(desk, group.lead_id, tasks),
        tuple(theme.id for theme in themes),
        tasks,
        is_ticked=bool(themes),
        reasons=() if is_doubtful else (why,),
        doubts=(*doubts, *((why,) if is_doubtful else ())),
    )


def _lead(desk: _Desk, group_lead: int | None, tasks: Sequence[TaskFacts]) -> int | None:
    """Who leads the group, else one of its tasks, else the officer's own office."""
    return group_lead or next((task.lead_id for task in tasks if task.lead_id), desk.home_id)


def _themes(desk: _Desk) -> Iterator[CampaignProposal]:
    """A campaign of its own for each theme that tasks name and none of its campaigns serves on them."""
    for theme in desk.plan.themes:
        named = [
            (group, task)
            for group in desk.plan.groups
            for task in group.tasks
            if theme.place_in(as_words(task.text)) is not None
        ]
        free = [(group, task) for group, task in named if not _is_served(desk, theme, task)]
        if free:
            yield _campaign_of_theme(desk, theme, free)


def _is_served(desk: _Desk, theme: ThemeFacts, task: TaskFacts) -> bool:
    return any(theme.id in one.theme_ids for one in desk.made_work.campaigns_on(task.id))


def _campaign_of_theme(
    desk: _Desk, theme: ThemeFacts, named: Sequence[tuple[GroupFacts, TaskFacts]]
) -> CampaignProposal:
    tasks = tuple(task for _, task in named)
    days, _, _ = days_of("", today=desk.today, year=desk.plan.year)
    return CampaignProposal(
        f"theme-{theme.id}",
        theme.name,
        purpose_from("\n".join(task.text for task in tasks)),
        days,
        _lead(desk, named[0][0].lead_id, tasks),
        (theme.id,),
        tasks,
        is_ticked=False,
        reasons=(
            Remark(N_("{count} nhiệm vụ nêu chủ đề này. Chọn nếu muốn có đợt riêng, ngoài chiến dịch theo nhóm."),
                   {"count": len(tasks)}),
        ),
    )  # fmt: skip


def _series(desk: _Desk, task: TaskFacts) -> SeriesProposal | None:
    """The column that *task* asks for."""
    column = column_in(task.text)
    if column is None:
        return None
    themes, doubts = desk.themes_for(task.text)
    theme = themes[0] if themes else None
    pace = pace_in(task.text, _quantities(task))
    outlets = outlets_for(task.text, desk.plan.outlets)
    if not outlets:
        doubts = (*doubts, Remark(N_("Văn bản không nói rõ đăng ở đâu: hãy chọn nơi đăng.")))
    return SeriesProposal(
        f"series-{task.id}",
        task,
        column_name(task.text, column, theme.name if theme else ""),
        theme.id if theme else None,
        pace.cadence,
        pace.quota,
        outlets,
        pace.quantity.words if pace.quantity else "",
        (*((pace.doubt,) if pace.doubt else ()), *doubts),
    )


def _quantities(task: TaskFacts) -> tuple[Quantity, ...]:
    return quantities_of(task.text, task.first_line, task.last_line)


def _targets(desk: _Desk, task: TaskFacts, days: Period, *, used: str) -> Iterator[TargetProposal]:
    """The targets of a task that are not set yet; what is a column's quota already is no target beside it."""
    made = {one.printed for one in desk.made_work.targets.get(task.id, ())}
    kinds = outlet_kinds(task.text)
    themes, _ = desk.themes_for(task.text)
    for number, one in enumerate(_quantities(task)):
        if not is_promise(one) or one.words in made or one.words == used:
            continue
        count, why = count_over(one, days)
        is_sure = one.text.confidence >= SURE
        yield TargetProposal(
            f"target-{task.id}-{number}",
            task,
            one.words,
            themes[0].id if themes else None,
            count,
            days.last,
            type_of(one.unit),
            kinds[0] if len(kinds) == 1 else None,
            is_ticked=bool(themes) and is_sure,
            reason=why,
            doubts=()
            if is_sure
            else (Remark(N_("Máy đọc chưa chắc chỗ này: hãy đối chiếu trước khi chọn.")),),
        )
