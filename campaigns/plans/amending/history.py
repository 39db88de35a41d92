"""What a version changed, kept as plain data with the version and read again for its page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.plans.amending.compare import Change, Difference, counts_of, tidy
from campaigns.plans.amending.structure import Altered, Level, key_name, key_text
from campaigns.plans.amending.writing import settled


@dataclass(frozen=True)
class Recorded:
    """One entry that a version added, removed, changed or moved."""

    level: Level
    change: Change
    key: int
    is_moved: bool
    ordinal: str
    text: str
    fields: tuple[Altered, ...] = ()

    @property
    def main(self) -> Altered | None:
        """The words by which it is known, where they changed."""
        return next((one for one in self.fields if one.name == key_name(self.level)), None)

    @property
    def others(self) -> list[Altered]:
        """Its other values that changed."""
        return [one for one in self.fields if one.name != key_name(self.level)]


def changes_of(differences: Sequence[Difference], choices: Mapping[str, str]) -> dict[str, Any]:
    """Counts and entries of everything that is not as it was."""
    return {
        "counts": {change.value: count for change, count in counts_of(differences).items()},
        "entries": [_entry(one, choices) for one in differences if one.change is not Change.SAME],
    }


def _entry(one: Difference, choices: Mapping[str, str]) -> dict[str, Any]:
    shown = one.new or one.old
    assert shown is not None  # noqa: S101 - a difference has a side
    values = settled(one, choices) if one.new else shown.values
    before = one.old.values if one.old and one.new else values
    return {
        "level": one.level.value,
        "change": one.change.value,
        "key": one.old.key if one.old else 0,
        "moved": one.is_moved,
        "ordinal": shown.ordinal,
        "text": key_text(values),
        "fields": [
            {"name": name, "before": before.get(name, ""), "after": after}
            for name, after in values.items()
            if tidy(before.get(name, "")) != tidy(after)
        ],
    }


def recorded(changes: Mapping[str, Any]) -> list[Recorded]:
    """The entries that a version keeps."""
    return [
        Recorded(
            Level(one["level"]),
            Change(one["change"]),
            int(one["key"]),
            bool(one["moved"]),
            str(one["ordinal"]),
            str(one["text"]),
            tuple(Altered(alt["name"], alt["before"], alt["after"]) for alt in one["fields"]),
        )
        for one in changes.get("entries") or ()
    ]


def recorded_counts(changes: Mapping[str, Any]) -> dict[Change, int]:
    """How many entries of each kind a version changed, those alone that it changed."""
    counts = changes.get("counts") or {}
    return {change: int(counts.get(change.value, 0)) for change in Change if change is not Change.SAME}
