"""The form of a group of tasks: its title and units, each task with its own, tasks to add."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, FieldList, FormField

from app.errors import N_, Invalid
from app.web.forms import Form, Line, Lines, longest, needed
from app.web.lazy import lazy
from campaigns.plans.uploads.correcting.parts.forms import CHANGED, MOST_ADDED, Known, PartForm
from campaigns.plans.uploads.names import names_of

BLANKS = 1  # tasks to add
EACH_LINE = lazy(N_("Mỗi dòng một đơn vị"))


class AddedTaskForm(Form):
    """A task that was not read, with its assignment; left out while it says nothing."""

    ordinal = Line(lazy(N_("Thứ tự")), [longest(20)])
    text = Lines(lazy(N_("Nội dung")), [longest(20_000)])
    lead = Lines(lazy(N_("Chủ trì")), [longest(8_000)])
    cooperating = Lines(lazy(N_("Phối hợp")), [longest(8_000)])
    timing = Line(lazy(N_("Thời gian")), [longest(500)])


class TaskPartForm(AddedTaskForm):
    """A task that was read; it may be dropped."""

    text = Lines(
        lazy(N_("Nội dung")), [needed(N_("Nội dung nhiệm vụ không được để trống.")), longest(20_000)]
    )
    dropped = BooleanField(lazy(N_("Bỏ nhiệm vụ này")))


class GroupPartForm(PartForm):
    """A group: ordinal, title, units one a line, timing, its tasks."""

    ordinal = Line(lazy(N_("Thứ tự")), [longest(20)])
    title = Lines(lazy(N_("Tên nhóm nhiệm vụ")), [longest(3_000)])
    lead = Lines(lazy(N_("Chủ trì")), [longest(8_000)], description=EACH_LINE)
    cooperating = Lines(lazy(N_("Phối hợp")), [longest(8_000)], description=EACH_LINE)
    timing = Line(lazy(N_("Thời gian")), [longest(500)])
    items = FieldList(FormField(TaskPartForm))
    added = FieldList(FormField(AddedTaskForm))

    @classmethod
    def filled(cls, path: str, known: Known) -> dict[str, Any]:
        """The group's own values, its tasks, and a blank one."""
        dropped = known[f"{path}.dropped"]
        tasks = [f"{path}.items.{number}" for number in range(_count(path, known))]
        return {
            "ordinal": known[f"{path}.ordinal"],
            "title": known[f"{path}.title"],
            **_assigned(known, path),
            "items": [
                {
                    "text": known[task],
                    "ordinal": known[f"{task}.ordinal"],
                    "dropped": number in dropped,
                    **_assigned(known, task),
                }
                for number, task in enumerate(tasks)
            ],
            "added": [{**task, **_assigned(task)} for task in known[f"{path}.added"]] + [{}] * BLANKS,
        }

    def meet(self) -> None:
        """A group has as many tasks as were read, whatever the request names."""
        if len(self.items) != _count(self.path, self.read) or len(self.added) > MOST_ADDED:
            raise Invalid(CHANGED)

    def typed(self) -> dict[str, Any]:
        """Values by path."""
        path = self.path
        values = {
            f"{path}.ordinal": str(self.ordinal.data or ""),
            f"{path}.title": _line(self.title.data),
            **_spoken(f"{path}.", self),
            f"{path}.dropped": [n for n, item in enumerate(self.items) if item.form.dropped.data],
            f"{path}.added": [_added(one.form) for one in self.added if _line(one.form.text.data)],
        }
        for number, item in enumerate(self.items):
            at = f"{path}.items.{number}"
            values |= {at: _line(item.form.text.data), f"{at}.ordinal": str(item.form.ordinal.data or "")}
            values |= _spoken(f"{at}.", item.form)
        return values


def _count(path: str, known: Known) -> int:
    """How many tasks were read."""
    return sum(name.startswith(f"{path}.items.") and name.endswith(".ordinal") for name in known)


def _assigned(known: Known, path: str = "") -> dict[str, str]:
    at = f"{path}." if path else ""
    return {
        "lead": "\n".join(known[f"{at}lead"]),
        "cooperating": "\n".join(known[f"{at}cooperating"]),
        "timing": known[f"{at}timing"],
    }


def _added(form: Any) -> dict[str, Any]:
    return {"ordinal": str(form.ordinal.data or ""), "text": _line(form.text.data), **_spoken("", form)}


def _spoken(at: str, form: Any) -> dict[str, Any]:
    return {
        f"{at}lead": names_of(form.lead.data),
        f"{at}cooperating": names_of(form.cooperating.data),
        f"{at}timing": str(form.timing.data or ""),
    }


def _line(typed: str | None) -> str:
    return " ".join((typed or "").split())
