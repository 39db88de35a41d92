"""A comparison laid out for its page: group by group, what changed first, what stayed folded away. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.errors import N_
from campaigns.plans.amending.compare import Change, Difference
from campaigns.plans.amending.structure import Level

FIELD_LABELS = {
    "text": N_("Nội dung"),
    "title": N_("Tên, trích yếu"),
    "lead": N_("Chủ trì"),
    "cooperating": N_("Phối hợp"),
    "timing": N_("Thời gian"),
    "block": N_("Cơ quan, phần"),
    "signer": N_("Người ký"),
    "funding": N_("Kinh phí"),
}


@dataclass(frozen=True)
class Section:
    """One part of the plan: its heading, what is not as it was, and what is."""

    anchor: str
    title: str
    ordinal: str
    rows: tuple[Difference, ...]
    same: tuple[Difference, ...]


def sections_of(differences: Sequence[Difference]) -> list[Section]:
    """Head, groups in the order of the new text, groups that it no longer has, duties, other facts."""
    groups = [one for one in differences if one.level is Level.GROUP]
    tasks = [one for one in differences if one.level is Level.TASK]
    made = [
        _section("head", N_("Phần đầu văn bản"), _of(differences, Level.PLAN)),
        *(_group(one, tasks) for one in groups),
        _section("duties", N_("Tổ chức thực hiện"), _of(differences, Level.DUTY)),
        _section("facts", N_("Báo cáo, mốc thời gian, nơi nhận"), _of(differences, Level.FACT)),
    ]
    return [one for one in made if one.rows or one.same]


def _of(differences: Iterable[Difference], level: Level) -> list[Difference]:
    return [one for one in differences if one.level is level]


def _group(group: Difference, tasks: Iterable[Difference]) -> Section:
    """A group with the tasks that stand in it now, and those that are gone from it."""
    new, old = group.new, group.old
    shown = new or old
    assert shown is not None  # noqa: S101 - a difference has a side
    anchor = f"group-{old.key}" if old else f"group-new-{shown.place}"
    rows = [group, *(one for one in tasks if _is_within(one, group))]
    return _section(anchor, shown.values["title"], rows, shown.ordinal)


def _is_within(task: Difference, group: Difference) -> bool:
    """Whether the task stands in the group now; one that is gone stood there."""
    if task.new is not None:
        return group.new is not None and task.new.home == group.new.path
    return group.old is not None and task.old is not None and task.old.home == str(group.old.key)


def _section(anchor: str, title: str, rows: Sequence[Difference], ordinal: str = "") -> Section:
    return Section(
        anchor,
        title,
        ordinal,
        tuple(one for one in rows if one.change is not Change.SAME),
        tuple(one for one in rows if one.change is Change.SAME and one.level is not Level.PLAN),
    )
