"""``python -m app feed read``: a file in, JSON or a list out, without pages, database or settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
FEED = """<?xml version="1.0" encoding="utf-8"?><rss><channel><title>Báo Quảng Ngãi</title><item>
<title><![CDATA[Ng&ocirc;i sao]]></title><link>https://bao.vn/1</link><guid>g1</guid>
<pubDate>Mon, 05 Oct 2026 11:07:00 GMT+7</pubDate><description>&lt;p&gt;Tóm tắt&lt;/p&gt;</description></item>
<item><title>Không ngày</title><link>javascript:alert(1)</link></item></channel></rss>"""


def run(*words: str, folder: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command in an empty folder, on a console that is not set to UTF-8."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LOA_")}
    environ |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environ, capture_output=True, check=False, input=given
    )


def test_the_reading_comes_as_json(tmp_path: Path) -> None:
    (tmp_path / "tin.xml").write_text(FEED, "utf-8")
    done = run("-m", "app", "feed", "read", "tin.xml", "--json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Báo Quảng Ngãi" in done.stdout.decode()
    assert json.loads(done.stdout) == {
        "title": "Báo Quảng Ngãi",
        "entries": [
            {
                "title": "Ngôi sao",
                "link": "https://bao.vn/1",
                "guid": "g1",
                "published": "2026-10-05T04:07:00Z",
                "summary": "Tóm tắt",
            },
            {"title": "Không ngày", "link": "", "guid": "", "published": None, "summary": ""},
        ],
    }
    assert [path.name for path in tmp_path.iterdir()] == ["tin.xml"]


def test_people_get_a_list_from_standard_input_too(tmp_path: Path) -> None:
    done = run("-m", "app", "feed", "read", "-", folder=tmp_path, given=FEED.encode())
    said = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert said[:2] == ["Báo Quảng Ngãi", "2 mục"]
    assert "05/10/2026 11:07  Ngôi sao" in said
    assert "(không rõ giờ)  Không ngày" in said


def test_relative_links_need_the_address_of_the_feed(tmp_path: Path) -> None:
    body = FEED.replace("https://bao.vn/1", "/1").encode()
    for words, link in (((), ""), (("--address", "https://bao.vn/rss/home.rss"), "https://bao.vn/1")):
        done = run("-m", "app", "feed", "read", "-", "--json", *words, folder=tmp_path, given=body)
        assert json.loads(done.stdout)["entries"][0]["link"] == link


def test_what_is_no_feed_is_one_sentence_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "trang.html").write_text("<html><body>Báo</body></html>", "utf-8")
    for name, word in (("trang.html", "trang web"), ("khong-co.xml", "khong-co.xml")):
        done = run("-m", "app", "feed", "read", name, "--json", folder=tmp_path)
        assert (done.returncode, done.stdout) == (1, b"")
        assert word in done.stderr.decode()
        assert "Traceback" not in done.stderr.decode()


def test_neither_pages_nor_database_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "tin.xml").write_text(FEED, "utf-8")
    code = (
        "import sys; from click.testing import CliRunner; from app.cli import cli; "
        "answer = CliRunner().invoke(cli, ['feed', 'read', 'tin.xml', '--json']); "
        "assert answer.exit_code == 0, answer.output; "
        "print([name for name in ('flask', 'sqlalchemy', 'wtforms', 'feedparser', 'lxml', 'app.settings', 'app.db')"
        " if name in sys.modules])"
    )
    done = run("-c", code, folder=tmp_path)
    assert done.stdout.decode().strip() == "[]", done.stdout + done.stderr
