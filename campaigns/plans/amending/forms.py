"""What an officer says of a comparison: which old entry a new one is, and which value of a conflict holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import widgets

from app.errors import N_
from app.text import excerpt
from app.web.forms import Choice, Form, say
from campaigns.plans.amending.compare import Change, Difference, FieldChange
from campaigns.plans.amending.page import FIELD_LABELS
from campaigns.plans.amending.services import NEW, Decisions
from campaigns.plans.amending.structure import Level, key_text
from campaigns.plans.amending.writing import OURS, THEIRS

PAIRED = {Level.GROUP, Level.TASK, Level.DUTY}
ASKED = {
    Level.GROUP: N_("Là nhóm nào của bản đang dùng"),
    Level.TASK: N_("Là nhiệm vụ nào của bản đang dùng"),
    Level.DUTY: N_("Là việc nào của bản đang dùng"),
}


class OneOf(Choice):
    """Two ways, side by side; none is chosen beforehand."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.RadioInput()

    def pre_validate(self, form: Any) -> None:
        """Nothing chosen yet is for the service to refuse, when the version is accepted."""
        if self.data:
            super().pre_validate(form)


class CompareForm(Form):
    """The questions of one comparison; its fields are made for it (``of``)."""

    rows: dict[str, Difference]
    known: Decisions

    @classmethod
    def of(cls, differences: Sequence[Difference], known: Decisions) -> CompareForm:
        """The form with a question for each pair that may be another one, and for each conflict."""
        asked = [one for one in differences if is_asked(one, known)]
        fields: dict[str, Any] = {pair_name(one): _pair(one, differences, known) for one in asked}
        fields |= {
            choice_name(one, field): _choice(one, field, known)
            for one in differences
            for field in one.conflicts
        }
        made: CompareForm = type("CompareForm", (cls,), fields)()
        made.rows, made.known = {one.new.path: one for one in asked if one.new}, known
        return made

    def pair_of(self, one: Difference) -> Any:
        """The question which old entry it is, None where that is beyond doubt."""
        return self._fields.get(pair_name(one))

    def choice_of(self, one: Difference, field: FieldChange) -> Any:
        """The question which value holds."""
        return self._fields.get(choice_name(one, field))

    def to_input(self) -> Decisions:
        """What was said, what was said before and is not asked any more taken in."""
        pairs = dict(self.known.pairs)
        for path, one in self.rows.items():
            said = str(self[pair_name(one)].data or NEW)
            pairs[path] = None if said == NEW else int(said)
        chosen = {
            name.removeprefix("choice-"): str(field.data)
            for name, field in self._fields.items()
            if name.startswith("choice-") and field.data
        }
        return Decisions(pairs, {**self.known.choices, **chosen})

    def is_paired_anew(self) -> bool:
        """Whether a pair was said that is not the one on the page."""
        return any(
            str(self[pair_name(one)].data) != (str(one.old.key) if one.old else NEW)
            for one in self.rows.values()
        )

    def mark_undecided(self) -> None:
        """Say at each conflict without a word that it needs one."""
        for name, field in self._fields.items():
            if name.startswith("choice-") and not field.data:
                field.errors = [*field.errors, say(N_("Chọn một trong hai."))]


def is_asked(one: Difference, known: Decisions) -> bool:
    """Whether the officer may say which old entry it is: it is new, the pair is doubtful, or was said before."""
    if one.new is None or one.level not in PAIRED:
        return False
    return one.old is None or one.is_doubtful or one.new.path in known.pairs


def pair_name(one: Difference) -> str:
    """The name of the question which old entry it is."""
    return f"pair-{one.new.path if one.new else ''}"


def choice_name(one: Difference, field: FieldChange) -> str:
    """The name of the question which value holds."""
    return f"choice-{one.choice_key(field)}"


def _pair(one: Difference, differences: Sequence[Difference], known: Decisions) -> Choice:
    """One entry that is not beyond doubt may be each old one that is gone or doubtful too."""
    free = [
        other.old
        for other in differences
        if other.level is one.level
        and other.old is not None
        and (other is one or other.change is Change.REMOVED or is_asked(other, known))
    ]
    choices = [(NEW, say(N_("Mục mới, không có trong bản cũ")))]
    choices += [
        (str(old.key), " ".join(filter(None, (old.ordinal, excerpt(key_text(old.values), longest=110)))))
        for old in free
    ]
    return Choice(say(ASKED[one.level]), choices=choices, default=str(one.old.key) if one.old else NEW)


def _choice(one: Difference, field: FieldChange, known: Decisions) -> OneOf:
    nothing = say(N_("để trống"))
    shown = {
        OURS: say(N_("Giữ chữ đang dùng: “{text}”"), text=_line(field.ours) or nothing),
        THEIRS: say(N_("Lấy chữ của bản mới: “{text}”"), text=_line(field.theirs) or nothing),
    }
    label = say(N_("{name}: đã sửa tay và bản mới cũng đổi"), name=say(FIELD_LABELS[field.name]))
    default = known.choices.get(one.choice_key(field), "")
    return OneOf(label, choices=list(shown.items()), default=default)


def _line(text: str) -> str:
    return "; ".join(filter(None, text.split("\n")))
