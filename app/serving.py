"""``python -m app serve`` (the pages) and ``start`` (pages and scheduler together, the way a newcomer begins)."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from sqlalchemy import Engine

from app import clock
from app.accounts.links import make_link
from app.accounts.services import count_people
from app.db import make_engine, transaction
from app.errors import N_, Refused
from app.factory import create_app
from app.feature import check_before_serving, fill_with_demonstration
from app.migrations import schema
from app.settings import Settings, load_settings
from app.together import PARENT, end_with_parent

PATIENCE = 30  # seconds that a process is given to finish the work in hand


def _addressed(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of where the pages answer."""
    command = click.option("--host", help="Địa chỉ máy mà trang lắng nghe.")(command)
    port = click.option("--port", type=click.IntRange(0, 65535), help="Cổng; 0 là một cổng còn trống.")
    return port(command)


class Pages(BaseApplication):
    """Gunicorn around the application, configured here instead of in a file."""

    def __init__(self, settings: Settings, fd: int) -> None:
        self.settings = settings
        self.fd = fd
        super().__init__()

    def load_config(self) -> None:
        """The few settings that matter; each worker makes its own application and database connections."""
        chosen: Mapping[str, object] = {
            "bind": f"fd://{self.fd}",
            "workers": self.settings.page_processes,
            "worker_class": "gthread",
            "threads": self.settings.page_threads,
            "graceful_timeout": PATIENCE - 5,
            "timeout": 60,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "loa-pages",
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application of one worker."""
        made = create_app(self.settings)
        spare_collector()
        return made


def spare_collector() -> None:
    """Let the collector of cycles pass over what lives as long as this process, and come less often.

    An answer of two thousand cards makes some ten thousand objects and no cycles; with the usual thresholds a fifth
    of its time went into looking for them among all the templates and mappings.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@click.command()
@_addressed
def serve(port: int | None, host: str | None) -> None:
    """Mở các trang (không gồm bộ lập lịch). / Serve the pages."""
    end_with_parent()
    settings = _settings(port, host)
    engine = make_engine(settings.database_url)
    schema.check_current(engine)
    check_before_serving(engine, settings)
    engine.dispose()
    listener = listen(settings)
    click.echo(f"Các trang mở tại {settings.public_url}")
    Pages(settings, listener.detach()).run()


def listen(settings: Settings) -> socket.socket:
    """The bound socket that the pages answer on.

    Raises:
        Refused: somebody has the port, or the host is not this machine's.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((settings.host, settings.port))
        made.listen(2048)
    except OSError as fault:
        made.close()
        raise Refused(
            N_(
                "Không mở được cổng {port} tại {host}: đã có chương trình khác dùng, hoặc không được phép. "
                "Hãy dừng chương trình đó, hoặc chọn cổng khác bằng --port."
            ),
            port=settings.port,
            host=settings.host,
        ) from fault
    return made


def _settings(port: int | None, host: str | None) -> Settings:
    """Settings with the command's own host and port; put into the environment, so that children have them."""
    if host:
        os.environ["LOA_HOST"] = host
    if port is not None:
        os.environ["LOA_PORT"] = str(port or _free_port(host or "127.0.0.1"))
    return load_settings()


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


@click.command()
@_addressed
@click.option(
    "--demo",
    "with_demonstration",
    is_flag=True,
    help="Dựng dữ liệu minh họa khi cơ sở dữ liệu còn trống. / Fill an empty database with a demonstration.",
)
def start(port: int | None, host: str | None, *, with_demonstration: bool) -> None:
    """Nâng cấp dữ liệu, rồi chạy các trang và bộ lập lịch. / Migrate, then pages and scheduler."""
    settings = _settings(port, host)
    listen(settings).close()
    engine = make_engine(settings.database_url)
    _migrate(engine)
    check_before_serving(engine, settings)
    if with_demonstration:
        for line in fill_with_demonstration(engine, settings):
            say(line)
    link = first_link(engine, settings)
    engine.dispose()
    if link:
        say(f"Chưa có người dùng. Mở đường dẫn này để lập quản trị viên đầu tiên:\n  {link}")
    sys.exit(Household().run(settings))


def say(words: str) -> None:
    """One thing that ``start`` does, told at once even when somebody reads through a pipe."""
    click.echo(words)
    sys.stdout.flush()


def _migrate(engine: Engine) -> None:
    before = schema.current(engine)
    if before == schema.head():
        say(f"Cơ sở dữ liệu ở bản {before}.")
        return
    say(f"Nâng cơ sở dữ liệu từ bản {before or '∅'} lên {schema.head()}…")
    schema.upgrade(engine)


def first_link(engine: Engine, settings: Settings) -> str | None:
    """The one-time address of the first administrator; None when there is a person already."""
    with transaction(engine) as session:
        if count_people(session):
            return None
        return f"{settings.public_url}/link/{make_link(session, None, now=clock.now())}"


class Household:
    """The two processes of ``start``: begun together, ended together."""

    def __init__(self) -> None:
        self.asked_to_stop = threading.Event()
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, settings: Settings) -> int:
        """Run both until a signal (0) or until one dies (1)."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):  # HUP: the window was closed
            signal.signal(number, self._on_signal)
        try:
            self._begin("Các trang", "app", "serve")
            self._begin("Bộ lập lịch", "scheduler")
            say(f"Loa chạy tại {settings.public_url} — nhấn Ctrl-C để dừng.")
            dead = self._watch()
        finally:
            self._end_all()
        if dead:
            click.echo(f"✗ {dead} đã dừng bất ngờ; phần còn lại đã được dừng theo.", err=True)
            return 1
        say("Đã dừng.")
        return 0

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop.set()

    def _begin(self, name: str, *words: str) -> None:
        """Start a process in a session of its own: Ctrl-C reaches this one only, which then asks both."""
        command, known = [sys.executable, "-m", *words], {**os.environ, PARENT: str(os.getpid())}
        self.children[name] = subprocess.Popen(command, start_new_session=True, env=known)  # noqa: S603 - our own

    def _watch(self) -> str | None:
        """The name of the first process that died by itself; None when we were asked to stop."""
        while not self.asked_to_stop.wait(0.2):
            for name, child in self.children.items():
                if child.poll() is not None:
                    return name
        return None

    def _end_all(self) -> None:
        """Ask every process to finish, wait, and end by force what does not."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + PATIENCE
        for child in self.children.values():
            try:
                child.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
