"""Pictures of the main pages: a throw-away province, served on a free port, photographed by people who may see it.

Runs under the project's own Python (``./run.sh shots``). The clock stands at the scene's moment, so that the same
pages give the same pictures.
"""

from __future__ import annotations

import argparse
import io
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from app import clock
from app.db import make_engine, transaction
from app.factory import create_app
from app.migrations import schema
from app.settings import load_settings
from app.storage import FileStore
from tests.browser_fixtures import DESK, FLAGS, PHONE, Quiet
from tests.scene import MOMENT, build_scene
from tests.scene_pages import PAGES, ScenePage
from tests.visitor import Visitor

HOST = "127.0.0.1"
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
TALLEST = {1440: 2_000, 390: 1_500}  # pixels, by width: the whole folder stays small enough to commit
QUALITY = 45
SCALES = {1440: 0.75, 390: 1}  # a desk is drawn smaller: it stays readable, and the pictures light


class Studio:
    """The province on its port, and the cookies of its people."""

    def __init__(self, folder: Path) -> None:
        clock.now = lambda: MOMENT
        url = f"sqlite:///{folder / 'loa.sqlite3'}"
        self.settings = load_settings(
            {
                "LOA_DATA": str(folder),
                "LOA_DATABASE_URL": url,
                "LOA_SITE_NAME": "Khoa học và Công nghệ Sông Trà",
            }
        )
        self.engine = make_engine(url)
        schema.upgrade(self.engine)
        with transaction(self.engine) as session:
            self.scene = build_scene(session, FileStore(self.settings.files))
            session.flush()
            session.expunge_all()
        self.app = create_app(self.settings, self.engine)
        self.server = make_server(HOST, 0, self.app, threaded=True, request_handler=Quiet)
        self.url = f"http://{HOST}:{self.server.server_port}"
        house = self.app.extensions["loa"]
        self.app.extensions["loa"] = replace(house, settings=replace(house.settings, public_url=self.url))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.cookies = {key: self._cookie(key) for key in self.scene.people}

    def _cookie(self, who: str) -> str:
        cookie = Visitor(self.app, self.engine, self.scene.people[who]).client.get_cookie("loa")
        assert cookie is not None
        return str(cookie.value)

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
        self.engine.dispose()


@contextmanager
def studio() -> Iterator[Studio]:
    """A studio in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="loa-shots-") as name:
        made = Studio(Path(name))
        yield made
        made.close()


def take(
    browser: Browser,
    at: Studio,
    page: ScenePage,
    folder: Path,
    *,
    lang: str,
    window: ViewportSize,
    is_dark: bool,
) -> Path:
    """One picture of one page."""
    context = browser.new_context(
        base_url=at.url,
        viewport=window,
        device_scale_factor=SCALES[window["width"]],
        locale="vi-VN" if lang == "vi" else "en-GB",
        reduced_motion="reduce",
        color_scheme="dark" if is_dark else "light",
    )
    cookies = {"loa_lang": lang, **({"loa": at.cookies[page.who]} if page.who else {})}
    context.add_cookies([{"name": name, "value": value, "url": at.url} for name, value in cookies.items()])
    tab = context.new_page()
    answer = tab.goto(page.path(at.scene))
    if answer is None or answer.status >= 400:
        raise SystemExit(f"✗ {page.name}: {answer.status if answer else 'không trả lời'}")
    tab.evaluate("document.fonts.ready")
    tall = min(
        TALLEST[window["width"]],
        max(window["height"], int(tab.evaluate("document.documentElement.scrollHeight"))),
    )
    tab.set_viewport_size(
        {"width": window["width"], "height": tall}
    )  # bars at the bottom stand at the bottom
    path = folder / f"{page.name}-{lang}-{window['width']}{'-dark' if is_dark else ''}.jpg"
    with Image.open(io.BytesIO(tab.screenshot())) as shot:
        shot.convert("RGB").save(path, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    context.close()
    return path


def main() -> None:
    """Take the pictures that the guide shows, or of every main page with ``--all``."""
    parser = argparse.ArgumentParser(prog="./run.sh shots")
    parser.add_argument(
        "--all", action="store_true", help="mọi trang chính, không chỉ trang có trong tài liệu"
    )
    parser.add_argument("--to", type=Path, default=FOLDER, help="thư mục nhận ảnh")
    parser.add_argument("--only", default="", help="chỉ những trang có tên bắt đầu như vậy")
    parser.add_argument("--lang", choices=["vi", "en"], help="chỉ một ngôn ngữ")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    wanted = [page for page in PAGES if (asked.all or page.is_shown) and page.name.startswith(asked.only)]
    size = 0
    with studio() as at, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["LOA_CHROMIUM"],
            args=[*FLAGS, "--lang=vi"],
            env={**os.environ, "LANGUAGE": "vi"},
        )
        for page in wanted:
            looks = [(lang, window, False) for lang in ("vi", "en") for window in (DESK, PHONE)]
            looks += [("vi", DESK, True)] if page.is_dark_too else []
            for lang, window, is_dark in looks:
                if asked.lang in {None, lang}:
                    path = take(browser, at, page, asked.to, lang=lang, window=window, is_dark=is_dark)
                    size += path.stat().st_size
        browser.close()
    print(f"{len(wanted)} trang, {size / 1e6:.1f} MB trong {asked.to}")


if __name__ == "__main__":
    main()
