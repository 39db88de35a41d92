"""Outlets with nothing in the span: those that are silent, and those of which nobody knows, by reason. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.coverage.queries import Covered
from campaigns.coverage.silence import Silence, Why
from content.outlets.models import Outlet


@dataclass(frozen=True)
class Quiet:
    """Outlets in Vietnamese order; the unknown ones grouped by what makes them so."""

    silent: Sequence[Outlet]
    unknown: Sequence[tuple[Silence, Sequence[Outlet]]]

    @property
    def unknown_count(self) -> int:
        """How many outlets are unknown."""
        return sum(len(outlets) for _, outlets in self.unknown)


def quiet_of(found: Covered) -> Quiet:
    """The outlets of a map under none of whose themes anything was published."""
    spoke = {place for (_, place), count in found.coverage.of_span.items() if count.done}
    theme_ids, silent = [theme.id for theme in found.themes], []
    unknown: dict[Silence, list[Outlet]] = {}
    outlets = [*found.outlets.values(), *found.idle]
    for outlet in sorted(outlets, key=lambda one: (one.sort_key, one.id)):
        if outlet.id in spoke or found.asked.kind not in (None, outlet.kind):
            continue
        for silence in found.silences.of(theme_ids, [outlet.id]):
            if silence.is_known:
                silent.append(outlet)
            else:
                unknown.setdefault(silence, []).append(outlet)
    order = list(Why)
    return Quiet(silent, sorted(unknown.items(), key=lambda one: (order.index(one[0].why), str(one[0].day))))
