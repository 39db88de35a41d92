"""Pictures of every page of the demonstration, and of how an empty installation begins, into docs/screenshots.

Runs under the project's own Python (``./run.sh shots``). The pages come from the routes, each as the person it is
made for; the clock stands still, so that the same pages give the same pictures. What is wrong with the look of a page
(a sideways scroll, cut text, one control over another, an error in the browser) is told, and is the exit status.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.browser_fixtures import DESK, FLAGS, PHONE, sideways, watched
from tests.every_page import EveryPage, empty_pages, every_page
from tests.look import badly_laid_out
from tests.studio import MOMENT, Studio, studio

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
TALLEST = {1440: 2_000, 390: 1_700}  # pixels of the page, by the width of the window
QUALITY = 36  # flat colours and letters bear it, and the whole folder stays light enough to commit
SCALES = {1440: 0.5, 390: 0.67}
# The pictures that README and guide show: larger.
SHOWN = {
    "today-officer", "today-approver", "today-outlet", "calendar-index", "items-show", "item-review-review",
    "campaigns-show", "coverage-index", "plan-uploads-preview", "plans-own", "operations-index", "people-index", "site-show",
}  # fmt: skip
SHOWN_QUALITY, SHOWN_SCALES = 60, {1440: 0.75, 390: 1}
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
SETTLED = """async () => {
  await document.fonts.ready
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  await frame()
  document.activeElement?.blur?.()
  await Promise.allSettled(document.getAnimations().map((one) => one.finished))
  await frame()
}"""


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    lang: str
    window: ViewportSize
    is_dark: bool

    @property
    def mark(self) -> str:
        """The end of the pictures' names."""
        return f"{self.lang}-{self.window['width']}{'-dark' if self.is_dark else ''}"


# Dark is asked in one language: words are the same length by night.
LOOKS = [
    Look(lang, window, is_dark)
    for lang, is_dark in (("vi", False), ("en", False), ("vi", True))
    for window in (DESK, PHONE)
]


class Shoot:
    """One run: where the pictures go, and what was found to be wrong."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.wrong: list[str] = []
        self.taken: dict[str, list[str]] = defaultdict(list)  # by page: the ends of its pictures' names

    def take_all(self, at: Studio, pages: list[EveryPage], looks: list[Look]) -> None:
        """Every page in every look, person by person."""
        for look in looks:
            by_size = sorted(pages, key=lambda one: (one.who, one.name in SHOWN))
            for (who, is_shown), theirs in groupby(by_size, key=lambda one: (one.who, one.name in SHOWN)):
                scales = SHOWN_SCALES if is_shown and look in LOOKS[:2] else SCALES
                context = self._context(at, look, who, scale=scales[look.window["width"]])
                for page, tab in self._open(context, at, theirs, look):
                    self._take(tab, page, look)
                context.close()

    def _context(self, at: Studio, look: Look, who: str, *, scale: float) -> BrowserContext:
        context = self.browser.new_context(
            viewport=look.window,
            device_scale_factor=scale,
            locale=LANGUAGES[look.lang],
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
            color_scheme="dark" if look.is_dark else "light",
        )
        context.clock.set_fixed_time(MOMENT)
        cookies = {"loa_lang": look.lang, **({"loa": at.cookie(who)} if who else {})}
        context.add_cookies(
            [{"name": name, "value": value, "url": at.url} for name, value in cookies.items()]
        )
        return context

    def _open(
        self, context: BrowserContext, at: Studio, pages: Iterator[EveryPage], look: Look
    ) -> Iterator[tuple[EveryPage, Page]]:
        """Each page, in one tab; what the browser says of it goes to what is wrong."""
        tab = context.new_page()
        faults = watched(tab)
        for page in pages:
            tab.set_viewport_size(look.window)
            answer = tab.goto(at.url + page.path, wait_until="networkidle")
            if answer is None or answer.status >= 400:
                faults.append(f"answers {answer.status if answer else 'nothing'}")
            yield page, tab
            self.wrong += [f"{page.name}-{look.mark}: {fault}" for fault in faults]
            faults.clear()

    def _take(self, tab: Page, page: EveryPage, look: Look) -> None:
        """One picture, after a look at the page."""
        tab.evaluate(SETTLED)
        found = [f"scrolls {wide} px sideways"] if (wide := sideways(tab)) else []
        if not look.is_dark:
            found += badly_laid_out(tab)
        self.wrong += [f"{page.name}-{look.mark}: {fault}" for fault in found]
        tall = int(tab.evaluate("document.documentElement.scrollHeight"))
        height = min(TALLEST[look.window["width"]], max(look.window["height"], tall))
        tab.set_viewport_size({"width": look.window["width"], "height": height})
        tab.evaluate(SETTLED)
        with Image.open(io.BytesIO(tab.screenshot())) as shot:
            path = self.folder / f"{page.name}-{look.mark}.webp"
            quality = SHOWN_QUALITY if page.name in SHOWN and look in LOOKS[:2] else QUALITY
            shot.convert("RGB").save(path, "WEBP", quality=quality, method=6)
        self.taken[page.name].append(look.mark)


def write_index(folder: Path, taken: dict[str, list[str]], pages: list[EveryPage]) -> None:
    """The page that leads to every picture."""
    lines = [
        "# Screenshots",
        "",
        "Every page of the demonstration, taken by `./run.sh shots`: in Vietnamese and English, at a desk (1440 px) and on a",
        "phone (390 px), light and, in Vietnamese, dark. People, figures and pieces are made up. `first` and `empty-…` show",
        "how an installation begins.",
        "",
        f"| Page | Seen by | {' | '.join(look.mark for look in LOOKS)} |",
        f"|---|---|{'---|' * len(LOOKS)}",
    ]
    for page in pages:
        cells = [
            f"[▣]({page.name}-{look.mark}.webp)" if look.mark in taken[page.name] else "" for look in LOOKS
        ]
        lines.append(f"| {page.name} | {page.who or '–'} | {' | '.join(cells)} |")
    (folder / "README.md").write_text("\n".join(lines) + "\n", "utf-8")


def main() -> int:
    """Take the pictures; 1 when something looks wrong."""
    parser = argparse.ArgumentParser(prog="./run.sh shots")
    parser.add_argument("--to", type=Path, default=FOLDER, help="thư mục nhận ảnh")
    parser.add_argument("--only", default="", help="chỉ những trang có tên bắt đầu như vậy")
    parser.add_argument("--lang", choices=list(LANGUAGES), help="chỉ một ngôn ngữ")
    parser.add_argument("--shown", action="store_true", help="chỉ những ảnh có trong README và hướng dẫn")
    parser.add_argument("--light", action="store_true", help="chỉ nền sáng")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    looks = [look for look in LOOKS if asked.lang in {None, look.lang} and not (asked.light and look.is_dark)]
    looks = LOOKS[:2] if asked.shown else looks
    is_whole = looks == LOOKS and not asked.only
    if is_whole:
        for old in (*asked.to.glob("*.webp"), *asked.to.glob("*.jpg")):
            old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["LOA_CHROMIUM"], args=FLAGS)
        shoot, pages = Shoot(browser, asked.to), []
        for is_empty in (False, True):
            with (
                tempfile.TemporaryDirectory(prefix="loa-shots-") as folder,
                studio(Path(folder), is_empty=is_empty) as at,
            ):
                found = empty_pages(at) if is_empty else every_page(at).found
                chosen = [
                    one
                    for one in found
                    if one.name.startswith(asked.only) and (one.name in SHOWN or not asked.shown)
                ]
                shoot.take_all(at, chosen, looks)
                pages += chosen
        browser.close()
    if is_whole:
        write_index(asked.to, shoot.taken, pages)
    size = sum(path.stat().st_size for path in asked.to.glob("*.webp"))
    print(
        f"{len(pages)} trang, {sum(map(len, shoot.taken.values()))} ảnh, {size / 1e6:.1f} MB trong {asked.to}"
    )
    for fault in shoot.wrong:
        print(f"✗ {fault}", file=sys.stderr)
    return 1 if shoot.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
