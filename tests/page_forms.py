"""The forms of a page as a browser holds them: where each goes, its fields, and what they would send unchanged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

LAYOUT = {"csrf_token", "lang", "next"}  # what the layout's own forms send
PLAIN = {"text", "search", "url", "email", "tel", "number", "date", "datetime-local", "password", "month"}


@dataclass
class PageForm:
    """One form: its address and method, its values as they stand, and the names of what people type or choose."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)  # lines and areas of text
    areas: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    chosen: dict[str, list[str]] = field(
        default_factory=dict
    )  # lists, radio buttons and boxes with their values
    files: list[str] = field(default_factory=list)

    def filled(self) -> dict[str, list[str]]:
        """The values, with the first offer wherever nothing is chosen yet."""
        made = {name: list(value) for name, value in self.values.items()}
        for name, offers in self.chosen.items():
            real = [offer for offer in offers if offer]
            if real and not any(made.get(name, [])):
                made[name] = [real[0]]
        return made


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.current: PageForm | None = None
        self.area = self.select = ""
        self.named: dict[str, PageForm] = {}
        self.elsewhere: list[
            tuple[PageForm | None, str, str]
        ] = []  # buttons that send their form to another address

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.current = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.current)
            self.named[given.get("id", "")] = self.current
        if given.get("formaction"):
            self.elsewhere.append((self.current, given.get("form", ""), given["formaction"]))
        form, name = self.current, given.get("name", "")
        if form is None or "disabled" in given:
            return
        if tag == "input" and name:
            self._input(form, name, given)
        elif tag == "textarea":
            self.area = name
            form.typed.append(name)
            form.areas.append(name)
            form.values[name] = [""]
        elif tag == "select":
            self.select = name
            form.chosen.setdefault(name, [])
        elif tag == "option" and self.select:
            form.chosen[self.select].append(given.get("value", ""))
            if "selected" in given:
                form.values[self.select] = [given.get("value", "")]
        elif tag == "button" and name:
            form.chosen.setdefault(name, []).append(given.get("value", ""))

    def _input(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind == "file":
            form.files.append(name)
        elif kind in {"checkbox", "radio"}:
            form.chosen.setdefault(name, []).append(value)
            if "checked" in given:
                form.values.setdefault(name, []).append(value)
        else:
            form.values.setdefault(name, []).append(value)
            if kind in PLAIN:
                form.typed.append(name)
            elif kind == "hidden" and name not in LAYOUT:
                form.hidden.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.current = None

    def handle_data(self, data: str) -> None:
        if self.area and self.current is not None:
            self.current.values[self.area][0] += data


def forms_of(html: str) -> list[PageForm]:
    """The page's own forms; what the layout adds to each page is left out."""
    reader = _Reader()
    reader.feed(html)
    forms = list(reader.forms)
    for inside, name, action in reader.elsewhere:
        form = reader.named[name] if name else inside
        assert form is not None, f"a button to {action} belongs to no form"
        forms.append(replace(form, action=action))
    return [one for one in forms if not one.action.endswith(("/language", "/sign-out"))]
