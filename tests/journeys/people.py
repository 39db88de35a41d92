"""The people of the journey: each at a browser of their own, doing what they would do on a first day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser_fixtures import DESK, PATIENCE, PHONE

PASSWORD = "một câu dễ nhớ 2026"


@dataclass
class Somebody:
    """One person's browser; every page they see must answer below 400 and hold no fault."""

    context: BrowserContext
    page: Page
    faults: list[str]

    def go(self, path: str) -> None:
        """Open an address of the site."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status < 400, f"{answer.status} {path}: {self.page.inner_text('main')[:400]}"

    def fill(self, **values: str) -> None:
        """Type into fields by their names."""
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").first.fill(value)

    def choose(self, **labels: str) -> None:
        """Choose from lists by how what is shown begins."""
        for name, label in labels.items():
            field = self.page.locator(f"main select[name='{name}']").first
            shown = [text.strip() for text in field.locator("option").all_inner_texts()]
            found = [place for place, text in enumerate(shown) if text.startswith(label)]
            assert found, f"{label!r} is not among {shown}"
            field.select_option(index=found[0])

    def press(self, text: str) -> None:
        """Press a button or follow a link with exactly these words, and see that it went well."""
        words = re.compile(rf"^\s*{re.escape(text)}\s*$")
        button = self.page.get_by_role("button", name=words)
        target = button if button.count() else self.page.get_by_role("link", name=words)
        target.first.click()
        self.page.wait_for_load_state("load")
        summary = self.page.locator(".error-summary")
        assert not summary.count(), summary.first.inner_text()

    def sees(self, text: str) -> None:
        """The words stand on the page, visibly."""
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    def leave(self) -> None:
        """Close the browser and ask that nothing went wrong in it."""
        self.context.close()
        assert not self.faults, self.faults


def somebody(browser: Browser, address: str, *, scripts: bool, phone: bool = False) -> Somebody:
    """A new person at a browser, with JavaScript or without, at a desk or with a phone."""
    context = browser.new_context(
        base_url=address,
        java_script_enabled=scripts,
        viewport=PHONE if phone else DESK,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda line: faults.append(f"{line.text} {line.location}") if line.type == "error" else None,
    )
    return Somebody(context, page, faults)


def picture(folder: Path) -> Path:
    """A small real picture to upload."""
    from PIL import Image  # noqa: PLC0415 - only the journey needs it

    path = folder / "lop-hoc-so.png"
    Image.new("RGB", (1200, 800), (20, 70, 140)).save(path)
    return path
