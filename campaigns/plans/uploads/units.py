"""The bodies that a plan names, as printed. Pure."""

from __future__ import annotations

from campaigns.planfile.units import is_body, split_names


def unit_names(title: str) -> tuple[str, ...]:
    """The bodies that the title of a block names, one string each; a title that is no list of bodies stays whole."""
    names = split_names(title)
    return tuple(dict.fromkeys(names)) if names and all(map(is_body, names)) else (title,)
