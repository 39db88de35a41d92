"""The lead-up of an occasion as a template: which steps by when, which pieces, with the default one as data. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.clock import Period
from app.errors import N_, Invalid
from campaigns.occasions.days import DayOffInfo, add_working_days
from campaigns.occasions.models import StepKind
from content.items.models import ItemType

FURTHEST = 180  # days from the occasion's day, before or after
MOST_PIECES = 20
LONGEST_TITLE = 300  # of an item


@dataclass(frozen=True)
class StepPlan:
    """A step is due *days* from the occasion's day (negative: before); only working days are counted if it says so."""

    kind: StepKind
    days: int
    is_working: bool = False


@dataclass(frozen=True)
class PiecePlan:
    """A piece that each campaign begins with; ``{name}`` and ``{year}`` of its texts are filled in."""

    type: ItemType
    title: str
    days: int
    brief: str = ""


@dataclass(frozen=True)
class Template:
    """The steps in their order, and the pieces."""

    steps: tuple[StepPlan, ...]
    pieces: tuple[PiecePlan, ...]


# What goes out up to the day is approved ten working days before it, and the first piece goes out after that,
# whatever weekday it is.
DEFAULT = Template(
    steps=(
        StepPlan(StepKind.BRIEF, -30),
        StepPlan(StepKind.DRAFT, -21),
        StepPlan(StepKind.APPROVE, -10, is_working=True),
        StepPlan(StepKind.PUBLISH, 0),
        StepPlan(StepKind.COLLECT, 7),
        StepPlan(StepKind.REPORT, 15),
    ),
    pieces=(
        PiecePlan(ItemType.PRESS_RELEASE, "Thông cáo báo chí: {name} năm {year}", -12),
        PiecePlan(ItemType.ARTICLE, "{name} năm {year}: ý nghĩa và các hoạt động hưởng ứng", -7),
        PiecePlan(ItemType.INFOGRAPHIC, "Đồ họa: những điều cần biết về {name}", -3),
        PiecePlan(ItemType.LOUDSPEAKER_BULLETIN, "Bản tin loa truyền thanh: {name}", -1),
        PiecePlan(ItemType.SOCIAL_POST, "Hưởng ứng {name} năm {year}", 0),
        PiecePlan(ItemType.ARTICLE, "Kết quả các hoạt động {name} năm {year}", 3),
    ),
)


def check_template(template: Template) -> None:
    """Refuse a template that cannot be carried out.

    Raises:
        Invalid: with what is wrong.
    """
    if [step.kind for step in template.steps] != list(StepKind):
        raise Invalid(N_("Cần đủ sáu bước chuẩn bị, theo thứ tự."))
    if len(template.pieces) > MOST_PIECES:
        raise Invalid(N_("Nhiều nhất {most} tin bài trong một mẫu."), most=MOST_PIECES)
    days = [step.days for step in template.steps] + [piece.days for piece in template.pieces]
    if any(abs(one) > FURTHEST for one in days):
        raise Invalid(N_("Số ngày phải từ {least} đến {most}."), least=-FURTHEST, most=FURTHEST)
    if any(not any(letter.isalnum() for letter in piece.title) for piece in template.pieces):
        raise Invalid(N_("Tin bài trong mẫu phải có tiêu đề."))
    before = [step for step in template.steps if step.kind in BEFORE]
    after = [step for step in template.steps if step.kind not in BEFORE]
    if any(step.days > 0 for step in before) or any(step.days < 0 for step in after):
        raise Invalid(
            N_(
                "Yêu cầu, soạn thảo, duyệt và đăng phải không sau ngày kỷ niệm; thu thập và báo cáo phải không trước."
            )
        )


BEFORE = (StepKind.BRIEF, StepKind.DRAFT, StepKind.APPROVE, StepKind.PUBLISH)


def step_day(step: StepPlan, held_on: date, off: Mapping[date, DayOffInfo]) -> date:
    """The day by which *step* is due."""
    if step.is_working:
        return add_working_days(held_on, step.days, off)
    return held_on + timedelta(days=step.days)


def piece_day(days: int, held_on: date, *, today: date) -> date | None:
    """The day on which a piece is planned; None when that day is over, so that a person says what becomes of it."""
    day = held_on + timedelta(days=days)
    return day if day >= today else None


def reach(template: Template, held_on: date, off: Mapping[date, DayOffInfo]) -> Period:
    """The days from the first to the last that the template needs."""
    days = [step_day(step, held_on, off) for step in template.steps]
    days += [held_on + timedelta(days=piece.days) for piece in template.pieces]
    return Period(min(held_on, *days), max(held_on, *days))


def fill_in(text: str, *, name: str, year: int, longest: int = LONGEST_TITLE) -> str:
    """*text* with the occasion's name and year in it, cut with an ellipsis after *longest* letters."""
    made = text.replace("{name}", name).replace("{year}", str(year))
    return made if len(made) <= longest else made[: longest - 1].rstrip() + "…"


def in_order(steps: Sequence[StepPlan]) -> tuple[StepPlan, ...]:
    """*steps* in the order of the lead-up."""
    order = list(StepKind)
    return tuple(sorted(steps, key=lambda step: order.index(step.kind)))
