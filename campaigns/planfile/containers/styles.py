"""What a paragraph or run inherits from the styles of a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from campaigns.planfile.containers.ooxml import W, attribute, find, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEP = 12  # styles that rest on each other; a circle ends here


class Styles:
    """The styles by their keys, asked for one property at a time."""

    def __init__(self, root: _Element | None) -> None:
        """Read ``styles.xml``; without one nothing is inherited."""
        self._styles: dict[str, _Element] = {}
        self._default = ""
        self._defaults: _Element | None = None
        self._found: dict[tuple[str, str], _Element | None] = {}
        if root is None:
            return
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for style in root.iterchildren(W + "style"):
            key = attribute(style, "styleId") or ""
            self._styles[key] = style
            if attribute(style, "default") == "1" and attribute(style, "type") == "paragraph":
                self._default = key

    def of(self, paragraph_properties: _Element | None) -> str:
        """Return the key of a paragraph's style."""
        return attribute(find(paragraph_properties, "pStyle"), "val") or self._default

    def name(self, key: str) -> str:
        """Return the name of a style as Word calls it in English, "heading 1"; "" for an unknown one."""
        return attribute(find(self._styles.get(key), "name"), "val") or ""

    def numbering(self, key: str) -> _Element | None:
        """Return the ``w:numPr`` that a paragraph style brings along."""
        return self._inherited(key, "pPr", "numPr")

    def table_borders(self, key: str) -> _Element | None:
        """Return the rules that a table style draws."""
        return self._inherited(key, "tblPr", "tblBorders")

    def _inherited(self, key: str, group: str, name: str) -> _Element | None:
        if (key, name) not in self._found:
            found, at = None, key
            for _ in range(_DEEP):
                style = self._styles.get(at)
                found = find(find(style, group), name)
                at = attribute(find(style, "basedOn"), "val") or ""
                if found is not None or not at:
                    break
            self._found[key, name] = found
        return self._found[key, name]

    def run_property(self, name: str, run: _Element | None, paragraph_style: str) -> _Element | None:
        """Return a property of a run: its own, of its style, of the paragraph's style, the document's default."""
        own = find(run, name)
        if own is not None:
            return own
        style = attribute(find(run, "rStyle"), "val")
        found = self._inherited(style, "rPr", name) if style else None
        if found is None:
            found = self._inherited(paragraph_style, "rPr", name)
        return found if found is not None else find(self._defaults, name)

    def switched_on(self, name: str, run: _Element | None, paragraph_style: str) -> bool:
        """Tell whether a switch such as ``b`` or ``vanish`` is on for a run."""
        return is_on(self.run_property(name, run, paragraph_style)) is True

    def font(self, run: _Element | None, paragraph_style: str) -> str:
        """Return the font of a run's Latin letters."""
        fonts = self.run_property("rFonts", run, paragraph_style)
        return attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or ""
