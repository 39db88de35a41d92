"""A text handed in to change a plan, as a comparison takes it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.planfile.draft import PlanDraft
from campaigns.plans.amending.reading import entries_of
from campaigns.plans.amending.structure import NewEntry, OldEntry
from campaigns.plans.models import VersionKind


@dataclass(frozen=True)
class Newer:
    """The text as read and as corrected in the preview, both with the annex taken in."""

    read: PlanDraft
    draft: PlanDraft

    @property
    def kind(self) -> VersionKind:
        """Whether it is the whole plan or says what changes in it."""
        return VersionKind.WHOLE

    def entries(self, olds: Sequence[OldEntry]) -> list[NewEntry]:
        """The structure that the plan is to have."""
        return entries_of(self.read, self.draft)
