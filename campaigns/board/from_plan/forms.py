"""The page's proposals as forms: each is ticked or left, and may be edited; together they are sent at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import request
from wtforms import Field

from app.errors import N_, Fault
from app.web.forms import Choice, Form, named, say, seen_version
from app.web.lazy import lazy
from campaigns.board.forms import key_in
from campaigns.board.from_plan.parts.forms import (
    CampaignPart,
    DayPart,
    Part,
    SeriesPart,
    TargetPart,
    WorkOptions,
)
from campaigns.board.from_plan.services import (
    Unfit,
    WorkChoices,
    check_offered,
    day_key,
)
from campaigns.board.from_plan.shapes import Work
from campaigns.board.lead_up.offered.from_plan import PlanDay


class LeadForm(Form):
    """Who leads the days."""

    organisation = Choice(lazy(N_("Cơ quan chủ trì các ngày đã chọn")), default="")


class WorkForm:
    """All proposals of the page, sent at once; looks to the templates as one form."""

    _prefix = ""

    def __init__(
        self, work: Work, days: Sequence[PlanDay], options: WorkOptions, *, home_id: int | None
    ) -> None:
        self.campaigns = {one.key: CampaignPart.of(one, options) for one in work.campaigns}
        self.series = {one.key: SeriesPart.of(one, options) for one in work.series}
        self.targets = {one.key: TargetPart.of(one, options) for one in work.targets}
        self.days = {day.position: DayPart.of(day) for day in days if day.kept is None}
        self.lead = LeadForm(prefix="days-", organisation=str(home_id or ""))
        self.lead.organisation.choices = named(options.organisations, blank=N_("— Chọn cơ quan —"))
        self.form_errors: list[str] = []
        self._themes = [one.key for one in work.themes]

    @property
    def parts(self) -> dict[str, Part]:
        """The proposals by their keys."""
        days = {day_key(position): part for position, part in self.days.items()}
        return {**self.campaigns, **self.series, **self.targets, **days}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to propose."""
        return not self.parts

    @property
    def has_own_rounds(self) -> bool:
        """Whether a campaign of a theme is ticked, or wrong."""
        parts = [self.campaigns[key] for key in self._themes]
        return any(part.take.data or part.errors for part in parts)

    @property
    def errors(self) -> list[Any]:
        """Everything that is wrong."""
        return [*self.form_errors, *(field.errors for field in self)]

    def __iter__(self) -> Iterator[Field]:
        for form in (*self.parts.values(), self.lead):
            yield from (field for field in form if field.errors)

    def seen(self) -> int:
        """The version of the plan that the page showed."""
        return seen_version(request.form.get("version"))

    def check_offered(self) -> None:
        """Refuse what was ticked on a page that somebody else's work has overtaken.

        Raises:
            Stale: some of it is not proposed any more.
        """
        ticked = {name.removesuffix("-take") for name in request.form if name.endswith("-take")}
        check_offered(ticked, self.parts.keys())

    def validate(self) -> bool:
        """Whether everything that is ticked can be sent on; says in words what cannot."""
        fits = [form.validate() for form in (*self.parts.values(), self.lead)]
        if not any(part.take.data for part in self.parts.values()):
            self.form_errors.append(say(N_("Chọn ít nhất một việc để lập.")))
            return False
        if any(part.take.data for part in self.days.values()) and not self.lead.organisation.data:
            self.lead.organisation.errors = [say(N_("Chọn cơ quan chủ trì."))]
            return False
        return all(fits)

    def refuse(self, fault: Fault) -> int:
        """Say *fault* at the proposal that it is about, else above all; returns the status to answer with."""
        said = say(fault.sentence, **fault.values)
        part = self.parts.get(fault.key) if isinstance(fault, Unfit) else None
        if part is None:
            self.form_errors.append(said)
        else:
            part.take.errors = [said]
        return fault.status

    def to_choices(self) -> WorkChoices:
        """What is ticked, typed."""
        return WorkChoices(
            {key: part.to_choice() for key, part in self.campaigns.items() if part.take.data},
            {key: part.to_choice() for key, part in self.series.items() if part.take.data},
            {key: part.to_choice() for key, part in self.targets.items() if part.take.data},
            {position: str(part.name.data) for position, part in self.days.items() if part.take.data},
            key_in(self.lead.organisation) or 0,
        )
