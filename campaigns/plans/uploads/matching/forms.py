"""What people type beside the printed names of a plan: the organisation that each means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wtforms import FieldList, FormField, HiddenField

from app.errors import N_
from app.organisations.models import Organisation, name_key
from app.organisations.queries import Match
from app.web.forms import Form, Line, longest, say
from app.web.lazy import lazy


class UnitRowForm(Form):
    """One printed name and the name of its organisation."""

    printed = HiddenField()
    organisation = Line(lazy(N_("Cơ quan")), [longest(300)], render_kw={"list": "organisations"})


class UnitsForm(Form):
    """Every printed name; an empty one stays as printed and is tied to nobody."""

    rows = FieldList(FormField(UnitRowForm))

    @classmethod
    def of(cls, names: Sequence[str], matches: Mapping[str, Match]) -> UnitsForm:
        """The form with the organisations as they stand."""
        known = {name: match.organisation.name for name, match in matches.items()}
        return cls(data={"rows": [{"printed": name, "organisation": known.get(name, "")} for name in names]})

    def typed(
        self,
        names: Sequence[str],
        by_name: Mapping[str, Match],
        find: Callable[[str], Organisation | None],
    ) -> dict[str, int | None] | None:
        """What was chosen otherwise than the names say, by key of the printed name; None when a name is unknown."""
        chosen: dict[str, int | None] = {}
        is_sound = True
        for row in (entry.form for entry in self.rows if entry.form.printed.data in names):
            printed, said = str(row.printed.data), str(row.organisation.data or "")
            found = find(said) if said else None
            if said and found is None:
                row.organisation.errors = [
                    say(N_("Không có cơ quan nào tên “{name}” trong danh mục."), name=said[:80])
                ]
                is_sound = False
            match = by_name.get(printed)
            if (found.id if found else None) != (match.organisation.id if match else None):
                chosen[name_key(printed)] = found.id if found else None
        return chosen if is_sound else None
