"""A text handed in to change a plan, as a comparison takes it: the whole plan anew, or clauses that amend it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from campaigns.planfile.as_json import to_json
from campaigns.planfile.clauses.reading import is_amending, read_clauses
from campaigns.planfile.draft import PlanDraft
from campaigns.plans.amending.amended import Amended, Sections, amend
from campaigns.plans.amending.compare import Difference
from campaigns.plans.amending.reading import entries_of
from campaigns.plans.amending.structure import Level, OldEntry
from campaigns.plans.models import VersionKind


@dataclass(frozen=True)
class Newer:
    """The text as read and as corrected in the preview, both with the annex taken in.

    *sections* says where the sections of the plan's own text stand, *base* which version that text is.
    """

    read: PlanDraft
    draft: PlanDraft
    sections: Sections = field(default_factory=dict)
    base: int = 1

    @cached_property
    def kind(self) -> VersionKind:
        """Whether it is the whole plan or says what changes in it."""
        return VersionKind.AMENDMENT if is_amending(self.draft) else VersionKind.WHOLE

    def structure(self, olds: Sequence[OldEntry]) -> Amended:
        """The structure that the plan is to have after it."""
        if self.kind is VersionKind.WHOLE:
            return Amended(entries_of(self.read, self.draft), {}, ())
        return amend(olds, read_clauses(self.draft), self.sections, self.base)

    def trace(self, before: Mapping[str, Any], differences: Sequence[Difference]) -> dict[str, Any]:
        """Where the values of the plan stand in its own text: those of an amending document stand elsewhere."""
        if self.kind is VersionKind.WHOLE:
            return dict(to_json(self.draft)["trace"])
        paths = _old_paths(differences)
        kept = {path: lines for path, lines in before.items() if not path.startswith("task_groups.")}
        for one in differences:
            if one.new is None or one.new.source is None or one.level not in {Level.GROUP, Level.TASK}:
                continue
            for name in ("lead", "cooperating", "timing"):
                old, new = f"{paths[one.new.path]}.{name}", f"{one.new.path}.{name}"
                kept |= {
                    new + path.removeprefix(old): lines
                    for path, lines in before.items()
                    if path == old or path.startswith(f"{old}.")
                }
        return kept


def _old_paths(differences: Sequence[Difference]) -> dict[str, str]:
    """By the path of an entry that stays: the path that it had."""
    groups = {
        str(one.old.key): f"task_groups.{one.old.place - 1}"
        for one in differences
        if one.old and one.level is Level.GROUP
    }
    paths = {}
    for one in differences:
        if one.old and one.new and one.level is Level.GROUP:
            paths[one.new.path] = groups[str(one.old.key)]
        elif one.old and one.new and one.level is Level.TASK:
            paths[one.new.path] = f"{groups[one.old.home]}.items.{one.old.place - 1}"
    return paths
