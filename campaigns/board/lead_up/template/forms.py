"""What people type about the template of a lead-up."""

from __future__ import annotations

from typing import Any

from wtforms.fields import BooleanField, FieldList, FormField, HiddenField

from app.errors import N_
from app.web.filters import show_word
from app.web.forms import Choice, Form, Line, Lines, longest, say
from app.web.lazy import lazy
from campaigns.board.forms import Whole
from campaigns.board.lead_up.yearly.forms import among
from campaigns.occasions.models import StepKind
from campaigns.occasions.template import FURTHEST, MOST_PIECES, PiecePlan, StepPlan, Template
from content.items.models import ItemType

BEFORE, AFTER = "before", "after"
BLANK_PIECES = 2


class StepRow(Form):
    """How many days before or after the day a step is due."""

    days = Whole(lazy(N_("Số ngày")), [among(0, FURTHEST)], render_kw={"inputmode": "numeric"})
    is_working = BooleanField(lazy(N_("Chỉ đếm ngày làm việc")))


class PieceRow(Form):
    """One piece; without a title it is left out."""

    type = Choice(lazy(N_("Thể loại")))
    title = Line(lazy(N_("Tiêu đề")), [longest(250)])
    days = Whole(lazy(N_("Ngày đăng")), [among(0, FURTHEST)], default=0, render_kw={"inputmode": "numeric"})
    when = Choice(lazy(N_("Trước hay sau")))
    brief = Lines(lazy(N_("Yêu cầu")), [longest(2_000)])


class TemplateForm(Form):
    """The six steps and the pieces of a lead-up."""

    steps = FieldList(FormField(StepRow), min_entries=len(StepKind), max_entries=len(StepKind))
    pieces = FieldList(FormField(PieceRow), max_entries=MOST_PIECES + BLANK_PIECES)
    version = HiddenField()

    @classmethod
    def offered(cls, **values: Any) -> TemplateForm:
        """The form with its choices."""
        form = cls(**values)
        for row in form.pieces:
            row.form.type.choices = [(one.value, show_word(one).label) for one in ItemType]
            row.form.when.choices = [(BEFORE, say(N_("ngày trước"))), (AFTER, say(N_("ngày sau")))]
        return form

    @classmethod
    def of(cls, template: Template, *, version: int) -> TemplateForm:
        """The form filled with *template*, and a few blank pieces at its end."""
        steps = [{"days": abs(one.days), "is_working": one.is_working} for one in template.steps]
        pieces: list[dict[str, object]] = [
            {
                "type": one.type.value,
                "title": one.title,
                "days": abs(one.days),
                "when": AFTER if one.days > 0 else BEFORE,
                "brief": one.brief,
            }
            for one in template.pieces
        ]
        blank = {"type": ItemType.ARTICLE.value, "title": "", "days": 0, "when": BEFORE, "brief": ""}
        pieces += [blank] * min(BLANK_PIECES, MOST_PIECES - len(pieces))
        return cls.offered(steps=steps, pieces=pieces, version=str(version))

    def to_template(self) -> Template:
        """The template that is wanted; steps up to publishing lie before the day, the others after it."""
        after = (StepKind.COLLECT, StepKind.REPORT)
        steps = tuple(
            StepPlan(
                kind, row.form.days.number * (1 if kind in after else -1), bool(row.form.is_working.data)
            )
            for kind, row in zip(StepKind, self.steps, strict=True)
        )
        return Template(steps, tuple(_piece(row.form) for row in self.pieces if row.form.title.data))


def _piece(row: PieceRow) -> PiecePlan:
    """The piece of one row."""
    days = row.days.number * (1 if row.when.data == AFTER else -1)
    return PiecePlan(ItemType(row.type.data), str(row.title.data), days, str(row.brief.data or ""))
