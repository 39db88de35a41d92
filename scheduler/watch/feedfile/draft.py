"""What was found of one entry, or of the feed itself, before it is made safe."""

from __future__ import annotations

MOST_LINKS = 50  # of one entry: no honest one has more


class Draft:
    """Texts by name, links with what they are."""

    __slots__ = ("is_permalink", "links", "values")

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.links: list[tuple[str, str, str, str]] = []  # rel, type, address, its xml:base
        self.is_permalink = True

    def link(self, relation: str, kind: str, address: str, base: str) -> None:
        """Note a link."""
        if len(self.links) < MOST_LINKS:
            self.links.append((relation, kind, address, base))

    def first(self, names: tuple[str, ...]) -> str:
        """The text of the best of *names* that is there, else ""."""
        values = self.values
        for name in names:
            if name in values:
                return values[name]
        return ""
