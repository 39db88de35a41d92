"""Every icon that a page names is in the built set: a missing one is an empty place that nobody notices."""

from __future__ import annotations

import re
from pathlib import Path

from app.feature import WINGS, features, load

ROOT = Path(__file__).resolve().parents[3]
_ICON = re.compile(r"""(?:\b(?:icon|glyph)\(|\bicon=)["']([a-z0-9-]+)["']""")


def test_every_icon_is_in_the_list() -> None:
    lines = (ROOT / "static" / "src" / "icons.txt").read_text("utf-8").splitlines()
    known = {line.partition("#")[0].strip() for line in lines}
    tables = [load(name) for feature in features() for name in feature.words]
    used = {word.icon: "words" for table in tables for words in table.values() for word in words.values()}
    used |= {entry.icon: "menu" for feature in features() for entry in feature.menu}
    for wing in WINGS:
        for path in (ROOT / wing.partition(".")[0]).rglob("*.html"):
            used |= dict.fromkeys(_ICON.findall(path.read_text("utf-8")), path.name)
    assert {icon: place for icon, place in used.items() if icon and icon not in known} == {}
