"""``python -m app start`` and ``serve`` as real processes: what a newcomer types first."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db import make_engine
from app.migrations import schema

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"http://127\.0\.0\.1:(\d+)/link/\S+")


class Started:
    """A command of ours in a process group of its own, and what it said."""

    def __init__(self, data: Path, *words: str, database_url: str = "") -> None:
        self.log = data.with_suffix(".log")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LOA_")}
        environment |= {"LOA_DATA": str(data), "PYTHONDONTWRITEBYTECODE": "1"}
        if database_url:
            environment["LOA_DATABASE_URL"] = database_url
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app", *words],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def wait_for(self, pattern: re.Pattern[str]) -> re.Match[str]:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if found := pattern.search(self.said()):
                return found
            time.sleep(0.05)
        raise AssertionError(self.said())

    def children(self) -> list[int]:
        """Keys of the processes that this one has begun and that live."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(word) for word in path.read_text().split()] if path.exists() else []


def answers(port: str, path: str) -> int:
    """The status of a page; waits until somebody listens."""
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def is_alive(pid: int) -> bool:
    """Whether the process is there and not just waiting to be buried."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.fixture
def started(tmp_path: Path, database_url: str) -> Iterator[Started]:
    """A new installation; nothing of it is left behind."""
    made = Started(tmp_path / "new", "start", "--port", "0", database_url=database_url)
    yield made
    for pid in [*made.children(), made.process.pid]:
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)
    made.process.wait()


def test_a_new_installation_starts_prints_its_link_and_stops_cleanly(
    started: Started, database_url: str
) -> None:
    number = signal.SIGINT if database_url.startswith("sqlite") else signal.SIGTERM
    link = started.wait_for(LINK)
    assert answers(link[1], "/healthz") == 200
    assert answers(link[1], link[0].partition(link[1])[2]) == 200
    assert answers(link[1], "/tin") == 200
    until = time.monotonic() + 20
    while answers(link[1], "/healthz/scheduler") != 200 and time.monotonic() < until:
        time.sleep(0.2)
    assert answers(link[1], "/healthz/scheduler") == 200
    children = started.children()
    assert len(children) == 2
    os.killpg(started.process.pid, number)  # Ctrl-C goes to the whole group
    assert started.process.wait(30) == 0
    assert [pid for pid in children if is_alive(pid)] == []
    assert "Traceback" not in started.said()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(link[1]))) != 0


def test_when_one_child_dies_the_other_is_ended_and_it_says_so(started: Started) -> None:
    link = started.wait_for(LINK)
    assert answers(link[1], "/healthz") == 200
    children = started.children()
    os.kill(children[-1], signal.SIGKILL)
    assert started.process.wait(30) == 1
    assert "Bộ lập lịch đã dừng bất ngờ" in started.said()
    assert [pid for pid in children if is_alive(pid)] == []


@pytest.mark.parametrize("word", ["start", "serve"])
def test_a_port_that_is_taken_is_told_in_words(tmp_path: Path, word: str) -> None:
    url = f"sqlite:///{tmp_path / 'loa.sqlite3'}"
    subprocess.run(
        [sys.executable, "-m", "app", "db", "upgrade"],
        cwd=ROOT,
        env={**os.environ, "LOA_DATA": str(tmp_path / "data"), "LOA_DATABASE_URL": url},
        check=True,
        capture_output=True,
    )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        made = Started(tmp_path / "data", word, "--port", port, database_url=url)
        assert made.process.wait(30) == 1
    assert f"Không mở được cổng {port}" in made.said()
    assert "Traceback" not in made.said()


def test_pages_are_not_served_on_an_old_schema(tmp_path: Path) -> None:
    made = Started(tmp_path / "data", "serve", "--port", "0")
    assert made.process.wait(30) == 1
    assert "python -m app db upgrade" in made.said()
    assert "Traceback" not in made.said()


def test_when_start_itself_is_killed_its_children_end(started: Started) -> None:
    link = started.wait_for(LINK)
    assert answers(link[1], "/healthz") == 200
    children = started.children()
    assert len(children) == 2
    os.kill(started.process.pid, signal.SIGKILL)
    until = time.monotonic() + 20
    while any(map(is_alive, children)) and time.monotonic() < until:
        time.sleep(0.1)
    left = [pid for pid in children if is_alive(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(link[1]))) != 0


def test_a_closed_window_ends_both_in_order(tmp_path: Path) -> None:
    made = Started(tmp_path / "new", "start", "--port", "0")
    link = made.wait_for(LINK)
    assert answers(link[1], "/healthz") == 200
    children = made.children()
    os.kill(made.process.pid, signal.SIGHUP)
    assert made.process.wait(30) == 0
    assert [pid for pid in children if is_alive(pid)] == []


@pytest.mark.parametrize("word", ["start", "serve"])
def test_a_damaged_database_file_is_told_in_words(tmp_path: Path, word: str) -> None:
    damaged = tmp_path / "loa.sqlite3"
    damaged.write_bytes(bytes(range(256)) * 64)
    made = Started(tmp_path / "data", word, "--port", "0", database_url=f"sqlite:///{damaged}")
    assert made.process.wait(30) == 1
    assert "python -m app restore" in made.said()
    assert "Traceback" not in made.said()


def test_a_database_that_does_not_answer_is_told_in_words(tmp_path: Path) -> None:
    made = Started(
        tmp_path / "data", "start", "--port", "0", database_url="postgresql://a:geheim@127.0.0.1:1/b"
    )
    assert made.process.wait(30) == 1
    assert "LOA_DATABASE_URL" in made.said()
    assert "geheim" not in made.said()
    assert "Traceback" not in made.said()


@pytest.mark.parametrize("word", ["start", "serve"])
def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path, word: str) -> None:
    url = f"sqlite:///{tmp_path / 'loa.sqlite3'}"
    engine = make_engine(url)
    schema.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_later'")
        connection.commit()
    engine.dispose()
    made = Started(tmp_path / "data", word, "--port", "0", database_url=url)
    assert made.process.wait(30) == 1
    assert "9999_later" in made.said()
    assert "Hãy dùng bản Loa mới hơn" in made.said()
    assert "Traceback" not in made.said()
